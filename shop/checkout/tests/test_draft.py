"""What is typed is kept beside everything else of the session, whichever request ends last."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from shop.checkout.draft import ATTEMPT_KEY, KEY
from shop.payment.models import PaymentAttempt

from .factories import HOME, basket_of, fill_basket, pay_data, reserve_order

pytestmark = pytest.mark.django_db

DETAILS, PAY, DRAFT = "/toko/checkout/", "/toko/checkout/bayar/", "/toko/checkout/draf/"


@pytest.fixture
def meanwhile(monkeypatch):
    """Runs something after a draft's request has read its session and before it writes: a request in between."""

    def arrange(act):
        from shop.checkout import views

        keep = views.DraftView.post

        def slow(view, request):
            request.session.get(KEY)
            act()
            return keep(view, request)

        monkeypatch.setattr(views.DraftView, "post", slow)

    return arrange


def test_a_late_draft_does_not_lose_the_running_payment(client, meanwhile):
    fill_basket(client)
    client.post(DETAILS, HOME)
    data = pay_data(client)
    other_tab = Client()
    other_tab.cookies = client.cookies
    meanwhile(lambda: client.post(PAY, data))
    assert other_tab.post(DRAFT, data).status_code == 204
    attempt = PaymentAttempt.objects.get()
    assert client.session[ATTEMPT_KEY] == attempt.key
    assert attempt.key in client.get(PAY).url


def test_a_draft_that_comes_after_its_payment_began_is_dropped(client):
    fill_basket(client)
    basket = basket_of(client)
    attempt = reserve_order(client)
    late = {"part": "pay", "basket": str(attempt.basket_id), "gateway": "stripe", "terms": "on"}
    assert attempt.basket_id == basket.pk
    assert client.post(DRAFT, late).status_code == 204
    assert client.session[ATTEMPT_KEY] == attempt.key
    assert client.session[KEY]["gateway"] == "bank_transfer"
    assert not client.session[KEY].get("terms")


def test_a_draft_keeps_what_another_request_wrote_meanwhile(client, meanwhile):
    fill_basket(client)
    client.post(DETAILS, HOME)

    def another_request():
        session = SessionStore(client.session.session_key)
        session["source"] = "label"
        session.save()

    meanwhile(another_request)
    assert client.post(DRAFT, HOME | {"full_name": "Belum selesai"}).status_code == 204
    assert client.session["source"] == "label"
    assert client.session[KEY]["full_name"] == "Belum selesai"


def test_a_draft_does_not_bring_back_a_session_that_has_ended(client, meanwhile):
    fill_basket(client)
    client.post(DETAILS, HOME)
    key = client.session.session_key
    meanwhile(lambda: SessionStore(key).delete())
    assert client.post(DRAFT, HOME).status_code == 204
    assert not SessionStore(key).exists(key)
