"""The sheet that a maker and the council sign when pieces change hands: what, how many, what price, what terms."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Spacer

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions.codes import code_of
from shop.exhibitions.dues import terms_of
from shop.exhibitions.models import Consignment

from . import ink


def sheet(consignment: Consignment) -> bytes:
    """The hand-over sheet of one packing list, signed or still to be signed, in the active language."""
    fair = consignment.fair
    lines = list(consignment.lines.select_related("stockrecord__product__parent"))
    title = _("Hand-over of pieces for a fair")
    day = timezone.localtime(consignment.handed_over_at) if consignment.handed_over_at else None
    number = f"{fair.reference.upper()}-{consignment.number}"
    story: list[Any] = [
        ink.text(settings.OSCAR_SHOP_NAME, ink.SMALL),
        ink.text(title, ink.TITLE),
        Spacer(0, 3 * mm),
        ink.facts(
            [
                (_("Number"), number),
                (_("Maker"), _maker(consignment.maker)),
                (_("Fair"), f"{fair.name} · {fair.venue}, {fair.city}"),
                (
                    _("Days"),
                    _("%(first)s to %(last)s")
                    % {"first": date_format(fair.starts_on, "j F Y"), "last": date_format(fair.ends_on, "j F Y")},
                ),
                (_("Handed over on"), date_format(day, "j F Y H:i") if day else "…" * 12),
                (_("State"), consignment.get_status_display()),
            ]
        ),
        Spacer(0, 5 * mm),
        _lines(lines),
        Spacer(0, 5 * mm),
    ]
    if consignment.note:
        story += [ink.text(_("Note: %(note)s") % {"note": consignment.note}), Spacer(0, 3 * mm)]
    taker = consignment.handed_over_to.get_full_name() or "" if consignment.handed_over_to else ""
    story.append(
        KeepTogether(
            [
                ink.text(_("Terms of the hand-over"), ink.STRONG),
                *(ink.text(f"{position}. {term}") for position, term in enumerate(terms(consignment), 1)),
                Spacer(0, 8 * mm),
                ink.signatures(
                    (_("Handed over by (maker)"), consignment.signed_by),
                    (_("Taken by (%(shop)s)") % {"shop": settings.OSCAR_SHOP_NAME}, taker),
                ),
            ]
        )
    )
    return ink.document(story, title=f"{title} {number}", footer=f"{number} · {consignment.maker.name} · {fair.name}")


def terms(consignment: Consignment) -> list[str]:
    """What both sides sign, as it was signed once it is."""
    percent, shared = terms_of(consignment.fair, consignment.maker)
    if consignment.commission_percent is not None:
        percent = consignment.commission_percent
    if consignment.shared_cost_percent is not None:
        shared = consignment.shared_cost_percent
    told = [
        _("The pieces stay the maker's until they are sold."),
        _("%(shop)s keeps %(percent)s %% of the price each piece is sold for.")
        % {"shop": settings.OSCAR_SHOP_NAME, "percent": _percent(percent)},
        _("What is not sold comes back to the maker or to the shop's shelf after the fair, counted piece by piece."),
        _("What is damaged or lost on the way or at the stall is written down and settled between both sides."),
    ]
    if shared:
        told.insert(
            2,
            _("Makers bear %(percent)s %% of the shared costs together, each by what they sold.")
            % {"percent": _percent(shared)},
        )
    return told


def _percent(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


def _maker(maker: Any) -> str:
    return f"{maker.name} ({maker.person})" if maker.person else maker.name


def _lines(lines: list) -> Any:
    rows = [
        [
            ink.text(_("No."), ink.HEAD),
            ink.text(_("Piece"), ink.HEAD),
            ink.text(_("Code"), ink.HEAD),
            ink.text(_("Comes from"), ink.HEAD),
            ink.text(_("Quantity"), ink.HEAD_RIGHT),
            ink.text(_("Price"), ink.HEAD_RIGHT),
            ink.text(_("Value"), ink.HEAD_RIGHT),
        ]
    ]
    units = sum(line.quantity for line in lines)
    worth = sum((line.quantity * line.price for line in lines), Decimal(0))
    for position, line in enumerate(lines, 1):
        rows.append(
            [
                ink.text(position),
                ink.text(line.stockrecord.product.get_title()),
                ink.text(code_of(line.stockrecord), ink.SMALL),
                ink.text(line.get_origin_display(), ink.SMALL),
                ink.text(line.quantity, ink.RIGHT),
                ink.text(rupiah(line.price), ink.RIGHT),
                ink.text(rupiah(line.quantity * line.price), ink.RIGHT),
            ]
        )
    pieces = ngettext("%(count)s piece", "%(count)s pieces", units) % {"count": units}
    rows.append(
        [
            "",
            ink.text(_("Total"), ink.STRONG),
            "",
            "",
            ink.text(units, ink.STRONG_RIGHT),
            ink.text(pieces, ink.SMALL),
            ink.text(rupiah(worth), ink.STRONG_RIGHT),
        ]
    )
    return ink.table(rows, [9 * mm, 52 * mm, 25 * mm, 24 * mm, 16 * mm, 23 * mm, 25 * mm], totals=1)
