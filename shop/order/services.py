"""What happens to an order after it is paid: packing, sending, cancelling.

Every verb locks the order, then looks again: the dashboard's button may be pressed twice, or by two people. Stock moves
and states change in one transaction; e-mails and refunds follow its commit.
"""

from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.payment.locks import lock_attempt
from shop.payment.models import PaymentAttempt
from shop.payment.refunds import intend
from shop.stock import services as stock
from shop.stock.locks import lock_stock

from . import statuses, tasks
from .errors import TransitionRefused

Order = get_model("order", "Order")
Parcel = get_model("order", "Parcel")
Status = Parcel.Status

WAITING_LINE, PACKED_LINE, SHIPPED_LINE, CANCELLED_LINE = "Waiting", "Packed", "Shipped", "Cancelled"


@transaction.atomic
def pack_parcel(parcel, *, actor):
    """The maker has packed it. A second call changes nothing. Raises TransitionRefused once it is sent or cancelled."""
    order, parcel = _lock(parcel)
    if parcel.status == Status.PACKED:
        return parcel
    _require(parcel, Status.WAITING)
    parcel.status, parcel.packed_at = Status.PACKED, timezone.now()
    parcel.save(update_fields=["status", "packed_at"])
    _set_lines(parcel, PACKED_LINE)
    _note(order, actor, _("Parcel %(parcel)s packed.") % {"parcel": parcel})
    _follow_parcels(order)
    return parcel


@transaction.atomic
def ship_parcel(parcel, *, courier: str, tracking_number: str, actor):
    """The courier has it: the pieces leave the stock, and the shopper is told who carries it and its number.

    The same number again changes nothing; another one for a parcel already sent is refused (``correct_tracking`` is
    for that), as are parcels cancelled.
    ``courier`` is a name for people. Raises TransitionRefused, or ``AllocationTooSmall`` when the books disagree.
    """
    order, parcel = _lock(parcel)
    if parcel.status == Status.SHIPPED and parcel.tracking_number == tracking_number:
        return parcel
    _require(parcel, Status.WAITING, Status.PACKED)
    now = timezone.now()
    for line in _lines(parcel):
        if line.stockrecord and line.num_allocated:
            stock.consume(
                line.stockrecord, line.num_allocated, key=f"ship:{line.pk}", reference=order.number, actor=actor
            )
        line.num_allocated = 0
        line.save(update_fields=["num_allocated"])
    parcel.status, parcel.shipped_at, parcel.packed_at = Status.SHIPPED, now, parcel.packed_at or now
    parcel.shipping_name, parcel.tracking_number = courier, tracking_number
    parcel.save()
    _set_lines(parcel, SHIPPED_LINE)
    _note(
        order,
        actor,
        _("Parcel %(parcel)s sent with %(courier)s, number %(number)s.")
        % {"parcel": parcel, "courier": courier, "number": tracking_number},
    )
    _follow_parcels(order)
    transaction.on_commit(partial(tasks.send_shipped_email.enqueue, parcel.pk))
    return parcel


@transaction.atomic
def correct_tracking(parcel, *, courier: str, tracking_number: str, actor):
    """Put right a number (or courier) that was written down wrongly when the parcel left, and tell the shopper.

    Whoever follows a wrong number sees somebody else's parcel, or none. The same again changes nothing. Raises
    TransitionRefused for a parcel that has not left, or was cancelled.
    """
    order, parcel = _lock(parcel)
    _require(parcel, Status.SHIPPED)
    wrong = parcel.tracking_number
    if (parcel.shipping_name, wrong) == (courier, tracking_number):
        return parcel
    old = {"parcel": parcel, "old": f"{parcel.shipping_name} {wrong}", "new": f"{courier} {tracking_number}"}
    parcel.shipping_name, parcel.tracking_number = courier, tracking_number
    parcel.save(update_fields=["shipping_name", "tracking_number"])
    _note(order, actor, _("Tracking of parcel %(parcel)s corrected: %(old)s is now %(new)s.") % old)
    transaction.on_commit(partial(tasks.send_tracking_email.enqueue, parcel.pk, wrong))
    return parcel


@transaction.atomic
def cancel_parcel(parcel, *, reason: str, actor):
    """Take one maker's parcel out of the order: its pieces are for sale again and its share is paid back.

    A second call changes nothing. Raises TransitionRefused for a parcel that has left.
    """
    attempt = _lock_payment(parcel.order_id)
    order, parcel = _lock(parcel)
    if parcel.status == Status.CANCELLED:
        return parcel
    _cancel(order, parcel, reason=reason, actor=actor)
    _follow_parcels(order)
    _pay_back(attempt, order, _worth(parcel), reason=reason, actor=actor, key=f"cancel-parcel-{parcel.pk}")
    transaction.on_commit(partial(tasks.send_cancelled_email.enqueue, order.pk, [parcel.pk], reason))
    return parcel


@transaction.atomic
def cancel_order(order, *, reason: str, actor):
    """Cancel everything that has not left, and pay back its worth; with nothing sent, that is all that was paid.

    A second call changes nothing. Raises TransitionRefused when every parcel has left.
    """
    attempt = _lock_payment(order.pk)
    order = Order.objects.select_for_update().get(pk=order.pk)
    parcels = list(order.parcels.select_for_update().order_by("pk"))
    if order.status == statuses.CANCELLED:
        return order
    leaving = [parcel for parcel in parcels if parcel.status in (Status.WAITING, Status.PACKED)]
    if not leaving:
        raise TransitionRefused(_("Every parcel of order %(number)s has left.") % {"number": order.number})
    # Each parcel's lines are in the order of stock records, but not all of them together.
    lock_stock(order.lines.filter(parcel__in=leaving, num_allocated__gt=0).values_list("stockrecord_id", flat=True))
    for parcel in leaving:
        _cancel(order, parcel, reason=reason, actor=actor)
    _follow_parcels(order)
    worth = sum((_worth(parcel) for parcel in leaving), Decimal(0))
    _pay_back(attempt, order, worth, reason=reason, actor=actor, key=f"cancel-order-{order.pk}")
    cancelled = [parcel.pk for parcel in leaving]
    transaction.on_commit(partial(tasks.send_cancelled_email.enqueue, order.pk, cancelled, reason))
    return order


def _cancel(order, parcel, *, reason, actor) -> None:
    _require(parcel, Status.WAITING, Status.PACKED)
    for line in _lines(parcel):
        if line.stockrecord and line.num_allocated:
            stock.cancel(
                line.stockrecord, line.num_allocated, key=f"cancel:{line.pk}", reference=order.number, actor=actor
            )
        line.num_allocated, line.allocation_cancelled = 0, True
        line.save(update_fields=["num_allocated", "allocation_cancelled"])
    parcel.status, parcel.cancelled_at = Status.CANCELLED, timezone.now()
    parcel.save(update_fields=["status", "cancelled_at"])
    _set_lines(parcel, CANCELLED_LINE)
    _note(order, actor, _("Parcel %(parcel)s cancelled: %(reason)s") % {"parcel": parcel, "reason": reason})


def _worth(parcel) -> Decimal:
    """What the shopper paid for one parcel, discounts taken off and delivery included."""
    goods = parcel.lines.aggregate(total=Sum("line_price_incl_tax"))["total"] or Decimal(0)
    return goods + parcel.shipping_charge


def _lock_payment(order_id: int) -> PaymentAttempt | None:
    """The payment's rows come before the order's and the stock's, as ``shop.payment.locks`` lays down."""
    attempt = PaymentAttempt.objects.filter(order_id=order_id).first()
    return lock_attempt(attempt.pk) if attempt else None


def _pay_back(attempt, order, worth: Decimal, *, reason: str, actor, key: str) -> None:
    """Decide the refund in this transaction and carry it out after it: cancelled and not paid back cannot happen.

    When nothing of the order is left, all that is left of the payment goes back, the few rupiah that mark a transfer
    included. What staff have paid back before is not paid back again.
    """
    if attempt is None:
        return
    amount = attempt.refundable if order.status == statuses.CANCELLED else min(worth, attempt.refundable)
    if amount <= 0:
        return
    refund = intend(attempt, amount, reason=reason[:200], actor=actor, key=key)
    transaction.on_commit(partial(tasks.carry_out_refund.enqueue, refund.pk))


def _lock(parcel):
    """The order first, then its parcel: everybody takes them so, and nobody waits for each other in a ring."""
    order = Order.objects.select_for_update().get(pk=parcel.order_id)
    return order, Parcel.objects.select_for_update().select_related("order").get(pk=parcel.pk)


def _require(parcel, *allowed) -> None:
    if parcel.status not in allowed:
        raise TransitionRefused(
            _("Parcel %(parcel)s is %(status)s.") % {"parcel": parcel, "status": parcel.get_status_display()}
        )


def _lines(parcel):
    """In the order of stock records, as the ledger wants its locks taken."""
    return parcel.lines.select_related("stockrecord__product__product_class").order_by("stockrecord_id", "pk")


def _set_lines(parcel, status: str) -> None:
    for line in parcel.lines.all():
        line.set_status(status)


def _follow_parcels(order) -> None:
    """An order is as far as its parcels are. It never goes back: a cancelled parcel leaves it where the others are."""
    states = list(order.parcels.values_list("status", flat=True))
    going = [state for state in states if state != Status.CANCELLED]
    if not going:
        wanted = statuses.CANCELLED
    elif all(state == Status.SHIPPED for state in going):
        wanted = statuses.SHIPPED
    elif Status.SHIPPED in going:
        wanted = statuses.PARTLY_SHIPPED
    elif Status.PACKED in going:
        wanted = statuses.PACKING
    else:
        wanted = statuses.PAID
    if wanted in order.available_statuses():
        order.set_status(wanted)


def _note(order, actor, message: str) -> None:
    order.notes.create(message=message, note_type="System", user=actor)
