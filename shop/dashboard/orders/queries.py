"""What staff see of orders and payments, read at once however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.order import statuses
from shop.order.models import Order, Parcel
from shop.payment.models import PaymentAttempt
from shop.payment.queries import transfers_waiting
from shop.stock.models import Balance, Move

#: A transfer that comes later than this is not looked for among the open ones.
LATE = timedelta(days=30)


@dataclass(frozen=True)
class Entry:
    """One thing that happened to an order or its payment: ``who`` is '' for what the shop did by itself."""

    at: datetime
    text: str
    who: str = ""


@dataclass(frozen=True)
class StockPlaces:
    """Where the units of one ordered piece are: this order's way through the ledger, and what is left of the piece."""

    record: Any
    title: str
    moves: tuple[Move, ...]
    places: tuple[Balance, ...]


def orders(*, q: str = "", status: str = "", waiting: str = "") -> QuerySet[Order]:
    """Orders, the latest first, with all that the list shows. ``q`` is part of a number, e-mail or maker's name."""
    found = (
        Order.objects.select_related("user", "shipping_address", "payment_attempt")
        .prefetch_related(Prefetch("parcels", Parcel.objects.select_related("partner__maker")))
        .annotate(pieces=Sum("lines__quantity"))
        .order_by("-date_placed", "-pk")
    )
    if q:
        makers = Parcel.objects.filter(Q(partner__name__icontains=q) | Q(partner__maker__name__icontains=q))
        found = found.filter(
            Q(number__icontains=q)
            | Q(guest_email__icontains=q)
            | Q(user__email__icontains=q)
            | Q(pk__in=makers.values("order"))
        )
    if status:
        found = found.filter(status=status)
    if waiting:
        wanted = Parcel.Status.WAITING if waiting == "pack" else Parcel.Status.PACKED
        found = found.filter(pk__in=Parcel.objects.filter(status=wanted).values("order"))
    return found


def transfers(*, q: str = "", ended: bool = False) -> QuerySet[PaymentAttempt]:
    """Transfers that wait, those that end first in front; with ``ended`` also those whose time ran out lately, because
    money may still arrive for them. ``q`` is part of a number or e-mail, or the amount to the rupiah."""
    found = transfers_waiting()
    if ended:
        found = PaymentAttempt.objects.filter(
            Q(status__in=PaymentAttempt.OPEN)
            | Q(status__in=PaymentAttempt.CLOSED, created_at__gte=timezone.now() - LATE),
            transfer_code__isnull=False,
        ).order_by("-expires_at", "-pk")
    if q:
        match = Q(order_number__icontains=q) | Q(email__icontains=q)
        if (amount := _amount(q)) is not None:
            match |= Q(payable=amount)
        found = found.filter(match)
    return found


def history(order: Order) -> list[Entry]:
    """Everything that happened, the latest first: states, notes, and what the payment went through."""
    entries = [
        Entry(
            change.date_created,
            _("Status: %(status)s") % {"status": statuses.LABELS.get(change.new_status, change.new_status)},
        )
        for change in order.status_changes.all()
    ]
    entries += [
        Entry(note.date_created, note.message, note.user.email if note.user else "")
        for note in order.notes.select_related("user")
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def attempt_of(order: Order) -> PaymentAttempt | None:
    """The payment with what the order's page tells of it."""
    return (
        PaymentAttempt.objects.filter(order=order)
        .select_related("transfer_receipt__actor")
        .prefetch_related("events", "refunds__actor")
        .first()
    )


def stock_places(order: Order, lines: Sequence[Any]) -> list[StockPlaces]:
    """For every piece kept in stock, what the ledger says; pieces made to order have none."""
    records = {line.stockrecord_id: line for line in lines if line.stockrecord_id}
    moves: dict[int, list[Move]] = {}
    told = Move.objects.filter(reference=order.number, stockrecord__in=records)
    for move in told.select_related("source", "target", "actor").order_by("pk"):
        moves.setdefault(move.stockrecord_id, []).append(move)
    places: dict[int, list[Balance]] = {}
    for balance in (
        Balance.objects.filter(stockrecord__in=moves)
        .exclude(place__kind="outside")
        .exclude(quantity=0)
        .select_related("place")
        .order_by("place")
    ):
        places.setdefault(balance.stockrecord_id, []).append(balance)
    found = get_model("partner", "StockRecord").objects.filter(pk__in=moves).order_by("pk")
    return [
        StockPlaces(record, records[record.pk].title, tuple(moves[record.pk]), tuple(places.get(record.pk, ())))
        for record in found
    ]


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text.removeprefix("Rp").replace(".", "").replace(" ", ""))
    except InvalidOperation:
        return None
