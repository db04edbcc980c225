"""What a maker takes home on paper: each sold line, what the council keeps, what is due, what was paid when and how."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Spacer

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions.models import Fair
from shop.settlement.models import Payout, Statement
from shop.settlement.queries import left_to_pay, payouts

from . import ink


def sheet(statement: Statement, fair: Fair) -> bytes:
    """The statement as a file, in the active language. A reopened one says at its top that it does not stand."""
    superseded = statement.status == Statement.Status.REOPENED
    title = _("Statement for %(maker)s") % {"maker": statement.maker.name}
    story: list[Any] = [
        ink.text(settings.OSCAR_SHOP_NAME, ink.SMALL),
        ink.text(title, ink.TITLE),
        Spacer(0, 3 * mm),
    ]
    if superseded:
        story += [ink.text(_superseded(statement), ink.WARNING), Spacer(0, 2 * mm)]
    story += [
        ink.facts(
            [
                (_("Number"), statement.number),
                (_("Version"), statement.version),
                (_("Fair"), f"{fair.name} · {fair.venue}, {fair.city}"),
                (_("Issued on"), date_format(timezone.localtime(statement.issued_at), "j F Y")),
                (_("State"), _state(statement)),
            ]
        ),
        Spacer(0, 5 * mm),
        _lines(statement),
        Spacer(0, 4 * mm),
        KeepTogether([_sums(statement), Spacer(0, 5 * mm), *_payouts(statement)]),
    ]
    return ink.document(story, title=f"{title} {statement.number}", footer=f"{statement.number} · {fair.name}")


def _state(statement: Statement) -> str:
    if statement.status == Statement.Status.REOPENED:
        return _("Superseded")
    return _("Money is to come back") if left_to_pay(statement) < 0 else statement.get_status_display()


def _superseded(statement: Statement) -> str:
    return _("Superseded: reopened on %(day)s because: %(reason)s. Another version takes its place.") % {
        "day": date_format(timezone.localtime(statement.reopened_at), "j F Y"),
        "reason": statement.reopen_reason.rstrip("."),
    }


def _lines(statement: Statement) -> Any:
    heads = [_("Day"), _("Receipt"), _("Piece")]
    figures = [_("Quantity"), _("Sold for"), _("Commission")]
    rows = [[*(ink.text(head, ink.HEAD) for head in heads), *(ink.text(head, ink.HEAD_RIGHT) for head in figures)]]
    for line in statement.lines.all():
        name = f"{line.title} ({line.sku})" if line.sku else line.title
        percent = f"{line.commission_percent.normalize():f} %"
        rows.append(
            [
                ink.text(date_format(line.happened_on, "j M Y"), ink.SMALL),
                ink.text(line.source, ink.SMALL),
                ink.text(name),
                ink.text(line.quantity, ink.RIGHT),
                ink.text(rupiah(line.amount), ink.RIGHT),
                ink.text(f"{rupiah(line.commission)} ({percent})", ink.RIGHT),
            ]
        )
    if len(rows) == 1:
        rows.append(["", "", ink.text(_("Nothing was sold.")), "", "", ""])
    return ink.table(rows, [20 * mm, 20 * mm, 52 * mm, 16 * mm, 28 * mm, 38 * mm])


def _sums(statement: Statement) -> Any:
    rows = [[ink.text(_("Reckoning"), ink.HEAD), ink.text(_("Amount"), ink.HEAD_RIGHT)]]
    for label, amount in (
        (_("Sold"), statement.gross),
        (_("Commission"), -statement.commission),
        (_("Share of the costs"), -statement.costs),
    ):
        rows.append([ink.text(label), ink.text(rupiah(amount), ink.RIGHT)])
    rows.append([ink.text(_("Due"), ink.STRONG), ink.text(rupiah(statement.due), ink.STRONG_RIGHT)])
    return ink.table(rows, [134 * mm, 40 * mm], totals=1)


def _payouts(statement: Statement) -> list[Any]:
    """Payments on any version count: money does not come back because a line was corrected. What was paid after a
    version was reopened is told by the next."""
    paid = payouts(statement.maker_id, statement.reference).filter(taken_back_at=None)
    if statement.status == Statement.Status.REOPENED:
        return [ink.text(_payout(one)) for one in paid.filter(created_at__lt=statement.reopened_at)]
    left = left_to_pay(statement)
    rest = _("To come back from the maker: %(amount)s") if left < 0 else _("Still to be paid: %(amount)s")
    return [*(ink.text(_payout(one)) for one in paid), ink.text(rest % {"amount": rupiah(abs(left))}, ink.STRONG)]


def _payout(payout: Payout) -> str:
    words = (
        _("Paid on %(day)s: %(amount)s by %(method)s, proof %(proof)s")
        if payout.amount > 0
        else _("Came back on %(day)s: %(amount)s by %(method)s, proof %(proof)s")
    )
    return words % {
        "day": date_format(payout.paid_on, "j F Y"),
        "amount": rupiah(abs(payout.amount)),
        "method": payout.get_method_display(),
        "proof": payout.proof,
    }
