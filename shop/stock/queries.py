"""Reads of stock. What a shopper may buy is decided by the verbs, under the lock; these are for showing."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet
from oscar.core.loading import get_model

from .models import Balance, Hold, Move


def available(record_ids: Iterable[int]) -> dict[int, int]:
    """Units on the shelf for each of these stock records, in one query."""
    records = get_model("partner", "StockRecord").objects.filter(pk__in=list(record_ids))
    return dict(records.values_list("pk", F("num_in_stock") - F("num_allocated")))


def balances(record_id: int) -> dict[str, int]:
    """Units of one stock record by place code. Places it never was in are absent; all of them add up to nought."""
    return dict(Balance.objects.filter(stockrecord=record_id).values_list("place", "quantity"))


def ordered(record_id: int) -> int:
    """Units promised to orders and not yet sent, without those that are only held."""
    return balances(record_id).get("ordered", 0)


def has_units(product_id: int) -> bool:
    """Whether the books have units of this product on the shelf, held for a payment or ordered."""
    in_hand = Balance.objects.filter(stockrecord__product=product_id, place__in=("shelf", "held", "ordered"))
    return in_hand.exclude(quantity=0).exists()


def with_away(records: QuerySet) -> QuerySet:
    """Say of each stock record whether units of it are at a fair or on the way (``is_away``), without a query more."""
    away = Balance.objects.filter(stockrecord=OuterRef("pk"), place__kind__in=("transit", "stall"), quantity__gt=0)
    return records.annotate(is_away=Exists(away))


def ledger(record_id: int) -> QuerySet[Move]:
    """The moves of one stock record, the latest first, with what a page shows of them."""
    return Move.objects.filter(stockrecord=record_id).select_related("source", "target", "actor").order_by("-pk")


def live_hold(reference: str) -> Hold | None:
    """The hold of this reference that is active or became an order, with its lines; at most one exists."""
    alive = (Hold.Status.ACTIVE, Hold.Status.COMMITTED)
    return Hold.objects.filter(reference=reference, status__in=alive).prefetch_related("lines").first()


def overdue_holds(now: datetime) -> QuerySet[Hold]:
    """Active holds past their time, the oldest first.

    They are not let go here: money may be under way, and only who made the hold can ask. The payment room closes the
    payment at the gateway first and then calls ``services.release_hold(reference, reason=Move.Reason.EXPIRED)``.
    """
    return Hold.objects.filter(status=Hold.Status.ACTIVE, expires_at__lte=now).order_by("expires_at", "pk")
