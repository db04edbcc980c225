from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.payment import services
from shop.payment.errors import (
    BasketEmpty,
    BasketNotOpen,
    GatewayNotOffered,
    NotAvailable,
    TotalChanged,
    VoucherTaken,
)
from shop.payment.models import PaymentAttempt
from shop.shipping.models import Rate
from shop.stock.models import Hold

from .factories import (
    CHARGE,
    PRICE,
    TOTAL,
    Basket,
    a_voucher,
    address,
    basket_of,
    chosen,
    courier,
    figures,
    fresh,
    reserve,
    user,
    voucher_basket,
)

pytestmark = pytest.mark.django_db
PAID = {"paid_at": timezone.now(), "gateway_reference": "cs_test_1"}


def nothing_happened(basket):
    return (
        not PaymentAttempt.objects.exists()
        and not Hold.objects.exists()
        and Basket.objects.get(pk=basket.pk).status == "Open"
    )


def test_reserving_holds_the_piece_freezes_the_basket_and_keeps_what_was_agreed():
    product = ProductFactory(stock=3, title_ind="Kain Cual Bunga", title_en="Cual Cloth Flower")
    basket = basket_of((product, 2), source="pameran-12")
    attempt = reserve(basket)
    assert attempt.status == "reserved"
    assert (attempt.amount, attempt.payable, attempt.currency) == (Decimal(520_000), Decimal(520_000), "IDR")
    assert figures(product) == (3, 2)
    assert Basket.objects.get(pk=basket.pk).status == "Frozen"
    [line] = attempt.snapshot["lines"]
    assert line["title"] == "Kain Cual Bunga"
    assert (line["quantity"], line["unit_incl_tax"], line["line_incl_tax"]) == (2, "250000.00", "500000.00")
    assert line["source"] == "pameran-12"
    [parcel] = attempt.snapshot["parcels"]
    assert (parcel["shipping_code"], parcel["charge"]) == ("pos", "20000.00")
    assert attempt.snapshot["address"]["region_code"] == "19.71.02.1001"
    assert (attempt.source, attempt.terms_version, attempt.email) == ("label-7", "2026-11", "rahma@demo.test")
    left = attempt.expires_at - timezone.now()
    assert timedelta(minutes=34) < left <= timedelta(minutes=35)


def test_titles_are_kept_in_the_language_the_shopper_read():
    product = ProductFactory(stock=1, title_ind="Kain", title_en="Cloth")
    attempt = reserve(basket_of(product), language="en")
    assert attempt.snapshot["lines"][0]["title"] == "Cloth"


def test_a_second_press_gives_the_same_attempt_and_holds_once():
    product = ProductFactory(stock=5)
    basket = basket_of(product)
    first = reserve(basket)
    assert reserve(fresh(basket)) == first
    assert PaymentAttempt.objects.count() == 1
    assert figures(product) == (5, 1)


def test_second_buyer_of_last_piece_is_refused_and_keeps_the_basket():
    product = ProductFactory(stock=1, title_ind="Kain Cual")
    first, second = basket_of(product), basket_of(product)
    reserve(first)
    with pytest.raises(NotAvailable) as refused:
        reserve(fresh(second))
    assert "Kain Cual" in str(refused.value)
    assert Basket.objects.get(pk=second.pk).status == "Open"
    assert PaymentAttempt.objects.count() == 1
    assert figures(product) == (1, 1)


def test_price_raised_after_the_page_was_shown_is_refused():
    product = ProductFactory(stock=1)
    basket = basket_of(product)
    assert basket.total_incl_tax == PRICE
    product.stockrecords.update(price=Decimal(300_000))
    with pytest.raises(TotalChanged) as refused:
        reserve(basket)
    assert (refused.value.shown, refused.value.now) == (TOTAL, Decimal(320_000))
    assert nothing_happened(basket)


def test_total_of_an_older_page_is_refused():
    basket = basket_of(ProductFactory(stock=1))
    with pytest.raises(TotalChanged):
        reserve(basket, expected_total=TOTAL - 1)
    assert nothing_happened(basket)


def test_courier_dearer_than_shown_is_refused():
    courier()
    basket, to = basket_of(ProductFactory(stock=1)), address()
    parcels = chosen(basket, to)
    Rate.objects.update(first_kg=CHARGE + 1000)
    with pytest.raises(TotalChanged) as refused:
        reserve(basket, shipping_address=to, parcels=parcels)
    assert refused.value.now == TOTAL + 1000
    assert nothing_happened(basket)


def test_courier_that_no_longer_goes_there_is_refused():
    courier()
    basket, to = basket_of(ProductFactory(stock=1)), address()
    parcels = chosen(basket, to)
    Rate.objects.all().delete()
    with pytest.raises(TotalChanged):
        reserve(basket, shipping_address=to, parcels=parcels)
    assert nothing_happened(basket)


def test_parcels_of_another_basket_are_refused():
    courier()
    to = address()
    other = basket_of(ProductFactory(stock=1))
    basket = basket_of(ProductFactory(stock=1))
    with pytest.raises(TotalChanged):
        reserve(basket, shipping_address=to, parcels=chosen(other, to))
    assert nothing_happened(basket)


def test_piece_taken_off_sale_is_refused():
    product = ProductFactory(stock=1)
    basket = basket_of(product)
    courier()
    parcels = chosen(basket, address())
    type(product).objects.filter(pk=product.pk).update(is_public=False)
    with pytest.raises(NotAvailable):
        reserve(fresh(basket), parcels=parcels)
    assert nothing_happened(basket)


def test_piece_whose_maker_is_not_shown_any_more_is_refused():
    product = ProductFactory(stock=1)
    basket = basket_of(product)
    courier()
    parcels = chosen(basket, address())
    type(product.maker).objects.filter(pk=product.maker.pk).update(is_public=False)
    with pytest.raises(NotAvailable):
        reserve(fresh(basket), parcels=parcels)
    assert nothing_happened(basket)


def test_empty_basket_is_refused():
    basket = basket_of(ProductFactory(stock=1))
    courier()
    parcels = chosen(basket, address())
    basket.lines.all().delete()
    with pytest.raises(BasketEmpty):
        reserve(basket, parcels=parcels)


def test_ordered_basket_is_refused():
    basket = basket_of(ProductFactory(stock=1))
    basket.submit()
    with pytest.raises(BasketNotOpen):
        reserve(basket)


def test_gateway_that_is_not_set_up_is_refused(settings):
    settings.STRIPE_SECRET_KEY = ""
    basket = basket_of(ProductFactory(stock=1))
    with pytest.raises(GatewayNotOffered):
        reserve(basket)
    assert nothing_happened(basket)


def test_without_keys_only_the_transfer_is_offered(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert [gateway.code for gateway in services.available_gateways(amount=TOTAL)] == ["bank_transfer"]


def test_too_small_an_amount_is_not_offered_to_stripe():
    offered = services.available_gateways(amount=Decimal(9_999))
    assert offered == []
    assert [gateway.code for gateway in services.available_gateways(amount=Decimal(10_000))] == [
        "stripe",
        "bank_transfer",
    ]


def test_made_to_order_piece_is_reserved_without_stock():
    product = MadeToOrderFactory()
    attempt = reserve(basket_of((product, 4)))
    assert attempt.amount == 4 * PRICE + CHARGE
    assert figures(product) == (0, 0)
    assert attempt.snapshot["lines"][0]["lead_time_days"] == 21


def test_voucher_that_works_once_is_not_promised_twice():
    voucher = a_voucher()
    first = reserve(voucher_basket(ProductFactory(stock=1), voucher))
    assert first.amount == Decimal(245_000)
    second = voucher_basket(ProductFactory(stock=1), voucher)
    with pytest.raises(VoucherTaken) as refused:
        reserve(second)
    assert "CUAL10" in str(refused.value)
    assert Basket.objects.get(pk=second.pk).status == "Open"


def test_voucher_of_an_abandoned_attempt_can_be_used_again():
    voucher = a_voucher()
    services.cancel(reserve(voucher_basket(ProductFactory(stock=1), voucher)))
    assert reserve(voucher_basket(ProductFactory(stock=1), voucher)).amount == Decimal(245_000)


def test_voucher_once_a_customer_is_for_each_customer():
    voucher = a_voucher(usage="Once per customer")
    rahma, putri = user("rahma@demo.test"), user("putri@demo.test")
    reserve(voucher_basket(ProductFactory(stock=1), voucher, owner=rahma), user=rahma)
    reserve(voucher_basket(ProductFactory(stock=1), voucher, owner=putri), user=putri)
    again = basket_of(ProductFactory(stock=1))
    again.vouchers.add(voucher)
    with pytest.raises(VoucherTaken):
        reserve(fresh(again, rahma), user=rahma)


def test_database_refuses_a_second_live_attempt_of_a_basket():
    attempt = reserve()
    twin = PaymentAttempt.objects.get(pk=attempt.pk)
    twin.pk, twin.order_number, twin.key = None, "KB-2", "another"
    with pytest.raises(IntegrityError, match="payment_one_live_attempt_a_basket"), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({**PAID, "status": "ordered"}, "payment_ordered_has_an_order"),
        ({"status": "paid", "gateway_reference": "cs"}, "payment_status_agrees_with_paid_at"),
        ({"status": "awaiting_payment"}, "payment_awaited_has_a_reference"),
        ({"amount": 0, "payable": 0}, "payment_amount_positive"),
        ({"payable": 1}, "payment_payable_is_amount_and_code"),
        ({"refund_total": 1}, "payment_refund_of_money_taken"),
        ({**PAID, "status": "refund_due", "refund_total": -1}, "payment_refund_within_payable"),
        ({**PAID, "status": "refund_due", "refund_total": TOTAL + 1}, "payment_refund_within_payable"),
        ({**PAID, "status": "refunded"}, "payment_refunded_in_full"),
    ],
)
def test_database_refuses_what_no_attempt_can_be(change, constraint):
    attempt = reserve()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PaymentAttempt.objects.filter(pk=attempt.pk).update(**change)
