"""The only code that writes quantities: a row of the ledger, and the projections that follow from it.

Everything else in the house, Oscar included, asks ``shop.stock.services``.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from .alerts import watch_threshold
from .errors import AllocationTooSmall, IdempotencyConflict, InsufficientStock
from .locks import lock_stock
from .models import Balance, Move, Place

OUTSIDE = Place.Kind.OUTSIDE.value
SHELF = Place.Kind.SHELF.value
HELD = Place.Kind.HELD.value
ORDERED = Place.Kind.ORDERED.value
SOLD = Place.Kind.SOLD.value
RETURNED = Place.Kind.RETURNED.value
DAMAGED = Place.Kind.DAMAGED.value
GIFTED = Place.Kind.GIFTED.value
UNEXPLAINED = Place.Kind.UNEXPLAINED.value

#: Oscar's ``num_in_stock`` and ``num_allocated`` are the sums of these places; what shoppers can buy is the difference.
IN_STOCK = frozenset({SHELF, HELD, ORDERED})
ALLOCATED = frozenset({HELD, ORDERED})


def post(
    record: Any,
    source: str,
    target: str,
    quantity: int,
    *,
    key: str,
    reason: str,
    note: str = "",
    reference: str = "",
    actor: Any = None,
    content: str = "",
) -> Move:
    """Move ``quantity`` units of ``record`` from one place to another, once for this ``key``.

    The move is inserted first because the unique key is what makes a second caller wait for the first, and only then
    are the figures written under their guards. The same key again gives back the earlier move.

    Raises ``InsufficientStock`` when ``source`` does not have them, ``IdempotencyConflict`` when the key stood for
    something else, ``ValueError`` for a quantity that is no positive whole number.
    """
    if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 1:
        raise ValueError(f"A move is of at least one unit, not of {quantity!r}")
    content = content or f"{quantity} of {record.pk} from {source} to {target} for {reference} as {reason}"[:255]
    with transaction.atomic():
        try:
            with transaction.atomic():
                move = Move.objects.create(
                    stockrecord=record,
                    source_id=source,
                    target_id=target,
                    quantity=quantity,
                    reason=reason,
                    note=note,
                    reference=reference,
                    actor=actor,
                    idempotency_key=key,
                    content=content,
                )
        except IntegrityError:
            earlier = _earlier(key, content)
            if earlier is None:
                raise
            return earlier
        _write_figures(record, source, target, quantity)
        _take(record, source, quantity)
        _put(record, target, quantity)
        # The units have moved: an alert that cannot be written must not look like a sale that failed. No partial:
        # Django names the callback by its __qualname__ when it logs the failure.
        transaction.on_commit(lambda: watch_threshold(record.pk), robust=True)
    return move


def _earlier(key: str, content: str) -> Move | None:
    move = Move.objects.filter(idempotency_key=key).first()
    if move is not None and move.content != content:
        raise IdempotencyConflict(f"Key {key} stood for: {move.content}. It came again for: {content}")
    return move


def _guard(record: Any, source: str, quantity: int) -> Q:
    """What must still be so in the very statement that takes units out of ``source``.

    Without it two buyers read one unit as free and both take it: sixteen buyers of one last piece were measured to
    make sixteen orders.
    """
    if source == SHELF:
        return Q(num_in_stock__gte=F("num_allocated") + quantity)
    if source in ALLOCATED:
        return Q(num_allocated__gte=quantity, num_in_stock__gte=quantity)
    return Q()


def _floor(place: str, quantity: int) -> Q:
    """The same for the balance of a place, which alone knows held from ordered and one stall from another."""
    return Q() if place in Place.MAY_GO_NEGATIVE else Q(quantity__gte=quantity)


def _write_figures(record: Any, source: str, target: str, quantity: int) -> None:
    """Change Oscar's two figures in one guarded statement, which also locks the record until the transaction ends."""
    in_stock = quantity * ((target in IN_STOCK) - (source in IN_STOCK))
    allocated = quantity * ((target in ALLOCATED) - (source in ALLOCATED))
    if not in_stock and not allocated:
        lock_stock([record.pk])
        return
    # A plain QuerySet: the model's own manager refuses to write these fields.
    written = (
        QuerySet(type(record))
        .filter(_guard(record, source, quantity), pk=record.pk)
        .update(
            num_in_stock=F("num_in_stock") + in_stock,
            num_allocated=F("num_allocated") + allocated,
            date_updated=Now(),
        )
    )
    if not written:
        raise _refusal(record, source, quantity)


def _take(record: Any, place: str, quantity: int) -> None:
    taken = Balance.objects.filter(_floor(place, quantity), stockrecord=record, place=place).update(
        quantity=F("quantity") - quantity
    )
    if taken:
        return
    if place not in Place.MAY_GO_NEGATIVE:
        raise _refusal(record, place, quantity)
    Balance.objects.create(stockrecord=record, place_id=place, quantity=-quantity)


def _put(record: Any, place: str, quantity: int) -> None:
    if not Balance.objects.filter(stockrecord=record, place=place).update(quantity=F("quantity") + quantity):
        Balance.objects.create(stockrecord=record, place_id=place, quantity=quantity)


def _refusal(record: Any, place: str, quantity: int) -> InsufficientStock:
    error = AllocationTooSmall if place in ALLOCATED else InsufficientStock
    there = Balance.objects.filter(stockrecord=record, place=place).values_list("quantity", flat=True).first()
    return error(record_id=record.pk, sku=record.partner_sku, place=place, requested=quantity, available=there or 0)
