"""The till's page: what it may do, what a device keeps of it, its words, and pairing by whoever is signed in."""

import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from shop.exhibitions.models import Device, Fair
from shop.exhibitions.services import devices
from shop.exhibitions.tests.factories import FairFactory
from shop.exhibitions.till_files import ROOT, found, till_files
from shop.exhibitions.views.till import picture_origins

APP = found(f"{ROOT}/app.js").parent
SOURCES = [path for path in APP.rglob("*.js") if "vendor" not in path.parts]


@pytest.fixture
def seller(django_user_model):
    return _person(django_user_model, may_sell=True)


def _person(model, *, may_sell):
    user = model.objects.create_user(email="rina@contoh.test", password="babel")
    if may_sell:
        user.user_permissions.add(Permission.objects.get(codename="use_till"))
    return model.objects.get(pk=user.pk)


def _texts(client, language):
    return json.loads(client.get(f"/kasir/teks/{language}.json").content)


def test_webassembly_is_allowed_on_the_till_and_nowhere_else(client, db):
    policy = client.get("/kasir/")["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in f"{policy};"
    assert "worker-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "wasm" not in client.get("/kasir/sw.js")["Content-Security-Policy"]


def test_pictures_may_be_fetched_ahead_from_wherever_they_may_be_shown_from():
    policy = {"DIRECTIVES": {"img-src": ["'self'", "data:", "https://foto.contoh.test"]}}
    assert picture_origins(policy) == ["https://foto.contoh.test"]


def test_the_page_is_the_same_for_everybody_and_asks_each_time(client, db, seller):
    guest = client.get("/kasir/")
    client.force_login(seller)
    assert client.get("/kasir/").content == guest.content
    assert guest["Cache-Control"] == "no-cache"
    assert not guest.cookies
    assert not re.search(rb"<style|\sstyle=|\son[a-z]+=", guest.content)


def test_the_worker_keeps_every_file_the_app_imports(client, db):
    text = client.get("/kasir/sw.js").content.decode()
    kept = set(json.loads(re.search(r"= (\{.*\});", text)[1])["files"])
    imported = set()
    for path in SOURCES:
        for name in re.findall(r"""from "(\.[^"]+)";""", path.read_text()):
            imported.add(f"/static/{ROOT}/{(path.parent / name).resolve().relative_to(APP).as_posix()}")
    assert len(imported) > 20
    assert imported - kept == set()
    assert {"/kasir/", "/kasir/teks/id.json", "/kasir/teks/en.json"} <= kept
    assert {*till_files().styles, *till_files().fonts} <= kept
    assert not any("zxing" in name for name in kept)
    assert all(client.get(name).status_code == 200 for name in kept if name.startswith("/kasir/"))


def test_the_worker_governs_the_till_and_is_asked_for_anew(client, db):
    response = client.get("/kasir/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Service-Worker-Allowed"] == "/kasir/"
    assert response["Cache-Control"] == "no-cache"
    assert till_files().version in response.content.decode()


def test_the_manifest_names_icons_that_exist(client, db):
    manifest = client.get("/kasir/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    told = json.loads(manifest.content)
    assert (told["start_url"], told["scope"], told["display"]) == ("/kasir/", "/kasir/", "standalone")
    assert [icon["sizes"] for icon in told["icons"]] == ["192x192", "512x512", "512x512"]
    assert all(found(icon["src"].removeprefix("/static/")).is_file() for icon in told["icons"])


def test_every_text_the_app_asks_for_exists_in_both_languages(client, db):
    indonesian, english = _texts(client, "id"), _texts(client, "en")
    assert indonesian.keys() == english.keys()
    asked = {key for path in SOURCES for key in re.findall(r'\btn?\(\s*"(\w+)"', path.read_text())}
    assert len(asked) > 150
    assert asked - english.keys() == set()


def test_both_languages_fill_in_the_same_things(client, db):
    indonesian, english = _texts(client, "id"), _texts(client, "en")
    names = re.compile(r"\{\w+\}")
    assert {key for key in english if set(names.findall(english[key])) != set(names.findall(indonesian[key]))} == set()
    assert english["pay_amount"] == "Pay {amount}"


def test_another_language_is_not_there(client, db):
    assert client.get("/kasir/teks/fr.json").status_code == 404


@pytest.mark.parametrize("may_sell", [False, None])
def test_guests_and_people_without_the_right_see_no_fair(client, db, django_user_model, may_sell):
    FairFactory()
    if may_sell is not None:
        client.force_login(_person(django_user_model, may_sell=may_sell))
    assert client.get(reverse("till:fairs")).json() == {"fairs": [], "csrf": ""}


def test_whoever_may_sell_sees_the_fairs_that_are_on_the_open_one_first(client, seller):
    FairFactory(name="Berkemas", status=Fair.Status.PACKING)
    FairFactory(name="Buka", status=Fair.Status.OPEN)
    FairFactory(name="Selesai", status=Fair.Status.SETTLED)
    client.force_login(seller)
    told = client.get(reverse("till:fairs")).json()
    assert [fair["name"] for fair in told["fairs"]] == ["Buka", "Berkemas"]
    assert told["csrf"]


def test_pairing_while_signed_in_gives_a_token_that_works(client, seller):
    fair = FairFactory()
    client.force_login(seller)
    told = client.post(reverse("till:pair"), {"fair": fair.pk, "name": "HP Rina"}, content_type="application/json")
    assert told.status_code == 201
    assert told.json()["fair"] == {"id": fair.pk, "name": fair.name}
    assert devices.device_for_token(told.json()["token"]).name == "HP Rina"


def test_pairing_needs_the_right_and_a_csrf_token(db, django_user_model, seller):
    fair = FairFactory()
    body = {"fair": fair.pk, "name": "HP"}
    client = Client()
    client.force_login(django_user_model.objects.create_user(email="tamu@contoh.test", password="babel"))
    assert client.post(reverse("till:pair"), body, content_type="application/json").status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(seller)
    assert strict.post(reverse("till:pair"), body, content_type="application/json").status_code == 403
    assert not Device.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"fair": "x", "name": "y"}', "x" * 5000])
def test_a_pairing_that_cannot_be_read_is_answered_with_words(client, seller, body):
    client.force_login(seller)
    response = client.post(reverse("till:pair"), body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["message"]


def test_pairing_with_a_fair_that_is_gone_or_over_is_refused(client, seller):
    client.force_login(seller)
    over = FairFactory(status=Fair.Status.SETTLED)
    for pk, status in ((0, 404), (over.pk, 403)):
        response = client.post(reverse("till:pair"), {"fair": pk, "name": "HP"}, content_type="application/json")
        assert response.status_code == status
