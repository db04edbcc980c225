"""Money for an attempt that had ended: ordered as agreed, and the basket keeps what was added meanwhile."""

from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import services
from shop.payment.gateways.stripe import StripeGateway
from shop.payment.late import PAID_TWICE, VOUCHER_GONE
from shop.payment.models import PaymentAttempt, Refund

from .factories import Basket, a_voucher, basket_of, figures, fresh, overdue, started, user, voucher_basket

pytestmark = pytest.mark.django_db


def ended(basket, **who):
    """Expired in our books while its session was not closed: it can still be paid."""
    attempt = overdue(started(basket, **who))
    with patch.object(StripeGateway, "close", return_value=type("S", (), {"state": "closed"})()):
        assert services.expire(attempt.pk).status == "expired"
    return attempt


def add(basket, product, quantity=1):
    again = fresh(basket)
    again.add_product(product, quantity)
    return again


def contents(basket):
    return {line.product: line.quantity for line in Basket.objects.get(pk=basket.pk).lines.all()}


def test_late_order_is_what_was_agreed_and_the_basket_keeps_what_was_added(sandbox):
    paid, more, added = ProductFactory(stock=1), ProductFactory(stock=9), ProductFactory(stock=1)
    basket = basket_of(paid, (more, 2))
    attempt = ended(basket)
    add(basket, more, 3)
    add(basket, added)
    sandbox.pay(attempt.gateway_reference)
    ordered = services.finalize(attempt.pk)
    assert ordered.status == "ordered"
    assert {line.product: line.quantity for line in ordered.order.lines.all()} == {paid: 1, more: 2}
    assert Basket.objects.get(pk=basket.pk).status == "Open"
    assert contents(basket) == {more: 3, added: 1}
    assert ordered.basket != basket
    assert (ordered.basket.status, ordered.order.basket) == ("Submitted", ordered.basket)
    assert contents(ordered.basket) == {paid: 1, more: 2}
    assert [figures(product) for product in (paid, more, added)] == [(1, 1), (9, 2), (1, 0)]


def test_what_was_added_can_be_ordered_afterwards(sandbox):
    added = ProductFactory(stock=1)
    basket = basket_of(ProductFactory(stock=1))
    attempt = ended(basket)
    add(basket, added)
    sandbox.pay(attempt.gateway_reference)
    services.finalize(attempt.pk)
    second = started(fresh(basket))
    sandbox.pay(second.gateway_reference)
    assert [line.product for line in services.finalize(second.pk).order.lines.all()] == [added]
    assert Order.objects.count() == 2


def test_two_late_payments_for_the_same_pieces_are_one_order_and_one_refund(sandbox):
    product = ProductFactory(stock=5)
    basket = basket_of(product)
    first, second = ended(basket), ended(fresh(basket))
    add(basket, ProductFactory(stock=1))
    for attempt in (first, second):
        sandbox.pay(attempt.gateway_reference)
    assert services.finalize(first.pk).status == "ordered"
    assert services.finalize(second.pk).status == "refunded"
    assert Refund.objects.get().reason == PAID_TWICE
    assert figures(product) == (5, 1)


def test_basket_with_fewer_than_was_paid_is_done_with(sandbox):
    product = ProductFactory(stock=5)
    basket = basket_of((product, 3))
    attempt = ended(basket)
    basket.lines.update(quantity=2)
    sandbox.pay(attempt.gateway_reference)
    assert services.finalize(attempt.pk).order.lines.get().quantity == 3
    assert Basket.objects.get(pk=basket.pk).status == "Submitted"


def test_pieces_that_moved_to_the_accounts_other_basket_leave_it_when_paid(sandbox):
    rahma = user()
    paid, added = ProductFactory(stock=1), ProductFactory(stock=1)
    basket = basket_of(paid, owner=rahma)
    attempt = ended(basket, user=rahma)
    other = basket_of(added, owner=rahma)
    other.merge(fresh(basket, rahma), add_quantities=False)
    sandbox.pay(attempt.gateway_reference)
    assert services.finalize(attempt.pk).status == "ordered"
    assert Basket.objects.get(pk=other.pk).status == "Open"
    assert contents(other) == {added: 1}


def test_single_use_voucher_of_a_late_order_leaves_the_basket_and_counts_once(sandbox):
    voucher = a_voucher()
    basket = voucher_basket(ProductFactory(stock=1), voucher)
    attempt = ended(basket)
    add(basket, ProductFactory(stock=1))
    sandbox.pay(attempt.gateway_reference)
    order = services.finalize(attempt.pk).order
    assert [application.order for application in voucher.applications.all()] == [order]
    assert not Basket.objects.get(pk=basket.pk).vouchers.exists()
    second = started(fresh(basket))
    assert second.amount == Decimal(270_000)
    sandbox.pay(second.gateway_reference)
    services.finalize(second.pk)
    voucher.refresh_from_db()
    assert (voucher.applications.count(), voucher.num_orders, voucher.total_discount) == (1, 1, Decimal(25_000))


@pytest.mark.parametrize("used", ["ordered", "being paid"])
def test_late_money_whose_single_use_voucher_was_used_meanwhile_goes_back(sandbox, used):
    voucher = a_voucher()
    product = ProductFactory(stock=3)
    attempt = ended(voucher_basket(product, voucher))
    other = started(voucher_basket(product, voucher))
    if used == "ordered":
        sandbox.pay(other.gateway_reference)
        services.finalize(other.pk)
    sandbox.pay(attempt.gateway_reference)
    assert services.finalize(attempt.pk).status == "refunded"
    assert Refund.objects.get().reason == VOUCHER_GONE
    assert voucher.applications.count() == (1 if used == "ordered" else 0)
    assert figures(product) == (3, 1)


def test_voucher_that_many_may_use_stays_in_the_basket(sandbox):
    voucher = a_voucher("Multi-use")
    basket = voucher_basket(ProductFactory(stock=1), voucher)
    attempt = ended(basket)
    add(basket, ProductFactory(stock=1))
    sandbox.pay(attempt.gateway_reference)
    services.finalize(attempt.pk)
    assert list(Basket.objects.get(pk=basket.pk).vouchers.all()) == [voucher]


def test_voucher_that_ended_by_the_calendar_is_kept_as_promised(sandbox):
    voucher = a_voucher()
    attempt = ended(voucher_basket(ProductFactory(stock=1), voucher))
    voucher.end_datetime = timezone.now() - timedelta(hours=1)
    voucher.save()
    sandbox.pay(attempt.gateway_reference)
    assert services.finalize(attempt.pk).status == "ordered"


def test_voucher_with_two_offers_is_used_once_and_sums_both(sandbox):
    voucher = a_voucher()
    first = voucher.offers.get()
    ConditionalOffer = get_model("offer", "ConditionalOffer")
    cloth, basketry = ProductFactory(stock=1), ProductFactory(stock=1)
    ranges = []
    for name, product in (("Kain", cloth), ("Anyaman", basketry)):
        made = get_model("offer", "Range").objects.create(name=name)
        made.add_product(product)
        ranges.append(made)
    first.condition.range = first.benefit.range = ranges[0]
    first.condition.save()
    first.benefit.save()
    second = ConditionalOffer.objects.create(
        name="Potongan anyaman",
        offer_type="Voucher",
        max_basket_applications=1,
        condition=get_model("offer", "Condition").objects.create(range=ranges[1], type="Count", value=1),
        benefit=get_model("offer", "Benefit").objects.create(range=ranges[1], type="Percentage", value=20),
    )
    voucher.offers.add(second)
    basket = basket_of(cloth, basketry)
    basket.vouchers.add(voucher)
    attempt = started(fresh(basket))
    assert Decimal(attempt.snapshot["totals"]["discount"]) == Decimal(75_000)
    sandbox.pay(attempt.gateway_reference)
    order = services.finalize(attempt.pk).order
    assert sorted(discount.amount for discount in order.discounts.all()) == [Decimal(25_000), Decimal(50_000)]
    voucher.refresh_from_db()
    assert voucher.applications.count() == 1
    assert (voucher.num_orders, voucher.total_discount) == (1, Decimal(75_000))
    assert PaymentAttempt.objects.get().vouchers.get() == voucher
