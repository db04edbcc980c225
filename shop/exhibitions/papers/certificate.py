"""The card that goes with a piece: who made it, in which craft, how long it took, and the way to its page."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.lib.pagesizes import A6, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from shop.artisans.models import Maker
from shop.exhibitions.codes import code_of
from shop.exhibitions.models import Consignment, Fair

from . import ink, selecting

PAGE = landscape(A6)
EDGE = 9 * mm
QR_SIDE = 34 * mm
#: The attribute of a product that names how it was made.
TECHNIQUE = "technique"
PIECE = "stockrecord__product"


class Card(NamedTuple):
    """The card of one stock record, so many times: each unit goes to a buyer of its own."""

    record: Any
    copies: int = 1


def of_fair(fair: Fair, *, maker: Maker | None = None, packing_list: Consignment | None = None) -> list[Card]:
    """Cards of the fair's packing lists (or of one maker's, or of one list), with what they tell."""
    lines = selecting.lines(fair, maker=maker, packing_list=packing_list)
    lines = lines.select_related(
        *(f"{PIECE}__{one}" for one in ("maker__regency", "craft", "parent__maker__regency", "parent__craft"))
    ).prefetch_related(
        *(
            f"{piece}__{one}"
            for piece in (PIECE, f"{PIECE}__parent")
            for one in ("motifs", "attribute_values__attribute", "attribute_values__value_option")
        )
    )
    return [Card(line.stockrecord, line.quantity) for line in lines]


def cards(wanted: Iterable[Card]) -> bytes:
    """One A6 card a unit, in the active language."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=PAGE)
    canvas.setTitle(_("Certificate cards"))
    for card in wanted:
        for _copy in range(card.copies):
            _draw(canvas, card.record)
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def facts(record: Any) -> list[tuple[str, str]]:
    """(label, value) of what is known of the piece; what nobody filled in is left out.

    A variant has its size or colour, and everything else from its parent.
    """
    piece = record.product
    of_all = piece.parent or piece
    maker, craft = piece.maker or of_all.maker, piece.craft or of_all.craft
    place = ", ".join(filter(None, [maker.village, maker.regency.name])) if maker else ""
    days = piece.making_days or of_all.making_days
    motifs = list(piece.motifs.all()) or list(of_all.motifs.all())
    told = [
        (_("Maker"), f"{maker.name}, {place}" if maker and place else getattr(maker, "name", "")),
        (_("Craft"), craft.name if craft else ""),
        (_("Motif"), ", ".join(motif.name for motif in motifs)),
        (_("Technique"), _technique(piece) or _technique(of_all)),
        (_("Made in"), ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else ""),
    ]
    return [(label, value) for label, value in told if value]


def _technique(product: Any) -> str:
    for value in product.attribute_values.all():
        if value.attribute.code == TECHNIQUE:
            return value.value_option.option if value.value_option else value.value_as_text
    return ""


def _draw(canvas: Canvas, record: Any) -> None:
    width, height = PAGE
    code = code_of(record)
    canvas.setStrokeColor(ink.MAROON)
    canvas.setLineWidth(0.8)
    canvas.rect(5 * mm, 5 * mm, width - 10 * mm, height - 10 * mm)
    canvas.setFillColor(ink.SOFT)
    canvas.setFont(ink.REGULAR, 7.5)
    canvas.drawString(EDGE, height - EDGE - 7, f"{settings.OSCAR_SHOP_NAME} · {_('Certificate of a handmade piece')}")
    words = width - 2 * EDGE - QR_SIDE - 3 * mm
    canvas.setFillColor(ink.MAROON)
    canvas.setFont(ink.BOLD, 13)
    y = height - EDGE - 25
    for line in ink.wrapped(record.product.get_title(), ink.BOLD, 13, words, 2):
        canvas.drawString(EDGE, y, line)
        y -= 16
    y -= 2
    for label, value in facts(record):
        canvas.setFillColor(ink.SOFT)
        canvas.setFont(ink.REGULAR, 6.5)
        canvas.drawString(EDGE, y, label)
        canvas.setFillColor(ink.INK)
        canvas.setFont(ink.REGULAR, 9)
        y -= 11
        for line in ink.wrapped(value, ink.REGULAR, 9, words, 2):
            canvas.drawString(EDGE, y, line)
            y -= 11
        y -= 3
    right = width - EDGE - QR_SIDE
    ink.draw_qr(canvas, ink.page_of_piece(code), right, height - EDGE - 12 - QR_SIDE, QR_SIDE)
    canvas.setFillColor(ink.SOFT)
    canvas.setFont(ink.REGULAR, 6.5)
    below = height - EDGE - 12 - QR_SIDE - 8
    for line in (_("Scan to read its story"), ink.fitted(code, ink.REGULAR, 6.5, QR_SIDE)):
        canvas.drawString(right, below, line)
        below -= 9
