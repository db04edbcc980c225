"""Attempts that end without money, and money that comes when they have ended."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import services
from shop.payment.errors import AttemptNotOpen, GatewayRefused, GatewayUnavailable
from shop.payment.gateways.stripe import StripeGateway
from shop.payment.late import PAID_TWICE, TOO_LATE
from shop.payment.models import PaymentAttempt, Refund
from shop.stock import services as stock

from .factories import TOTAL, Basket, basket_of, figures, fresh, overdue, record_of, reserve, started, user

pytestmark = pytest.mark.django_db


def again(attempt):
    return PaymentAttempt.objects.get(pk=attempt.pk)


def test_expired_attempt_frees_the_piece_only_after_the_session_is_closed(sandbox):
    product = ProductFactory(stock=1)
    basket = basket_of(product)
    attempt = overdue(started(basket))
    with (
        patch.object(StripeGateway, "close", side_effect=GatewayUnavailable("down")),
        pytest.raises(GatewayUnavailable),
    ):
        services.expire(attempt.pk)
    assert figures(product) == (1, 1)
    assert services.expire(attempt.pk).status == "expired"
    assert sandbox.client().v1.checkout.sessions.retrieve(attempt.gateway_reference).status == "expired"
    assert figures(product) == (1, 0)
    assert Basket.objects.get(pk=basket.pk).status == "Open"
    assert [line.product for line in basket.lines.all()] == [product]


def test_attempt_is_not_expired_before_its_time(sandbox):
    attempt = started()
    assert services.expire(attempt.pk).status == "awaiting_payment"


def test_paid_in_the_last_moment_is_ordered_by_expire(sandbox):
    attempt = overdue(started())
    sandbox.pay(attempt.gateway_reference)
    assert services.expire(attempt.pk).status == "ordered"


def test_attempt_whose_creation_was_refused_can_be_called_off_at_once(sandbox):
    product = ProductFactory(stock=1)
    attempt = reserve(basket_of(product))
    PaymentAttempt.objects.update(email="not an address")
    with pytest.raises(GatewayRefused) as refused:
        services.start(again(attempt))
    assert "email" in refused.value.detail
    assert services.cancel(again(attempt)).status == "expired"
    assert figures(product) == (1, 0)


def test_attempt_whose_creation_is_under_way_is_not_let_go(sandbox):
    product = ProductFactory(stock=1)
    attempt = reserve(basket_of(product))
    PaymentAttempt.objects.update(gateway_called_at=timezone.now())
    assert services.cancel(again(attempt)).status == "reserved"
    assert figures(product) == (1, 1)
    PaymentAttempt.objects.update(gateway_called_at=timezone.now() - timedelta(minutes=3))
    assert services.cancel(again(attempt)).status == "expired"
    assert figures(product) == (1, 0)


def test_payment_made_while_the_attempt_ended_is_closed_at_the_gateway(sandbox):
    attempt = reserve()
    create = StripeGateway.create

    def slow_create(gateway, made):
        payment = create(gateway, made)
        PaymentAttempt.objects.update(gateway_called_at=timezone.now() - timedelta(minutes=3))
        with patch.object(StripeGateway, "find", return_value=None):
            assert services.cancel(again(attempt)).status == "expired"
        return payment

    with patch.object(StripeGateway, "create", slow_create), pytest.raises(AttemptNotOpen):
        services.start(attempt)
    [session] = sandbox.client().v1.checkout.sessions.list().data
    assert session.status == "expired"


def paid_after_expiry(sandbox, basket):
    """Expired in our books while the money was already taken: the session was not closed by us."""
    attempt = overdue(started(basket))
    with patch.object(StripeGateway, "close", return_value=type("S", (), {"state": "closed"})()):
        assert services.expire(attempt.pk).status == "expired"
    sandbox.pay(attempt.gateway_reference)
    return attempt


def test_paid_after_expiry_with_stock_is_ordered(sandbox):
    product = ProductFactory(stock=1)
    basket = basket_of(product)
    attempt = paid_after_expiry(sandbox, basket)
    assert services.finalize(attempt.pk).status == "ordered"
    assert figures(product) == (1, 1)
    assert Basket.objects.get(pk=basket.pk).status == "Submitted"


def test_paid_after_expiry_without_stock_is_refunded_once(sandbox, django_capture_on_commit_callbacks):
    product = ProductFactory(stock=1)
    attempt = paid_after_expiry(sandbox, basket_of(product))
    stock.hold([(record_of(product), 1)], reference="somebody else", expires_at=timezone.now() + timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(3):
            finalized = services.finalize(attempt.pk)
    assert finalized.status == "refunded"
    assert not Order.objects.exists()
    [refund] = Refund.objects.all()
    assert (refund.amount, refund.status, refund.reason) == (TOTAL, "succeeded", TOO_LATE)
    [given] = sandbox.client().v1.refunds.list().data
    assert (given.amount, given.metadata["refund"]) == (27_000_000, refund.idempotency_key)
    assert figures(product) == (1, 1)
    assert [message.to for message in mail.outbox] == [["rahma@demo.test"]]


def test_late_money_for_a_basket_that_is_being_paid_again_goes_back(sandbox):
    product = ProductFactory(stock=5)
    basket = basket_of(product)
    first = paid_after_expiry(sandbox, basket)
    second = started(fresh(basket))
    assert services.finalize(first.pk).status == "refunded"
    assert Refund.objects.get().reason == PAID_TWICE
    sandbox.pay(second.gateway_reference)
    assert services.finalize(second.pk).status == "ordered"
    assert Order.objects.count() == 1
    assert figures(product) == (5, 1)


def test_paid_but_hold_lost_is_held_again_and_ordered(sandbox):
    product = ProductFactory(stock=1)
    attempt = started(basket_of(product))
    stock.release_hold(attempt.order_number, reason="by mistake")
    sandbox.pay(attempt.gateway_reference)
    assert services.finalize(attempt.pk).status == "ordered"
    assert figures(product) == (1, 1)


def test_paid_but_hold_lost_to_another_is_refunded(sandbox):
    product = ProductFactory(stock=1)
    attempt = started(basket_of(product))
    stock.release_hold(attempt.order_number, reason="by mistake")
    stock.hold([(record_of(product), 1)], reference="somebody else", expires_at=timezone.now() + timedelta(hours=1))
    sandbox.pay(attempt.gateway_reference)
    assert services.finalize(attempt.pk).status == "refunded"
    assert not Order.objects.exists()


def test_signed_in_shopper_finds_frozen_and_new_pieces_in_one_basket_after_expiry(sandbox):
    rahma = user("rahma@demo.test")
    kept, added = ProductFactory(stock=1), ProductFactory(stock=1)
    basket = basket_of(kept, owner=rahma)
    attempt = overdue(started(basket, user=rahma))
    basket_of(added, owner=rahma)
    services.expire(attempt.pk)
    [now_open] = Basket.open.filter(owner=rahma)
    assert now_open == basket
    assert {line.product for line in now_open.lines.all()} == {kept, added}


def test_the_shopper_s_other_baskets_are_locked_before_the_stock(sandbox):
    """Whoever reserves one of them holds its lock and waits for the stock; the other way about both would wait."""
    rahma = user()
    attempt = overdue(started(basket_of(ProductFactory(stock=1), owner=rahma), user=rahma))
    basket_of(ProductFactory(stock=1), owner=rahma)
    with CaptureQueriesContext(connection) as asked:
        services.expire(attempt.pk)
    said = [query["sql"] for query in asked]
    baskets = next(n for n, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql and '"owner_id" = ' in sql)
    held = next(n for n, sql in enumerate(said) if sql.startswith('UPDATE "stock_hold"'))
    assert baskets < held
