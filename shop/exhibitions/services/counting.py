"""The verbs of a fair's end: counting what is left, naming what is not, and bringing home what comes home."""

import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from shop.exhibitions.errors import (
    BadFigure,
    BadResolution,
    CountHasMoved,
    CountIsBooked,
    MoreThanMissing,
    NotMissingAnyMore,
    NotYet,
    ReasonIsMissing,
    ResolvedOtherwise,
    TooFew,
)
from shop.exhibitions.models import CountLine, Discrepancy, Fair
from shop.exhibitions.todo import variances_left
from shop.exhibitions.variances import Variance, open_variances, stall_stands
from shop.stock import travel
from shop.stock.errors import InsufficientStock
from shop.stock.locks import lock_stock
from shop.stock.models import Move

from .locks import lock_fair
from .splitting import resolve_part

__all__ = ["Seen", "Variance", "adopt", "book_count", "count", "open_again", "open_variances", "resolve", "shelve"]

logger = logging.getLogger(__name__)

Way = travel.Way
Kind = Discrepancy.Kind
Resolution = Discrepancy.Resolution

#: Where units that a discrepancy misses turn up when there is no stall any more.
WHERE_FOUND: Mapping[str, Way] = {
    Resolution.FOUND: Way.FOUND,
    Resolution.DAMAGED: Way.FOUND_DAMAGED,
    Resolution.GIFTED: Way.FOUND_GIFTED,
}
#: Steps at which pieces come home.
COMES_HOME = (Fair.Status.IN_TRANSIT, Fair.Status.OPEN, Fair.Status.COUNTING, Fair.Status.SETTLED)


class Seen(NamedTuple):
    """How a piece stood when its count was asked for: what the books had at the stall, and when it was last counted."""

    expected: int
    counted_at: datetime | None


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
    seen: Seen | None = None,
) -> CountLine:
    """Write down what was counted of one piece and what became of the rest; again until the count is booked.

    ``seen`` is what whoever counts had before them; without it an old page overwrites what somebody else has counted
    meanwhile. Raises ``WrongStep``, ``BadFigure``, ``CountIsBooked``, ``CountHasMoved``.
    """
    locked = lock_fair(fair.pk, Fair.Status.COUNTING)
    if min(counted, damaged, gifted, lost) < 0:
        raise BadFigure
    lock_stock([stockrecord.pk])
    earlier = CountLine.objects.filter(fair=locked, stockrecord=stockrecord).first()
    if earlier is not None and earlier.booked_at:
        raise CountIsBooked
    expected = travel.at_stall(stockrecord.pk, locked.reference)
    if seen is not None and seen != Seen(expected, earlier.counted_at if earlier else None):
        raise CountHasMoved(title=stockrecord.product.get_title())
    line = earlier or CountLine(fair=locked, stockrecord=stockrecord)
    line.expected = expected
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
def resolve(
    discrepancy: Discrepancy, *, resolution: str, actor: Any, note: str = "", quantity: int | None = None
) -> Discrepancy:
    """Say what a discrepancy was, or so many of the units that it misses; the rest stays open.

    Units that are found again are at the stall while it stands, and wait to go home after that; damaged and gifted ones
    are booked so. The same answer again is no harm. What was lost or explained may be found later; to change another
    answer see ``open_again``. Raises ``ResolvedOtherwise``, ``MoreThanMissing``, ``BadResolution`` when pieces are said
    to be found where none are missing, ``NotMissingAnyMore`` when they were sold meanwhile, ``ReasonIsMissing`` for an
    explanation without words.
    """
    fair = lock_fair(discrepancy.fair_id)
    locked = _locked(discrepancy)
    answer = Resolution(resolution)
    if locked.resolution == answer:
        return _refreshed(discrepancy)
    missing = locked.missing_units
    if locked.resolution in Discrepancy.MOVED or (locked.resolution and not missing):
        raise ResolvedOtherwise(resolution=locked.get_resolution_display())
    if answer != Resolution.EXPLAINED and not missing:
        raise BadResolution(resolution=answer.label, kind=locked.get_kind_display())
    if answer == Resolution.EXPLAINED and not note.strip():
        raise ReasonIsMissing
    units = abs(locked.quantity) if quantity is None or not missing else quantity
    if missing and not 1 <= units <= missing:
        raise MoreThanMissing(missing=missing)
    if answer in Discrepancy.MOVED:
        _find(fair, locked, answer, units, note=note.strip()[:255], actor=actor)
    resolve_part(locked, units, resolution=answer, at=timezone.now(), note=note, by=actor)
    return _refreshed(discrepancy)


@transaction.atomic
def open_again(discrepancy: Discrepancy, *, reason: str, actor: Any) -> Discrepancy:
    """Take an answer back that was wrong: units it had found are missing again. One that is open stays so.

    Raises ``ReasonIsMissing``, and ``TooFew`` when the units have gone on meanwhile (to the shelf, to a buyer, or out
    of the stall with the count).
    """
    lock_fair(discrepancy.fair_id)
    locked = _locked(discrepancy)
    if not locked.resolution:
        return _refreshed(discrepancy)
    if not reason.strip():
        raise ReasonIsMissing
    if locked.resolution in Discrepancy.MOVED:
        found = Move.objects.filter(idempotency_key__startswith=f"discrepancy:{locked.pk}:").latest("pk")
        try:
            travel.undo(found, actor=actor, note=reason.strip()[:255])
        except InsufficientStock as error:
            record: Any = locked.stockrecord
            raise TooFew([(record.product.get_title(), locked.missing_units, error.available)]) from error
    logger.info("Discrepancy %s (%s) was opened again by %s", locked.pk, locked.resolution, actor)
    locked.note = " · ".join(filter(None, (reason.strip(), locked.note)))[:255]
    locked.resolution, locked.resolved_at, locked.resolved_by = "", None, None
    locked.save(update_fields=["resolution", "resolved_at", "resolved_by", "note"])
    return _refreshed(discrepancy)


def _locked(discrepancy: Discrepancy) -> Discrepancy:
    rows = Discrepancy.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("stockrecord__product__parent").get(pk=discrepancy.pk)


def _find(fair: Fair, one: Discrepancy, answer: str, units: int, *, note: str, actor: Any) -> None:
    """Under the lock of its stock record: what was sold meanwhile cannot be found as well."""
    record: Any = one.stockrecord
    lock_stock([record.pk])
    there = max(0, travel.unexplained(record.pk, fair.reference))
    if units > there:
        raise NotMissingAnyMore(title=record.product.get_title(), there=there)
    way = Way.FOUND_AT_STALL if answer == Resolution.FOUND and stall_stands(fair) else WHERE_FOUND[answer]
    key = f"discrepancy:{one.pk}:{travel.moves_so_far(fair.reference)}"
    travel.move(way, [(record, units)], reference=fair.reference, key=key, actor=actor, note=note)


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
