"""What is refused as a whole: who is no device, what is no batch. The answer has a code and words; nothing counts."""

import json
import uuid

import pytest
from django.db import OperationalError

from shop.exhibitions.models import RefusedEvent, Sale, TillEvent
from shop.exhibitions.services import devices, inbox
from shop.exhibitions.tests.stall import batch, now, open_stall
from shop.settlement.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


def refused(response, status, code):
    assert response.status_code == status, response.content
    body = response.json()
    assert set(body) == {"code", "message", "where"}
    assert body["code"] == code
    assert body["message"]
    return body


def nothing_counted():
    return not (TillEvent.objects.exists() or Sale.objects.exists() or Entry.objects.exists())


@pytest.mark.parametrize("name", ["events", "heartbeat", "catalogue"])
@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "token_missing"),
        ("Token x", "token_missing"),
        ("Device", "token_unknown"),
        ("Device nobody-has-this", "token_unknown"),
        ("Device two words", "token_unknown"),
    ],
)
def test_who_is_no_device_is_told_so(client, name, header, code):
    ask = client.get if name == "catalogue" else client.post
    response = ask(f"/api/v1/till/{name}/", headers={"authorization": header} if header else {})
    refused(response, 401, code)
    assert response["WWW-Authenticate"] == "Device"


def test_a_revoked_device_is_refused_everywhere_and_nothing_of_it_counts(stall):
    sale = stall.sale()
    devices.revoke(stall.device)
    refused(stall.post("events", batch(sale)), 401, "device_revoked")
    refused(stall.post("heartbeat", {"waiting": 1, "at": now()}), 401, "device_revoked")
    refused(stall.client.get("/api/v1/till/catalogue/", headers=stall.headers()), 401, "device_revoked")
    assert nothing_counted()


def test_a_second_revocation_keeps_the_time_of_the_first(stall):
    devices.revoke(stall.device)
    first = stall.device.revoked_at
    devices.revoke(stall.device)
    assert stall.device.revoked_at == first


@pytest.mark.parametrize("body", ["{", "[1,", '{"waiting": NaN}', b"\xff\xfe\x00", "[" * 3000, "9" * 5000])
def test_malformed_json_is_refused_as_such(stall, body):
    refused(stall.post("events", body), 400, "not_json")
    assert nothing_counted()


def test_a_body_nested_without_end_is_refused(stall):
    text = json.dumps(batch()).replace('"events": []', '"events": [' + '{"a":' * 40 + "1" + "}" * 40 + "]")
    refused(stall.post("events", text), 400, "not_json")


def test_a_body_above_the_limit_is_refused_and_nothing_of_it_counts(stall):
    sale = stall.sale()
    refused(stall.post("events", batch(sale, {"padding": "x" * 512 * 1024})), 413, "batch_too_large")
    assert nothing_counted()


def test_more_than_a_hundred_events_are_refused_and_a_hundred_are_not(stall):
    events = [{"id": str(uuid.uuid4()), "kind": "?"} for _number in range(101)]
    refused(stall.post("events", batch(*events)), 413, "batch_too_large")
    assert RefusedEvent.objects.count() == 0
    assert len(stall.send(*events[:100])) == 100


@pytest.mark.parametrize(
    "change",
    [
        {"sent_at": "yesterday"},
        {"sent_at": "2026-11-24T10:00:00"},
        {"sent_at": "2026-13-24T10:00:00Z"},
        {"waiting": "7"},
        {"waiting": -1},
        {"waiting": 1.0},
        {"waiting": True},
        {"events": {}},
        {"app_version": 1},
        {"app_version": "x" * 41},
        {"more": 1},
    ],
)
def test_a_batch_that_is_not_as_agreed_is_refused_with_the_field_named(stall, change):
    body = refused(stall.post("events", batch(stall.sale(), **change)), 400, "bad_field")
    assert body["where"] == next(iter(change))
    assert body["where"] not in body["message"]
    assert nothing_counted()


@pytest.mark.parametrize("body", ["[]", "1", "null", '"x"'])
def test_a_body_that_is_no_object_is_refused(stall, body):
    refused(stall.post("events", body), 400, "bad_field")


def test_another_media_type_and_another_method_are_refused(stall):
    address = "/api/v1/till/events/"
    response = stall.client.post(address, "{}", content_type="text/plain", headers=stall.headers())
    refused(response, 415, "unsupported_media_type")
    refused(stall.client.get(address, headers=stall.headers()), 405, "method_not_allowed")


def test_a_device_that_asks_too_often_is_told_when_to_ask_again(stall, monkeypatch):
    monkeypatch.setattr("shop.exhibitions.api.throttles.EachDevice.THROTTLE_RATES", {"events": "2/min"})
    other = stall.second_device()
    for _time in range(2):
        stall.send()
    response = stall.post("events", batch(stall.sale()))
    refused(response, 429, "too_many_requests")
    assert 0 < int(response["Retry-After"]) <= 61
    assert other.send() == []
    assert nothing_counted()


def test_the_answer_speaks_the_language_of_the_till(stall):
    spoken = {}
    for language in ("id", "en"):
        response = stall.post("events", "{", **{"accept-language": language})
        assert response["Content-Language"] == language
        spoken[language] = response.json()["message"]
    assert spoken["en"] == "The server could not read what the till sent."
    assert spoken["id"] != spoken["en"]
    event = {"id": str(uuid.uuid4()), "kind": "?"}
    response = stall.post("events", batch(event), **{"accept-language": "en-GB,en;q=0.9"})
    message = response.json()["answers"][0]["message"]
    assert message == "The server does not know this kind of entry. Update the till."


def test_no_session_and_no_cookie_come_of_it(stall):
    response = stall.post("events", batch(stall.sale()))
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_a_database_that_is_away_refuses_no_event_but_asks_to_send_again(stall, monkeypatch):
    sale = stall.sale()

    def away(happening, told):
        raise OperationalError("the connection is lost")

    with monkeypatch.context() as broken:
        broken.setitem(inbox.HANDLERS, TillEvent.Kind.SALE, away)
        response = stall.post("events", batch(sale))
    refused(response, 503, "busy")
    assert response["Retry-After"] == "5"
    assert not RefusedEvent.objects.exists()
    assert nothing_counted()
    assert stall.send(sale)[0]["status"] == "created"
