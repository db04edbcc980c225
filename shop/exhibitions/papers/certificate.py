"""The card that goes with a piece: who made it, in which craft, how long it took, and the way to its page."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.lib.pagesizes import A6, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from shop.artisans.models import Maker
from shop.exhibitions.codes import code_of
from shop.exhibitions.models import Consignment, ConsignmentLine, Fair

from . import ink

PAGE = landscape(A6)
EDGE = 9 * mm
QR_SIDE = 34 * mm
#: The attribute of a product that names how it was made.
TECHNIQUE = "technique"


def of_fair(fair: Fair, *, maker: Maker | None = None) -> list[Any]:
    """Stock records of the fair's packing lists (or of one maker's), each once, with what a card tells."""
    lines = ConsignmentLine.objects.filter(consignment__fair=fair).exclude(
        consignment__status=Consignment.Status.CANCELLED
    )
    if maker is not None:
        lines = lines.filter(consignment__maker=maker)
    lines = lines.select_related(
        "stockrecord__product__maker__regency", "stockrecord__product__craft"
    ).prefetch_related(
        "stockrecord__product__motifs",
        "stockrecord__product__attribute_values__attribute",
        "stockrecord__product__attribute_values__value_option",
    )
    return list(
        {line.stockrecord_id: line.stockrecord for line in lines.order_by("consignment__maker__name", "pk")}.values()
    )


def cards(records: Iterable[Any]) -> bytes:
    """One A6 card a piece, in the active language."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=PAGE)
    canvas.setTitle(_("Certificate cards"))
    for record in records:
        _draw(canvas, record)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def facts(record: Any) -> list[tuple[str, str]]:
    """(label, value) of what is known of the piece; what nobody filled in is left out."""
    product = record.product
    maker = product.maker
    place = ", ".join(filter(None, [maker.village, maker.regency.name])) if maker else ""
    days = product.making_days
    told = [
        (_("Maker"), f"{maker.name}, {place}" if maker and place else getattr(maker, "name", "")),
        (_("Craft"), product.craft.name if product.craft else ""),
        (_("Motif"), ", ".join(motif.name for motif in product.motifs.all())),
        (_("Technique"), _technique(product)),
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
