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
    commission: Decimal


def whole(amount: Decimal) -> Decimal:
    """Rounded half up to whole rupiah."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def percent_of(fair: Fair, maker: Any) -> Decimal:
    """The commission of a maker at a fair: their own where it was agreed, else the fair's."""
    own = fair.participations.filter(maker=maker).values_list("commission_percent", flat=True).first()
    return fair.commission_percent if own is None else own


def sold_lines(fair: Fair, maker: Any) -> list[SoldLine]:
    """Every line sold of a maker and every line taken back, in the order of time.

    The commission is rounded half up for each line sold. What is taken back takes off what it was charged: a line taken
    back whole, in however many parts, ends at nought.
    """
    percent = percent_of(fair, maker)
    lines = (
        SaleLine.objects.filter(sale__fair=fair, maker=maker)
        .select_related("sale")
        .prefetch_related("reversed__reversal")
        .order_by("sale__sold_at", "pk")
    )
    events = [event for line in lines for event in _events(line, percent)]
    return [
        SoldLine(
            happened_on=timezone.localdate(event.at),
            title=event.line.title,
            sku=event.line.sku,
            source=event.line.sale.number,
            quantity=event.quantity,
            amount=event.amount,
            commission_percent=percent,
            commission=event.commission,
        )
        for event in sorted(events, key=lambda event: (event.at, event.line.pk, -event.quantity))
    ]


def shared_costs(fair: Fair) -> dict[int, Decimal]:
    """What each maker bears of the shared costs, by maker id: by what they sold, whole rupiah that sum exactly.

    Rupiah left over by rounding go to the largest remainders. When nothing was sold nobody bears anything.
    """
    shared = fair.costs.filter(is_shared=True).aggregate(total=Sum("amount"))["total"] or NOTHING
    pool = whole(shared * fair.shared_cost_percent / 100)
    sold = {maker: amount for maker, amount in sold_by_maker(fair).items() if amount > 0}
    total = sum(sold.values(), NOTHING)
    if not total or not pool:
        return {}
    exact = {maker: pool * amount / total for maker, amount in sold.items()}
    shares = {maker: Decimal(int(amount)) for maker, amount in exact.items()}
    left = int(pool - sum(shares.values(), NOTHING))
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
    """Makers without a statement that stands, or with one that says otherwise than the till does by now."""
    told = dict(standing(fair).values_list("maker", "gross"))
    sold = sold_by_maker(fair)
    return [maker for maker in makers_to_settle_with(fair) if told.get(maker.pk) != sold.get(maker.pk, NOTHING)]


def standing(fair: Fair) -> QuerySet[Statement]:
    """The statements of a fair that count."""
    return Statement.objects.filter(reference=fair.reference).exclude(status=Statement.Status.REOPENED)


def _events(line: SaleLine, percent: Decimal) -> Iterable[Event]:
    charged = whole(line.total * percent / 100)
    yield Event(line.sale.sold_at, line, line.quantity, line.total, charged)
    left = line.total
    for back in sorted(line.reversed.all(), key=lambda back: (back.reversal.done_at, back.pk)):
        left -= back.amount
        charge = whole(left * percent / 100)
        yield Event(back.reversal.done_at, line, -back.quantity, -back.amount, charge - charged)
        charged = charge


def _sums(rows: QuerySet, key: str, amount: str) -> QuerySet:
    return rows.order_by().values_list(F(key)).annotate(Sum(amount))
