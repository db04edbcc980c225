"""What somebody bought as a guest is in the account they open later, once the address is shown to be theirs."""

import re

import pytest
from django.core import mail

from accounts import demo
from accounts.models import User
from shop.customer.services import join_guest_orders
from shop.order.models import Order

pytestmark = pytest.mark.django_db

NEW = {"email": "baru@example.com", "password1": "tenun-siang-malam", "password2": "tenun-siang-malam"}


def order(number, **fields):
    return Order.objects.create(
        number=number, access_key=number, total_incl_tax=250000, total_excl_tax=250000, **fields
    )


def owners():
    return {each.number: each.user and each.user.email for each in Order.objects.select_related("user")}


def confirm(client):
    link = re.search(r"https?://[^/\s]+(/akun/confirm-email/\S+)", mail.outbox[-1].body)
    client.post(link.group(1))


def test_orders_of_a_guest_join_the_account_when_the_address_is_confirmed(client):
    order("1", guest_email="Baru@Example.com")
    order("2", guest_email="lain@example.com")
    client.post("/akun/signup/", NEW)
    assert owners() == {"1": None, "2": None}
    confirm(client)
    assert owners() == {"1": NEW["email"], "2": None}


def test_signing_up_with_anothers_address_shows_nothing_of_their_orders(client):
    order("1", guest_email=NEW["email"])
    client.post("/akun/signup/", NEW)
    client.post("/akun/login/", {"login": NEW["email"], "password": NEW["password1"]})
    assert owners() == {"1": None}
    assert client.get("/akun/pesanan/").status_code == 302


def test_an_order_of_another_account_stays_there():
    demo.load()
    owner, other = User.objects.get(email="pembeli@demo.test"), User.objects.get(email="kurator@demo.test")
    order("1", user=owner, guest_email="kurator@demo.test")
    order("2")
    assert join_guest_orders(other, "kurator@demo.test") == 0
    assert join_guest_orders(other, "") == 0
    assert owners() == {"1": "pembeli@demo.test", "2": None}
