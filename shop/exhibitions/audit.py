"""Fairs added up again: lists, tills, ledger and books must tell the same story, each from its own rows."""

from collections import defaultdict
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

from .dues import NOTHING, Due, pool, reckon, sold_by_maker, standing, told_by_maker
from .models import Consignment, ConsignmentLine, Discrepancy, Fair, ReversalLine, ReversalTender, SaleLine, Tender

#: Ledger ways of a sale, and of what came back from a buyer.
SOLD = (Way.STALL_SOLD, Way.OVERSOLD)
BACK = (Way.TAKEN_BACK, Way.RETURNED_HOME, Way.SPOILT, Way.UNSOLD)
#: Discrepancies that stand for units in ``unexplained``.
OF_UNITS = (
    Discrepancy.Kind.MISSING,
    Discrepancy.Kind.SURPLUS,
    Discrepancy.Kind.OVERSOLD,
    Discrepancy.Kind.COUNT,
)
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
    travelling = listed.filter(consignment__status=Consignment.Status.HANDED_OVER)
    lines = SaleLine.objects.filter(sale__fair=fair)
    back = ReversalLine.objects.filter(reversal__sale__fair=fair)
    undone = back.filter(to_unexplained__gt=0)
    for what, expected, found in (
        ("what is on its way of {}", _sums(travelling), _of(journeys, "transit")),
        ("what is unexplained of {}", _unexplained(fair, undone), _of(journeys, "unexplained")),
        ("what is damaged of {}", _left(fair, "damaged", back), _of(journeys, "damaged")),
        ("what was gifted of {}", _left(fair, "gifted"), _of(journeys, "gifted")),
        ("what was brought of {}", _sums(listed), _of(journeys, "brought")),
        ("what the ledger sold of {}", _sums(lines), _moved(fair, SOLD)),
        ("what left the stall of {} by sales", _sums(lines, units="from_stall"), _moved(fair, (Way.STALL_SOLD,))),
        ("what came back of {}", _sums(back, "line__stockrecord"), _moved(fair, BACK)),
        (
            "what came back as never sold of {}",
            _sums(undone, "line__stockrecord", "to_unexplained"),
            _moved(fair, (Way.UNSOLD,)),
        ),
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
    yield from _told_together(fair)


def _told_together(fair: Fair) -> Iterator[Difference]:
    """Once all makers have been told, they bear the shared costs between them: not a rupiah more, and none less."""
    told, due = told_by_maker(fair), reckon(fair)
    is_settled = fair.status == Fair.Status.SETTLED
    if not told or told.keys() != due.keys() or not (is_settled or told == due):
        return
    where = "statements of a settled fair" if is_settled else "statements"
    borne = pool(fair) if any(one.gross > 0 for one in due.values()) else NOTHING
    for what, expected, found in (
        ("costs", borne, sum((one.costs for one in told.values()), NOTHING)),
        ("commission", _commission(due), _commission(told)),
    ):
        if expected != found:
            yield Difference(fair.reference, f"{what} on the {where}", expected, found)


def _commission(dues: Mapping[int, Due]) -> Decimal:
    return sum((one.commission for one in dues.values()), NOTHING)


def _sums(rows: Any, key: str = "stockrecord", units: str = "quantity") -> dict[Any, Any]:
    return dict(rows.order_by().values_list(key).annotate(Sum(units)))


def _of(journeys: Mapping[int, travel.Journey], name: str) -> dict[int, int]:
    return {pk: getattr(journey, name) for pk, journey in journeys.items()}


def _unexplained(fair: Fair, undone: Any) -> dict[int, int]:
    """What the fair's discrepancies leave unexplained, answered with words or not at all, and what reversals gave back.

    A variance that a reversal opened says where its units are to be looked for; they are counted with the reversal.
    """
    units: dict[Any, int] = defaultdict(int)
    for one in fair.discrepancies.filter(kind__in=OF_UNITS, stockrecord__isnull=False):
        if one.event_id is None or one.kind == Discrepancy.Kind.OVERSOLD:
            units[one.stockrecord_id] += one.missing_units or -abs(one.quantity)
        if one.resolution in Discrepancy.MOVED:
            units[one.stockrecord_id] -= one.missing_units
    for pk, given_back in _sums(undone, "line__stockrecord", "to_unexplained").items():
        units[pk] += given_back
    return units


def _left(fair: Fair, kind: str, back: Any = None) -> dict[int, int]:
    """What the count, the stall's own notes, resolved discrepancies and buyers say is ``damaged`` or ``gifted``."""
    units: dict[Any, int] = defaultdict(int)
    resolved = fair.discrepancies.filter(resolution=kind)
    for rows, sign in (
        (_sums(fair.count_lines.filter(booked_at__isnull=False), units=kind), 1),
        (_sums(fair.stall_moves.filter(kind=kind, undone_at=None)), 1),
        ({} if back is None else _sums(back.filter(is_damaged=True), "line__stockrecord"), 1),
        ({} if back is None else _sums(back.filter(is_damaged=True), "line__stockrecord", "to_unexplained"), -1),
    ):
        for pk, quantity in rows.items():
            units[pk] += sign * quantity
    for one in resolved:
        units[one.stockrecord_id] += one.missing_units
    return units


def _moved(fair: Fair, ways: tuple[str, ...]) -> dict[int, int]:
    return _sums(Move.objects.filter(reference=fair.reference, reason__in=ways))


def _compare(fair: Fair, what: str, expected: Mapping[int, int], found: Mapping[int, int]) -> Iterator[Difference]:
    wrong = [pk for pk in sorted(expected.keys() | found.keys()) if expected.get(pk, 0) != found.get(pk, 0)]
    if not wrong:
        return
    skus = dict(get_model("partner", "StockRecord").objects.filter(pk__in=wrong).values_list("pk", "partner_sku"))
    for pk in wrong:
        yield Difference(fair.reference, what.format(skus[pk]), expected.get(pk, 0), found.get(pk, 0))
