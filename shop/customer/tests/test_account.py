import pytest
from django.urls import reverse
from oscar.core.loading import get_model

from shop.address.tests.test_forms import ABROAD, HOME
from shop.checkout.tests.factories import paid_order, refused

pytestmark = pytest.mark.django_db

PAGES = ("/akun/", "/akun/profil/", "/akun/pesanan/", "/akun/alamat/", "/akun/alamat/baru/")


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_user(email="pembeli@contoh.id", password="rahasia-sekali")


@pytest.fixture
def other(django_user_model):
    return django_user_model.objects.create_user(email="lain@contoh.id", password="rahasia-sekali")


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_asked_to_sign_in(client, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.startswith("/akun/login/")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_ones_own_pages_open_and_are_kept_by_nobody(client, user, path, prefix):
    client.force_login(user)
    response = client.get(f"{prefix}{path}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_orders_are_listed_and_read_by_their_buyer_alone(client, user, other):
    client.force_login(user)
    order = paid_order(client, other)
    assert order.user == user
    assert order.number in client.get("/akun/").content.decode()
    assert order.number in client.get("/akun/pesanan/").content.decode()
    assert client.get(f"/akun/pesanan/{order.number}/").status_code == 200
    client.force_login(other)
    assert client.get(f"/akun/pesanan/{order.number}/").status_code == 404
    assert order.number not in client.get("/akun/pesanan/").content.decode()


def test_the_name_is_changed_and_nothing_else(client, user):
    client.force_login(user)
    client.post("/akun/profil/", {"first_name": "Budi Santoso", "email": "curi@contoh.id", "is_staff": "on"})
    user.refresh_from_db()
    assert (user.first_name, user.email, user.is_staff) == ("Budi Santoso", "pembeli@contoh.id", False)


def test_addresses_are_added_changed_made_the_default_and_deleted(client, user):
    client.force_login(user)
    client.post("/akun/alamat/baru/", HOME)
    client.post("/akun/alamat/baru/", ABROAD)
    first, second = user.addresses.order_by("pk")
    assert (first.is_default_for_shipping, second.is_default_for_shipping) == (True, False)
    client.post(f"/akun/alamat/{second.pk}/utama/")
    client.post(f"/akun/alamat/{first.pk}/", {**HOME, "line1": "Jalan Baru 2"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_default_for_shipping, second.is_default_for_shipping, first.line1) == (False, True, "Jalan Baru 2")
    client.post(f"/akun/alamat/{first.pk}/hapus/")
    assert list(user.addresses.all()) == [second]


def test_the_same_address_twice_is_told(client, user):
    client.force_login(user)
    client.post("/akun/alamat/baru/", HOME)
    page = refused(client, "/akun/alamat/baru/", HOME)
    assert page.context["form"].non_field_errors() == ["Alamat ini sudah ada di daftar Anda."]
    assert page.context["form"].non_field_errors()[0] in page.content.decode()
    assert user.addresses.count() == 1


def test_wrong_fields_are_told_once_and_kept(client, user):
    client.force_login(user)
    html = refused(client, "/akun/alamat/baru/", {**HOME, "phone": "12"}).content.decode()
    assert 'id="id_phone_error"' in html
    assert 'value="12"' in html
    assert "Jalan Merdeka 8" in html
    again = client.get("/akun/alamat/baru/").content.decode()
    assert "_error" not in again
    assert "Jalan Merdeka 8" not in again


def test_errors_of_one_address_are_not_shown_on_the_page_of_another(client, user):
    client.force_login(user)
    client.post("/akun/alamat/baru/", ABROAD)
    assert client.post("/akun/alamat/baru/", {**HOME, "phone": "12"}).status_code == 303
    other = client.get(f"/akun/alamat/{user.addresses.get().pk}/").content.decode()
    assert "_error" not in other
    assert "Jalan Merdeka 8" not in other


def test_regions_go_step_by_step_in_the_book_too(client, user):
    client.force_login(user)
    response = client.post(
        "/akun/alamat/baru/", {"country": "ID", "province": "19", "full_name": "Ratna", "step": "region"}
    )
    assert (response.status_code, response.url) == (303, "/akun/alamat/baru/#id_regency")
    page = client.get("/akun/alamat/baru/")
    assert page.status_code == 200
    assert len(page.context["form"].fields["regency"].choices) == 8
    assert "Ratna" in page.content.decode()
    assert "aria-invalid" not in page.content.decode()


def test_nobody_reaches_another_persons_addresses(client, user, other):
    client.force_login(other)
    client.post("/akun/alamat/baru/", HOME)
    address = other.addresses.get()
    client.force_login(user)
    for path in (f"/akun/alamat/{address.pk}/", f"/akun/alamat/{address.pk}/hapus/"):
        assert client.get(path).status_code == 404
        assert client.post(path, HOME).status_code == 404
    assert client.post(f"/akun/alamat/{address.pk}/utama/").status_code == 404
    assert get_model("address", "UserAddress").objects.count() == 1


@pytest.mark.parametrize(
    ("name", "args", "target"),
    [
        ("customer:register", [], "account_signup"),
        ("customer:change-password", [], "account_change_password"),
        ("password-reset", [], "account_reset_password"),
        ("password-reset-done", [], "account_reset_password"),
        ("password-reset-confirm", ["Mg", "abc-def"], "account_reset_password"),
        ("password-reset-complete", [], "account_reset_password"),
    ],
)
def test_oscars_addresses_lead_to_the_one_account_system(client, name, args, target):
    response = client.get(reverse(name, args=args), {"next": "/akun/"})
    assert response.status_code == 302
    assert response.url.split("?")[0] == reverse(target)


def test_oscars_sign_in_and_sign_out_are_the_account_systems_own():
    assert reverse("customer:login") == reverse("account_login")
    assert reverse("customer:logout") == reverse("account_logout")
