"""What all papers share: type that is embedded in the file, text that cannot break a page, codes that scan."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

INK = HexColor("#1E1513")
SOFT = HexColor("#5A4A44")
MAROON = HexColor("#6B1220")
LINE = HexColor("#E6DACA")
GROUND = HexColor("#FBF6EE")

#: Bitstream Vera comes with reportlab and goes into each file: a printer's own Helvetica lacks the minus sign.
REGULAR, BOLD = "Vera", "VeraBd"
for _name in (REGULAR, BOLD):
    pdfmetrics.registerFont(TTFont(_name, f"{_name}.ttf"))
pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)

BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9, leading=12.5, textColor=INK)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=7.5, leading=10, textColor=SOFT)
RIGHT = ParagraphStyle("right", parent=BODY, alignment=2)
STRONG = ParagraphStyle("strong", parent=BODY, fontName=BOLD)
STRONG_RIGHT = ParagraphStyle("strong right", parent=STRONG, alignment=2)
HEAD = ParagraphStyle("head", parent=SMALL, fontName=BOLD, textColor=white)
HEAD_RIGHT = ParagraphStyle("head right", parent=HEAD, alignment=2)
TITLE = ParagraphStyle("title", parent=BODY, fontName=BOLD, fontSize=16, leading=20, textColor=MAROON)
WARNING = ParagraphStyle(
    "warning", parent=STRONG, textColor=MAROON, borderColor=MAROON, borderWidth=1, borderPadding=6, spaceAfter=8
)

#: A quiet zone and cells below this are not read by a phone's camera (mm of a Code 128 bar).
THINNEST_BAR = 0.17 * mm


def text(words: Any, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain words. People write ``<`` and ``&`` into titles; reportlab would read them as mark-up."""
    return Paragraph(escape(str(words)).replace("\n", "<br/>"), style)


def fitted(words: str, font: str, size: float, width: float) -> str:
    """``words`` cut with an ellipsis so that one line of them is no wider than ``width`` points."""
    if pdfmetrics.stringWidth(words, font, size) <= width:
        return words
    while words and pdfmetrics.stringWidth(f"{words}…", font, size) > width:
        words = words[:-1]
    return f"{words.rstrip()}…"


def wrapped(words: str, font: str, size: float, width: float, lines: int) -> list[str]:
    """``words`` broken at spaces into at most so many lines, the last one cut."""
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < lines - 1:
        line = rest.pop(0)
        while rest and pdfmetrics.stringWidth(f"{line} {rest[0]}", font, size) <= width:
            line = f"{line} {rest.pop(0)}"
        found.append(fitted(line, font, size, width))
    if rest:
        found.append(fitted(" ".join(rest), font, size, width))
    return found


def draw_qr(canvas: Canvas, content: str, x: float, y: float, side: float) -> None:
    """A QR code with its quiet zone inside a square of ``side`` points, lower left corner at x, y."""
    code = segno.make(content, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=4)]
    cell = side / len(rows)
    canvas.setFillColor(white)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.setFillColor(INK)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        for column, dark in enumerate(row):
            if dark:
                path.rect(x + column * cell, y + side - (number + 1) * cell, cell, cell)
    canvas.drawPath(path, stroke=0, fill=1)


def draw_code128(canvas: Canvas, content: str, x: float, y: float, width: float, height: float) -> bool:
    """A Code 128 that fits ``width`` points. False, and nothing drawn, for what it cannot say or say legibly."""
    if not content.isascii() or not content:
        return False
    modules = Code128(content, barWidth=1, quiet=0).width
    bar = min(width / modules, 0.33 * mm)
    if bar < THINNEST_BAR:
        return False
    Code128(content, barWidth=bar, barHeight=height, quiet=0).drawOn(canvas, x, y)
    return True


def page_of_piece(code: str) -> str:
    """The absolute address of a piece's public page: where a certificate's QR leads as long as the cloth lives."""
    from urllib.parse import quote

    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/karya/{quote(code, safe='')}/"


def table(rows: Sequence[Sequence[Any]], widths: Sequence[float], *, totals: int = 0) -> Table:
    """A table whose first row is its head, repeated on each page, and whose last ``totals`` rows are sums."""
    made = Table(rows, colWidths=widths, repeatRows=1)
    rules: list[tuple] = [
        ("BACKGROUND", (0, 0), (-1, 0), MAROON),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    if totals:
        rules.append(("BACKGROUND", (0, -totals), (-1, -1), GROUND))
        rules.append(("LINEABOVE", (0, -totals), (-1, -totals), 1, MAROON))
    made.setStyle(TableStyle(rules))
    return made


def facts(pairs: Iterable[tuple[str, Any]]) -> Table:
    """Label and value beside each other."""
    made = Table([[text(label, SMALL), text(value)] for label, value in pairs], colWidths=[40 * mm, 134 * mm])
    made.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1)]))
    return made


def signatures(*people: tuple[str, str]) -> Table:
    """(who, name) each over a line to sign on."""
    width = 174 * mm / len(people)
    rows = [
        [text(who, SMALL) for who, _name in people],
        [""] * len(people),
        [text(f"( {name or '…' * 12} )") for _who, name in people],
    ]
    made = Table(rows, colWidths=[width] * len(people), rowHeights=[None, 20 * mm, None])
    made.setStyle(TableStyle([("LINEBELOW", (column, 1), (column, 1), 0.7, INK) for column in range(len(people))]))
    return made


def document(story: list, *, title: str, footer: str) -> bytes:
    """An A4 file of ``story`` with ``footer`` and the page's number below each page."""
    target = BytesIO()

    def foot(canvas: Canvas, layout: Any) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, 7)
        canvas.setFillColor(SOFT)
        canvas.drawString(18 * mm, 10 * mm, fitted(footer, REGULAR, 7, 140 * mm))
        canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, _("Page %(number)s") % {"number": layout.page})
        canvas.restoreState()

    layout = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=title,
        author="Kriya Babel",
    )
    layout.build(story, onFirstPage=foot, onLaterPages=foot)
    return target.getvalue()
