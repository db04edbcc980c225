"""Money that comes when its attempt has ended already.

The shopper has had the basket back meanwhile and may have put more into it. What was agreed is in the snapshot alone,
so only that is ordered; the basket keeps the rest.
"""

from collections import Counter
from typing import Any

from .errors import NotAvailable
from .locks import lock_vouchers
from .models import PaymentAttempt
from .reservation import hold_stock, voucher_is_free

#: Why a refund is owed without anybody deciding it.
TOO_LATE = "Paid after the pieces had gone to somebody else"
PAID_TWICE = "The same basket is paid for in another payment"
VOUCHER_GONE = "The voucher was used for another order meanwhile"


def hold_again(attempt: PaymentAttempt) -> str:
    """Hold an ended attempt's pieces once more, and take what is paid for out of the shopper's basket; why that cannot
    be, or nothing. Call under the attempt's lock; the attempt is not saved."""
    taken = (*PaymentAttempt.LIVE, PaymentAttempt.Status.ORDERED)
    if attempt.basket_id and PaymentAttempt.objects.filter(basket_id=attempt.basket_id, status__in=taken).exists():
        return PAID_TWICE
    baskets = _open_baskets(attempt)
    vouchers = lock_vouchers(attempt.vouchers.values_list("pk", flat=True))
    if not all(voucher_is_free(voucher, attempt.user) for voucher in vouchers):
        return VOUCHER_GONE
    try:
        hold_stock(attempt)
    except NotAvailable:
        return TOO_LATE
    for basket in baskets:
        _take_out(attempt, basket, vouchers)
    return ""


def _open_baskets(attempt: PaymentAttempt) -> list[Any]:
    """Where the pieces are now: the attempt's own basket, or the account's open ones when it was merged into one.

    Locked before vouchers and stock; the attempt's own is locked already.
    """
    basket = attempt.basket
    if basket is None or basket.status == basket.OPEN:
        return [basket] if basket else []
    if basket.status != basket.MERGED or attempt.user is None:
        return []
    return list(type(basket).open.select_for_update(no_key=True).filter(owner=attempt.user).order_by("pk"))


def _take_out(attempt: PaymentAttempt, basket: Any, vouchers: list[Any]) -> None:
    """As many units as were paid for leave ``basket``; those of the attempt's own basket go with the attempt.

    A basket that holds nothing else is the attempt's again. Otherwise the attempt gets one of its own: were it to keep
    this one, the shopper could not order what they have added.
    """
    own = basket.pk == attempt.basket_id
    paid = Counter({_same(line): line["quantity"] for line in attempt.snapshot["lines"]})
    lines = list(basket.lines.select_for_update().prefetch_related("attributes").order_by("pk"))
    if own and all(paid[_piece(line)] >= line.quantity for line in lines):
        basket.freeze()
        return
    kept_apart = type(basket).objects.create(owner=basket.owner) if own else None
    for line in lines:
        leaving = min(line.quantity, paid[_piece(line)])
        if not leaving:
            continue
        paid[_piece(line)] -= leaving
        if kept_apart:
            _copy(line, kept_apart, leaving)
        line.quantity -= leaving
        if line.quantity:
            line.save(update_fields=["quantity", "date_updated"])
        else:
            line.delete()
    for voucher in vouchers:
        if voucher.usage != voucher.MULTI_USE:
            basket.vouchers.remove(voucher)
        if kept_apart:
            kept_apart.vouchers.add(voucher)
    if kept_apart:
        kept_apart.freeze()
        attempt.basket = kept_apart
        _take_along(attempt, basket)


def _take_along(attempt: PaymentAttempt, basket: Any) -> None:
    """Other ended attempts for some of the same pieces go along: money that comes for them too was paid twice."""
    records = {line["stockrecord_id"] for line in attempt.snapshot["lines"]}
    ended = PaymentAttempt.objects.filter(basket=basket, status__in=PaymentAttempt.CLOSED).exclude(pk=attempt.pk)
    twins = [one.pk for one in ended if records & {line["stockrecord_id"] for line in one.snapshot["lines"]}]
    PaymentAttempt.objects.filter(pk__in=twins).update(basket=attempt.basket)


def _copy(line: Any, basket: Any, quantity: int) -> None:
    attributes = list(line.attributes.all())
    copied = type(line).objects.get(pk=line.pk)
    copied.pk, copied.basket, copied.quantity = None, basket, quantity
    copied._state.adding = True
    copied.save()
    for attribute in attributes:
        copied.attributes.create(option_id=attribute.option_id, value=attribute.value)


def _same(line: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two lines the same piece, of a line of the snapshot."""
    options = sorted((item["option_id"], str(item["value"])) for item in line["attributes"])
    return line["product_id"], line["stockrecord_id"], tuple(options)


def _piece(line: Any) -> tuple[Any, ...]:
    """The same, of a line of a basket."""
    options = sorted((item.option_id, str(item.value)) for item in line.attributes.all())
    return line.product_id, line.stockrecord_id, tuple(options)
