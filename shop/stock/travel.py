"""The verbs for pieces that travel: to a fair, over its stall, and home. Quantities are whole units.

A fair is known here by its ``reference`` alone (``fair-12``), which is also the reference of each of its moves, so that
what a fair brought can be told again from the ledger: brought = in transit + at the stall + sold + returned + damaged +
gifted + unexplained, always. Every verb happens whole or not at all, in primary-key order, and once for its ``key``.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Q, Sum

from .errors import IdempotencyConflict, NotTracked
from .ledger import DAMAGED, GIFTED, OUTSIDE, SHELF, SOLD, UNEXPLAINED, post
from .locks import lock_stock
from .models import Balance, Move, Place

Way = Move.Reason
TRANSIT = Place.Kind.TRANSIT.value
STALL = Place.Kind.STALL.value
RETURNED = Place.Kind.RETURNED.value

#: Places that each fair has for itself.
OF_A_FAIR = (TRANSIT, STALL, RETURNED)

#: From where to where each way leads. There is no other between a fair and the rest of the house, but the way back of
#: a single move (``undo``).
WAYS: Mapping[str, tuple[str, str]] = {
    Way.DISPATCHED: (SHELF, TRANSIT),
    Way.BROUGHT: (OUTSIDE, TRANSIT),
    Way.UNPACKED: (TRANSIT, SHELF),
    Way.WITHDRAWN: (TRANSIT, OUTSIDE),
    Way.ARRIVED: (TRANSIT, STALL),
    Way.MISSING: (TRANSIT, UNEXPLAINED),
    Way.SURPLUS: (UNEXPLAINED, STALL),
    Way.STALL_SOLD: (STALL, SOLD),
    Way.OVERSOLD: (UNEXPLAINED, SOLD),
    Way.TAKEN_BACK: (SOLD, STALL),
    Way.RETURNED_HOME: (SOLD, RETURNED),
    Way.SPOILT: (SOLD, DAMAGED),
    Way.UNSOLD: (SOLD, UNEXPLAINED),
    Way.SENT_BACK: (STALL, RETURNED),
    Way.SHELVED: (RETURNED, SHELF),
    Way.GIVEN_BACK: (RETURNED, OUTSIDE),
    Way.STALL_DAMAGED: (STALL, DAMAGED),
    Way.STALL_GIFTED: (STALL, GIFTED),
    Way.LOST: (STALL, UNEXPLAINED),
    Way.FOUND: (UNEXPLAINED, RETURNED),
    Way.FOUND_AT_STALL: (UNEXPLAINED, STALL),
    Way.FOUND_DAMAGED: (UNEXPLAINED, DAMAGED),
    Way.FOUND_GIFTED: (UNEXPLAINED, GIFTED),
}

#: Ways that bring units to a fair, and those that undo it before the fair.
IN = (Way.DISPATCHED, Way.BROUGHT)
OUT_AGAIN = (Way.UNPACKED, Way.WITHDRAWN)
#: Ways out of a fair's ``returned`` place: the units still count as returned from it.
HOME = (Way.SHELVED, Way.GIVEN_BACK)
#: What a slip of the pen may do to a stall, and what can be taken back.
CAN_BE_UNDONE = (
    Way.SENT_BACK,
    Way.STALL_DAMAGED,
    Way.STALL_GIFTED,
    Way.FOUND,
    Way.FOUND_AT_STALL,
    Way.FOUND_DAMAGED,
    Way.FOUND_GIFTED,
)


class Split(NamedTuple):
    """How a sale of one stock record was booked, in units."""

    from_stall: int
    from_unexplained: int


class Journey(NamedTuple):
    """What became of the units of one stock record at one fair. ``brought`` is the sum of the others but ``waiting``.

    ``waiting`` is the part of ``returned`` that is neither on the shelf nor with the maker yet.
    """

    brought: int
    transit: int
    stall: int
    sold: int
    returned: int
    damaged: int
    gifted: int
    unexplained: int
    waiting: int


def place(kind: str, reference: str) -> str:
    """The code of a place: a fair's own (``stall:fair-12``), or the one of its kind."""
    return f"{kind}:{reference}" if kind in OF_A_FAIR else kind


def open_places(reference: str) -> None:
    """Give a fair its places. Again is no harm."""
    for kind in OF_A_FAIR:
        Place.objects.get_or_create(code=place(kind, reference), defaults={"kind": kind, "reference": reference})


@transaction.atomic
def move(
    way: str, lines: Iterable[tuple[Any, int]], *, reference: str, key: str, actor: Any = None, note: str = ""
) -> list[Move]:
    """Send ``lines`` (stock record, quantity) the given way for the fair ``reference``, all or none.

    Raises ``InsufficientStock`` for the first record that has too few where the way begins, ``NotTracked`` for a piece
    made to order, ``IdempotencyConflict`` when the key stood for other units.
    """
    source, target = WAYS[way]
    wanted = _in_order(lines)
    if way in IN:
        _must_be_tracked(wanted)
    lock_stock(record.pk for record, _quantity in wanted)
    return [
        post(
            record,
            place(source, reference),
            place(target, reference),
            quantity,
            key=f"{key}:{record.pk}",
            reason=way,
            note=note,
            reference=reference,
            actor=actor,
        )
        for record, quantity in wanted
    ]


@transaction.atomic
def undo(move: Move, *, actor: Any = None, note: str = "") -> Move:
    """Send the units of a move back to where they came from, once: a typing slip must not stand for ever.

    Raises ``InsufficientStock`` when they have gone on meanwhile, ``ValueError`` for a move that is not undone so.
    """
    if move.reason not in CAN_BE_UNDONE:
        raise ValueError(f"A move that is {move.reason} is not undone")
    lock_stock([move.stockrecord_id])
    return post(
        move.stockrecord,
        move.target_id,
        move.source_id,
        move.quantity,
        key=f"undone:{move.pk}",
        reason=Way.UNDONE,
        note=note,
        reference=move.reference,
        actor=actor,
    )


@transaction.atomic
def sell_at_stall(lines: Iterable[tuple[Any, int]], *, reference: str, key: str, actor: Any = None) -> dict[int, Split]:
    """Book units that a buyer has carried away. It cannot be refused: the piece in hand wins over the books.

    What the stall does not have is taken from ``unexplained``, the only place that may owe; who calls opens a
    discrepancy for it. The answer says by stock record how many came from where; the same key gives the same answer.
    """
    wanted = _in_order(lines)
    lock_stock(record.pk for record, _quantity in wanted)
    splits: dict[int, Split] = {}
    for record, quantity in wanted:
        earlier = _sold_before(f"{key}:{record.pk}", quantity)
        splits[record.pk] = earlier or _sell(record, quantity, reference, f"{key}:{record.pk}", actor)
    return splits


def _sell(record: Any, quantity: int, reference: str, key: str, actor: Any) -> Split:
    there = at_stall(record.pk, reference)
    split = Split(min(there, quantity), quantity - min(there, quantity))
    for way, units in ((Way.STALL_SOLD, split.from_stall), (Way.OVERSOLD, split.from_unexplained)):
        if units:
            source, target = WAYS[way]
            post(
                record,
                place(source, reference),
                place(target, reference),
                units,
                key=f"{key}:{way}",
                reason=way,
                reference=reference,
                actor=actor,
            )
    return split


def _sold_before(key: str, quantity: int) -> Split | None:
    keys = {way: f"{key}:{way}" for way in (Way.STALL_SOLD, Way.OVERSOLD)}
    units = dict(Move.objects.filter(idempotency_key__in=keys.values()).values_list("reason", "quantity"))
    if not units:
        return None
    split = Split(units.get(Way.STALL_SOLD, 0), units.get(Way.OVERSOLD, 0))
    if sum(split) != quantity:
        raise IdempotencyConflict(f"Key {key} stood for {sum(split)} units. It came again for {quantity}")
    return split


def at_stall(record_id: int, reference: str) -> int:
    """Units of one stock record at a fair's stall."""
    there = Balance.objects.filter(stockrecord=record_id, place=place(STALL, reference))
    return there.values_list("quantity", flat=True).first() or 0


def at_stalls(reference: str) -> dict[int, int]:
    """Units at a fair's stall by stock record, those with none left out."""
    there = Balance.objects.filter(place=place(STALL, reference), quantity__gt=0)
    return dict(there.values_list("stockrecord", "quantity"))


def last_moves_at_stall(reference: str, record_ids: Iterable[int]) -> dict[int, datetime]:
    """When something last came to a fair's stall or left it, by stock record."""
    stall = place(STALL, reference)
    moves = Move.objects.filter(
        Q(source=stall) | Q(target=stall), reference=reference, stockrecord__in=list(record_ids)
    )
    return dict(moves.order_by().values_list("stockrecord").annotate(Max("created_at")))


def waiting(record_id: int, reference: str) -> int:
    """Units of one stock record that are back from a fair and neither on the shelf nor with the maker."""
    there = Balance.objects.filter(stockrecord=record_id, place=place(RETURNED, reference))
    return there.values_list("quantity", flat=True).first() or 0


def unexplained(record_id: int, reference: str) -> int:
    """Units of one stock record that this fair leaves unexplained: more than nought are missing, less were never known.

    The place itself is one for the whole house, so its balance says nothing of a single fair.
    """
    sums = Move.objects.filter(stockrecord=record_id, reference=reference).aggregate(
        gone=Sum("quantity", filter=Q(target=UNEXPLAINED)), come=Sum("quantity", filter=Q(source=UNEXPLAINED))
    )
    return (sums["gone"] or 0) - (sums["come"] or 0)


def moves_so_far(reference: str) -> int:
    """How many moves a fair has made. Under its locks this tells one action from the next."""
    return Move.objects.filter(reference=reference).count()


def going_home(reference: str, record_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How the units that wait are to be shared out, by stock record: (to the shelf, to the maker).

    The shop's own units go home first, so that a piece that came both ways is on sale again as soon as it can be. What
    nobody listed (surplus) goes the way of the others of its kind.
    """
    sums = Move.objects.filter(reference=reference, stockrecord__in=list(record_ids)).order_by()
    units: dict[int, dict[str, int]] = {}
    for record_id, way, quantity in sums.values_list("stockrecord", "reason").annotate(Sum("quantity")):
        units.setdefault(record_id, {})[way] = quantity
    shared = {}
    for record_id, ways in units.items():
        there = waiting(record_id, reference)
        if not there:
            continue
        of_the_shop = ways.get(Way.DISPATCHED, 0) - ways.get(Way.UNPACKED, 0)
        of_the_maker = ways.get(Way.BROUGHT, 0) - ways.get(Way.WITHDRAWN, 0) - ways.get(Way.GIVEN_BACK, 0)
        to_maker = there
        if of_the_shop > 0:
            to_maker = max(0, min(there - max(0, of_the_shop - ways.get(Way.SHELVED, 0)), of_the_maker))
        shared[record_id] = (there - to_maker, to_maker)
    return shared


def journeys(reference: str) -> dict[int, Journey]:
    """What became of everything a fair brought, by stock record, told from the ledger in one query."""
    rows = (
        Move.objects.filter(reference=reference)
        .order_by()
        .values_list("stockrecord", "reason", "source__kind", "target__kind")
        .annotate(units=Sum("quantity"))
    )
    found: dict[int, dict[str, int]] = {}
    for record_id, way, source, target, units in rows:
        sums = found.setdefault(record_id, {})
        sums[source] = sums.get(source, 0) - units
        sums[target] = sums.get(target, 0) + units
        for name, ways, sign in (("brought", IN, 1), ("brought", OUT_AGAIN, -1), ("home", HOME, 1)):
            if way in ways:
                sums[name] = sums.get(name, 0) + sign * units
    return {record_id: _journey(sums) for record_id, sums in found.items()}


def _journey(sums: dict[str, int]) -> Journey:
    return Journey(
        brought=sums.get("brought", 0),
        transit=sums.get(TRANSIT, 0),
        stall=sums.get(STALL, 0),
        sold=sums.get(SOLD, 0),
        returned=sums.get(RETURNED, 0) + sums.get("home", 0),
        damaged=sums.get(DAMAGED, 0),
        gifted=sums.get(GIFTED, 0),
        unexplained=sums.get(UNEXPLAINED, 0),
        waiting=sums.get(RETURNED, 0),
    )


def _in_order(lines: Iterable[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """One line a stock record, in primary-key order."""
    totals: dict[int, tuple[Any, int]] = {}
    for record, quantity in lines:
        totals[record.pk] = (record, totals.get(record.pk, (record, 0))[1] + quantity)
    return [totals[pk] for pk in sorted(totals)]


def _must_be_tracked(lines: list[tuple[Any, int]]) -> None:
    """What is made to order has no stock to send. Units that were sent before it became so still come home."""
    for record, _quantity in lines:
        if not record.can_track_allocations:
            raise NotTracked(f"{record.partner_sku} is made to order")
