"""Reads of payments: for the shopper's pages, and what waits for staff."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from .limits import plain_email
from .models import PaymentAttempt, Refund


def by_key(key: str) -> PaymentAttempt | None:
    """The attempt an address names; knowing the key is what allows to see it."""
    return PaymentAttempt.objects.select_related("order").filter(key=key).first()


def find_attempt(number: str, email: str) -> PaymentAttempt | None:
    """The attempt of an order number, for whoever also knows the e-mail it was made with (letter case does not
    matter).

    Numbers are made in capitals, so the unique index finds them as they are; the addresses are compared in constant
    time, and one is compared also when there is no such attempt.
    """
    attempt = PaymentAttempt.objects.select_related("order").filter(order_number=number.strip().upper()).first()
    kept = attempt.email if attempt else "nobody@invalid"
    return attempt if constant_time_compare(plain_email(kept), plain_email(email)) and attempt else None


def live_attempt(basket_id: int) -> PaymentAttempt | None:
    """The attempt that a frozen basket belongs to."""
    return PaymentAttempt.objects.filter(basket_id=basket_id, status__in=PaymentAttempt.LIVE).first()


def transfers_waiting() -> QuerySet[PaymentAttempt]:
    """Transfers that were asked for and not seen yet, those that end first in front."""
    return (
        PaymentAttempt.objects.filter(status__in=PaymentAttempt.OPEN, transfer_code__isnull=False)
        .select_related("user")
        .order_by("expires_at", "pk")
    )


def refunds_due() -> QuerySet[Refund]:
    """Refunds that are not settled; those of transfers wait for a person."""
    return (
        Refund.objects.filter(status__in=Refund.UNFINISHED)
        .select_related("attempt__order", "actor")
        .order_by("created_at", "pk")
    )


def stuck() -> QuerySet[PaymentAttempt]:
    """What a person must look at: money that does not match, paid but not ordered, a refund that was refused."""
    refused = Q(status=PaymentAttempt.Status.REFUND_DUE) & ~Q(refunds__status__in=Refund.UNFINISHED)
    late = Q(status=PaymentAttempt.Status.PAID, paid_at__lte=timezone.now() - timedelta(minutes=5))
    return (
        PaymentAttempt.objects.filter(Q(needs_attention=True) | refused | late).distinct().order_by("created_at", "pk")
    )
