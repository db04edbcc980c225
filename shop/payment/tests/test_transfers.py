from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import services
from shop.payment.errors import AttemptNotOpen, GatewayUnavailable, WrongTransferAmount
from shop.payment.models import PaymentAttempt, TransferReceipt
from shop.payment.queries import refunds_due, transfers_waiting
from shop.stock import services as stock

from .factories import TOTAL, basket_of, figures, overdue, record_of, staff, started

pytestmark = pytest.mark.django_db


def transfer(product=None, **who):
    return started(basket_of(product or ProductFactory(stock=1)), gateway="bank_transfer", **who)


def confirm(attempt, amount=None, actor=None):
    return services.confirm_transfer(
        attempt, actor=actor or staff(), received_amount=amount or attempt.payable, reference="BNI 0091"
    )


def test_transfer_of_a_guest_asks_for_an_amount_of_its_own_and_holds_for_six_hours(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        attempt = transfer()
    assert attempt.status == "awaiting_payment"
    assert 1 <= attempt.transfer_code <= 999
    assert (attempt.amount, attempt.payable) == (TOTAL, TOTAL + attempt.transfer_code)
    left = attempt.expires_at - timezone.now()
    assert timedelta(hours=5, minutes=59) < left <= timedelta(hours=6)
    assert list(transfers_waiting()) == [attempt]
    [message] = mail.outbox
    assert f"270.{attempt.transfer_code:03}" in message.body
    assert "000-111-2222" in message.body


def test_amounts_of_open_transfers_never_repeat(monkeypatch):
    monkeypatch.setattr("shop.payment.gateways.bank_transfer.CODES", range(1, 4))
    product = ProductFactory(stock=4)
    guests = [f"tamu{number}@demo.test" for number in range(4)]
    assert sorted(transfer(product, email=guest).transfer_code for guest in guests[:3]) == [1, 2, 3]
    with pytest.raises(GatewayUnavailable):
        transfer(product, email=guests[3])


def test_amount_of_an_expired_transfer_rests_before_it_is_used_again(monkeypatch):
    monkeypatch.setattr("shop.payment.gateways.bank_transfer.CODES", range(1, 3))
    product = ProductFactory(stock=2)
    first = transfer(product)
    services.expire(overdue(first).pk)
    assert transfer(product).transfer_code != first.transfer_code


def test_database_refuses_the_same_amount_for_two_open_transfers():
    first, second = transfer(), transfer()
    with pytest.raises(IntegrityError, match="payment_transfer_amount_once"), transaction.atomic():
        PaymentAttempt.objects.filter(pk=second.pk).update(transfer_code=first.transfer_code, payable=first.payable)


def test_confirmed_transfer_is_ordered_for_the_amount_shown():
    product = ProductFactory(stock=1)
    attempt = transfer(product)
    actor = staff()
    order = confirm(attempt, actor=actor).order
    assert order.total_incl_tax == TOTAL
    assert figures(product) == (1, 1)
    receipt = TransferReceipt.objects.get()
    assert (receipt.amount, receipt.reference, receipt.actor) == (attempt.payable, "BNI 0091", actor)


def test_wrong_amount_is_refused_with_both_figures():
    attempt = transfer()
    with pytest.raises(WrongTransferAmount) as refused:
        confirm(attempt, TOTAL)
    assert "Rp270.000" in str(refused.value)
    assert f"Rp270.{attempt.transfer_code:03}" in str(refused.value)
    assert not TransferReceipt.objects.exists()
    assert not Order.objects.exists()
    assert PaymentAttempt.objects.get().status == "awaiting_payment"


def test_confirming_twice_orders_once():
    attempt, actor = transfer(), staff()
    assert confirm(attempt, actor=actor).order == confirm(attempt, actor=actor).order
    assert Order.objects.count() == 1


def test_card_payment_is_not_confirmed_by_hand(sandbox):
    with pytest.raises(AttemptNotOpen):
        confirm(started())


def test_transfer_not_seen_by_its_deadline_frees_the_piece():
    product = ProductFactory(stock=1)
    attempt = overdue(transfer(product))
    assert services.expire(attempt.pk).status == "expired"
    assert figures(product) == (1, 0)


def test_transfer_confirmed_is_not_expired():
    attempt = transfer()
    TransferReceipt.objects.create(attempt=attempt, amount=attempt.payable, actor=staff())
    assert services.expire(overdue(attempt).pk).status == "ordered"


def test_late_transfer_is_ordered_while_the_piece_is_there():
    product = ProductFactory(stock=1)
    attempt = overdue(transfer(product))
    services.expire(attempt.pk)
    assert confirm(attempt).status == "ordered"
    assert figures(product) == (1, 1)


def test_late_transfer_for_a_piece_that_is_gone_waits_for_staff_to_send_it_back(django_capture_on_commit_callbacks):
    product = ProductFactory(stock=1)
    attempt = overdue(transfer(product))
    services.expire(attempt.pk)
    stock.hold([(record_of(product), 1)], reference="somebody else", expires_at=timezone.now() + timedelta(hours=1))
    actor = staff()
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(attempt, actor=actor).status == "refund_due"
    [due] = refunds_due()
    assert (due.amount, due.status) == (attempt.payable, "due")
    assert services.retry_refunds() == 0
    with django_capture_on_commit_callbacks(execute=True):
        settled = services.confirm_refund(due, actor=actor, reference="BNI 0099")
    assert (settled.status, settled.gateway_reference, settled.actor) == ("succeeded", "BNI 0099", actor)
    assert PaymentAttempt.objects.get().status == "refunded"
    assert len(mail.outbox) == 2
    assert not Order.objects.exists()


def test_refund_of_a_transfer_is_of_the_amount_that_came():
    attempt = confirm(transfer())
    made = services.refund(attempt, reason="Cacat", actor=None)
    assert (made.amount, made.status) == (attempt.payable, "due")
    assert Decimal(270_001) <= made.amount <= Decimal(270_999)
