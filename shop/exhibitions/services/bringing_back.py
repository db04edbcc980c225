"""Where the units of a void or a return go: each to where it really lies, and none to two places.

A *void* says that the sale never was, so its own bookings are undone: what it took from the stall goes back there, what
it took from ``unexplained`` goes back to that. A *return* is a real piece over the counter, whatever the sale was
booked from. Once the count is booked, a unit that lay on the table then was counted with the rest; to put it anywhere
again would make one piece two, and the second would be sold online.
"""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from shop.exhibitions.models import CountLine, Discrepancy, Reversal, ReversalLine, SaleLine
from shop.exhibitions.variances import stall_stands
from shop.stock import travel
from shop.stock.locks import lock_stock

from .happening import Happening
from .splitting import resolve_part

Way = travel.Way
Kind = Discrepancy.Kind


def bring_back(
    happening: Happening, reversal: Reversal, told: list[dict[str, Any]], lines: dict[int, SaleLine]
) -> list[ReversalLine]:
    """Write the reversal's lines and move their units. ``lines`` are the sale's, by position; the fair is locked."""
    lock_stock({lines[back["line"]].stockrecord_id for back in told})
    counted = dict(
        CountLine.objects.filter(fair=happening.fair, booked_at__isnull=False).values_list("stockrecord", "counted_at")
    )
    is_over = not stall_stands(happening.fair)
    owed = _owed(lines)
    written = []
    ways: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for back in told:
        line = lines[back["line"]]
        units = _that_lie_nowhere_new(back, owed[line.pk], reversal, counted.get(line.stockrecord_id))
        written.append(
            ReversalLine(
                reversal=reversal,
                line=line,
                quantity=back["quantity"],
                amount=Decimal(back["amount"]),
                is_damaged=back["damaged"],
                to_unexplained=units,
            )
        )
        whole = Way.RETURNED_HOME if is_over else Way.TAKEN_BACK
        for way, moved in ((Way.UNSOLD, units), (Way.SPOILT if back["damaged"] else whole, back["quantity"] - units)):
            if moved:
                ways[way.value].append((line.stockrecord, moved))
    ReversalLine.objects.bulk_create(written)
    for name, units_of in sorted(ways.items()):
        travel.move(Way(name), units_of, reference=happening.fair.reference, key=f"reversal:{reversal.pk}:{name}")
    _tell(happening, reversal, written)
    return written


def _owed(lines: dict[int, SaleLine]) -> dict[int, int]:
    """Units of each line that were taken from ``unexplained`` and have not gone back to it."""
    before = (
        ReversalLine.objects.filter(line__in=lines.values())
        .order_by()
        .values_list("line")
        .annotate(Sum("to_unexplained"))
    )
    back = dict(before)
    return {line.pk: max(0, line.quantity - line.from_stall - back.get(line.pk, 0)) for line in lines.values()}


def _that_lie_nowhere_new(back: dict[str, Any], owed: int, reversal: Reversal, counted_at: datetime | None) -> int:
    is_void = reversal.kind == Reversal.Kind.VOID
    was_counted = counted_at is not None and (is_void or reversal.done_at <= counted_at)
    if was_counted and not back["damaged"]:
        return back["quantity"]
    return min(back["quantity"], owed) if was_counted or is_void else 0


def _tell(happening: Happening, reversal: Reversal, written: list[ReversalLine]) -> None:
    """What the sale or the count could not explain is explained by this; units that nobody counted are to be found."""
    units: dict[Any, int] = defaultdict(int)
    for line in written:
        units[line.line.stockrecord] += line.to_unexplained
    words = f"{reversal.get_kind_display()} {reversal.sale.number}: {reversal.reason}"[:255]
    for record, back in units.items():
        if not back:
            continue
        same = Discrepancy.objects.filter(fair=happening.fair, stockrecord=record).order_by("pk")
        missing = min(back, max(0, travel.unexplained(record.pk, happening.fair.reference) - _known_missing(same)))
        left = back - missing
        unknown = (same.filter(kind=Kind.OVERSOLD, sale=reversal.sale), same.filter(kind=Kind.COUNT, quantity__gt=0))
        for one in (one for rows in unknown for one in rows.filter(resolution="")):
            if left:
                part = min(left, one.quantity)
                resolve_part(one, part, resolution=Discrepancy.Resolution.EXPLAINED, note=words, at=timezone.now())
                left -= part
        if missing:
            happening.discrepancy(
                Kind.COUNT, -missing, sale=reversal.sale, stockrecord=record, detail=reversal.sale.number
            ).save()


def _known_missing(discrepancies: Any) -> int:
    gone = discrepancies.exclude(resolution__in=Discrepancy.MOVED)
    return sum(one.missing_units for one in gone)
