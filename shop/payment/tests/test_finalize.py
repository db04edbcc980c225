from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from oscar.core.loading import get_model

from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.order.models import Order, Parcel
from shop.payment import services
from shop.payment.errors import AttemptNotOpen, GatewayUnavailable, OrderNotPlaced
from shop.payment.gateways.stripe import make_client
from shop.payment.models import PaymentAttempt
from shop.payment.queries import stuck
from shop.shipping.models import Rate
from shop.stock.queries import balances

from .factories import (
    CHARGE,
    PRICE,
    TOTAL,
    Basket,
    a_voucher,
    basket_of,
    figures,
    fresh,
    overdue,
    record_of,
    reserve,
    started,
    voucher_basket,
)

pytestmark = pytest.mark.django_db


def again(attempt):
    return PaymentAttempt.objects.get(pk=attempt.pk)


def test_rupiah_are_hundredfold_at_stripe_and_whole_in_the_order(sandbox):
    attempt = started()
    session = sandbox.client().v1.checkout.sessions.retrieve(attempt.gateway_reference, {"expand": ["line_items"]})
    assert (session.amount_total, session.currency) == (27_000_000, "idr")
    assert [line.amount_total for line in session.line_items.data] == [25_000_000, 2_000_000]
    sandbox.pay(session.id)
    order = services.finalize(attempt.pk).order
    assert (order.total_incl_tax, order.shipping_incl_tax, order.currency) == (TOTAL, CHARGE, "IDR")


def test_paid_attempt_becomes_one_order_and_its_hold_the_allocation(sandbox, django_capture_on_commit_callbacks):
    product = ProductFactory(stock=3)
    basket = basket_of(product, source="pameran-12")
    attempt = started(basket)
    assert attempt.status == "awaiting_payment"
    sandbox.pay(attempt.gateway_reference)
    with django_capture_on_commit_callbacks(execute=True):
        finalized = services.finalize(attempt.pk)
    order = finalized.order
    assert finalized.status == "ordered"
    assert finalized.paid_at is not None
    assert (order.number, order.guest_email, order.language) == (attempt.order_number, "rahma@demo.test", "id")
    assert order.status == "Paid"
    [line] = order.lines.all()
    assert (line.quantity, line.num_allocated, line.source) == (1, 1, "pameran-12")
    assert figures(product) == (3, 1)
    assert balances(record_of(product).pk) == {"outside": -3, "shelf": 2, "held": 0, "ordered": 1}
    assert Basket.objects.get(pk=basket.pk).status == "Submitted"
    assert [message.to for message in mail.outbox] == [["rahma@demo.test"]]
    [source] = order.sources.all()
    assert (source.amount_debited, source.reference) == (TOTAL, attempt.gateway_reference)


def test_finalizing_again_changes_nothing(sandbox, django_capture_on_commit_callbacks):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(3):
            services.finalize(attempt.pk)
    assert Order.objects.count() == 1
    assert len(mail.outbox) == 1


def test_unpaid_attempt_stays_open(sandbox):
    attempt = started()
    assert services.finalize(attempt.pk).status == "awaiting_payment"
    assert not Order.objects.exists()


def test_declined_then_paid_is_ordered(sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference, "declined")
    declined = services.finalize(attempt.pk)
    assert (declined.status, declined.progress) == ("awaiting_payment", "declined")
    sandbox.pay(attempt.gateway_reference)
    assert services.finalize(attempt.pk).status == "ordered"


def test_completed_but_unpaid_waits_for_the_money(sandbox):
    product = ProductFactory(stock=1)
    attempt = started(basket_of(product))
    sandbox.pay(attempt.gateway_reference, "later")
    waiting = services.finalize(attempt.pk)
    assert (waiting.status, waiting.progress) == ("awaiting_payment", "processing")
    assert not Order.objects.exists()
    still = services.expire(overdue(attempt).pk)
    assert still.status == "awaiting_payment"
    assert figures(product) == (1, 1)
    sandbox.settle(attempt.gateway_reference)
    assert services.finalize(attempt.pk).status == "ordered"


def test_delayed_payment_that_fails_frees_the_piece_and_the_basket(sandbox):
    product = ProductFactory(stock=1)
    basket = basket_of(product)
    attempt = started(basket)
    sandbox.pay(attempt.gateway_reference, "later")
    sandbox.settle(attempt.gateway_reference, "failed")
    assert services.finalize(attempt.pk).status == "failed"
    assert figures(product) == (1, 0)
    assert Basket.objects.get(pk=basket.pk).status == "Open"


def test_order_is_as_shown_when_price_voucher_and_courier_change_meanwhile(sandbox):
    product = ProductFactory(stock=2, title_ind="Kain Cual", price=Decimal(500_000))
    voucher = a_voucher()
    basket = voucher_basket(product, voucher)
    attempt = started(basket)
    assert attempt.payable == Decimal(470_000)

    product.stockrecords.update(price=Decimal(900_000))
    type(product).objects.filter(pk=product.pk).update(title_ind="Kain lain")
    voucher.end_datetime = timezone.now() - timedelta(hours=1)
    voucher.save()
    voucher.offers.get().benefit.delete()
    Rate.objects.update(first_kg=Decimal(99_000))

    sandbox.pay(attempt.gateway_reference)
    order = services.finalize(attempt.pk).order
    assert order.total_incl_tax == Decimal(470_000)
    assert order.shipping_incl_tax == CHARGE
    [line] = order.lines.all()
    assert line.title == "Kain Cual"
    assert line.unit_price_incl_tax == Decimal(500_000)
    assert line.line_price_before_discounts_incl_tax == Decimal(500_000)
    assert line.line_price_incl_tax == Decimal(450_000)
    [discount] = order.discounts.all()
    assert (discount.voucher_code, discount.amount) == ("CUAL10", Decimal(50_000))
    assert voucher.applications.get().order == order
    assert figures(product) == (2, 1)
    voucher.refresh_from_db()
    assert (voucher.num_orders, voucher.total_discount) == (1, Decimal(50_000))


def test_two_makers_make_two_parcels_with_their_charges(sandbox):
    first, second = ProductFactory(stock=2), ProductFactory(stock=1)
    attempt = started(basket_of((first, 2), second))
    assert attempt.payable == 3 * PRICE + 2 * CHARGE
    sandbox.pay(attempt.gateway_reference)
    order = services.finalize(attempt.pk).order
    parcels = list(Parcel.objects.filter(order=order))
    assert [(p.number, p.partner_id, p.shipping_code, p.shipping_charge) for p in parcels] == [
        (1, first.maker.partner_id, "pos", CHARGE),
        (2, second.maker.partner_id, "pos", CHARGE),
    ]
    assert [[line.product for line in p.lines.all()] for p in parcels] == [[first], [second]]
    assert order.shipping_incl_tax == 2 * CHARGE


def test_paid_piece_is_ordered_also_when_it_and_its_option_were_deleted(sandbox):
    product = MadeToOrderFactory()
    option = get_model("catalogue", "Option").objects.create(name="Ukuran", code="ukuran", type="text")
    basket = basket_of(product)
    basket.lines.get().attributes.create(option=option, value="L")
    attempt = started(fresh(basket))
    sandbox.pay(attempt.gateway_reference)
    title = product.get_title()
    product.delete()
    option.delete()
    order = services.finalize(attempt.pk).order
    line = order.lines.get()
    assert (line.title, line.product_id, line.stockrecord_id) == (title, None, None)
    assert list(line.attributes.values_list("option_id", "type", "value")) == [(None, "ukuran", "L")]


def test_made_to_order_piece_is_ordered_without_a_ledger_move(sandbox):
    product = MadeToOrderFactory()
    attempt = started(basket_of((product, 2)))
    sandbox.pay(attempt.gateway_reference)
    order = services.finalize(attempt.pk).order
    assert [(line.quantity, line.num_allocated) for line in order.lines.all()] == [(2, 0)]
    assert figures(product) == (0, 0)


def test_starting_again_gives_the_same_page(sandbox):
    attempt = reserve()
    first = services.start(attempt)
    assert services.start(again(attempt)) == first
    assert len(sandbox.client().v1.checkout.sessions.list().data) == 1


def test_lost_answer_of_create_is_looked_up_not_made_twice(sandbox, monkeypatch):
    monkeypatch.setattr("shop.payment.gateways.stripe.NETWORK_RETRIES", 0)
    attempt = reserve()
    sandbox.sandbox.gate.lose_answers = 1
    with pytest.raises(GatewayUnavailable):
        services.start(attempt)
    assert again(attempt).gateway_reference == ""
    # A key older than a day is forgotten: looking up must do without it.
    sandbox.sandbox.store.execute("DELETE FROM keys")
    url = services.start(again(attempt))
    [session] = sandbox.client().v1.checkout.sessions.list().data
    assert again(attempt).gateway_reference == session.id
    assert url == session.url


def test_webhook_quicker_than_the_answer_to_create_finds_the_payment(sandbox):
    attempt = reserve()
    with patch("shop.payment.finalizing._keep_payment", return_value=True):
        services.start(attempt)
    [session] = sandbox.client().v1.checkout.sessions.list().data
    sandbox.pay(session.id)
    finalized = services.finalize(attempt.pk)
    assert (finalized.status, finalized.gateway_reference) == ("ordered", session.id)


def test_no_payment_is_begun_when_stripe_would_refuse_so_short_a_deadline(sandbox):
    attempt = reserve()
    PaymentAttempt.objects.update(expires_at=timezone.now() + timedelta(minutes=30))
    with pytest.raises(AttemptNotOpen):
        services.start(again(attempt))
    assert sandbox.client().v1.checkout.sessions.list().data == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"amount": Decimal(1), "payable": Decimal(1)}, "amount is 270000.00, not 1.00"),
        ({"currency": "USD"}, "currency is IDR, not USD"),
        ({"key": "another-key"}, "attempt is "),
        ({"order_number": "KB-OTHER"}, "order number is "),
    ],
)
def test_money_that_does_not_match_is_not_ordered_but_flagged(sandbox, change, says):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(**change)
    flagged = services.finalize(attempt.pk)
    assert (flagged.status, flagged.needs_attention) == ("awaiting_payment", True)
    assert says in flagged.last_error
    assert not Order.objects.exists()
    assert list(stuck()) == [flagged]


def test_payment_of_another_attempt_does_not_pay_this_one(sandbox):
    first, second = started(), started()
    sandbox.pay(first.gateway_reference)
    reference = first.gateway_reference
    PaymentAttempt.objects.filter(pk=first.pk).update(gateway_reference="cs_elsewhere")
    PaymentAttempt.objects.filter(pk=second.pk).update(gateway_reference=reference)
    flagged = services.finalize(second.pk)
    assert (flagged.status, flagged.needs_attention) == ("awaiting_payment", True)
    assert not Order.objects.exists()


def test_payment_the_gateway_does_not_know_is_flagged_and_can_be_written_off(sandbox):
    product = ProductFactory(stock=1)
    attempt = started(basket_of(product))
    PaymentAttempt.objects.update(gateway_reference="cs_test_gone")
    flagged = services.expire(overdue(attempt).pk)
    assert (flagged.status, flagged.needs_attention) == ("awaiting_payment", True)
    assert figures(product) == (1, 1)
    assert services.write_off(flagged, actor="kurator", reason="sandbox was emptied").status == "failed"
    assert figures(product) == (1, 0)


def test_order_that_cannot_be_placed_leaves_the_money_in_sight_and_is_healed(sandbox):
    product = ProductFactory(stock=1)
    attempt = started(basket_of(product))
    sandbox.pay(attempt.gateway_reference)
    with patch("shop.payment.finalizing.place_order", side_effect=ZeroDivisionError), pytest.raises(OrderNotPlaced):
        services.finalize(attempt.pk)
    broken = again(attempt)
    assert (broken.status, broken.needs_attention) == ("paid", True)
    assert balances(record_of(product).pk)["held"] == 1
    healed = services.finalize(attempt.pk)
    assert (healed.status, healed.needs_attention) == ("ordered", False)


def test_events_are_only_ever_added(sandbox):
    attempt = started()
    event = attempt.events.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    assert [e.kind for e in attempt.events.all()] == ["reserved", "payment_made"]


def test_stripe_elsewhere_than_on_this_machine_is_refused():

    for key, base in (("sk_test_1", "http://example.org"), ("sk_live_1", "http://127.0.0.1:4243")):
        with pytest.raises(ImproperlyConfigured):
            make_client(key, base)


def test_order_has_the_address_of_the_snapshot(sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    address = services.finalize(attempt.pk).order.shipping_address
    assert (address.line3, address.region_code, str(address.phone_number)) == (
        "Taman Sari",
        "19.71.02.1001",
        "+6281234567890",
    )
    assert get_model("order", "ShippingAddress").objects.count() == 1
