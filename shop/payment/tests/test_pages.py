"""The shopper's pages and the webhook, with the double of Stripe behind them."""

from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import services
from shop.payment.models import PaymentAttempt, PaymentEvent

from .factories import Basket, basket_of, figures, overdue, reserve, started, user

pytestmark = pytest.mark.django_db


def address(attempt, name="attempt"):
    return reverse(f"payment:{name}", kwargs={"key": attempt.key})


def page(client, attempt, prefix=""):
    response = client.get(prefix + address(attempt))
    return response, response.content.decode()


def post_webhooks(client, sandbox):
    for webhook in sandbox.take_webhooks():
        response = client.post(
            "/webhooks/stripe/",
            webhook.body,
            content_type="application/json",
            headers={"Stripe-Signature": webhook.signature},
        )
        yield response.status_code


def use_basket(client, basket):
    client.cookies[django_settings.OSCAR_BASKET_COOKIE_OPEN] = Signer().sign(basket.pk)


def test_waiting_page_leads_back_to_the_payment_in_both_languages(client, sandbox):
    attempt = started()
    response, html = page(client, attempt)
    assert response.status_code == 200
    assert attempt.gateway_url in html
    assert "Bayar Rp270.000" in html
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in html
    assert "no-store" in response.headers["Cache-Control"]
    _response, english = page(client, attempt, "/en")
    assert "Pay IDR\u00a0270,000" in english


def test_unknown_key_is_not_found(client, sandbox):
    attempt = started()
    assert client.get(reverse("payment:attempt", kwargs={"key": attempt.order_number})).status_code == 404


def test_browser_coming_back_from_paying_reaches_the_order(client, sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    response = client.get(address(attempt, "return"))
    order = Order.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("order:detail", kwargs={"access_key": order.access_key})
    assert client.get(address(attempt)).url == response.url


def test_browser_coming_back_before_the_money_waits_on_the_page(client, sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference, "later")
    response = client.get(address(attempt, "return"), follow=True)
    assert "Pembayaran Anda sedang diproses" in response.content.decode()
    assert client.get(address(attempt, "state")).json() == {"state": "processing"}


def test_declined_card_is_told_and_can_be_tried_again(client, sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference, "declined")
    html = client.get(address(attempt, "return"), follow=True).content.decode()
    assert "Pembayaran ditolak" in html
    assert attempt.gateway_url in html


def test_without_an_answer_from_the_gateway_the_page_still_shows_what_we_know(client, settings, sandbox):
    attempt = started()
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    response, html = page(client, attempt)
    assert response.status_code == 200
    assert attempt.order_number in html


def test_order_that_fails_on_our_side_leaves_the_shopper_with_a_page_that_waits(client, sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    with patch("shop.payment.finalizing.place_order", side_effect=ZeroDivisionError):
        response = client.get(address(attempt, "return"), follow=True)
    assert response.status_code == 200
    assert "Pembayaran Anda sedang diproses" in response.content.decode()
    assert client.get(address(attempt)).url == reverse(
        "order:detail", kwargs={"access_key": Order.objects.get().access_key}
    )


def test_payment_that_could_not_be_begun_is_begun_from_the_page(client, sandbox):
    attempt = reserve()
    _response, html = page(client, attempt)
    assert address(attempt, "start") in html
    response = client.post(address(attempt, "start"))
    assert response.status_code == 302
    assert response.url.startswith(f"{sandbox.url}/c/pay/")


def test_going_back_gives_the_guest_the_basket_again(client, sandbox):
    product = ProductFactory(stock=1)
    attempt = started(basket_of(product))
    response = client.post(address(attempt, "cancel"))
    assert response.status_code == 302
    assert figures(product) == (1, 0)
    cookie = response.cookies[django_settings.OSCAR_BASKET_COOKIE_OPEN]
    assert Signer().unsign(cookie.value) == str(attempt.basket_id)
    assert Basket.objects.get(pk=attempt.basket_id).status == "Open"


def test_pieces_gathered_meanwhile_join_the_basket_that_comes_back(client, sandbox):
    kept, added = ProductFactory(stock=1), ProductFactory(stock=1)
    attempt = overdue(started(basket_of(kept)))
    services.expire(attempt.pk)
    use_basket(client, basket_of(added))
    _response, html = page(client, attempt)
    assert "Waktu membayar sudah habis" in html
    client.post(address(attempt, "basket"))
    basket = Basket.objects.get(pk=attempt.basket_id)
    assert {line.product for line in basket.lines.all()} == {kept, added}
    assert Signer().unsign(client.cookies[django_settings.OSCAR_BASKET_COOKIE_OPEN].value) == str(basket.pk)


def test_what_the_shopper_called_off_is_not_told_as_time_that_is_over(client, sandbox):
    attempt = started()
    client.post(address(attempt, "cancel"))
    assert PaymentAttempt.objects.get().status == "expired"
    _response, html = page(client, attempt)
    assert "Pembayaran ini Anda batalkan" in html
    assert "Tidak ada uang yang terpotong" in html
    assert address(attempt, "basket") in html
    assert "Waktu membayar sudah habis" not in html
    assert client.get(address(attempt, "state")).json() == {"state": "cancelled"}
    _response, english = page(client, attempt, "/en")
    assert "You called off this payment" in english


@pytest.mark.parametrize("outcome", ["", "declined"])
def test_the_end_of_the_time_to_pay_names_its_zone(client, sandbox, outcome):
    attempt = started()
    if outcome:
        sandbox.pay(attempt.gateway_reference, outcome)
        client.get(address(attempt, "return"))
    end = timezone.localtime(PaymentAttempt.objects.get().expires_at, ZoneInfo("Asia/Jakarta"))
    assert f"{end:%H:%M} WIB" in page(client, attempt)[1]
    assert f"{end:%H:%M} WIB" in page(client, attempt, "/en")[1]


def test_a_members_basket_is_not_handed_to_whoever_has_the_address(client, sandbox):
    rahma = user("rahma@demo.test")
    attempt = started(basket_of(ProductFactory(stock=1), owner=rahma), user=rahma)
    response = client.post(address(attempt, "cancel"))
    assert response.status_code == 302
    assert django_settings.OSCAR_BASKET_COOKIE_OPEN not in response.cookies
    assert Basket.objects.get(pk=attempt.basket_id).owner == rahma


def test_calling_off_what_has_just_been_paid_leads_to_the_order(client, sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    response = client.post(address(attempt, "cancel"))
    assert response.url == reverse("order:detail", kwargs={"access_key": Order.objects.get().access_key})


def test_calling_off_is_not_possible_by_a_mere_link(client, sandbox):
    attempt = started()
    assert client.get(address(attempt, "cancel")).status_code == 405
    assert PaymentAttempt.objects.get().status == "awaiting_payment"


def test_transfer_page_has_the_exact_amount_the_account_and_what_comes_next(client):
    attempt = started(gateway="bank_transfer")
    _response, html = page(client, attempt)
    assert f"Rp270.{attempt.transfer_code:03}" in html
    assert f'data-copy="270{attempt.transfer_code:03}"' in html
    assert "000-111-2222" in html
    assert "https://wa.me/" in html
    assert '<meta http-equiv="refresh" content="60">' in html


def test_failed_and_refunded_pages_say_what_to_do(client, sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference, "later")
    sandbox.settle(attempt.gateway_reference, "failed")
    html = client.get(address(attempt, "return"), follow=True).content.decode()
    assert "Pembayaran belum berhasil" in html
    assert address(attempt, "basket") in html


def test_signed_webhook_makes_the_order_and_its_double_changes_nothing(client, sandbox):
    sandbox.webhooks(mode="double")
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    codes = list(post_webhooks(client, sandbox))
    assert set(codes) == {200}
    assert len(codes) >= 4
    assert Order.objects.count() == 1
    kept = PaymentEvent.objects.filter(kind="checkout.session.completed")
    assert kept.count() == 1
    assert kept.get().attempt == attempt
    assert len(kept.get().payload_digest) == 64


@pytest.mark.parametrize("signature", ["wrong", "stale"])
def test_webhook_not_signed_now_by_stripe_is_refused(client, sandbox, signature):
    sandbox.webhooks(signature=signature)
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    assert set(post_webhooks(client, sandbox)) == {400}
    assert not Order.objects.exists()


def test_webhook_without_a_signature_is_refused(client, sandbox):
    assert client.post("/webhooks/stripe/", b"{}", content_type="application/json").status_code == 400
    assert client.get("/webhooks/stripe/").status_code == 405


def test_webhook_of_a_payment_that_is_not_ours_is_answered_and_left_alone(client, sandbox):
    session = sandbox.client().v1.checkout.sessions.create(
        {
            "mode": "payment",
            "success_url": "http://127.0.0.1/",
            "client_reference_id": "elsewhere",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {"currency": "idr", "unit_amount": 1_500_000, "product_data": {"name": "x"}},
                }
            ],
        }
    )
    sandbox.pay(session.id)
    assert set(post_webhooks(client, sandbox)) == {200}
    assert not Order.objects.exists()


def test_webhook_that_lies_about_being_paid_orders_nothing(client, sandbox, settings):
    """Even a signed notice only says where to look: the session itself is open."""
    import json
    import time

    from shop.payment.sandbox.webhooks import sign

    attempt = started()
    session = sandbox.client().v1.checkout.sessions.retrieve(attempt.gateway_reference).to_dict()
    event = {
        "id": "evt_lie", "object": "event", "type": "checkout.session.completed", "created": int(time.time()),
        "data": {"object": {**session, "payment_status": "paid", "status": "complete"}},
    }  # fmt: skip
    body = json.dumps(event).encode()
    signature = sign(body, settings.STRIPE_WEBHOOK_SECRET, int(time.time()))
    response = client.post(
        "/webhooks/stripe/", body, content_type="application/json", headers={"Stripe-Signature": signature}
    )
    assert response.status_code == 200
    assert not Order.objects.exists()
    assert PaymentAttempt.objects.get().status == "awaiting_payment"


def test_webhook_address_does_not_exist_without_keys(client, settings):
    settings.STRIPE_SECRET_KEY = ""
    assert client.post("/webhooks/stripe/", b"{}", content_type="application/json").status_code == 404
