"""Ten callers finalize one paid attempt at the same moment, with two expiries between them."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import finalizing, services
from shop.payment.errors import GatewayError
from shop.payment.locks import lock_attempt
from shop.payment.models import PaymentAttempt, Refund
from shop.payment.reservation import let_go
from shop.payment.sandbox.resources.payments import CannotPay
from shop.payment.tasks import follow_notice
from shop.payment.tests.factories import (
    TOTAL,
    address,
    basket_of,
    chosen,
    courier,
    figures,
    fresh,
    overdue,
    record_of,
    reserve,
    sandbox,
    staff,
    started,
)
from shop.stock import services as stock
from shop.stock.audit import differences
from shop.stock.queries import balances

from .threads import PATIENCE, errors, run_together

__all__ = ["sandbox"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def on_postgresql():
    assert connection.vendor == "postgresql", "A race on another database proves nothing about this one"


def notices(attempt):
    """Webhooks, doubled and out of order, as the background worker takes them."""
    now = timezone.now().isoformat()
    events = [
        {"id": f"evt_{attempt.pk}_{number}", "kind": kind, "at": now, "attempt_key": attempt.key}
        for number, kind in [
            (3, "checkout.session.completed"),
            (3, "checkout.session.completed"),
            (1, "payment_intent.payment_failed"),
            (2, "checkout.session.async_payment_succeeded"),
            (2, "checkout.session.async_payment_succeeded"),
        ]
    ]
    return [lambda event=event: follow_notice.call("stripe", event, "") for event in events]


def everybody(attempt):
    """Five webhooks, three browsers coming back, reconcile twice, and expire twice."""
    browser = [lambda: services.finalize(attempt.pk)] * 3
    return [
        *notices(attempt),
        *browser,
        lambda: services.reconcile(now_too=True),
        lambda: services.reconcile(now_too=True),
        lambda: services.expire(attempt.pk),
        lambda: services.expire(attempt.pk),
    ]


def test_ten_finalizers_and_two_expiries_make_exactly_one_order(sandbox):
    for _round in range(3):
        product = ProductFactory(stock=1)
        attempt = overdue(started(basket_of(product)))
        sandbox.pay(attempt.gateway_reference)
        assert errors(run_together(everybody(attempt))) == []
        attempt.refresh_from_db()
        assert attempt.status == "ordered"
        assert Order.objects.filter(number=attempt.order_number).count() == 1
        assert attempt.order.lines.get().num_allocated == 1
        assert figures(product) == (1, 1)
        assert balances(record_of(product).pk) == {"outside": -1, "shelf": 0, "held": 0, "ordered": 1}
    assert Order.objects.count() == 3
    assert not Refund.objects.exists()
    assert list(differences(connection)) == []


def test_paying_while_it_expires_ends_ordered_or_expired_and_never_both(sandbox):
    """The shopper presses pay at the very moment the attempt ends: whichever the gateway took first holds."""
    for _round in range(5):
        product = ProductFactory(stock=1)
        attempt = overdue(started(basket_of(product)))
        results = run_together(
            [
                lambda attempt=attempt: sandbox.pay(attempt.gateway_reference),
                lambda attempt=attempt: services.expire(attempt.pk),
                lambda attempt=attempt: services.expire(attempt.pk),
                lambda attempt=attempt: services.finalize(attempt.pk),
            ]
        )
        errors(results, CannotPay)
        services.finalize(attempt.pk)
        attempt.refresh_from_db()
        session = sandbox.client().v1.checkout.sessions.retrieve(attempt.gateway_reference)
        expected = {"paid": ("ordered", (1, 1)), "unpaid": ("expired", (1, 0))}[session.payment_status]
        assert (attempt.status, figures(product)) == expected


def test_every_paid_attempt_for_one_last_piece_is_ordered_or_refunded(sandbox):
    """Four attempts that had expired in our books are all paid late; one piece is left."""
    product = ProductFactory(stock=4)
    attempts = [overdue(started(basket_of(product), email=f"tamu{number}@demo.test")) for number in range(4)]
    for attempt in attempts:
        with_closed_books(attempt)
        sandbox.pay(attempt.gateway_reference)
    stock.adjust(record_of(product), counted=1, reason="counted", actor=None, key="three were lost")
    jobs = [job for attempt in attempts for job in [lambda attempt=attempt: services.finalize(attempt.pk)] * 3]
    # A gateway may say that the same refund is being made at this moment; it stays due then.
    errors(run_together(jobs), GatewayError)
    services.retry_refunds()
    statuses = sorted(PaymentAttempt.objects.values_list("status", flat=True))
    assert statuses == ["ordered", "refunded", "refunded", "refunded"]
    assert Order.objects.count() == 1
    assert [refund.amount for refund in sandbox.client().v1.refunds.list().data] == [27_000_000] * 3
    assert figures(product) == (1, 1)
    assert list(differences(connection)) == []


def with_closed_books(attempt):
    """As after an expiry whose answer from the gateway was wrong: freed here, still payable there."""
    with transaction.atomic():
        let_go(lock_attempt(attempt.pk), "expired", "test")


def test_eight_presses_of_the_order_button_make_one_attempt_and_one_payment(sandbox):
    product = ProductFactory(stock=5)
    basket = basket_of(product)
    courier()
    to = address()
    parcels = chosen(basket, to)
    seen = [fresh(basket) for _ in range(8)]
    results = run_together(
        8, lambda number: services.start(reserve(seen[number], shipping_address=to, parcels=parcels))
    )
    assert errors(results) == []
    assert len(set(results)) == 1
    assert PaymentAttempt.objects.count() == 1
    assert len(sandbox.client().v1.checkout.sessions.list().data) == 1
    assert figures(product) == (5, 1)


def test_eight_refunds_of_one_order_give_the_money_back_once(sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    ordered = services.finalize(attempt.pk)
    # The same refund in two calls at once is answered with 'in progress': nothing is lost, the next try settles it.
    errors(run_together(8, lambda number: services.refund(ordered, reason="Cacat", actor=None)), GatewayError)
    services.retry_refunds()
    assert [refund.amount for refund in sandbox.client().v1.refunds.list().data] == [27_000_000]
    [refund] = Refund.objects.all()
    assert (refund.amount, refund.status) == (TOTAL, "succeeded")


def test_transfers_of_one_price_reserved_at_once_get_amounts_of_their_own(monkeypatch):
    monkeypatch.setattr("shop.payment.gateways.bank_transfer.CODES", range(1, 9))
    product = ProductFactory(stock=8)
    guests = [f"tamu{number}@demo.test" for number in range(8)]
    attempts = [reserve(basket_of(product), gateway="bank_transfer", email=guest) for guest in guests]
    assert errors(run_together(8, lambda number: services.start(attempts[number]))) == []
    codes = PaymentAttempt.objects.values_list("transfer_code", flat=True)
    assert sorted(codes) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_transfer_confirmed_while_it_expires_is_never_lost():
    for number in range(5):
        product = ProductFactory(stock=1)
        attempt = overdue(started(basket_of(product), gateway="bank_transfer"))
        actor = staff(f"kurator{number}@demo.test")
        arguments = {"actor": actor, "received_amount": attempt.payable, "reference": "BNI"}
        results = run_together(
            [
                lambda attempt=attempt, arguments=arguments: services.confirm_transfer(attempt, **arguments),
                lambda attempt=attempt: services.expire(attempt.pk),
            ]
        )
        assert errors(results) == []
        attempt.refresh_from_db()
        assert (attempt.status, figures(product)) == ("ordered", (1, 1))


def test_control_without_lock_and_constraints_the_same_callers_order_several_times(sandbox, monkeypatch):
    """Sees the race: without the attempt's lock, and what stands behind it, one payment makes ten orders."""
    product = ProductFactory(stock=20)
    attempt = started(basket_of(product))
    sandbox.pay(attempt.gateway_reference)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(status="paid", paid_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE order_order DROP CONSTRAINT order_order_number_key")
        cursor.execute("ALTER TABLE payment_paymentattempt DROP CONSTRAINT payment_paymentattempt_order_id_key")
    all_have_read = Barrier(10)

    def look_without_locking(attempt_id):
        read = PaymentAttempt.objects.get(pk=attempt_id)
        all_have_read.wait(PATIENCE)
        return read

    monkeypatch.setattr(finalizing, "lock_attempt", look_without_locking)
    assert errors(run_together(10, lambda number: finalizing._order(attempt.pk))) == []
    assert Order.objects.filter(number=attempt.order_number).count() == 10


def test_control_with_the_constraint_alone_one_order_is_made(sandbox, monkeypatch):
    product = ProductFactory(stock=20)
    attempt = started(basket_of(product))
    sandbox.pay(attempt.gateway_reference)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(status="paid", paid_at=timezone.now() - timedelta(seconds=1))
    all_have_read = Barrier(10)

    def look_without_locking(attempt_id):
        read = PaymentAttempt.objects.get(pk=attempt_id)
        all_have_read.wait(PATIENCE)
        return read

    monkeypatch.setattr(finalizing, "lock_attempt", look_without_locking)
    results = run_together(10, lambda number: finalizing._order(attempt.pk))
    assert len(errors(results, IntegrityError)) == 9
    assert results.count(None) == 1
    assert Order.objects.filter(number=attempt.order_number).count() == 1
