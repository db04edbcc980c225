"""Heals what webhooks, browsers and crashes left undone, by asking the gateway about every attempt that is not
settled."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .errors import GatewayError
from .finalizing import expire, finalize
from .gateways import all_gateways
from .gateways.base import GatewayEvent
from .models import PaymentAttempt, PaymentEvent, Refund
from .refunds import carry_out, retry_refunds

logger = logging.getLogger(__name__)

#: Younger ones are left to the browser and the webhook, which are usually quicker.
SETTLES_IN = timedelta(minutes=1)
#: Notices this old are read again: as long as a gateway repeats its webhooks, and a shop may be down over a weekend.
EVENT_WINDOW = timedelta(days=3)


def expire_overdue() -> Counter:
    """End every open attempt whose time is over. Counts by the status they came to."""
    overdue = PaymentAttempt.objects.filter(status__in=PaymentAttempt.OPEN, expires_at__lte=timezone.now())
    return _each(overdue.order_by("expires_at", "pk"), expire)


def reconcile(*, now_too: bool = False) -> Counter:
    """Ask about every attempt that is not settled, go on with refunds, and read notices that may have been missed.

    ``now_too`` includes the attempts of this minute. Counts by the status they came to.
    """
    moment = timezone.now()
    due = PaymentAttempt.objects.filter(status__in=PaymentAttempt.LIVE)
    if not now_too:
        due = due.filter(created_at__lte=moment - SETTLES_IN).filter(
            Q(checked_at=None) | Q(checked_at__lte=moment - SETTLES_IN)
        )
    counts = _each(due.order_by("pk"), _settle)
    counts["refunds"] = retry_refunds()
    counts["notices"] = _read_notices(moment)
    return counts


def follow_event(gateway: str, event: GatewayEvent, digest: str = "") -> None:
    """Do what a notice may mean, then keep it. Its content is not believed; it only says where to look.

    Kept last: a notice that is in the books has been followed, so one whose following broke off is followed again.
    """
    refund = Refund.objects.filter(idempotency_key=event.refund_key).first() if event.refund_key else None
    attempt = (
        PaymentAttempt.objects.filter(key=event.attempt_key, gateway=gateway).first() if event.attempt_key else None
    )
    if refund is not None:
        carry_out(refund.pk, again=True)
    elif attempt is not None:
        finalize(attempt.pk)
    try:
        with transaction.atomic():
            PaymentEvent.objects.create(
                attempt=attempt or (refund.attempt if refund else None),
                gateway=gateway,
                kind=event.kind[:100],
                gateway_event_id=event.id,
                payload_digest=digest,
            )
    except IntegrityError:
        logger.info("%s was told twice", event.id)


def is_known(gateway: str, event_id: str) -> bool:
    """Whether this notice has been followed before: gateways repeat themselves."""
    return PaymentEvent.objects.filter(gateway=gateway, gateway_event_id=event_id).exists()


def _settle(attempt_id: int) -> PaymentAttempt:
    attempt = PaymentAttempt.objects.get(pk=attempt_id)
    return expire(attempt_id) if attempt.is_open and attempt.overdue else finalize(attempt_id)


def _each(attempts: QuerySet[PaymentAttempt], act: Callable[[int], PaymentAttempt]) -> Counter:
    """One that fails must not keep the others waiting."""
    counts: Counter = Counter()
    for pk in list(attempts.values_list("pk", flat=True)):
        try:
            counts[act(pk).status] += 1
        except GatewayError as error:
            logger.warning("Attempt %s waits: %s", pk, error.detail)
            counts["unanswered"] += 1
        except Exception:
            logger.exception("Attempt %s could not be settled", pk)
            counts["broken"] += 1
    return counts


def _read_notices(moment: datetime) -> int:
    """Notices of money for attempts that ended here, whose webhook was lost: nothing else would look at those
    again."""
    followed = 0
    for gateway in all_gateways():
        if not gateway.is_configured():
            continue
        try:
            told = [e for e in gateway.events_since(moment - EVENT_WINDOW) if e.attempt_key or e.refund_key]
        except GatewayError as error:
            logger.warning("Notices of %s wait: %s", gateway.code, error.detail)
            continue
        kept = PaymentEvent.objects.filter(gateway=gateway.code, gateway_event_id__in=[event.id for event in told])
        known = set(kept.values_list("gateway_event_id", flat=True))
        followed += sum(_follow_or_wait(gateway.code, event) for event in told if event.id not in known)
    return followed


def _follow_or_wait(gateway: str, event: GatewayEvent) -> bool:
    """Whether the notice was followed. One that cannot be is not kept, so the next round reads it again."""
    try:
        follow_event(gateway, event)
    except GatewayError as error:
        logger.warning("Notice %s waits: %s", event.id, error.detail)
        return False
    except Exception:
        logger.exception("Notice %s could not be followed", event.id)
        return False
    return True
