from decimal import Decimal

import pytest

from shop.basket.tests.test_vouchers import voucher
from shop.catalogue.tests.factories import ProductFactory
from shop.payment.models import PaymentAttempt

from .factories import HOME, fill_basket, pay_data

pytestmark = pytest.mark.django_db


def test_a_discount_that_leaves_no_whole_rupiah_can_still_be_paid(client):
    voucher("CUAL15", 15)
    fill_basket(client, ProductFactory(stock=1, price=Decimal(123450)))
    client.post("/toko/keranjang/vouchers/add/", {"code": "CUAL15"})
    client.post("/toko/checkout/", HOME)
    answer = client.post("/toko/checkout/bayar/", pay_data(client))
    assert answer.status_code == 302
    [attempt] = PaymentAttempt.objects.all()
    assert attempt.amount == attempt.amount.quantize(Decimal(1))
    assert attempt.payable == attempt.payable.quantize(Decimal(1))
