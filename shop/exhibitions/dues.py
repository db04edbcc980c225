"""What makers are due from a fair, read from what its till sold. Amounts are whole rupiah.

Statements are written by ``services.settling``; here is only what they will say.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from shop.artisans.models import Maker
from shop.settlement.models import Statement
from shop.settlement.services import SoldLine

from .models import Consignment, Fair, ReversalLine, SaleLine

NOTHING = Decimal(0)
#: Lists whose maker has brought something.
BROUGHT = (Consignment.Status.HANDED_OVER, Consignment.Status.RECEIVED)


class Event(NamedTuple):
    """A line sold, or taken back (below nought), and what it changes of the commission."""

    at: Any
    line: SaleLine
    quantity: int
    amount: Decimal
    percent: Decimal
    commission: Decimal


class Due(NamedTuple):
    """What a statement says, in the names of its fields."""

    gross: Decimal
    commission: Decimal
    costs: Decimal


def whole(amount: Decimal) -> Decimal:
    """Rounded half up to whole rupiah."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


class Terms(NamedTuple):
    """Percent of a sold line that the council keeps, and percent of the shared costs that makers bear together."""

    commission: Decimal
    shared_costs: Decimal


def terms_of(fair: Fair, maker: Any) -> Terms:
    """What a maker who signs today agrees on: their own commission where there is one, else the fair's."""
    own = fair.participations.filter(maker=maker).values_list("commission_percent", flat=True).first()
    return Terms(fair.commission_percent if own is None else own, fair.shared_cost_percent)


def sold_lines(fair: Fair, maker: Any) -> list[SoldLine]:
    """Every line sold of a maker and every line taken back, in the order of time.

    The commission is rounded half up for each line sold. What is taken back takes off what it was charged: a line taken
    back whole, in however many parts, ends at nought.
    """
    return lines_by_maker(fair, maker=maker).get(maker.pk, [])


def lines_by_maker(fair: Fair, **only: Any) -> dict[int, list[SoldLine]]:
    """``sold_lines`` of every maker of whom something was sold, by maker id, in three queries."""
    own = dict(fair.participations.values_list("maker", "commission_percent"))
    lines = (
        SaleLine.objects.filter(sale__fair=fair, **only)
        .select_related("sale")
        .prefetch_related("reversed__reversal")
        .order_by("sale__sold_at", "pk")
    )
    told: dict[int, list[SoldLine]] = {}
    for maker, events in _by_maker(lines, own, fair.commission_percent).items():
        in_time = sorted(events, key=lambda event: (event.at, event.line.pk, -event.quantity))
        told[maker] = [_told(event) for event in in_time]
    return told


def reckon(fair: Fair) -> dict[int, Due]:
    """What the statement of each maker would say by now, by maker id, in a number of queries that does not grow."""
    lines, shares = lines_by_maker(fair), shared_costs(fair)
    return {
        maker.pk: due_of(lines.get(maker.pk, []), shares.get(maker.pk, NOTHING))
        for maker in makers_to_settle_with(fair)
    }


def due_of(lines: Iterable[SoldLine], share: Decimal) -> Due:
    told = list(lines)
    gross = sum((line.amount for line in told), NOTHING)
    return Due(gross, sum((line.commission for line in told), NOTHING), share)


def pool(fair: Fair) -> Decimal:
    """What makers bear of a fair's costs together, once something was sold."""
    shared = fair.costs.filter(is_shared=True).aggregate(total=Sum("amount"))["total"] or NOTHING
    return whole(shared * fair.shared_cost_percent / 100)


def shared_costs(fair: Fair) -> dict[int, Decimal]:
    """What each maker bears of the shared costs, by maker id: by what they sold, whole rupiah that sum exactly.

    Rupiah left over by rounding go to the largest remainders. When nothing was sold nobody bears anything.
    """
    together = pool(fair)
    sold = {maker: amount for maker, amount in sold_by_maker(fair).items() if amount > 0}
    total = sum(sold.values(), NOTHING)
    if not total or not together:
        return {}
    exact = {maker: together * amount / total for maker, amount in sold.items()}
    shares = {maker: Decimal(int(amount)) for maker, amount in exact.items()}
    left = int(together - sum(shares.values(), NOTHING))
    for maker in sorted(exact, key=lambda maker: (shares[maker] - exact[maker], maker))[:left]:
        shares[maker] += 1
    return shares


def sold_by_maker(fair: Fair) -> dict[int, Decimal]:
    """Takings less what was given back, by maker id."""
    sold = dict(_sums(SaleLine.objects.filter(sale__fair=fair), "maker", "total"))
    for maker, amount in _sums(ReversalLine.objects.filter(reversal__sale__fair=fair), "line__maker", "amount"):
        sold[maker] = sold.get(maker, NOTHING) - amount
    return sold


def makers_to_settle_with(fair: Fair) -> QuerySet[Maker]:
    """Makers who brought something or of whom something was sold, in primary-key order."""
    brought = Q(pk__in=Consignment.objects.filter(fair=fair, status__in=BROUGHT).values("maker"))
    sold = Q(pk__in=SaleLine.objects.filter(sale__fair=fair).values("maker"))
    return Maker.objects.filter(brought | sold).order_by("pk")


def unsettled_makers(fair: Fair) -> list[Maker]:
    """Makers without a statement that stands, or with one that says otherwise than would be reckoned by now.

    Costs are borne by what each sold, so that one late sale makes the statements of all others stale.
    """
    told, due = told_by_maker(fair), reckon(fair)
    return [maker for maker in makers_to_settle_with(fair) if told.get(maker.pk) != due[maker.pk]]


def told_by_maker(fair: Fair) -> dict[int, Due]:
    """What standing statements say, by maker id."""
    return {maker: Due(*told) for maker, *told in standing(fair).values_list("maker", *Due._fields)}


def standing(fair: Fair) -> QuerySet[Statement]:
    """The statements of a fair that count."""
    return Statement.objects.filter(reference=fair.reference).exclude(status=Statement.Status.REOPENED)


def _by_maker(lines: Iterable[SaleLine], own: dict[int, Decimal | None], usual: Decimal) -> dict[int, list[Event]]:
    """The commission of a maker is their own where one was agreed, else the fair's."""
    found: dict[int, list[Event]] = {}
    for line in lines:
        percent = own.get(line.maker_id)
        found.setdefault(line.maker_id, []).extend(_events(line, usual if percent is None else percent))
    return found


def _told(event: Event) -> SoldLine:
    return SoldLine(
        happened_on=timezone.localdate(event.at),
        title=event.line.title,
        sku=event.line.sku,
        source=event.line.sale.number,
        quantity=event.quantity,
        amount=event.amount,
        commission_percent=event.percent,
        commission=event.commission,
    )


def _events(line: SaleLine, percent: Decimal) -> Iterable[Event]:
    charged = whole(line.total * percent / 100)
    yield Event(line.sale.sold_at, line, line.quantity, line.total, percent, charged)
    left = line.total
    for back in sorted(line.reversed.all(), key=lambda back: (back.reversal.done_at, back.pk)):
        left -= back.amount
        charge = whole(left * percent / 100)
        yield Event(back.reversal.done_at, line, -back.quantity, -back.amount, percent, charge - charged)
        charged = charge


def _sums(rows: QuerySet, key: str, amount: str) -> QuerySet:
    return rows.order_by().values_list(F(key)).annotate(Sum(amount))
