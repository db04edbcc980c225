"""Webhooks are signed, and late, doubled, swapped, lost or tried again on demand."""

import json

import pytest
import requests
import stripe

from ..server import SandboxServer
from .factories import eventually, session_params

COMPLETED, SUCCEEDED = "checkout.session.completed", "payment_intent.succeeded"


@pytest.fixture
def sending(shop):
    with SandboxServer(webhook_url=shop.url) as server:
        yield server


def control(sandbox, path, content=None):
    answer = requests.request(
        "GET" if content is None else "POST", f"{sandbox.url}/_sandbox/{path}", json=content, timeout=5
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def buy(sandbox):
    session = sandbox.client().v1.checkout.sessions.create(session_params())
    control(sandbox, f"sessions/{session.id}/pay", {"outcome": "paid"})
    return session


def kinds(shop):
    return [json.loads(body)["type"] for body, _ in shop.received]


def test_a_webhook_is_accepted_by_the_official_client(sending, shop):
    session = buy(sending)
    eventually(lambda: len(shop.received) == 2)
    client = sending.client()
    events = [client.construct_event(*got, sending.options.webhook_secret) for got in shop.received]
    assert [event.type for event in events] == [SUCCEEDED, COMPLETED]
    assert events[1].data.object.id == session.id
    eventually(lambda: all(d["state"] == "delivered" for d in sending.deliveries()))
    assert client.v1.events.retrieve(events[1].id).pending_webhooks == 0


@pytest.mark.parametrize(("signature", "reason"), [("wrong", "signatures"), ("stale", "tolerance")])
def test_a_wrong_or_stale_signature_is_refused_by_the_official_client(sending, shop, signature, reason):
    control(sending, "webhooks", {"signature": signature})
    buy(sending)
    body, header = eventually(lambda: shop.received and shop.received[0])
    with pytest.raises(stripe.SignatureVerificationError, match=reason):
        sending.client().construct_event(body, header, sending.options.webhook_secret)


def test_a_changed_body_is_refused_by_the_official_client(sandbox):
    buy(sandbox)
    webhook = sandbox.take_webhooks()[1]
    forged = webhook.body.replace(b'"unpaid"', b'"paid"').replace(b"15000000", b"15000001")
    with pytest.raises(stripe.SignatureVerificationError):
        sandbox.client().construct_event(forged, webhook.signature, sandbox.options.webhook_secret)


def test_doubled_webhooks_come_twice_with_the_same_event(sending, shop):
    control(sending, "webhooks", {"mode": "double"})
    buy(sending)
    eventually(lambda: len(shop.received) == 4)
    assert kinds(shop) == [SUCCEEDED, SUCCEEDED, COMPLETED, COMPLETED]
    assert len({json.loads(body)["id"] for body, _ in shop.received}) == 2


def test_swapped_webhooks_come_the_later_one_first(sending, shop):
    control(sending, "webhooks", {"mode": "swap"})
    buy(sending)
    eventually(lambda: len(shop.received) == 2)
    assert kinds(shop) == [COMPLETED, SUCCEEDED]


def test_held_webhooks_come_when_flushed_and_in_the_order_asked_for(sending, shop):
    control(sending, "webhooks", {"mode": "hold"})
    buy(sending)
    assert control(sending, "flush", {"order": "reverse"}) == {"tried": 2}
    assert kinds(shop) == [COMPLETED, SUCCEEDED]


def test_late_webhooks_come_after_their_delay(sending, shop):
    control(sending, "webhooks", {"delay": 300})
    buy(sending)
    control(sending, "clock", {"advance": 200})
    assert sending.sandbox.webhooks.deliver_due() == 0
    assert shop.received == []
    control(sending, "clock", {"advance": 101})
    eventually(lambda: len(shop.received) == 2)


def test_dropped_webhooks_never_come_but_the_event_can_be_read(sending, shop):
    control(sending, "webhooks", {"mode": "drop"})
    session = buy(sending)
    assert sending.flush() == 0
    assert shop.received == []
    (event,) = sending.client().v1.events.list({"type": COMPLETED}).data
    assert event.data.object["id"] == session.id
    assert {d["state"] for d in control(sending, "deliveries")["deliveries"]} == {"dropped"}


@pytest.mark.parametrize("status", [500, 302, 404])
def test_an_event_the_shop_does_not_take_is_tried_again(sending, shop, status):
    shop.status = status
    buy(sending)
    eventually(lambda: all(d["attempts"] >= 1 for d in sending.deliveries()))
    assert {d["state"] for d in sending.deliveries()} == {"waiting"}
    assert {d["answer"] for d in sending.deliveries()} == {status}
    shop.status = 200
    sending.flush()
    assert {d["state"] for d in sending.deliveries()} == {"delivered"}


def test_an_event_is_given_up_after_three_days(sending, shop):
    shop.status = 500
    buy(sending)
    eventually(lambda: all(d["attempts"] >= 1 for d in sending.deliveries()))
    sending.advance(3 * 24 * 60 * 60 + 60)
    eventually(lambda: {d["state"] for d in sending.deliveries()} == {"given_up"})


def test_a_mode_that_does_not_exist_is_refused(sandbox):
    answer = requests.post(f"{sandbox.url}/_sandbox/webhooks", json={"mode": "lose"}, timeout=5)
    assert answer.status_code == 400
    assert sandbox.sandbox.webhooks.behaviour()["mode"] == "normal"


def test_webhooks_cannot_be_sent_to_another_machine(sandbox):
    content = {"url": "https://shop.example/webhooks/stripe/"}
    assert requests.post(f"{sandbox.url}/_sandbox/webhooks", json=content, timeout=5).status_code == 400
    with pytest.raises(ValueError, match="this machine only"):
        SandboxServer(webhook_url=content["url"])


def test_the_control_api_takes_no_web_form(sandbox):
    answer = requests.post(f"{sandbox.url}/_sandbox/clock", data={"advance": "60"}, timeout=5)
    assert answer.status_code == 400
