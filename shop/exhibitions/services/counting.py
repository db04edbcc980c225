"""The verbs of a fair's end: counting what is left, naming what is not, and bringing home what comes home."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from shop.exhibitions.errors import (
    BadFigure,
    BadResolution,
    CountIsBooked,
    NotYet,
    ReasonIsMissing,
    ResolvedOtherwise,
)
from shop.exhibitions.models import CountLine, Discrepancy, Fair
from shop.exhibitions.todo import variances_left
from shop.exhibitions.variances import Variance, open_variances
from shop.stock import travel
from shop.stock.locks import lock_stock

from .locks import lock_fair

__all__ = ["Variance", "adopt", "book_count", "count", "open_variances", "resolve", "shelve"]

Way = travel.Way
Kind = Discrepancy.Kind
Resolution = Discrepancy.Resolution

#: Where units that a discrepancy misses turn up. Without an entry none move.
WHERE_FOUND = {
    Resolution.FOUND: Way.FOUND,
    Resolution.DAMAGED: Way.FOUND_DAMAGED,
    Resolution.GIFTED: Way.FOUND_GIFTED,
}
#: Steps at which pieces come home.
COMES_HOME = (Fair.Status.IN_TRANSIT, Fair.Status.OPEN, Fair.Status.COUNTING, Fair.Status.SETTLED)


@transaction.atomic
def count(
    fair: Fair,
    stockrecord: Any,
    *,
    counted: int,
    actor: Any,
    damaged: int = 0,
    gifted: int = 0,
    lost: int = 0,
    note: str = "",
) -> CountLine:
    """Write down what was counted of one piece and what became of the rest; again until the count is booked.

    Raises ``WrongStep``, ``BadFigure``, ``CountIsBooked``.
    """
    locked = lock_fair(fair.pk, Fair.Status.COUNTING)
    if min(counted, damaged, gifted, lost) < 0:
        raise BadFigure
    lock_stock([stockrecord.pk])
    earlier = CountLine.objects.filter(fair=locked, stockrecord=stockrecord).first()
    if earlier is not None and earlier.booked_at:
        raise CountIsBooked
    line = earlier or CountLine(fair=locked, stockrecord=stockrecord)
    line.expected = travel.at_stall(stockrecord.pk, locked.reference)
    line.counted, line.damaged, line.gifted, line.lost = counted, damaged, gifted, lost
    line.note = note.strip()[:255]
    line.actor = actor
    line.counted_at = timezone.now()
    line.save()
    return line


@transaction.atomic
def book_count(fair: Fair, *, actor: Any) -> list[CountLine]:
    """Book the whole count: everything leaves the stall, what was counted to wait for the shelf.

    What was lost is a discrepancy that is resolved as such, so that it can still be found; more than expected is one
    that is open. A second call finds it done. Raises ``WrongStep``, and ``NotYet`` while pieces are not counted, not
    named, or have moved since.
    """
    locked = lock_fair(fair.pk, Fair.Status.COUNTING)
    lines = list(locked.count_lines.filter(booked_at=None).select_related("stockrecord"))
    lock_stock([*(line.stockrecord_id for line in lines), *travel.at_stalls(locked.reference)])
    left = variances_left(locked)
    if left:
        raise NotYet(left)
    now = timezone.now()
    for line in lines:
        line.booked_at = now
    CountLine.objects.bulk_update(lines, ["booked_at"])
    Discrepancy.objects.bulk_create(_differences(locked, lines, actor))
    for way, units in (
        (Way.SURPLUS, lambda line: max(0, line.variance)),
        (Way.SENT_BACK, lambda line: line.counted),
        (Way.STALL_DAMAGED, lambda line: line.damaged),
        (Way.STALL_GIFTED, lambda line: line.gifted),
        (Way.LOST, lambda line: line.lost),
    ):
        for line in lines:
            if units(line):
                moved = [(line.stockrecord, units(line))]
                key = f"count:{line.pk}:{way}"
                travel.move(way, moved, reference=locked.reference, key=key, actor=actor, note=line.note)
    return list(locked.count_lines.all())


@transaction.atomic
def resolve(discrepancy: Discrepancy, *, resolution: str, actor: Any, note: str = "") -> Discrepancy:
    """Say what a discrepancy was. Units that are found again wait for the shelf; damaged and gifted ones are booked so.

    The same answer again is no harm. What was lost may be found later; every other answer stands. Raises
    ``ResolvedOtherwise``, ``BadResolution`` when pieces are said to be found where none are missing,
    ``ReasonIsMissing`` for an explanation without words.
    """
    fair = lock_fair(discrepancy.fair_id)
    locked = Discrepancy.objects.select_for_update(no_key=True, of=("self",)).get(pk=discrepancy.pk)
    answer = Resolution(resolution)
    if locked.resolution == answer:
        return _refreshed(discrepancy)
    if locked.resolution not in ("", Resolution.LOST):
        raise ResolvedOtherwise(resolution=locked.get_resolution_display())
    if answer != Resolution.EXPLAINED and not locked.missing_units:
        raise BadResolution(resolution=answer.label, kind=locked.get_kind_display())
    if answer == Resolution.EXPLAINED and not note.strip():
        raise ReasonIsMissing
    if answer in WHERE_FOUND:
        travel.move(
            WHERE_FOUND[answer],
            [(locked.stockrecord, locked.missing_units)],
            reference=fair.reference,
            key=f"discrepancy:{locked.pk}",
            actor=actor,
            note=note.strip()[:255],
        )
    locked.resolution = answer
    locked.resolved_at = timezone.now()
    locked.resolved_by = actor
    locked.note = note.strip()[:255] or locked.note
    locked.save(update_fields=["resolution", "resolved_at", "resolved_by", "note"])
    return _refreshed(discrepancy)


@transaction.atomic
def shelve(fair: Fair, *, actor: Any) -> dict[int, tuple[int, int]]:
    """Everything that waits goes home in one action: pieces of the shop back on its shelf, others to their makers.

    Of a piece that came both ways the shop's own units go home first. By stock record: (on the shelf, given back).
    When nothing waits, nothing happens. Raises ``WrongStep``.
    """
    locked = lock_fair(fair.pk, *COMES_HOME)
    journeys = travel.journeys(locked.reference)
    waiting = {record.pk: record for record in lock_stock(pk for pk, one in journeys.items() if one.waiting)}
    went: dict[int, tuple[int, int]] = {}
    moved: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for pk, parts in travel.going_home(locked.reference, waiting).items():
        went[pk] = parts
        for way, units in zip((Way.SHELVED, Way.GIVEN_BACK), parts, strict=True):
            if units:
                moved[way].append((waiting[pk], units))
    for direction, lines in moved.items():
        _home(locked, direction, lines, actor)
    return went


@transaction.atomic
def adopt(fair: Fair, stockrecord: Any, *, actor: Any) -> int:
    """Put all that waits of a piece on the shop's shelf instead of giving it back; the units come back.

    Raises ``WrongStep``.
    """
    locked = lock_fair(fair.pk, *COMES_HOME)
    lock_stock([stockrecord.pk])
    units = travel.waiting(stockrecord.pk, locked.reference)
    if units:
        _home(locked, Way.SHELVED, [(stockrecord, units)], actor)
    return units


def _home(fair: Fair, way: str, lines: list[tuple[Any, int]], actor: Any) -> None:
    """Under the locks the moves so far are what tells this action from the last."""
    key = f"home:{fair.reference}:{way}:{travel.moves_so_far(fair.reference)}"
    travel.move(way, lines, reference=fair.reference, key=key, actor=actor)


def _differences(fair: Fair, lines: list[CountLine], actor: Any) -> list[Discrepancy]:
    found = []
    for line in lines:
        if line.variance > 0:
            found.append(_difference(fair, line, line.variance))
        elif line.lost:
            lost = _difference(fair, line, -line.lost)
            lost.resolution, lost.resolved_at, lost.resolved_by = Resolution.LOST, line.booked_at, actor
            found.append(lost)
    return found


def _difference(fair: Fair, line: CountLine, units: int) -> Discrepancy:
    return Discrepancy(fair=fair, kind=Kind.COUNT, stockrecord=line.stockrecord, quantity=units, detail=line.note)


def _refreshed(discrepancy: Discrepancy) -> Discrepancy:
    discrepancy.refresh_from_db()
    return discrepancy
