import re

import pytest
from django.core import mail

from accounts import demo, roles
from accounts.models import User

pytestmark = pytest.mark.django_db

NEW = {"email": "baru@example.com", "password1": "tenun-siang-malam", "password2": "tenun-siang-malam"}


@pytest.fixture
def people():
    demo.load()


def sign_in(client, email, password=demo.PASSWORD, **more):
    return client.post("/akun/login/", {"login": email, "password": password, **more})


def test_one_sign_in_opens_the_shop_the_pages_and_the_dashboard(client, people):
    assert sign_in(client, "kurator@demo.test").status_code == 302
    assert client.get("/akun/").status_code == 200
    assert client.get("/kelola/").status_code == 200
    assert client.get("/kelola/toko/").status_code == 200


def test_wrong_password_is_refused_beside_the_form_and_keeps_the_email(client, people):
    answer = sign_in(client, "kurator@demo.test", "salah-sekali")
    assert answer.status_code == 200
    assert "kurator@demo.test" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_even_the_right_one_waits(client, people):
    for _ in range(5):
        sign_in(client, "pembeli@demo.test", "salah-sekali")
    sign_in(client, "pembeli@demo.test")
    assert "_auth_user_id" not in client.session


def test_signing_up_needs_a_confirmed_address_and_gives_the_shopper_role(client):
    client.post("/akun/signup/", NEW)
    assert "_auth_user_id" not in client.session
    user = User.objects.get(email=NEW["email"])
    assert [group.name for group in user.groups.all()] == [roles.SHOPPER]
    link = re.search(r"https?://\S+(/akun/confirm-email/\S+)", mail.outbox[0].body)
    client.post(link.group(1))
    assert sign_in(client, NEW["email"], NEW["password1"]).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signing_up_with_a_taken_address_tells_nobody_that_it_is_taken(client, people):
    fresh = client.post("/akun/signup/", NEW)
    taken = client.post("/akun/signup/", {**NEW, "email": "pembeli@demo.test"})
    assert (taken.status_code, taken.url) == (fresh.status_code, fresh.url)
    assert User.objects.filter(email="pembeli@demo.test").count() == 1


def test_a_forgotten_password_is_reset_by_mail(client, people):
    client.post("/akun/password/reset/", {"email": "pembeli@demo.test"})
    path = re.search(r"https?://[^/\s]+(/akun/password/reset/key/\S+)", mail.outbox[0].body).group(1)
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW["password1"], "password2": NEW["password1"]})
    assert sign_in(client, "pembeli@demo.test", NEW["password1"]).status_code == 302


@pytest.mark.parametrize(
    "path", ["/kelola/", "/kelola/toko/", "/kelola/pages/", "/kelola/toko/orders/", "/kelola/login/?next=/kelola/"]
)
def test_strangers_are_led_to_the_one_sign_in_page(client, path):
    answer = client.get(path, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/akun/login/")


@pytest.mark.parametrize("email", ["pembeli@demo.test", "pengrajin@demo.test", "kasir@demo.test"])
@pytest.mark.parametrize("path", ["/kelola/", "/kelola/toko/"])
def test_people_without_access_are_refused_clearly_and_not_sent_in_circles(client, people, email, path):
    sign_in(client, email)
    assert client.get(path, follow=True).status_code == 403


def test_an_editor_sees_the_pages_but_not_the_dashboard(client, people):
    sign_in(client, "editor@demo.test")
    assert client.get("/kelola/").status_code == 200
    assert client.get("/kelola/toko/").status_code == 403


@pytest.mark.parametrize("path", ["/akun/register/", "/kelola/toko/login/", "/kelola/password_reset/"])
def test_oscars_and_wagtails_own_doors_are_gone(client, path):
    answer = client.get(path)
    assert answer.status_code in {301, 302, 404}
    if answer.status_code != 404:
        assert answer.url.startswith("/akun/")


def test_signing_in_returns_to_where_one_wanted_to_go_but_never_to_another_host(client, people):
    assert sign_in(client, "kurator@demo.test", next="/kelola/pages/").url == "/kelola/pages/"
    client.logout()
    assert "evil.example" not in sign_in(client, "kurator@demo.test", next="https://evil.example/").url
