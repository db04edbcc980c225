from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client

from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.checkout.tests.factories import HOME, paid_order, reserve_order
from shop.order import notifications, queries, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user(email="kurator@contoh.id", password="rahasia-sekali")


def page_url(order, prefix=""):
    return f"{prefix}/toko/checkout/pesanan/{order.access_key}/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_guest_reads_the_order_by_its_key(client, staff, prefix):
    order = paid_order(client, staff, ProductFactory(stock=1, price=Decimal("250000")))
    response = Client().get(page_url(order, prefix))
    html = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert ("Rp262.000" if not prefix else "IDR\u00a0262,000") in html
    assert order.number in html
    assert "Opas Indah" in html


def test_the_number_is_no_key(client, staff):
    order = paid_order(client, staff)
    assert client.get(f"/toko/checkout/pesanan/{order.number}/").status_code == 404


def test_amounts_shown_add_up_to_what_was_paid(client, staff):
    page = queries.order_page(paid_order(client, staff, ProductFactory(stock=1), ProductFactory(stock=1)))
    assert page.goods - page.discount + page.delivery == page.total == Decimal("524000")
    assert page.total + page.transfer_code == page.paid
    assert sum(row.parcel.shipping_charge for row in page.parcels) == page.delivery


def test_a_parcels_way_is_told_step_by_step(client, staff):
    order = paid_order(client, staff, ProductFactory(stock=1))

    def states():
        return [step.state for step in queries.order_page(order).parcels[0].steps]

    assert states() == ["done", "now", "next"]
    services.pack_parcel(order.parcels.get(), actor=staff)
    assert states() == ["done", "done", "now"]
    services.ship_parcel(order.parcels.get(), courier="Kurir X", tracking_number="RESI-9", actor=staff)
    assert states() == ["done", "done", "done"]
    assert "RESI-9" in client.get(page_url(order)).content.decode()


def test_how_long_making_takes_is_told(client, staff):
    order = paid_order(client, staff, MadeToOrderFactory(lead_time_days=21))
    assert "21" in queries.order_page(order).parcels[0].steps[1].detail


def test_the_receipt_says_that_no_vat_is_charged(client, staff):
    order = paid_order(client, staff)
    html = client.get(f"{page_url(order)}cetak/").content.decode()
    assert "PKP" in html
    assert "Rp262.000" in html


def test_an_order_page_asks_the_same_for_more_lines(client, staff, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from shop.artisans.tests.factories import MakerFactory

    maker = MakerFactory()
    small = paid_order(client, staff, ProductFactory(stock=1, maker=maker))
    large = paid_order(client, staff, *(ProductFactory(stock=1, maker=maker) for _ in range(6)))
    counts = []
    for order in (small, large):
        with CaptureQueriesContext(connection) as captured:
            Client().get(page_url(order))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14


# Tracking


TRACK = "/toko/lacak/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_number_and_email_together_find_the_order(client, staff, prefix):
    order = paid_order(client, staff)
    data = {"number": f" {order.number.lower()} ", "email": "Ratna@Contoh.id"}
    assert Client().post(f"{prefix}{TRACK}", data).url == page_url(order, prefix)


def test_a_wrong_number_and_a_wrong_email_get_the_same_answer(client, staff):
    order = paid_order(client, staff)
    answers = []
    for data in (
        {"number": order.number, "email": "lain@contoh.id"},
        {"number": "KB000000-ZZZZZ", "email": "ratna@contoh.id"},
    ):
        response = Client().post(TRACK, data)
        answers.append((response.status_code, response.context["form"].non_field_errors()))
    assert answers[0] == answers[1]
    assert answers[0][1]


def test_a_payment_still_under_way_is_found_too(client):
    attempt = reserve_order(client)
    response = Client().post(TRACK, {"number": attempt.order_number, "email": HOME["email"]})
    assert attempt.key in response.url


def test_guessing_is_stopped_even_with_the_right_pair(client, staff):
    order = paid_order(client, staff)
    guesser = Client()
    for _ in range(10):
        guesser.post(TRACK, {"number": order.number, "email": "lain@contoh.id"})
    assert guesser.post(TRACK, {"number": order.number, "email": HOME["email"]}).status_code == 429


def test_without_number_or_email_nothing_is_looked_up(client):
    response = client.post(TRACK, {"number": "", "email": "salah"})
    assert set(response.context["form"].errors) == {"number", "email"}


# E-mails


def parts(message):
    (html, kind) = message.alternatives[0]
    assert kind == "text/html"
    return message.body, html


@pytest.mark.parametrize(("prefix", "total"), [("", "Rp262.000"), ("/en", "IDR\u00a0262,000")])
def test_the_confirmation_is_in_the_language_of_the_order_as_text_and_html(client, staff, prefix, total):
    order = paid_order(client, staff, prefix=prefix)
    mail.outbox.clear()
    notifications.send_confirmation(order)
    (message,) = mail.outbox
    assert message.to == ["ratna@contoh.id"]
    assert order.number in message.subject
    for body in parts(message):
        assert total in body
        assert f"{prefix}/toko/checkout/pesanan/{order.access_key}/" in body
        assert "Opas Indah" in body


def test_the_confirmation_is_sent_when_the_order_is_placed(client, staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        order = paid_order(client, staff)
    assert [
        message.subject for message in mail.outbox if order.number in message.subject and "pesanan/" in message.body
    ]


def test_text_mails_have_no_html_entities(client, staff):
    order = paid_order(client, staff, details={**HOME, "full_name": "Ratna & Dewi"})
    mail.outbox.clear()
    notifications.send_confirmation(order)
    text, html = parts(mail.outbox[0])
    assert "Ratna & Dewi" in text
    assert "Ratna &amp; Dewi" in html


def test_every_other_message_can_be_sent_in_both_languages(client, staff):
    for prefix in ("", "/en"):
        order = paid_order(client, staff, prefix=prefix)
        parcel = order.parcels.get()
        parcel.tracking_number = "RESI-1"
        mail.outbox.clear()
        notifications.send_shipped(parcel)
        notifications.send_cancelled(order, reason="Rusak", parcel_ids=[parcel.pk])
        notifications.send_refunded(order, Decimal("262000"))
        assert len({message.subject for message in mail.outbox}) == 3
        for message, expected in zip(mail.outbox, ("RESI-1", "Rusak", "262"), strict=True):
            assert all(expected in body for body in parts(message))
