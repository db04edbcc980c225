"""The verbs that change stock. Nothing else in the house does.

Quantities are whole units. Each verb opens its own transaction block (a savepoint inside yours): it happens whole or
not at all, and never talks to the network. ``key`` is an idempotency key: the same key again returns the earlier
result, with other content it raises ``IdempotencyConflict``. ``reason`` is a ``Move.Reason`` or free text, which is
then kept as the note.

Pieces made to order have no stock. The verbs for orders pass them over and return None; receiving or counting them
raises ``NotTracked``. Units that were ordered before a piece became made to order are still sent and given back:
``consume`` and ``cancel`` follow the ledger, not what the product says today.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from .errors import CountBelowAllocated, HoldNotActive, HoldNotFound, IdempotencyConflict, NotTracked, StaleCount
from .ledger import DAMAGED, GIFTED, HELD, ORDERED, OUTSIDE, SHELF, SOLD, UNEXPLAINED, post
from .locks import lock_stock
from .models import Hold, HoldLine, Move
from .queries import balances, live_hold

Reason = Move.Reason

#: Where a difference between count and books comes from or goes to.
COUNTERPARTS = {
    Reason.RECEIVED: OUTSIDE,
    Reason.COUNTED: UNEXPLAINED,
    Reason.DAMAGED: DAMAGED,
    Reason.GIFTED: GIFTED,
    Reason.RETURNED: SOLD,
}


@transaction.atomic
def receive(
    record: Any, quantity: int, *, key: str, reason: str = Reason.RECEIVED, actor: Any = None, reference: str = ""
) -> Move:
    """Put new units on the shelf. An opening balance is received too, so that the ledger explains every figure."""
    _must_be_tracked(record)
    code, note = _explain(reason, Reason.RECEIVED)
    move = post(record, OUTSIDE, SHELF, quantity, key=key, reason=code, note=note, reference=reference, actor=actor)
    return _fresh(record, move)


@transaction.atomic
def adjust(
    record: Any,
    *,
    counted: int,
    reason: str,
    actor: Any,
    key: str,
    seen: int | None = None,
    note: str = "",
) -> Move | None:
    """Make the books agree with a count of all units in hand, those promised to orders included.

    The difference comes from or goes to where ``reason`` says: outside (received), sold (returned), damaged, gifted,
    or unexplained (counted, or any other text). None comes back when the count agrees. ``seen`` is the
    ``num_in_stock`` that the person counted against; if the books moved since, the count is refused as ``StaleCount``
    instead of booking somebody's sale as a loss. Raises ``CountBelowAllocated`` when fewer were counted than are
    held or ordered.
    """
    _must_be_tracked(record)
    if counted < 0:
        raise ValueError("Nobody counts fewer than none")
    code, text = _explain(reason, Reason.COUNTED)
    if code not in COUNTERPARTS:
        raise ValueError(f"{code} is not a reason for an adjustment")
    content = f"count of {record.pk} is {counted} as {code}"
    [current] = lock_stock([record.pk])
    earlier = Move.objects.filter(idempotency_key=key).first()
    if earlier is not None:
        if earlier.content != content:
            raise IdempotencyConflict(f"Key {key} stood for: {earlier.content}. It came again for: {content}")
        return _fresh(record, earlier)
    if seen is not None and seen != current.num_in_stock:
        raise StaleCount(seen=seen, found=current.num_in_stock)
    if counted < current.num_allocated:
        raise CountBelowAllocated(counted=counted, allocated=current.num_allocated)
    difference = counted - current.num_in_stock
    if not difference:
        return None
    elsewhere = COUNTERPARTS[Reason(code)]
    source, target = (elsewhere, SHELF) if difference > 0 else (SHELF, elsewhere)
    move = post(
        record, source, target, abs(difference), key=key, reason=code, note=note or text, actor=actor, content=content
    )
    return _fresh(record, move)


@transaction.atomic
def hold(lines: Iterable[tuple[Any, int]], *, reference: str, expires_at: datetime) -> Hold:
    """Keep all of ``lines`` (stock record, quantity) off sale for somebody who is about to pay, or none of them.

    The hold's row comes first: its unique reference makes a second call with the same reference wait and then find this
    one. Then the records in primary-key order, so that two baskets with the same pieces in opposite orders do not wait
    for each other. The instances in ``lines`` are not refreshed.

    Raises ``InsufficientStock`` for the first record that has too few, ``IdempotencyConflict`` when a live hold of this
    reference has other lines.
    """
    wanted = _tracked(lines)
    try:
        with transaction.atomic():
            held = Hold.objects.create(reference=reference, expires_at=expires_at)
    except IntegrityError:
        return _same_hold(reference, wanted)
    HoldLine.objects.bulk_create(
        HoldLine(hold=held, stockrecord=record, quantity=quantity) for record, quantity in wanted
    )
    for record, quantity in wanted:
        post(record, SHELF, HELD, quantity, key=f"hold:{held.pk}:{record.pk}", reason=Reason.HELD, reference=reference)
    return held


@transaction.atomic
def commit_hold(reference: str) -> Hold:
    """Turn a hold into the allocation of an order: the money is there, and the units wait to be sent.

    A second call finds it done. Raises ``HoldNotActive`` when it was released or has expired, ``HoldNotFound`` when
    there never was one. An overdue hold that nobody released can still be committed: the units are still there.
    """
    return _settle(reference, Hold.Status.COMMITTED, ORDERED, Reason.COMMITTED, "")


@transaction.atomic
def release_hold(reference: str, *, reason: str = Reason.RELEASED) -> Hold:
    """Put held units back on the shelf. With ``Reason.EXPIRED`` the hold counts as expired, else as released.

    A second call finds it done. Raises ``HoldNotActive`` when it was committed, ``HoldNotFound`` when there never was
    one.
    """
    code, note = _explain(reason, Reason.RELEASED)
    status = Hold.Status.EXPIRED if code == Reason.EXPIRED else Hold.Status.RELEASED
    return _settle(reference, status, SHELF, code, note)


def allocate(
    record: Any, quantity: int, *, key: str | None = None, reason: str = "", reference: str = "", actor: Any = None
) -> Move | None:
    """Promise units on the shelf to an order that had no hold. Raises ``InsufficientStock``."""
    return _for_order(record, SHELF, ORDERED, quantity, key, reason, Reason.ALLOCATED, reference, actor)


def consume(
    record: Any, quantity: int, *, key: str | None = None, reason: str = "", reference: str = "", actor: Any = None
) -> Move | None:
    """Send ordered units: they leave the stock. Raises ``AllocationTooSmall``; held units are not ordered yet."""
    return _for_order(record, ORDERED, SOLD, quantity, key, reason, Reason.SHIPPED, reference, actor)


def cancel(
    record: Any, quantity: int, *, key: str | None = None, reason: str = "", reference: str = "", actor: Any = None
) -> Move | None:
    """Put ordered units back on the shelf. Raises ``AllocationTooSmall``."""
    return _for_order(record, ORDERED, SHELF, quantity, key, reason, Reason.CANCELLED, reference, actor)


@transaction.atomic
def _for_order(
    record: Any,
    source: str,
    target: str,
    quantity: int,
    key: str | None,
    reason: str,
    default: Reason,
    reference: str,
    actor: Any,
) -> Move | None:
    if not record.can_track_allocations and (source == SHELF or source not in balances(record.pk)):
        return None
    code, note = _explain(reason, default)
    move = post(
        record,
        source,
        target,
        quantity,
        key=key or f"{default}:{uuid4().hex}",
        reason=code,
        note=note,
        reference=reference,
        actor=actor,
    )
    return _fresh(record, move)


def _settle(reference: str, status: str, target: str, reason: str, note: str) -> Hold:
    """Decide an active hold one way. The conditional update is what makes commit and release exclude each other."""
    decided = Hold.objects.filter(reference=reference, status=Hold.Status.ACTIVE).update(
        status=status, settled_at=timezone.now()
    )
    settled = Hold.objects.filter(reference=reference).order_by("-pk").first()
    if settled is None:
        raise HoldNotFound(f"No hold of {reference}")
    if not decided:
        gone = {Hold.Status.RELEASED, Hold.Status.EXPIRED}
        if settled.status == status or {settled.status, status} == gone:
            return settled
        raise HoldNotActive(reference, settled.status)
    for line in settled.lines.select_related("stockrecord").order_by("stockrecord_id"):
        post(
            line.stockrecord,
            HELD,
            target,
            line.quantity,
            key=f"settle:{settled.pk}:{line.stockrecord_id}",
            reason=reason,
            note=note,
            reference=reference,
        )
    return settled


def _same_hold(reference: str, wanted: list[tuple[Any, int]]) -> Hold:
    earlier = live_hold(reference)
    if earlier is None:
        raise HoldNotActive(reference, Hold.Status.RELEASED)
    if sorted((line.stockrecord_id, line.quantity) for line in earlier.lines.all()) != [
        (record.pk, quantity) for record, quantity in wanted
    ]:
        raise IdempotencyConflict(f"{reference} already holds other units")
    return earlier


def _tracked(lines: Iterable[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """One line a stock record, in primary-key order, without what is made to order."""
    totals: dict[int, tuple[Any, int]] = {}
    for record, quantity in lines:
        if record.can_track_allocations:
            earlier = totals.get(record.pk, (record, 0))[1]
            totals[record.pk] = (record, earlier + quantity)
    return [totals[pk] for pk in sorted(totals)]


def _explain(reason: str, default: str) -> tuple[str, str]:
    if reason in Reason.values:
        return str(Reason(reason).value), ""
    return str(Reason(default).value), str(reason)[:255]


def _must_be_tracked(record: Any) -> None:
    if not record.can_track_allocations:
        raise NotTracked(f"{record.partner_sku} is made to order")


def _fresh(record: Any, move: Move) -> Move:
    record.refresh_from_db(fields=["num_in_stock", "num_allocated"])
    return move
