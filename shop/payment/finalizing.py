"""From an attempt to an order, or to its end: started, read afresh, ordered once, or closed.

Webhook, browser, scheduler and staff call ``finalize`` in any order, any number of times, at once. None of them is
believed: the gateway is asked again, outside any transaction, and what follows is decided under the attempt's lock.
"""

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model

from shop.order.placement import place_order
from shop.stock import services as stock
from shop.stock.errors import HoldNotActive, HoldNotFound

from . import limits
from .errors import AttemptNotOpen, GatewayError, GatewayRefused, GatewayUnavailable, NotAvailable, OrderNotPlaced
from .gateways import get_gateway
from .gateways.base import GatewayPayment, GatewayStatus, State
from .late import TOO_LATE, hold_again
from .locks import lock_attempt, lock_vouchers
from .models import PaymentAttempt, Refund
from .refunds import carry_out, intend
from .reservation import hold_stock, let_go, note

logger = logging.getLogger(__name__)
Status = PaymentAttempt.Status
Progress = PaymentAttempt.Progress

#: A call to make the payment that has not been answered may still be under way for this long.
CALLED_OFF = "called off by the shopper"
IN_FLIGHT = timedelta(minutes=2)


def start(attempt: PaymentAttempt) -> str:
    """The address of the gateway's page for this attempt. The payment is made once; every further call gives the
    same.

    Call after the commit of ``reserve``. Raises ``AttemptNotOpen`` when the attempt has ended or too little time is
    left, ``GatewayUnavailable`` (call again) and ``GatewayRefused``.
    """
    gateway = get_gateway(attempt.gateway)
    with transaction.atomic(durable=True):
        current = lock_attempt(attempt.pk)
        if not current.is_open:
            raise AttemptNotOpen
        if current.gateway_reference and current.gateway_url:
            return current.gateway_url
        asked_before = current.gateway_called_at is not None
        if not asked_before and current.expires_at - timezone.now() < gateway.capabilities.starts_before:
            raise AttemptNotOpen
        # Committed before the call: if the answer is lost, the next caller looks the payment up.
        current.gateway_called_at = timezone.now()
        current.save()
    payment = gateway.find(current) if asked_before else None
    payment = payment or _create(current)
    if not _keep_payment(current.pk, payment):
        _close_orphan(current.pk)
        raise AttemptNotOpen
    return payment.url


def _create(attempt: PaymentAttempt) -> GatewayPayment:
    try:
        return get_gateway(attempt.gateway).create(attempt)
    except GatewayRefused as error:
        # A plain no: nothing was made, so there is nothing to wait for when the shopper chooses another way.
        PaymentAttempt.objects.filter(pk=attempt.pk).update(gateway_called_at=None, last_error=error.detail)
        raise


def finalize(attempt_id: int) -> PaymentAttempt:
    """Bring the attempt to where the gateway says it is. The ONE way to an order.

    Returns the attempt afresh. Raises ``GatewayUnavailable`` when the gateway cannot be read: nothing was decided
    then, and the next call heals it.
    """
    attempt = PaymentAttempt.objects.get(pk=attempt_id)
    if attempt.status == Status.PAID:
        _place(attempt_id)
    elif attempt.status in (*PaymentAttempt.OPEN, *PaymentAttempt.CLOSED):
        _follow(attempt_id, _ask(attempt))
    return _settled(attempt_id)


def expire(attempt_id: int) -> PaymentAttempt:
    """End an attempt whose time is over: first the gateway closes the payment, and only then are the pieces freed.

    Holds expire so that an abandoned basket cannot keep a one-off cloth off sale; closing first means that nobody
    pays for a cloth that somebody else has bought meanwhile. Paid in the last moment, it is ordered.
    """
    return _end(attempt_id, "the time to pay is over", overdue_only=True)


def cancel(attempt: PaymentAttempt, *, reason: str = CALLED_OFF) -> PaymentAttempt:
    """The shopper goes back from the payment page, or staff end it. The basket is theirs again once the gateway says
    closed.

    Returns the attempt afresh: expired, or ordered when it was paid after all, or still open when money is under way.
    """
    return _end(attempt.pk, reason, overdue_only=False)


def _end(attempt_id: int, reason: str, *, overdue_only: bool) -> PaymentAttempt:
    attempt = PaymentAttempt.objects.get(pk=attempt_id)
    if not attempt.is_open or (overdue_only and not attempt.overdue):
        return attempt
    status = _close(attempt)
    if status.state == State.CLOSED:
        _let_go(attempt_id, Status.EXPIRED, reason)
    else:
        _follow(attempt_id, status)
    return _settled(attempt_id)


def _ask(attempt: PaymentAttempt) -> GatewayStatus:
    """A fresh read, by our own key when the gateway's id is not known (yet): a webhook may be quicker than the
    answer to the call that made the payment, and an answer may be lost."""
    gateway = get_gateway(attempt.gateway)
    if not attempt.gateway_reference and not _recover(attempt):
        return GatewayStatus(State.MISSING)
    return gateway.fetch(attempt)


def _close(attempt: PaymentAttempt) -> GatewayStatus:
    """Have the payment closed. One that was never asked for is closed; one asked for a moment ago may be on its
    way."""
    if not attempt.gateway_reference and not _recover(attempt):
        called = attempt.gateway_called_at
        if called is not None and called > timezone.now() - IN_FLIGHT:
            return GatewayStatus(State.UNKNOWN)
        return GatewayStatus(State.CLOSED)
    return get_gateway(attempt.gateway).close(attempt)


def _recover(attempt: PaymentAttempt) -> bool:
    if attempt.gateway_called_at is None:
        return False
    found = get_gateway(attempt.gateway).find(attempt)
    if found is None:
        return False
    _keep_payment(attempt.pk, found)
    attempt.refresh_from_db()
    return True


def _keep_payment(attempt_id: int, payment: GatewayPayment) -> bool:
    """Store the payment's id. False when the attempt has ended meanwhile, so that the payment must be closed."""
    with transaction.atomic(durable=True):
        attempt = lock_attempt(attempt_id)
        if not attempt.gateway_reference:
            attempt.gateway_reference = payment.reference
            attempt.gateway_url = payment.url
            note(attempt, "payment_made", detail=payment.reference)
            if get_gateway(attempt.gateway).capabilities.needs_staff:
                transaction.on_commit(partial(_instruct, attempt.pk))
        if attempt.status == Status.RESERVED:
            attempt.status = Status.AWAITING_PAYMENT
        attempt.save()
        return attempt.status not in PaymentAttempt.CLOSED


def _close_orphan(attempt_id: int) -> None:
    """The attempt ended while its payment was being made; nobody must pay it. If somebody just did, finalize sees to
    it."""
    attempt = PaymentAttempt.objects.get(pk=attempt_id)
    try:
        status = get_gateway(attempt.gateway).close(attempt)
    except GatewayError as error:
        logger.warning("Could not close the payment of %s: %s", attempt.order_number, error.detail)
        return
    _follow(attempt_id, status)


def _follow(attempt_id: int, status: GatewayStatus) -> None:
    """Do what a fresh read of the gateway means."""
    if status.state == State.PAID:
        if _take_payment(attempt_id, status):
            _place(attempt_id)
    elif status.state in (State.FAILED, State.CLOSED):
        failed = status.state == State.FAILED
        _let_go(attempt_id, Status.FAILED if failed else Status.EXPIRED, f"the gateway says {status.state}")
    else:
        progress = (
            Progress.PROCESSING if status.state == State.PROCESSING else Progress.DECLINED if status.declined else ""
        )
        PaymentAttempt.objects.filter(pk=attempt_id).update(checked_at=timezone.now(), progress=progress)
        if status.state == State.MISSING and status.reference:
            _look_at_it(attempt_id, f"the gateway knows no payment {status.reference}")


def _look_at_it(attempt_id: int, problem: str) -> None:
    PaymentAttempt.objects.filter(pk=attempt_id).update(needs_attention=True, last_error=problem)


def _let_go(attempt_id: int, status: str, reason: str) -> None:
    with transaction.atomic(durable=True):
        attempt = lock_attempt(attempt_id)
        if not attempt.is_open:
            return
        gateway = get_gateway(attempt.gateway)
        # A transfer is not stopped by closing it: staff may have confirmed it between the answer and this lock.
        seen = gateway.fetch(attempt) if gateway.capabilities.needs_staff else None
        if seen is None or seen.state != State.PAID:
            attempt.checked_at = timezone.now()
            let_go(attempt, status, reason)
            return
    _follow(attempt_id, seen)


def _take_payment(attempt_id: int, status: GatewayStatus) -> bool:
    """Book that the money came. True when an order follows; else it was booked before, is owed back, or does not
    match.

    Late money (the attempt has expired) is kept only when the pieces can be held again, the shopper is not paying for
    the same basket elsewhere, and a voucher that works once was not used meanwhile.
    """
    with transaction.atomic(durable=True):
        attempt = lock_attempt(attempt_id)
        if attempt.status in PaymentAttempt.TAKEN:
            return attempt.status == Status.PAID
        attempt.checked_at = timezone.now()
        if problem := _mismatch(attempt, status):
            _flag(attempt, problem)
            return False
        attempt.gateway_reference = attempt.gateway_reference or status.reference
        attempt.paid_at = timezone.now()
        attempt.last_error, attempt.needs_attention = "", False
        reason = "" if attempt.is_open else hold_again(attempt)
        attempt.status = Status.REFUND_DUE if reason else Status.PAID
        attempt.save()
        note(attempt, attempt.status, detail=reason)
        if reason:
            intend(attempt, attempt.payable, reason=reason)
        limits.forget(attempt)
        return not reason


def _mismatch(attempt: PaymentAttempt, status: GatewayStatus) -> str:
    """What does not agree between our books and the gateway's, or nothing. Only a full match makes an order."""
    checks = (
        ("amount", attempt.payable, status.amount),
        ("currency", attempt.currency, status.currency),
        ("reference", attempt.gateway_reference or status.reference, status.reference),
        ("attempt", attempt.key, status.attempt_key),
        ("order number", attempt.order_number, status.order_number),
    )
    wrong = [f"{name} is {theirs}, not {ours}" for name, ours, theirs in checks if ours != theirs]
    return "; ".join(wrong)


def _flag(attempt: PaymentAttempt, problem: str) -> None:
    """Money came that is not what was asked for: nothing is ordered, and a person must look.

    Not again at what a person has written off: the gateway goes on telling it, and nothing new has happened.
    """
    if attempt.status in PaymentAttempt.CLOSED and attempt.last_error == problem and not attempt.needs_attention:
        attempt.save()
        return
    logger.error("Payment of %s does not match: %s", attempt.order_number, problem)
    if attempt.last_error != problem:
        note(attempt, "mismatch", detail=problem)
    attempt.last_error, attempt.needs_attention = problem, True
    attempt.save()


def _place(attempt_id: int) -> None:
    """Order, or leave the attempt paid and in sight of staff: the next call tries again, and no money is
    forgotten."""
    try:
        _order(attempt_id)
    except Exception as error:
        logger.exception("A paid attempt could not be ordered")
        _look_at_it(attempt_id, f"could not be ordered: {error!r}")
        raise OrderNotPlaced from error


def _order(attempt_id: int) -> None:
    """Place the order of a paid attempt from its snapshot, once: hold to allocation, order, basket, in one commit."""
    with transaction.atomic(durable=True):
        attempt = lock_attempt(attempt_id)
        if attempt.status != Status.PAID or attempt.refunds.exists():
            return
        vouchers = lock_vouchers(attempt.vouchers.values_list("pk", flat=True))
        try:
            _allocate(attempt)
        except NotAvailable as error:
            attempt.status, attempt.last_error = Status.REFUND_DUE, str(error.reason)
            attempt.save()
            note(attempt, Status.REFUND_DUE, detail=TOO_LATE)
            intend(attempt, attempt.payable, reason=TOO_LATE)
            return
        order = place_order(
            snapshot=attempt.snapshot,
            number=attempt.order_number,
            user=attempt.user,
            email=attempt.email,
            basket=attempt.basket,
            language=attempt.language,
            currency=attempt.currency,
            vouchers=vouchers,
        )
        attempt.order, attempt.status = order, Status.ORDERED
        attempt.last_error, attempt.needs_attention = "", False
        attempt.save()
        if attempt.basket is not None and attempt.basket.status == attempt.basket.FROZEN:
            attempt.basket.submit()
        _record_source(attempt)
        note(attempt, Status.ORDERED, detail=order.number)
        transaction.on_commit(partial(_tell, order.pk))


def _allocate(attempt: PaymentAttempt) -> None:
    """The hold becomes the order's allocation. Lost (it should not be), it is made again or the money goes back."""
    try:
        stock.commit_hold(attempt.order_number)
    except (HoldNotActive, HoldNotFound):
        logger.warning("The hold of %s was gone when it was paid", attempt.order_number)
        hold_stock(attempt)
        stock.commit_hold(attempt.order_number)


def _record_source(attempt: PaymentAttempt) -> None:
    """Oscar's own book of how an order was paid: its dashboard and reports read it."""
    kind, _created = get_model("payment", "SourceType").objects.get_or_create(
        code=attempt.gateway.replace("_", "-"), defaults={"name": attempt.gateway}
    )
    source = get_model("payment", "Source").objects.create(
        order=attempt.order,
        source_type=kind,
        currency=attempt.currency,
        amount_allocated=attempt.payable,
        amount_debited=attempt.payable,
        reference=attempt.gateway_reference,
    )
    source.transactions.create(txn_type="Debit", amount=attempt.payable, reference=attempt.gateway_reference)


def _tell(order_id: int) -> None:
    """After the commit, in the background: an e-mail that fails must not undo a paid order."""
    from shop.order.tasks import send_confirmation_email

    send_confirmation_email.enqueue(order_id)


def _instruct(attempt_id: int) -> None:
    """How to transfer, by e-mail: whoever closes the page needs the exact amount again."""
    from .tasks import send_transfer_instructions

    send_transfer_instructions.enqueue(attempt_id)


def _settled(attempt_id: int) -> PaymentAttempt:
    """Carry out refunds that came of it, and read the attempt afresh."""
    for refund in Refund.objects.filter(attempt_id=attempt_id, status=Refund.Status.DUE, called_at=None):
        try:
            carry_out(refund.pk)
        except (GatewayUnavailable, GatewayRefused) as error:
            logger.warning("Refund %s waits: %s", refund.pk, error.detail)
    return PaymentAttempt.objects.get(pk=attempt_id)
