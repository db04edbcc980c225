"""The one order in which a payment's rows are locked: basket, attempt, identities, vouchers (or, when an attempt
ends, the shopper's other open baskets), then (in ``shop.stock``) hold and stock.

Webhook, browser, scheduler and staff may all be at one attempt at the same moment. Whoever changes it locks it here
first and looks again at its status. Call inside a transaction, and never talk to the network while holding them.
"""

from collections.abc import Iterable

from django.db import connection
from oscar.core.loading import get_model

from .models import PaymentAttempt


def lock_basket(basket_id: int):
    """The basket, locked and fresh; Basket.DoesNotExist when it is gone."""
    return get_model("basket", "Basket").objects.select_for_update(no_key=True).get(pk=basket_id)


def lock_attempt(attempt_id: int) -> PaymentAttempt:
    """The attempt, locked and fresh, its basket locked before it."""
    basket_id = PaymentAttempt.objects.values_list("basket_id", flat=True).get(pk=attempt_id)
    if basket_id is not None:
        lock_basket(basket_id)
    return PaymentAttempt.objects.select_for_update(no_key=True).get(pk=attempt_id)


def lock_vouchers(voucher_ids: Iterable[int]) -> list:
    """Vouchers, locked in primary-key order, so that one that works once is not promised twice."""
    vouchers = get_model("voucher", "Voucher").objects.select_for_update(no_key=True)
    return list(vouchers.filter(pk__in=set(voucher_ids)).order_by("pk"))


def lock_identities(digests: Iterable[str]) -> None:
    """Who reserves, by hexadecimal digests, until the end of the transaction: two requests of one shopper at once
    would both count the places before the other has taken one.

    There is no row to lock for somebody who has reserved nothing yet. A database with a single writer needs no lock.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for number in sorted({int(digest[:15], 16) for digest in digests}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
