"""A visitor who keeps too much unpaid is told what to do, and shown the way to their own open payment only."""

import pytest
from django.test import Client

from shop.catalogue.tests.factories import ProductFactory
from shop.payment.models import OpenClaim, PaymentAttempt

from .factories import HOME, fill_basket, pay_data, reserve_order

pytestmark = pytest.mark.django_db
PAY = "/toko/checkout/bayar/"


def refused_page(client, **details):
    """The pay screen after the button was pressed in a new basket, with the refusal on it."""
    fill_basket(client, ProductFactory(stock=1))
    assert client.post("/toko/checkout/", HOME | details).status_code == 302
    return client.post(PAY, pay_data(client), follow=True).content.decode()


def test_visitor_with_an_open_payment_is_led_to_it(client, settings):
    settings.PAYMENT_OPEN_ATTEMPTS = {"session": {"attempts": 1, "units": 9}}
    attempt = reserve_order(client)
    html = refused_page(client)
    assert f"Pesanan Anda {attempt.order_number} masih menunggu dibayar." in html
    assert f"/{attempt.key}/" in html
    assert PaymentAttempt.objects.count() == 1


def test_visitor_of_a_shared_connection_is_not_shown_the_payments_of_others(client, settings):
    settings.PAYMENT_OPEN_ATTEMPTS = {"address": {"attempts": 1, "units": 9}}
    attempt = reserve_order(Client())
    html = refused_page(client, email="lain@contoh.id")
    assert "Terlalu banyak pesanan dari Anda" in html
    assert attempt.key not in html and attempt.order_number not in html


def test_session_and_address_of_the_visitor_are_counted(client):
    attempt = reserve_order(client)
    assert sorted(OpenClaim.objects.filter(attempt=attempt).values_list("kind", flat=True)) == [
        "address",
        "email",
        "session",
    ]
