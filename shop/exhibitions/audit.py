"""Fairs added up again: lists, tills, ledger and books must tell the same story, each from its own rows."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Sum
from oscar.core.loading import get_model

from shop.settlement import queries as books
from shop.settlement.accounts import clearing
from shop.stock import travel
from shop.stock.models import Move
from shop.stock.travel import Way

from .dues import NOTHING, sold_by_maker, standing
from .models import Consignment, ConsignmentLine, Fair, ReversalLine, ReversalTender, SaleLine, Tender

#: Ledger ways of a sale, and of what came back from a buyer.
SOLD = (Way.STALL_SOLD, Way.OVERSOLD)
BACK = (Way.TAKEN_BACK, Way.RETURNED_HOME, Way.SPOILT)
SIGNED = (Consignment.Status.HANDED_OVER, Consignment.Status.RECEIVED)


class Difference(NamedTuple):
    """``what`` of a fair should be ``expected`` and is ``found``, in units or rupiah."""

    fair: str
    what: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.fair}: {self.what} should be {self.expected}, is {self.found}"


def differences() -> Iterator[Difference]:
    """Every figure of every fair that two of its sources tell differently. Read in one transaction."""
    for fair in Fair.objects.order_by("pk"):
        yield from of_units(fair)
        yield from of_money(fair)


def of_units(fair: Fair) -> Iterator[Difference]:
    """Nothing a fair brought may be lost between its lists, its till and the ledger."""
    journeys = travel.journeys(fair.reference)
    listed = ConsignmentLine.objects.filter(consignment__fair=fair, consignment__status__in=SIGNED)
    lines = SaleLine.objects.filter(sale__fair=fair)
    back = ReversalLine.objects.filter(reversal__sale__fair=fair)
    for what, expected, found in (
        (
            "the sum of what became of {}",
            {pk: journey.brought for pk, journey in journeys.items()},
            {pk: sum(journey[1:-1]) for pk, journey in journeys.items()},
        ),
        ("what was brought of {}", _sums(listed), {pk: journey.brought for pk, journey in journeys.items()}),
        ("what the ledger sold of {}", _sums(lines), _moved(fair, SOLD)),
        ("what left the stall of {} by sales", _sums(lines, units="from_stall"), _moved(fair, (Way.STALL_SOLD,))),
        ("what came back of {}", _sums(back, "line__stockrecord"), _moved(fair, BACK)),
    ):
        yield from _compare(fair, what, expected, found)


def of_money(fair: Fair) -> Iterator[Difference]:
    """What tenders brought in is in the books, and what is not on a statement waits in clearing."""
    paid = _sums(Tender.objects.filter(sale__fair=fair), "kind", "amount")
    for tender, amount in _sums(ReversalTender.objects.filter(reversal__sale__fair=fair), "kind", "amount").items():
        paid[tender] = paid.get(tender, NOTHING) - amount
    booked = books.takings_by_tender(fair.reference)
    for tender in sorted(paid.keys() | booked.keys()):
        expected, found = paid.get(tender, NOTHING), booked.get(tender, NOTHING)
        if expected != found:
            yield Difference(fair.reference, f"takings by {tender}", expected, found)
    sold = sum(sold_by_maker(fair).values(), NOTHING)
    if sold != sum(paid.values(), NOTHING):
        yield Difference(fair.reference, "what its lines brought in", sum(paid.values(), NOTHING), sold)
    told = standing(fair).aggregate(total=Sum("gross"))["total"] or NOTHING
    waiting = books.balance(clearing(fair.reference))
    if waiting != told - sold:
        yield Difference(fair.reference, "sales without a statement", sold - told, -waiting)
    if fair.status == Fair.Status.SETTLED and waiting:
        yield Difference(fair.reference, "sales without a statement of a settled fair", Decimal(0), -waiting)


def _sums(rows: Any, key: str = "stockrecord", units: str = "quantity") -> dict[Any, Any]:
    return dict(rows.order_by().values_list(key).annotate(Sum(units)))


def _moved(fair: Fair, ways: tuple[str, ...]) -> dict[int, int]:
    return _sums(Move.objects.filter(reference=fair.reference, reason__in=ways))


def _compare(fair: Fair, what: str, expected: Mapping[int, int], found: Mapping[int, int]) -> Iterator[Difference]:
    wrong = [pk for pk in sorted(expected.keys() | found.keys()) if expected.get(pk, 0) != found.get(pk, 0)]
    if not wrong:
        return
    skus = dict(get_model("partner", "StockRecord").objects.filter(pk__in=wrong).values_list("pk", "partner_sku"))
    for pk in wrong:
        yield Difference(fair.reference, what.format(skus[pk]), expected.get(pk, 0), found.get(pk, 0))
