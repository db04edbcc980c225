"""Sixteen buyers of one last piece, all the way: basket, reservation, payment at the gateway, order."""

import pytest
from django.db import connection

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import services
from shop.payment.errors import NotAvailable
from shop.payment.models import PaymentAttempt, Refund
from shop.payment.tests.factories import (
    PRICE,
    address,
    basket_of,
    chosen,
    courier,
    figures,
    fresh,
    record_of,
    reserve,
    sandbox,
)
from shop.stock.audit import differences
from shop.stock.queries import balances

from .threads import errors, run_together
from .unguarded import take_out_guard_and_constraints

__all__ = ["sandbox"]
pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 16
ROUNDS = 5


@pytest.fixture(autouse=True)
def on_postgresql():
    assert connection.vendor == "postgresql", "A race on another database proves nothing about this one"


def buyers_of_last_piece(sandbox):
    """Each buyer has the one piece in a basket and a courier chosen, and presses 'order' at the same moment.

    The product, the baskets and what each buyer got come back: the order's number, or the refusal.
    """
    courier()
    product = ProductFactory(stock=1, price=PRICE)
    to = address()
    baskets = [basket_of(product) for _ in range(BUYERS)]
    parcels = [chosen(basket, to) for basket in baskets]

    def buy(number):
        who = {"email": f"tamu{number}@demo.test"}
        attempt = reserve(baskets[number], shipping_address=address(), parcels=parcels[number], **who)
        services.start(attempt)
        sandbox.pay(PaymentAttempt.objects.get(pk=attempt.pk).gateway_reference)
        return services.finalize(attempt.pk).order.number

    return product, baskets, run_together(BUYERS, buy)


def test_sixteen_buyers_of_one_last_piece_make_one_order_in_each_of_five_rounds(sandbox):
    numbers, refusals = [], 0
    for _round in range(ROUNDS):
        product, baskets, results = buyers_of_last_piece(sandbox)
        refused = errors(results, NotAvailable)
        refusals += len(refused)
        numbers += [result for result in results if isinstance(result, str)]
        assert {error.title for error in refused} == {product.title}
        for basket, result in zip(baskets, results, strict=True):
            expected = "Open" if isinstance(result, NotAvailable) else "Submitted"
            assert fresh(basket).status == expected
        assert figures(product) == (1, 1)
        assert balances(record_of(product).pk) == {"outside": -1, "shelf": 0, "held": 0, "ordered": 1}
    assert (len(numbers), refusals) == (5, 75)
    assert Order.objects.count() == 5
    assert set(Order.objects.values_list("number", flat=True)) == set(numbers)
    assert [attempt.status for attempt in PaymentAttempt.objects.all()] == ["ordered"] * 5
    assert not Refund.objects.exists()
    assert list(differences(connection)) == []


def test_control_without_guard_and_constraints_the_same_buyers_make_sixteen_orders(sandbox, monkeypatch):
    """Sees the race: with the guard and both CHECKs taken out, one piece is sold to everybody."""
    take_out_guard_and_constraints(monkeypatch, BUYERS)
    product, _baskets, results = buyers_of_last_piece(sandbox)
    assert errors(results, NotAvailable) == []
    assert Order.objects.count() == 16
    assert figures(product) == (1, 16)
    assert balances(record_of(product).pk) == {"outside": -1, "shelf": -15, "held": 0, "ordered": 16}
