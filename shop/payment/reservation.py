"""From a basket to an attempt and back: what is agreed, held and frozen before anybody is asked for money."""

import contextlib
import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from shop.shipping.quotes import ParcelQuote, quote
from shop.stock import services as stock
from shop.stock.errors import HoldNotActive, HoldNotFound, InsufficientStock
from shop.stock.models import Move

from . import limits
from .errors import (
    BasketEmpty,
    BasketNotOpen,
    GatewayNotOffered,
    NotAvailable,
    TotalChanged,
    VoucherTaken,
)
from .gateways import all_gateways, get_gateway
from .gateways.base import Gateway
from .locks import lock_basket, lock_vouchers
from .models import PaymentAttempt, PaymentEvent
from .snapshot import held_units, snapshot_total, stock_lines, take_snapshot

#: No letter or digit that is mistaken for another when read out on the telephone.
NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def available_gateways(*, amount: Decimal, currency: str = "IDR") -> list[Gateway]:
    """Ways to pay that are set up and take this amount (rupiah), in the order of the setting."""
    return [
        gateway
        for gateway in all_gateways()
        if gateway.is_configured()
        and currency in gateway.capabilities.currencies
        and amount >= gateway.capabilities.minimum
    ]


def reserve(
    *,
    basket: Any,
    user: Any,
    email: str,
    shipping_address: Any,
    parcels: Sequence[ParcelQuote],
    gateway: str,
    language: str,
    source: str = "",
    terms_version: str = "",
    expected_total: Decimal | None = None,
    session: str = "",
    client_address: str = "",
) -> PaymentAttempt:
    """Hold the stock, freeze the basket and write down what was agreed, all in one transaction.

    ``basket`` and ``parcels`` are what the shopper saw: prices, offers and couriers are read again under the lock,
    and any difference is refused as ``TotalChanged``, because nobody pays what they have not seen.
    ``expected_total`` is the total in rupiah on the page that was sent, which may be older than ``basket``. A second
    call for the same basket (a double click, the back button) gives back the attempt that is under way.
    ``session`` and ``client_address`` are whom the attempt is counted for, beside account and e-mail
    (``settings.PAYMENT_OPEN_ATTEMPTS``).

    Raises ``BasketEmpty``, ``BasketNotOpen``, ``NotAvailable``, ``TotalChanged``, ``TooMuchOpen``, ``VoucherTaken``,
    ``GatewayNotOffered``.
    """
    shown = expected_total
    if shown is None:
        shown = basket.total_incl_tax + sum((parcel.option.charge for parcel in parcels if parcel.option), Decimal(0))
    buyer = user if user is not None and user.is_authenticated else None
    with transaction.atomic(durable=True):
        locked = lock_basket(basket.pk)
        live = PaymentAttempt.objects.filter(basket=locked, status__in=PaymentAttempt.LIVE).first()
        if live:
            return live
        if not locked.can_be_edited:
            raise BasketNotOpen
        _price_again(locked, basket, user if user is not None else AnonymousUser())
        if locked.is_empty:
            raise BasketEmpty
        _refuse_the_unavailable(locked)
        agreed = _quote_again(locked, shipping_address, parcels, shown)
        snapshot = take_snapshot(basket=locked, address=shipping_address, parcels=agreed, language=language)
        amount = snapshot_total(snapshot)
        if amount != shown:
            raise TotalChanged(shown, amount)
        if not any(offered.code == gateway for offered in available_gateways(amount=amount)):
            raise GatewayNotOffered
        counted_by = limits.identities(buyer=buyer, email=email, session=session, client_address=client_address)
        claims = limits.make_room(counted_by, units=held_units(snapshot))
        vouchers = _claim_vouchers(locked, buyer)
        attempt = PaymentAttempt.objects.create(
            order_number=_new_number(),
            gateway=gateway,
            amount=amount,
            payable=amount,
            email=email,
            user=buyer,
            basket=locked,
            snapshot=snapshot,
            language=language,
            source=source,
            terms_version=terms_version,
            expires_at=timezone.now() + get_gateway(gateway).capabilities.holds_for(guest=buyer is None),
        )
        limits.keep(attempt, claims)
        attempt.vouchers.set(vouchers)
        hold_stock(attempt)
        locked.freeze()
        note(attempt, "reserved")
    basket.status = locked.status
    return attempt


def hold_stock(attempt: PaymentAttempt) -> None:
    """Keep the attempt's pieces off sale until it expires. Raises ``NotAvailable`` naming the piece that is gone."""
    lines = stock_lines(attempt.snapshot)
    records = get_model("partner", "StockRecord").objects.select_related("product__product_class")
    by_id = records.in_bulk({pk for pk, _quantity in lines})
    if missing := next((pk for pk, _quantity in lines if pk not in by_id), None):
        raise NotAvailable(_title(attempt.snapshot, missing), "its stock record was deleted")
    try:
        stock.hold(
            [(by_id[pk], quantity) for pk, quantity in lines],
            reference=attempt.order_number,
            expires_at=attempt.expires_at,
        )
    except InsufficientStock as error:
        raise NotAvailable(_title(attempt.snapshot, error.record_id), str(error)) from error


def let_go(attempt: PaymentAttempt, status: str, reason: str) -> None:
    """End an open attempt without money: its pieces are for sale again and the basket is the shopper's again.

    Call under the attempt's lock, and only when the gateway said that nobody can pay any more.
    """
    attempt.status = status
    attempt.save()
    expired = status == PaymentAttempt.Status.EXPIRED
    others = _lock_other_baskets(attempt)
    stock.release_hold(attempt.order_number, reason=Move.Reason.EXPIRED if expired else reason)
    note(attempt, status, detail=reason)
    _thaw(attempt, others)
    limits.forget(attempt)


def let_go_of_paid(attempt: PaymentAttempt, reason: str) -> None:
    """The money of a paid attempt goes back instead of becoming an order: its pieces and its basket are free again.

    Call under the attempt's lock. A hold that is gone already is no reason to keep the money.
    """
    others = _lock_other_baskets(attempt)
    with contextlib.suppress(HoldNotFound, HoldNotActive), transaction.atomic():
        stock.release_hold(attempt.order_number, reason=reason)
    _thaw(attempt, others)


def _lock_other_baskets(attempt: PaymentAttempt) -> list[Any]:
    """What the shopper has put into other baskets since this one was frozen, locked in primary-key order.

    Before the hold and the stock are touched: whoever reserves one of them has its basket and waits for the stock, so
    taking the basket after the stock would have both wait for each other.
    """
    basket = attempt.basket
    if basket is None or basket.status != basket.FROZEN or not basket.owner_id:
        return []
    others = type(basket).open.select_for_update(no_key=True).filter(owner_id=basket.owner_id)
    return list(others.exclude(pk=basket.pk).order_by("pk"))


def _thaw(attempt: PaymentAttempt, others: list[Any]) -> None:
    """Open the frozen basket again; the shopper's other baskets join it."""
    basket = attempt.basket
    if basket is None or basket.status != basket.FROZEN:
        return
    basket.thaw()
    for other in others:
        basket.merge(other, add_quantities=False)


def note(attempt: PaymentAttempt | None, kind: str, *, detail: str = "") -> None:
    """Write down what we did. The gateways' own notices carry an id; ours do not."""
    PaymentEvent.objects.create(attempt=attempt, gateway=attempt.gateway if attempt else "", kind=kind, detail=detail)


def _price_again(locked: Any, basket: Any, user: Any) -> None:
    locked.strategy = basket.strategy
    get_class("offer.applicator", "Applicator")().apply(locked, user)


def _refuse_the_unavailable(basket: Any) -> None:
    for line in basket.all_lines():
        if not line.product.is_shown:
            raise NotAvailable(line.product.get_title(), "taken off sale")
        if line.purchase_info.price is None or not line.purchase_info.price.exists:
            raise NotAvailable(line.product.get_title(), "without a price")
        permitted, why = line.purchase_info.availability.is_purchase_permitted(line.quantity)
        if not permitted:
            raise NotAvailable(line.product.get_title(), str(why))


def _quote_again(basket: Any, address: Any, parcels: Sequence[ParcelQuote], shown: Decimal) -> list[ParcelQuote]:
    """Today's charge for each courier that was chosen. Raises ``TotalChanged`` when one asks another price, does not
    go there any more, or the parcels are not those of the basket."""
    chosen = {parcel.partner.pk: parcel.option for parcel in parcels}
    agreed, as_shown, now = [], True, basket.total_incl_tax
    for parcel in quote(basket, address):
        option = chosen.pop(parcel.partner.pk, None)
        fresh = next((offer for offer in parcel.options if option and offer.code == option.code), None)
        if option is None or fresh is None or fresh.charge != option.charge:
            as_shown = False
            fresh = fresh or next(iter(parcel.options), None)
        if fresh is not None:
            now += fresh.charge
            agreed.append(parcel.choose(fresh.code))
    if chosen or not as_shown:
        raise TotalChanged(shown, now)
    return agreed


def _claim_vouchers(basket: Any, buyer: Any) -> list[Any]:
    """The basket's vouchers, each still free for this shopper. One that is being paid with elsewhere is not: it would
    pay for two orders."""
    vouchers = lock_vouchers(basket.vouchers.values_list("pk", flat=True))
    for voucher in vouchers:
        if not (voucher.is_active() and voucher_is_free(voucher, buyer)):
            raise VoucherTaken(voucher.code)
    return vouchers


def voucher_is_free(voucher: Any, buyer: Any) -> bool:
    """Whether this locked voucher may be used once more, by ``buyer`` (None: a guest), and pays for no other attempt.

    When it ends by the calendar is another question.
    """
    elsewhere = PaymentAttempt.objects.filter(vouchers=voucher, status__in=PaymentAttempt.LIVE)
    if voucher.usage == voucher.ONCE_PER_CUSTOMER:
        free = buyer is not None and not elsewhere.filter(user=buyer).exists()
    else:
        free = voucher.usage == voucher.MULTI_USE or not elsewhere.exists()
    if buyer is None:
        return free and not (voucher.usage == voucher.SINGLE_USE and voucher.applications.exists())
    return free and voucher.is_available_to_user(buyer)[0]


def _new_number() -> str:
    """For people: the day and five characters, such as KB261124-7HQ4X. Nothing is granted to who knows it."""
    while True:
        tail = "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(5))
        number = f"KB{timezone.localtime():%y%m%d}-{tail}"
        if not PaymentAttempt.objects.filter(order_number=number).exists():
            return number


def _title(snapshot: dict[str, Any], record_id: int) -> str:
    return next((line["title"] for line in snapshot["lines"] if line["stockrecord_id"] == record_id), "")
