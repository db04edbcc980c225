"""The report of a fair in figures. Amounts are whole rupiah, what was given back taken off."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils.module_loading import import_string
from oscar.core.loading import get_model

from shop.artisans.models import Maker
from shop.crafts.models import Craft
from shop.stock import travel
from shop.stock.travel import Journey

from .dues import NOTHING, Due, reckon, told_by_maker
from .models import Enquiry, Fair, FairCost, Reversal, ReversalLine, ReversalTender, Sale, SaleLine, Tender

#: Nothing of anything.
EMPTY = Journey(*[0] * len(Journey._fields))


class Taking(NamedTuple):
    """``key`` is a date, an id or a code; ``pieces`` are units (for tenders: how often)."""

    key: Any
    label: str
    amount: Decimal
    pieces: int


class Through(NamedTuple):
    """Sell-through of a maker or a craft. ``percent`` is sold of brought, 0 when nothing was brought."""

    key: Any
    label: str
    journey: Journey
    percent: int


class Cost(NamedTuple):
    kind: str
    label: str
    amount: Decimal
    shared: Decimal


class Profit(NamedTuple):
    """What the fair leaves the council: ``result = commission + borne_by_makers - costs``.

    ``untold`` is what the till took and no statement tells yet, though its maker has one: whose it is, the next version
    says. ``takings - untold - due_to_makers - costs`` is the result, too.
    """

    takings: Decimal
    untold: Decimal
    commission: Decimal
    borne_by_makers: Decimal
    due_to_makers: Decimal
    costs: Decimal
    result: Decimal


class Target(NamedTuple):
    """``percent`` is None without a target."""

    wanted: Decimal
    reached: Decimal
    percent: int | None


class Figures(NamedTuple):
    takings: Decimal
    pieces: int
    sales: int
    reversals: int
    by_day: list[Taking]
    by_maker: list[Taking]
    by_craft: list[Taking]
    by_tender: list[Taking]
    by_source: list[Taking]
    journey: Journey
    through_by_maker: list[Through]
    through_by_craft: list[Through]
    costs: list[Cost]
    profit: Profit
    revenue: Target
    pieces_target: Target
    enquiries: dict[str, int]


def figures(fair: Fair) -> Figures:
    """Everything the report of a fair shows, in a number of queries that does not grow with it."""
    by_day = _net(fair, TruncDate("sale__sold_at"), TruncDate("reversal__done_at"))
    by_maker = _net(fair, F("maker"), F("line__maker"))
    by_craft = _net(fair, _craft("stockrecord__product"), _craft("line__stockrecord__product"))
    by_source = _net(fair, F("sale__source"), F("reversal__sale__source"))
    makers, crafts = names(Maker), names(Craft)
    takings = sum((amount for amount, _pieces in by_maker.values()), NOTHING)
    pieces = sum(pieces for _amount, pieces in by_maker.values())
    journeys = _journeys(fair)
    costs = _costs(fair)
    return Figures(
        takings=takings,
        pieces=pieces,
        sales=Sale.objects.filter(fair=fair).count(),
        reversals=Reversal.objects.filter(sale__fair=fair).count(),
        by_day=[Taking(day, day.isoformat(), *by_day[day]) for day in sorted(by_day)],
        by_maker=_largest(by_maker, makers),
        by_craft=_largest(by_craft, crafts),
        by_tender=_by_tender(fair),
        by_source=_largest(by_source, import_string(settings.CAMPAIGN_TITLES)()),
        journey=total(journey for _maker, _craft, journey in journeys),
        through_by_maker=_through(((maker, journey) for maker, _craft, journey in journeys), makers),
        through_by_craft=_through(((craft, journey) for _maker, craft, journey in journeys), crafts),
        costs=costs,
        profit=_profit(fair, takings, sum((cost.amount for cost in costs), NOTHING)),
        revenue=_target(fair.target_revenue, takings),
        pieces_target=_target(Decimal(fair.target_pieces), Decimal(pieces)),
        enquiries=dict(
            Enquiry.objects.filter(fair=fair).order_by().values_list("kind").annotate(Count("pk")),
        ),
    )


def total(journeys: Iterable[Journey]) -> Journey:
    """The sum of journeys, figure by figure."""
    return Journey(*map(sum, zip(EMPTY, *journeys, strict=True)))


def names(model: Any) -> dict[Any, str]:
    return {row.pk: str(row) for row in model.objects.all()}


def _craft(product: str) -> Coalesce:
    """A variant is of the craft of its parent."""
    return Coalesce(f"{product}__craft", f"{product}__parent__craft")


def _net(fair: Fair, sold_key: Any, back_key: Any) -> dict[Any, tuple[Decimal, int]]:
    """(amount, pieces) sold by a key, less what was taken back by another."""
    sums: dict[Any, tuple[Decimal, int]] = {}
    sold = SaleLine.objects.filter(sale__fair=fair).order_by().values_list(sold_key)
    back = ReversalLine.objects.filter(reversal__sale__fair=fair).order_by().values_list(back_key)
    for key, amount, pieces in sold.annotate(amount_sum=Sum("total"), piece_sum=Sum("quantity")):
        sums[key] = (amount, pieces)
    for key, amount, pieces in back.annotate(amount_sum=Sum("amount"), piece_sum=Sum("quantity")):
        before = sums.get(key, (NOTHING, 0))
        sums[key] = (before[0] - amount, before[1] - pieces)
    return sums


def _by_tender(fair: Fair) -> list[Taking]:
    paid = Tender.objects.filter(sale__fair=fair).order_by().values_list("kind")
    back = ReversalTender.objects.filter(reversal__sale__fair=fair).order_by().values_list("kind")
    sums = {kind: (amount, times) for kind, amount, times in paid.annotate(Sum("amount"), Count("pk"))}
    for kind, amount in back.annotate(Sum("amount")):
        before = sums.get(kind, (NOTHING, 0))
        sums[kind] = (before[0] - amount, before[1])
    labels = {choice.value: str(choice.label) for choice in Tender.Kind}
    return _largest(sums, labels)


def _largest(sums: Mapping[Any, tuple[Decimal, int]], labels: Mapping[Any, str]) -> list[Taking]:
    rows = [Taking(key, labels.get(key, "") or str(key or ""), *pair) for key, pair in sums.items()]
    return sorted(rows, key=lambda row: (-row.amount, row.label))


def _journeys(fair: Fair) -> list[tuple[int, int | None, Journey]]:
    """(maker id, craft id, journey) of each piece that the fair ever had."""
    journeys = travel.journeys(fair.reference)
    records = get_model("partner", "StockRecord").objects.filter(pk__in=journeys)
    pieces = records.values_list("pk", "partner__maker", _craft("product"))
    return [(maker, craft, journeys[pk]) for pk, maker, craft in pieces]


def _through(pairs: Iterable[tuple[Any, Journey]], labels: Mapping[Any, str]) -> list[Through]:
    gathered: dict[Any, list[Journey]] = {}
    for key, journey in pairs:
        gathered.setdefault(key, []).append(journey)
    sums = {key: total(journeys) for key, journeys in gathered.items()}
    rows = [Through(key, labels.get(key, ""), one, _share(one.sold, one.brought)) for key, one in sums.items()]
    return sorted(rows, key=lambda row: (-row.percent, row.label))


def _costs(fair: Fair) -> list[Cost]:
    sums: dict[str, list[Decimal]] = {}
    for kind, amount, is_shared in fair.costs.order_by().values_list("kind", "amount", "is_shared"):
        both = sums.setdefault(kind, [NOTHING, NOTHING])
        both[0] += amount
        both[1] += amount if is_shared else NOTHING
    return [Cost(kind, str(FairCost.Kind(kind).label), *sums[kind]) for kind in FairCost.Kind.values if kind in sums]


def _profit(fair: Fair, takings: Decimal, costs: Decimal) -> Profit:
    """From the statements that stand, as makers were told; from what would be reckoned now for those who have none."""
    told = {**reckon(fair), **told_by_maker(fair)}.values()
    gross, commission, borne = (sum((getattr(one, name) for one in told), NOTHING) for name in Due._fields)
    return Profit(
        takings=takings,
        untold=takings - gross,
        commission=commission,
        borne_by_makers=borne,
        due_to_makers=gross - commission - borne,
        costs=costs,
        result=commission + borne - costs,
    )


def _target(wanted: Decimal, reached: Decimal) -> Target:
    return Target(wanted, reached, _share(reached, wanted) if wanted else None)


def _share(part: Any, whole: Any) -> int:
    """Whole percent, rounded down: a target is reached at a hundred and not before."""
    return int(part * 100 // whole) if whole else 0
