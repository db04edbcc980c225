"""A code makes one phone a device, once and within minutes; somebody who may sell needs none."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission
from django.utils import timezone

from shop.exhibitions.errors import CodeExpired, CodeUsed, DeviceRevoked, FairIsOver, MayNotSell, TokenUnknown
from shop.exhibitions.models import Device, Fair
from shop.exhibitions.services import devices
from shop.exhibitions.tests.factories import FairFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/till/pair/"


@pytest.fixture
def fair():
    return FairFactory()


def ask(client, **body):
    return client.post(ADDRESS, {"name": "HP Rina", "app_version": "1.0.0", **body}, content_type="application/json")


def seller(email="kasir@example.com"):
    user = get_user_model().objects.create_user(email=email, password="x")
    user.user_permissions.add(Permission.objects.get(codename="use_till"))
    return get_user_model().objects.get(pk=user.pk)


def test_a_code_makes_a_phone_a_device_and_its_token_is_known_by_hash_alone(client, fair):
    code = devices.new_code(fair)
    response = ask(client, code=code.code)
    assert response.status_code == 201
    told = response.json()
    device = Device.objects.get()
    assert told == {
        "token": told["token"],
        "device": {"id": device.pk, "name": "HP Rina", "letter": "A"},
        "fair": {"id": fair.pk, "name": fair.name},
    }
    assert len(told["token"]) >= 43
    assert device.token_hash == hashlib.sha256(told["token"].encode()).hexdigest()
    assert devices.device_for_token(told["token"]) == device
    assert device.app_version == "1.0.0"
    code.refresh_from_db()
    assert (code.device, code.used_at is not None) == (device, True)


def test_a_code_is_eight_digits_and_lives_for_half_an_hour(fair):
    code = devices.new_code(fair)
    assert (len(code.code), code.code.isdecimal()) == (8, True)
    assert timedelta(minutes=29) < code.expires_at - timezone.now() <= timedelta(minutes=30)


def test_a_code_that_is_taken_is_drawn_again(fair, monkeypatch):
    drawn = iter(["11111111", "11111111", "22222222"])
    monkeypatch.setattr(devices, "new_pairing_code", lambda: next(drawn))
    assert [devices.new_code(fair).code for _time in range(2)] == ["11111111", "22222222"]


def test_a_second_phone_with_one_code_is_refused(client, fair):
    code = devices.new_code(fair).code
    assert ask(client, code=code).status_code == 201
    response = ask(client, code=code)
    assert (response.status_code, response.json()["code"]) == (409, "code_used")
    assert Device.objects.count() == 1


def test_a_used_code_says_used_and_not_expired(fair):
    code = devices.new_code(fair)
    devices.pair(code.code, name="HP")
    code.refresh_from_db()
    code.expires_at = timezone.now() - timedelta(minutes=1)
    code.save()
    with pytest.raises(CodeUsed):
        devices.pair(code.code, name="HP")


def test_an_expired_code_is_refused(client, fair):
    code = devices.new_code(fair, minutes=-1).code
    response = ask(client, code=code)
    assert (response.status_code, response.json()["code"]) == (403, "code_expired")
    assert not Device.objects.exists()


def test_a_code_nobody_gave_is_refused(client, fair):
    response = ask(client, code="00000000")
    assert (response.status_code, response.json()["code"]) == (404, "code_unknown")


@pytest.mark.parametrize("body", [{"code": "123"}, {"code": 12345678}, {"code": "1234567x"}, {"more": 1}, {"name": ""}])
def test_a_request_that_is_not_as_agreed_is_refused(client, fair, body):
    response = ask(client, **{"code": devices.new_code(fair).code, **body})
    assert (response.status_code, response.json()["code"]) == (400, "bad_field")
    assert not Device.objects.exists()


def test_guessing_codes_is_slowed_down_by_address(client, fair, monkeypatch):
    monkeypatch.setattr("shop.exhibitions.api.throttles.EachDevice.THROTTLE_RATES", {"pair": "3/hour"})
    statuses = [ask(client, code=f"0000000{number}").status_code for number in range(4)]
    assert statuses == [404, 404, 404, 429]
    code = devices.new_code(fair).code
    claimed = {"x-forwarded-for": "10.0.0.9"}
    response = client.post(ADDRESS, {"code": code, "name": "HP"}, content_type="application/json", headers=claimed)
    assert response.status_code == 429


def test_letters_go_on_after_z_and_are_never_given_out_again(fair):
    for _number in range(27):
        device, _token = devices.pair(devices.new_code(fair).code, name="HP")
        devices.revoke(device)
    letters = list(fair.devices.order_by("pk").values_list("letter", flat=True))
    assert letters == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA"]


@pytest.mark.parametrize("status", [Fair.Status.SETTLED, Fair.Status.CANCELLED])
def test_a_fair_that_is_over_gets_no_more_devices(fair, status):
    code = devices.new_code(fair).code
    user = seller()
    Fair.objects.filter(pk=fair.pk).update(status=status)
    with pytest.raises(CodeExpired):
        devices.pair(code, name="HP")
    with pytest.raises(FairIsOver):
        devices.pair_directly(fair, user, "HP")
    fair.refresh_from_db()
    with pytest.raises(FairIsOver):
        devices.new_code(fair)
    assert not Device.objects.exists()


def test_somebody_who_may_sell_pairs_without_a_code(fair):
    device, token = devices.pair_directly(fair, seller(), "HP Rina")
    assert (device.letter, device.name, device.fair) == ("A", "HP Rina", fair)
    assert devices.device_for_token(token) == device


def test_who_may_not_sell_pairs_nothing(fair):
    for user in (AnonymousUser(), get_user_model().objects.create_user(email="a@example.com", password="x")):
        with pytest.raises(MayNotSell):
            devices.pair_directly(fair, user, "HP")
    assert not Device.objects.exists()


def test_a_token_is_known_until_it_is_revoked(fair):
    device, token = devices.pair(devices.new_code(fair).code, name="HP")
    with pytest.raises(TokenUnknown):
        devices.device_for_token(token[:-1])
    devices.revoke(device)
    with pytest.raises(DeviceRevoked):
        devices.device_for_token(token)
