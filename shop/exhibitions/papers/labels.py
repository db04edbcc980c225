"""Sheets of labels for pieces at the stall: 24 on an A4 sheet, 70 × 37 mm, as stationers sell them."""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from shop.artisans.models import Maker
from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions.codes import code_of
from shop.exhibitions.models import Consignment, Fair

from . import ink, selecting

COLUMNS, ROWS = 3, 8
PER_SHEET = COLUMNS * ROWS
WIDTH, HEIGHT = A4[0] / COLUMNS, A4[1] / ROWS
#: Printers leave about this much of a sheet's edge white.
EDGE = 5 * mm
QR_SIDE = 19 * mm


class Label(NamedTuple):
    """One piece's label, so many times. ``price`` in rupiah."""

    title: str
    maker: str
    price: Decimal
    code: str
    copies: int = 1


def of_fair(fair: Fair, *, maker: Maker | None = None, packing_list: Consignment | None = None) -> list[Label]:
    """Labels of everything on the fair's packing lists (or on one maker's, or on one list): one for each packed unit.

    A single piece gets its one label. The price is the list's own, so a top-up at another price is labelled with it.
    """
    lines = selecting.lines(fair, maker=maker, packing_list=packing_list)
    return [
        Label(
            title=line.stockrecord.product.get_title(),
            maker=line.consignment.maker.name,
            price=line.price,
            code=code_of(line.stockrecord),
            copies=line.quantity,
        )
        for line in lines.select_related("stockrecord__product__parent", "consignment__maker")
    ]


def sheet(labels: Iterable[Label], *, start: int = 1) -> bytes:
    """The sheets. ``start`` is the first free label of the first sheet, 1 to 24 from the top left, so that a half-used
    sheet is not thrown away."""
    if not 1 <= start <= PER_SHEET:
        raise ValueError(f"A sheet has labels 1 to {PER_SHEET}, not {start}")
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setTitle(_("Labels"))
    position = start - 1
    for label in labels:
        for _copy in range(label.copies):
            if position == PER_SHEET:
                canvas.showPage()
                position = 0
            row, column = divmod(position, COLUMNS)
            _draw(canvas, label, column * WIDTH, A4[1] - (row + 1) * HEIGHT)
            position += 1
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Canvas, label: Label, left: float, bottom: float) -> None:
    x, top = left + EDGE, bottom + HEIGHT - EDGE
    words = WIDTH - 2 * EDGE - QR_SIDE - 1 * mm
    canvas.setFillColor(ink.INK)
    canvas.setFont(ink.BOLD, 8)
    y = top - 7
    for line in ink.wrapped(label.title, ink.BOLD, 8, words, 2):
        canvas.drawString(x, y, line)
        y -= 9.5
    canvas.setFillColor(ink.SOFT)
    canvas.setFont(ink.REGULAR, 6.5)
    canvas.drawString(x, y, ink.fitted(label.maker, ink.REGULAR, 6.5, words))
    canvas.setFillColor(ink.MAROON)
    canvas.setFont(ink.BOLD, 11)
    canvas.drawString(x, y - 14, rupiah(label.price))
    ink.draw_qr(canvas, label.code, left + WIDTH - EDGE - QR_SIDE, top - QR_SIDE + 2, QR_SIDE)
    canvas.setFillColor(ink.INK)
    ink.draw_code128(canvas, label.code, x, bottom + EDGE + 7, WIDTH - 2 * EDGE, 6.5 * mm)
    canvas.setFont(ink.REGULAR, 6)
    canvas.drawString(x, bottom + EDGE, ink.fitted(label.code, ink.REGULAR, 6, WIDTH - 2 * EDGE))
