"""Counting a void or a return: units come back, money goes back, never more than the sale had left of either."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from shop.exhibitions.models import Discrepancy, Reversal, ReversalLine, ReversalTender, Sale, SaleLine
from shop.exhibitions.wire.answers import Code, Refused
from shop.settlement.services import book_takings

from .bringing_back import bring_back
from .days import reckon_anew
from .happening import Happening
from .sales import sale_named


def count_reversal(happening: Happening, told: dict[str, Any]) -> None:
    """Write it, move the units, book the money. The fair is locked, so that no two take the same unit back.

    Raises ``Refused``: ``sale_unknown``, ``wrong_fair``, ``reverses_too_much``.
    """
    sale = sale_named(told["sale"], happening, "data.sale")
    lines = _lines_with_enough_left(sale, told["lines"])
    if told["kind"] == Reversal.Kind.VOID:
        _refuse_more_than_was_paid(sale, told["tenders"])
    reversal = Reversal.objects.create(
        id=happening.event.pk,
        event=happening.event,
        sale=sale,
        cashier=happening.cashier,
        kind=told["kind"],
        reason=told["reason"],
        amount=Decimal(told["amount"]),
        done_at=happening.at,
        cash_day=told.get("day"),
        is_late=happening.late,
    )
    bring_back(happening, reversal, told["lines"], lines)
    paid_back = {tender["kind"]: Decimal(tender["amount"]) for tender in told["tenders"]}
    ReversalTender.objects.bulk_create(
        ReversalTender(reversal=reversal, kind=kind, amount=amount) for kind, amount in paid_back.items()
    )
    book_takings(
        {kind: -amount for kind, amount in paid_back.items()},
        reference=happening.fair.reference,
        key=f"reversal:{reversal.pk}",
        occurred_at=happening.at,
        memo=sale.number,
    )
    reckon_anew(happening, reversal.cash_day, sale.number)
    if happening.late:
        units = sum(back["quantity"] for back in told["lines"])
        detail = " · ".join(filter(None, (sale.number, reversal.reason, happening.way)))
        happening.discrepancy(Discrepancy.Kind.LATE_SALE, -units, sale=sale, detail=detail[:255]).save()


def _lines_with_enough_left(sale: Sale, told: list[dict[str, Any]]) -> dict[int, SaleLine]:
    """The sale's lines by position, once every wanted one has the units and the rupiah."""
    lines = {line.position: line for line in sale.lines.select_related("stockrecord")}
    taken = {
        row["line"]: (row["units"], row["rupiah"])
        for row in ReversalLine.objects.filter(line__sale=sale)
        .order_by()
        .values("line")
        .annotate(units=Sum("quantity"), rupiah=Sum("amount"))
    }
    for number, back in enumerate(told):
        line = lines.get(back["line"])
        units, rupiah = taken.get(line.pk, (0, 0)) if line else (0, 0)
        if line is None or units + back["quantity"] > line.quantity:
            raise Refused(Code.REVERSES_TOO_MUCH, f"data.lines[{number}].quantity")
        if rupiah + back["amount"] > line.total:
            raise Refused(Code.REVERSES_TOO_MUCH, f"data.lines[{number}].amount")
    return lines


def _refuse_more_than_was_paid(sale: Sale, told: list[dict[str, Any]]) -> None:
    """A void undoes the payment too. A return is paid back by hand, out of whatever the cashier took it."""
    left: dict[str, Decimal] = defaultdict(Decimal)
    for kind, amount in sale.tenders.values_list("kind", "amount"):
        left[kind] += amount
    for kind, amount in ReversalTender.objects.filter(reversal__sale=sale).values_list("kind", "amount"):
        left[kind] -= amount
    for number, tender in enumerate(told):
        if tender["amount"] > left[tender["kind"]]:
            raise Refused(Code.REVERSES_TOO_MUCH, f"data.tenders[{number}].amount")
