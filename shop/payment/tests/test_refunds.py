from decimal import Decimal
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import services
from shop.payment.errors import GatewayUnavailable, NotRefundable, OrderNotPlaced
from shop.payment.gateways.stripe import StripeGateway
from shop.payment.models import PaymentAttempt, Refund
from shop.payment.queries import refunds_due, stuck
from shop.payment.reconcile import follow_event
from shop.stock import services as stock

from .factories import TOTAL, basket_of, figures, staff, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def ordered(sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    return services.finalize(attempt.pk)


def again(attempt):
    return PaymentAttempt.objects.get(pk=attempt.pk)


def given_back(sandbox):
    return [refund.amount for refund in sandbox.client().v1.refunds.list().data]


def test_order_refunded_twice_is_refunded_once(sandbox, ordered, django_capture_on_commit_callbacks):
    actor = staff()
    with django_capture_on_commit_callbacks(execute=True):
        first = services.refund(ordered.order, reason="Cacat", actor=actor)
        second = services.refund(ordered.order, reason="Cacat", actor=actor)
    assert first == second
    assert (first.status, first.amount, first.actor) == ("succeeded", TOTAL, actor)
    assert given_back(sandbox) == [27_000_000]
    attempt = again(ordered)
    assert (attempt.status, attempt.refund_total, attempt.refundable) == ("ordered", TOTAL, 0)
    assert attempt.order.sources.get().amount_refunded == TOTAL
    assert len(mail.outbox) == 1


def test_parts_are_refunded_up_to_what_was_paid(sandbox, ordered):
    services.refund(ordered, amount=Decimal(100_000), reason="Sebagian", actor=None)
    services.refund(ordered, amount=Decimal(100_000), reason="Sebagian lagi", actor=None)
    with pytest.raises(NotRefundable) as refused:
        services.refund(ordered, amount=Decimal(100_000), reason="Kelebihan", actor=None)
    assert refused.value.left == Decimal(70_000)
    assert given_back(sandbox) == [10_000_000, 10_000_000]
    services.refund(ordered, reason="Sisanya", actor=None)
    assert sorted(given_back(sandbox)) == [7_000_000, 10_000_000, 10_000_000]


def test_a_part_with_the_same_key_is_refunded_once(sandbox, ordered):
    for _time in range(2):
        services.refund(ordered, amount=Decimal(50_000), reason="Paket", actor=None, key="cancel-parcel-7")
    assert given_back(sandbox) == [5_000_000]


def test_database_refuses_to_give_back_more_than_was_paid(ordered):
    with pytest.raises(IntegrityError, match="payment_refund_within_payable"), transaction.atomic():
        PaymentAttempt.objects.filter(pk=ordered.pk).update(refund_total=TOTAL + 1)


def test_unpaid_attempt_is_not_refunded(sandbox):
    attempt = started()
    with pytest.raises(NotRefundable):
        services.refund(attempt, reason="Salah", actor=None)
    assert not Refund.objects.exists()


def test_refund_without_an_answer_stays_due_and_is_carried_out_once(sandbox, ordered):
    with (
        patch.object(StripeGateway, "refund", side_effect=GatewayUnavailable("down")),
        pytest.raises(GatewayUnavailable),
    ):
        services.refund(ordered, reason="Cacat", actor=None)
    [due] = refunds_due()
    assert (due.status, due.last_error) == ("due", "down")
    assert given_back(sandbox) == []
    assert services.retry_refunds() == 1
    assert services.retry_refunds() == 0
    assert given_back(sandbox) == [27_000_000]
    assert not refunds_due().exists()


def test_one_refund_that_breaks_does_not_keep_the_others_waiting(sandbox, ordered):
    other = started()
    sandbox.pay(other.gateway_reference)
    other = services.finalize(other.pk)
    with patch.object(StripeGateway, "refund", side_effect=GatewayUnavailable("down")):
        for attempt in (ordered, other):
            with pytest.raises(GatewayUnavailable):
                services.refund(attempt, reason="Cacat", actor=None)
    give = StripeGateway.refund

    def first_breaks(gateway, due):
        if due.attempt_id == ordered.pk:
            raise RuntimeError("broken")
        return give(gateway, due)

    with patch.object(StripeGateway, "refund", first_breaks):
        assert services.retry_refunds() == 1
    assert list(Refund.objects.order_by("pk").values_list("status", flat=True)) == ["due", "succeeded"]


def test_lost_answer_to_a_refund_is_looked_up_when_the_key_is_forgotten(sandbox, ordered, monkeypatch):
    monkeypatch.setattr("shop.payment.gateways.stripe.NETWORK_RETRIES", 0)
    from shop.payment.gateways.stripe import make_client

    make_client.cache_clear()
    sandbox.sandbox.gate.lose_answers = 1
    with pytest.raises(GatewayUnavailable):
        services.refund(ordered, reason="Cacat", actor=None)
    sandbox.sandbox.store.execute("DELETE FROM keys")
    services.retry_refunds()
    assert Refund.objects.get().status == "succeeded"
    assert given_back(sandbox) == [27_000_000]


def test_pending_refund_is_followed_until_it_succeeds(sandbox, ordered):
    sandbox.refunds("pending")
    made = services.refund(ordered, reason="Cacat", actor=None)
    assert made.status == "pending"
    sandbox.settle_refund(made.gateway_reference)
    assert services.retry_refunds() == 1
    assert Refund.objects.get().status == "succeeded"
    assert given_back(sandbox) == [27_000_000]


def test_refused_refund_frees_its_amount_and_asks_for_a_person(sandbox, ordered):
    sandbox.refunds("failed")
    made = services.refund(ordered, reason="Cacat", actor=None)
    assert made.status == "failed"
    attempt = again(ordered)
    assert (attempt.refund_total, attempt.needs_attention) == (0, True)
    assert list(stuck()) == [attempt]
    sandbox.refunds("succeeded")
    assert services.refund(attempt, reason="Cacat", actor=None).status == "succeeded"
    assert (again(attempt).needs_attention, again(attempt).last_error) == (False, "")
    assert not stuck().exists()


def test_refund_sent_back_by_the_bank_weeks_later_is_noticed(sandbox, ordered):
    sandbox.refunds("pending")
    made = services.refund(ordered, reason="Cacat", actor=None)
    Refund.objects.update(status="succeeded")
    sandbox.settle_refund(made.gateway_reference, "failed")
    failed = next(e for e in StripeGateway().events_since(ordered.created_at) if e.kind == "refund.failed")
    follow_event("stripe", failed)
    assert Refund.objects.get().status == "failed"
    assert again(ordered).needs_attention


def test_reason_and_actor_are_kept_as_events(ordered):
    services.refund(ordered, reason="Cacat tenun", actor=staff())
    details = [(event.kind, event.detail) for event in ordered.events.filter(kind__startswith="refund")]
    assert details == [("refund_due", "270000.00: Cacat tenun"), ("refund_succeeded", "270000.00")]


def paid_without_order(sandbox, product):
    attempt = started(basket_of(product))
    sandbox.pay(attempt.gateway_reference)
    with (
        patch("shop.payment.finalizing.place_order", side_effect=RuntimeError("broken")),
        pytest.raises(OrderNotPlaced),
    ):
        services.finalize(attempt.pk)
    return again(attempt)


def test_paid_attempt_that_was_given_back_is_never_ordered(sandbox):
    product = ProductFactory(stock=1)
    attempt = paid_without_order(sandbox, product)
    assert (attempt.status, figures(product)) == ("paid", (1, 1))
    services.refund(attempt, reason="Tidak dapat dipesan", actor=staff())
    services.finalize(attempt.pk)
    services.reconcile(now_too=True)
    assert not Order.objects.exists()
    attempt = again(attempt)
    assert (attempt.status, attempt.needs_attention) == ("refunded", False)
    assert figures(product) == (1, 0)
    assert attempt.basket.status == "Open"
    assert given_back(sandbox) == [27_000_000]


def test_a_part_of_a_payment_without_order_is_not_given_back(sandbox):
    attempt = paid_without_order(sandbox, ProductFactory(stock=1))
    with pytest.raises(NotRefundable):
        services.refund(attempt, amount=Decimal(100_000), reason="Sebagian", actor=None)
    assert (again(attempt).status, given_back(sandbox)) == ("paid", [])


def test_paid_attempt_is_given_back_also_when_its_hold_is_gone(sandbox):
    product = ProductFactory(stock=1)
    attempt = paid_without_order(sandbox, product)
    stock.release_hold(attempt.order_number)
    services.refund(attempt, reason="Tidak dapat dipesan", actor=None)
    assert (again(attempt).status, figures(product)) == ("refunded", (1, 0))


def some(attempt, amount):
    return services.refund(attempt, amount=Decimal(amount), reason="Cacat sebagian", actor=None)


def test_failed_part_that_is_given_back_in_parts_asks_for_a_person_until_all_of_it_is(sandbox, ordered):
    sandbox.refunds("failed")
    some(ordered, 100_000)
    sandbox.refunds("succeeded")
    some(ordered, 60_000)
    attempt = again(ordered)
    assert (attempt.refund_total, attempt.needs_attention) == (60_000, True)
    some(ordered, 40_000)
    attempt = again(ordered)
    assert (attempt.refund_total, attempt.needs_attention, attempt.last_error) == (100_000, False, "")
    assert not stuck().exists()


def test_part_given_back_before_another_failed_does_not_make_up_for_it(sandbox, ordered):
    some(ordered, 100_000)
    sandbox.refunds("failed")
    some(ordered, 50_000)
    sandbox.refunds("succeeded")
    some(ordered, 20_000)
    assert again(ordered).needs_attention
    some(ordered, 30_000)
    assert not again(ordered).needs_attention


def test_two_failed_parts_need_both_to_be_given_back(sandbox, ordered):
    sandbox.refunds("failed")
    some(ordered, 30_000)
    some(ordered, 20_000)
    sandbox.refunds("succeeded")
    some(ordered, 30_000)
    assert again(ordered).needs_attention
    some(ordered, 20_000)
    assert not again(ordered).needs_attention
