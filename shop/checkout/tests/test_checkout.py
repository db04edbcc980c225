from decimal import Decimal

import pytest
from django.test import Client
from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.payment import services as payment
from shop.payment.models import PaymentAttempt
from shop.shipping.models import Rate
from shop.stock import services as stock

from .factories import ABROAD, HOME, fill_basket, pay_data, refused, reserve_order

pytestmark = pytest.mark.django_db

DETAILS, PAY = "/toko/checkout/", "/toko/checkout/bayar/"


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_user(
        email="pembeli@contoh.id", password="rahasia-sekali", first_name="Budi"
    )


def test_an_empty_basket_has_no_checkout(client):
    for address in (DETAILS, PAY):
        assert client.get(address).url == "/toko/keranjang/"
        assert client.post(address).url == "/toko/keranjang/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_guest_buys_in_two_screens(client, prefix):
    fill_basket(client, ProductFactory(stock=2, price=Decimal("1313000")))
    assert client.get(f"{prefix}{DETAILS}").status_code == 200
    assert client.post(f"{prefix}{DETAILS}", HOME).url == f"{prefix}{PAY}"
    page = client.get(f"{prefix}{PAY}")
    assert page.context["offer"].total == Decimal("1325000")
    assert ("Rp1.325.000" if not prefix else "IDR\u00a01,325,000") in page.content.decode()
    response = client.post(f"{prefix}{PAY}", pay_data(client, prefix))
    attempt = PaymentAttempt.objects.get()
    assert response.status_code == 302
    assert attempt.key in response.url
    assert (attempt.amount, attempt.email, attempt.user, attempt.language) == (
        Decimal("1325000"),
        "ratna@contoh.id",
        None,
        "en" if prefix else "id",
    )
    assert attempt.snapshot["address"]["line1"] == "Jalan Merdeka 8"
    assert attempt.snapshot["address"]["region_code"] == "19.71.02.1001"
    assert attempt.snapshot["parcels"][0]["shipping_code"] == "pos-hemat"
    assert attempt.terms_version


def test_two_makers_mean_two_parcels_each_with_its_courier(client):
    fill_basket(client, ProductFactory(stock=1), ProductFactory(stock=1))
    client.post(DETAILS, HOME)
    data = pay_data(client)
    first, second = sorted(name for name in data if name.startswith("courier_"))
    client.post(PAY, {**data, second: "kurir-nusantara", "step": "update"})
    page = client.get(PAY)
    assert [parcel.option.code for parcel in page.context["offer"].parcels] == ["pos-hemat", "kurir-nusantara"]
    assert page.context["offer"].delivery == Decimal("27000")
    client.post(PAY, pay_data(client))
    assert [parcel["charge"] for parcel in PaymentAttempt.objects.get().snapshot["parcels"]] == ["12000.00", "15000.00"]


def test_an_address_abroad_is_quoted_anew(client):
    fill_basket(client, ProductFactory(stock=1))
    client.post(DETAILS, HOME)
    assert client.get(PAY).context["offer"].delivery == Decimal("12000")
    assert client.post(DETAILS, ABROAD).url == PAY
    offer = client.get(PAY).context["offer"]
    assert (offer.delivery, offer.address.country_id) == (Decimal("385000"), "NL")


def test_what_nobody_takes_there_cannot_be_paid(client):
    fill_basket(client)
    Rate.objects.filter(country="").delete()
    client.post(DETAILS, ABROAD)
    page = client.get(PAY)
    assert page.context["offer"].undeliverable
    assert 'class="btn btn--wide pay-button"' not in page.content.decode()
    data = {
        "part": "pay",
        "basket": "1",
        "total": str(int(page.context["offer"].total)),
        "gateway": "bank_transfer",
        "terms": "on",
    }
    errors = refused(client, PAY, data).context["form"].errors
    assert [name.startswith("courier_") for name in errors] == [True]
    assert not PaymentAttempt.objects.exists()


def test_errors_stand_at_their_field_and_what_was_typed_stays(client):
    fill_basket(client)
    html = refused(client, DETAILS, {**HOME, "email": "ratna@", "phone": "12", "postcode": "99999"}).content.decode()
    assert "data-form-errors" in html
    for kept in ("ratna@", 'value="12"', "99999", "Jalan Merdeka 8", "Rumah hijau"):
        assert kept in html
    for field in ("id_email", "id_phone", "id_postcode"):
        assert f'href="#{field}"' in html
        assert f'id="{field}_error"' in html
    again = client.get(DETAILS).content.decode()
    for kept in ("ratna@", 'value="12"', "99999", "Jalan Merdeka 8", "Rumah hijau"):
        assert kept in again
    assert "data-form-errors" not in again
    assert "_error" not in again
    assert client.get(PAY).url == DETAILS


def test_the_regions_go_step_by_step_without_a_script(client):
    fill_basket(client)
    typed = {"part": "details", "step": "region", "country": "ID", "full_name": "Ratna", "province": "19"}
    steps = (
        ({}, "id_regency"),
        ({"regency": "19.71"}, "id_district"),
        ({"district": "19.71.02"}, "id_village"),
        ({"village": "19.71.02.1001"}, "id_line1"),
    )
    for chosen, target in steps:
        typed |= chosen
        response = client.post(DETAILS, typed)
        assert response.url == f"{DETAILS}#{target}"
        html = client.get(DETAILS).content.decode()
        assert "Ratna" in html
        assert "aria-invalid" not in html
    assert 'value="33121"' in html


def test_another_country_shows_its_own_fields_and_keeps_the_rest(client):
    fill_basket(client)
    client.post(DETAILS, {**HOME, "country": "JP", "step": "country"})
    html = client.get(DETAILS).content.decode()
    assert 'name="city"' in html
    assert 'name="province"' not in html
    assert "Ratna Dewi" in html
    client.post(DETAILS, {"part": "details", "country": "ID", "step": "country"})
    form = client.get(DETAILS).context["form"]
    assert form["village"].value() == "19.71.02.1001"
    assert form.next_level == ""


def test_what_is_typed_is_kept_while_it_is_typed(client):
    fill_basket(client)
    assert client.post("/toko/checkout/draf/", {"part": "details", "full_name": "Belum selesai"}).status_code == 204
    assert "Belum selesai" in client.get(DETAILS).content.decode()


def test_consent_a_way_to_pay_and_a_known_courier_are_needed(client):
    fill_basket(client)
    client.post(DETAILS, HOME)
    good = pay_data(client)
    courier = next(name for name in good if name.startswith("courier_"))
    without_terms = {name: value for name, value in good.items() if name != "terms"}
    for wrong, field in (
        (without_terms, "terms"),
        (good | {"gateway": "tunai"}, "gateway"),
        (good | {courier: "merpati"}, courier),
    ):
        page = refused(client, PAY, wrong)
        assert list(page.context["form"].errors) == [field]
        assert "data-form-errors" in page.content.decode()
        assert f'<a href="#id_{field}">' in page.content.decode()
        again = client.get(PAY)
        assert not again.context["form"].errors
        assert "data-form-errors" not in again.content.decode()
    assert not PaymentAttempt.objects.exists()


def test_nobody_pays_a_total_they_have_not_seen(client):
    fill_basket(client)
    client.post(DETAILS, HOME)
    data = pay_data(client)
    Rate.objects.filter(region="19").update(first_kg=Decimal("99000"))
    page = refused(client, PAY, data)
    assert page.context["offer"].total == Decimal("349000")
    assert page.context["problem"] == "Totalnya berubah. Silakan periksa, lalu tekan sekali lagi."
    assert page.context["problem"] in page.content.decode()
    assert not client.get(PAY).context["problem"]
    assert not PaymentAttempt.objects.exists()
    assert client.post(PAY, pay_data(client)).status_code == 302
    assert PaymentAttempt.objects.get().amount == Decimal("349000")


def test_pressing_twice_makes_one_payment(client):
    fill_basket(client)
    client.post(DETAILS, HOME)
    data = pay_data(client)
    first, second = client.post(PAY, data), client.post(PAY, data)
    attempt = PaymentAttempt.objects.get()
    assert attempt.key in first.url
    assert attempt.key in second.url


def test_coming_back_from_the_payment_page_leads_to_the_payment(client):
    attempt = reserve_order(client)
    for address in (DETAILS, PAY):
        assert attempt.key in client.get(address).url
    assert attempt.key in client.get("/toko/keranjang/").content.decode()


def test_a_piece_sold_in_the_last_moment_is_told_and_nothing_typed_is_lost(client, monkeypatch):
    product = ProductFactory(stock=1)
    fill_basket(client, product)
    client.post(DETAILS, HOME)
    data = pay_data(client)
    reserve = payment.reserve

    def somebody_is_quicker(**kwargs):
        stock.allocate(product.stockrecords.get(), 1)
        return reserve(**kwargs)

    monkeypatch.setattr(payment, "reserve", somebody_is_quicker)
    response = client.post(PAY, data, follow=True)
    assert response.redirect_chain[-1][0] == "/toko/keranjang/"
    assert [row.problem for row in response.context["page"].rows] == ["sold_out"]
    assert not PaymentAttempt.objects.exists()
    client.post(f"/toko/keranjang/baris/{response.context['page'].rows[0].line.pk}/", {"change": "remove"})
    fill_basket(client)
    assert "Jalan Merdeka 8" in client.get(DETAILS).content.decode()
    assert client.get(PAY).status_code == 200


def test_a_payment_service_that_does_not_answer_leads_to_the_payments_own_page(client, monkeypatch):
    from shop.payment.errors import GatewayUnavailable

    def silent(_attempt):
        raise GatewayUnavailable("no answer")

    monkeypatch.setattr(payment, "start", silent)
    attempt = reserve_order(client)
    assert attempt.key in client.get(DETAILS).url


def test_the_source_reaches_the_attempt_and_its_lines(client):
    client.get("/toko/keranjang/?source=pameran-bandung")
    attempt = reserve_order(client)
    assert attempt.source == "pameran-bandung"
    assert attempt.snapshot["lines"][0]["source"] == "pameran-bandung"


def test_who_is_signed_in_is_not_asked_for_an_email_and_keeps_the_address(client, user):
    client.force_login(user)
    attempt = reserve_order(client, details={**HOME, "email": "", "keep_address": "on", "saved": "new"})
    assert (attempt.user, attempt.email) == (user, "pembeli@contoh.id")
    address = user.addresses.get()
    assert (address.region_code, address.is_default_for_shipping) == ("19.71.02.1001", True)


def test_a_saved_address_needs_no_typing(client, user):
    client.force_login(user)
    reserve_order(client, details={**HOME, "keep_address": "on"})
    saved = user.addresses.get()
    attempt = reserve_order(client, details={"part": "details", "saved": str(saved.pk)})
    assert attempt.snapshot["address"]["line1"] == "Jalan Merdeka 8"
    assert user.addresses.count() == 1


def test_another_persons_address_cannot_be_used(client, user, django_user_model):
    other = django_user_model.objects.create_user(email="lain@contoh.id", password="rahasia-sekali")
    theirs = get_model("address", "UserAddress").objects.create(
        user=other,
        first_name="Lain",
        line1="Jalan Rahasia 1",
        country_id="ID",
        phone_number="+6281234567890",
        region_code="19.71.02.1001",
    )
    client.force_login(user)
    fill_basket(client)
    page = refused(client, DETAILS, {"part": "details", "saved": str(theirs.pk)})
    assert [form.errors.keys() >= {"full_name", "phone"} for form in page.context["forms_with_errors"]] == [True]
    assert "Jalan Rahasia" not in page.content.decode()
    assert client.get(PAY).url == DETAILS


def test_a_saved_address_without_its_village_must_be_completed(client, user):
    old = get_model("address", "UserAddress").objects.create(
        user=user, first_name="Budi", line1="Jalan Lama 1", country_id="ID", phone_number="+6281234567890"
    )
    client.force_login(user)
    fill_basket(client)
    assert refused(client, DETAILS, {"part": "details", "saved": str(old.pk)}).context["saved_incomplete"]
    assert not client.get(DETAILS).context["saved_incomplete"]


def test_both_screens_ask_the_same_of_the_database_for_more_pieces(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(address, visitor):
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(address).status_code == 200
        return len(queries)

    few, many, maker = Client(), Client(), MakerFactory()
    fill_basket(few, ProductFactory(stock=1, maker=maker))
    fill_basket(many, *(ProductFactory(stock=1, maker=maker) for _ in range(8)))
    for visitor in (few, many):
        visitor.post(DETAILS, HOME)
    assert count(DETAILS, few) == count(DETAILS, many)
    assert count(PAY, few) == count(PAY, many)


def test_pages_of_one_visitor_are_kept_by_nobody(client):
    fill_basket(client)
    client.post(DETAILS, HOME)
    for address in (DETAILS, PAY, "/toko/keranjang/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_a_voucher_counts_in_the_total_that_is_agreed(client):
    from shop.basket.tests.test_vouchers import voucher

    made = voucher()
    fill_basket(client)
    client.post("/toko/keranjang/vouchers/add/", {"code": made.code})
    client.post(DETAILS, HOME)
    assert client.get(PAY).context["offer"].total == Decimal("237000")
    client.post(PAY, pay_data(client))
    assert PaymentAttempt.objects.get().amount == Decimal("237000")
