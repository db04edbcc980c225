"""Money back, once. The intention is committed before the gateway is asked, and every try is the same request."""

import logging
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.catalogue.templatetags.money import rupiah

from .errors import GatewayError, GatewayRefused, NotRefundable
from .gateways import get_gateway
from .gateways.base import RefundResult, RefundState
from .locks import lock_attempt
from .models import PaymentAttempt, PaymentEvent, Refund
from .reservation import let_go_of_paid

logger = logging.getLogger(__name__)


def refund(
    payment: Any, *, amount: Decimal | None = None, reason: str, actor: Any = None, key: str | None = None
) -> Refund:
    """Give back ``amount`` rupiah (all that is left by default) of an order or attempt.

    Asked again for the whole, or with the same ``key``, it gives back the earlier refund and no money. Raises
    ``NotRefundable`` when nothing was paid or less is left, ``GatewayUnavailable`` when the gateway gave no answer:
    the refund stays due then and ``retry_refunds`` goes on with it.
    """
    attempt = payment if isinstance(payment, PaymentAttempt) else _attempt_of(payment)
    with transaction.atomic(durable=True):
        current = lock_attempt(attempt.pk)
        made = _same_refund(current, amount, key) or intend(
            current, amount if amount is not None else current.refundable, reason=reason, actor=actor, key=key
        )
    return carry_out(made.pk)


def intend(
    attempt: PaymentAttempt, amount: Decimal, *, reason: str, actor: Any = None, key: str | None = None
) -> Refund:
    """Decide a refund, under the attempt's lock. The attempt's ``refund_total`` guards the sum, and a constraint
    it.

    Of an attempt that is paid and not ordered only the whole goes back, and then nothing is ordered any more: an order
    that is half paid for, or not at all, would be sent out for nothing.
    """
    whole = attempt.status == PaymentAttempt.Status.PAID
    if amount <= 0 or amount > attempt.refundable or (whole and amount != attempt.refundable):
        raise NotRefundable(attempt.refundable)
    made = Refund.objects.create(
        attempt=attempt,
        amount=amount,
        idempotency_key=key or f"refund-{attempt.key}-{attempt.refunds.count() + 1}",
        reason=reason,
        actor=actor,
    )
    attempt.refund_total += amount
    if whole:
        attempt.status, attempt.needs_attention = PaymentAttempt.Status.REFUND_DUE, False
    attempt.save()
    if whole:
        let_go_of_paid(attempt, reason)
    _note(attempt, "refund_due", f"{amount}: {reason}")
    _keep_in_history(attempt, made, _("Refund of %(amount)s decided: %(reason)s"), reason=reason)
    if attempt.order_id is None:
        transaction.on_commit(partial(_tell, made.pk))
    return made


def carry_out(refund_id: int, *, again: bool = False) -> Refund:
    """Ask the gateway for a decided refund, or how it stands. Safe to call again and at once.

    ``again`` asks also about one that succeeded: a bank may send money back weeks later
    (https://docs.stripe.com/refunds#failed-refunds).
    """
    with transaction.atomic(durable=True):
        due = Refund.objects.select_for_update(no_key=True).get(pk=refund_id)
        if due.status not in Refund.UNFINISHED and not (again and due.status == Refund.Status.SUCCEEDED):
            return due
        asked = Refund.objects.select_related("attempt").get(pk=refund_id)
        due.called_at = timezone.now()
        due.save()
    gateway = get_gateway(asked.attempt.gateway)
    try:
        result = gateway.refund(asked)
    except GatewayRefused as error:
        result = RefundResult(RefundState.FAILED, message=error.detail)
    except GatewayError as error:
        Refund.objects.filter(pk=refund_id).update(last_error=error.detail, updated_at=timezone.now())
        raise
    return _book(refund_id, result)


def confirm_refund(made: Refund, *, actor: Any, reference: str) -> Refund:
    """Staff sent the money back by hand. ``reference`` is the bank's."""
    gateway = get_gateway(made.attempt.gateway)
    if not gateway.capabilities.needs_staff:
        raise ValueError(f"{gateway.code} refunds by itself")
    Refund.objects.filter(pk=made.pk, actor=None).update(actor=actor)
    return _book(made.pk, RefundResult(RefundState.SUCCEEDED, reference=reference))


def retry_refunds() -> int:
    """Go on with refunds that are due or on their way; how many are settled now. Manual ones wait for staff."""
    settled = 0
    for made in Refund.objects.filter(status__in=Refund.UNFINISHED).select_related("attempt").order_by("pk"):
        try:
            if not get_gateway(made.attempt.gateway).capabilities.needs_staff:
                settled += carry_out(made.pk).status not in Refund.UNFINISHED
        except GatewayError as error:
            logger.warning("Refund %s waits: %s", made.pk, error.detail)
        except Exception:
            # One that cannot be carried out must not keep the others from being paid back.
            logger.exception("Refund %s could not be carried out", made.pk)
    return settled


def _book(refund_id: int, result: RefundResult) -> Refund:
    """Write down how a refund stands. A failed one gives its amount free again and asks for a person."""
    with transaction.atomic(durable=True):
        attempt = lock_attempt(Refund.objects.values_list("attempt_id", flat=True).get(pk=refund_id))
        made = Refund.objects.select_for_update(no_key=True).get(pk=refund_id)
        was_given = made.status == Refund.Status.SUCCEEDED
        settled = made.status == Refund.Status.FAILED or (was_given and result.state != RefundState.FAILED)
        if settled or result.state == RefundState.NEEDS_STAFF:
            return made
        made.gateway_reference = result.reference or made.gateway_reference
        made.last_error = result.message
        made.status = {
            RefundState.SUCCEEDED: Refund.Status.SUCCEEDED,
            RefundState.PENDING: Refund.Status.PENDING,
            RefundState.FAILED: Refund.Status.FAILED,
        }[result.state]
        made.save()
        _note(attempt, f"refund_{made.status}", f"{made.amount} {result.message}".strip())
        if made.status == Refund.Status.SUCCEEDED:
            _given_back(attempt, made)
            _keep_in_history(attempt, made, _("Refund of %(amount)s given back."))
        elif made.status == Refund.Status.FAILED:
            _not_given_back(attempt, made, was_given)
            _keep_in_history(attempt, made, _("Refund of %(amount)s failed; it can be asked for again."))
        return made


def _not_given_back(attempt: PaymentAttempt, made: Refund, was_given: bool) -> None:
    attempt.refund_total -= made.amount
    if attempt.status == PaymentAttempt.Status.REFUNDED:
        attempt.status = PaymentAttempt.Status.REFUND_DUE
    attempt.needs_attention = True
    attempt.last_error = f"refund of {made.amount} failed: {made.last_error}"
    attempt.save()
    if was_given and attempt.order_id:
        sources = get_model("payment", "Source").objects.filter(order_id=attempt.order_id)
        sources.update(amount_refunded=F("amount_refunded") - made.amount)


def _given_back(attempt: PaymentAttempt, made: Refund) -> None:
    unfinished = attempt.refunds.filter(status__in=Refund.UNFINISHED).exists()
    whole = not attempt.refundable and not unfinished
    if attempt.status == PaymentAttempt.Status.REFUND_DUE and whole:
        attempt.status = PaymentAttempt.Status.REFUNDED
    if whole or not _unexplained(attempt):
        attempt.needs_attention, attempt.last_error = False, ""
    attempt.save()
    if attempt.order_id:
        sources = get_model("payment", "Source").objects.filter(order_id=attempt.order_id)
        sources.update(amount_refunded=F("amount_refunded") + made.amount)
        for source in sources:
            source.transactions.create(txn_type="Refund", amount=made.amount, reference=made.gateway_reference)
        transaction.on_commit(partial(_tell_of_order, attempt.order_id, str(made.amount)))
    elif get_gateway(attempt.gateway).capabilities.needs_staff:
        transaction.on_commit(partial(_tell, made.pk))


def _unexplained(attempt: PaymentAttempt) -> Decimal:
    """Rupiah of failed refunds that no later refund has given back, in as many parts as it took.

    Only what was decided after a failure makes up for it. A refund that failed is not written to again, so its last
    change is when it failed.
    """
    story = sorted(
        (made.updated_at, made.amount) if made.status == Refund.Status.FAILED else (made.created_at, -made.amount)
        for made in attempt.refunds.filter(status__in=(Refund.Status.FAILED, Refund.Status.SUCCEEDED))
    )
    left = Decimal(0)
    for _moment, amount in story:
        left = max(Decimal(0), left + amount)
    return left


def _tell_of_order(order_id: int, amount: str) -> None:
    from shop.order.tasks import send_refunded_email

    send_refunded_email.enqueue(order_id, amount)


def _tell(refund_id: int) -> None:
    """Of money that made no order: once when it is decided, and again when a person has sent it back by hand."""
    from .tasks import send_refund_notice

    send_refund_notice.enqueue(refund_id)


def _attempt_of(order: Any) -> PaymentAttempt:
    attempt = PaymentAttempt.objects.filter(order=order).first()
    if attempt is None:
        raise NotRefundable(Decimal(0))
    return attempt


def _same_refund(attempt: PaymentAttempt, amount: Decimal | None, key: str | None) -> Refund | None:
    """The refund that this call repeats, if it repeats one."""
    if key is not None:
        return attempt.refunds.filter(idempotency_key=key).first()
    alive = attempt.refunds.exclude(status=Refund.Status.FAILED)
    if amount is None and not attempt.refundable:
        return alive.last()
    return alive.filter(status__in=Refund.UNFINISHED, amount=amount).last() if amount is not None else None


def _keep_in_history(attempt: PaymentAttempt, made: Refund, text: str, **more: str) -> None:
    """Beside what happened to the order's parcels: the payment's own events are read only when something is wrong."""
    if attempt.order is not None:
        attempt.order.notes.create(
            message=text % {"amount": rupiah(made.amount), **more}, note_type="System", user=made.actor
        )


def _note(attempt: PaymentAttempt, kind: str, detail: str) -> None:
    PaymentEvent.objects.create(attempt=attempt, gateway=attempt.gateway, kind=kind, detail=detail)
