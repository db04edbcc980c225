"""Status of session, intent and charge through every way a payment can go."""

import pytest
import stripe

from ..resources.payments import CannotPay
from .factories import session_params


@pytest.fixture
def session(client):
    return client.v1.checkout.sessions.create(session_params())


def kinds(sandbox):
    return [webhook.kind for webhook in sandbox.take_webhooks()]


def test_a_paid_session_is_complete_with_a_succeeded_charge(sandbox, client, session):
    sandbox.pay(session.id)
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert (paid.payment_intent.status, paid.payment_intent.amount_received) == ("succeeded", 15_000_000)
    assert paid.payment_intent.metadata["attempt"] == "7"
    assert (paid.payment_intent.latest_charge.paid, paid.payment_intent.latest_charge.captured) == (True, True)
    assert kinds(sandbox) == ["payment_intent.succeeded", "checkout.session.completed"]


def test_paying_twice_takes_the_money_once(sandbox, client, session):
    sandbox.pay(session.id)
    sandbox.pay(session.id)
    assert kinds(sandbox).count("payment_intent.succeeded") == 1
    assert len(sandbox.sandbox.store.newest_first("charge")) == 1


def test_a_declined_card_leaves_the_session_open_for_another_try(sandbox, client, session):
    sandbox.pay(session.id, "declined")
    declined = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (declined.status, declined.payment_status) == ("open", "unpaid")
    assert declined.payment_intent.status == "requires_payment_method"
    assert declined.payment_intent.last_payment_error.code == "card_declined"
    assert kinds(sandbox) == ["payment_intent.payment_failed"]
    sandbox.pay(session.id)
    paid = client.v1.checkout.sessions.retrieve(session.id)
    assert (paid.payment_status, paid.payment_intent) == ("paid", declined.payment_intent.id)


def test_a_delayed_payment_completes_unpaid_and_is_paid_later(sandbox, client, session):
    sandbox.pay(session.id, "later-paid", after=600)
    waiting = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    assert waiting.payment_intent.status == "processing"
    assert kinds(sandbox) == ["checkout.session.completed"]
    sandbox.advance(599)
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    sandbox.advance(2)
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert kinds(sandbox) == ["payment_intent.succeeded", "checkout.session.async_payment_succeeded"]


def test_a_delayed_payment_that_never_comes_stays_unpaid(sandbox, client, session):
    sandbox.pay(session.id, "later")
    sandbox.settle(session.id, "failed")
    failed = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (failed.status, failed.payment_status) == ("complete", "unpaid")
    assert failed.payment_intent.latest_charge.status == "failed"
    assert kinds(sandbox)[1:] == [
        "payment_intent.payment_failed",
        "checkout.session.async_payment_failed",
    ]
    with pytest.raises(CannotPay):
        sandbox.settle(session.id, "paid")


def test_an_expired_session_cannot_be_paid(sandbox, client, session):
    expired = client.v1.checkout.sessions.expire(session.id)
    assert (expired.status, expired.url) == ("expired", None)
    with pytest.raises(CannotPay):
        sandbox.pay(session.id)
    assert kinds(sandbox) == ["checkout.session.expired"]
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"


def test_a_session_expires_by_itself_at_its_time(sandbox, client, session):
    sandbox.advance(24 * 60 * 60 - 30)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    sandbox.advance(31)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert kinds(sandbox) == ["checkout.session.expired"]


@pytest.mark.parametrize("outcome", ["paid", "later"])
def test_a_complete_session_cannot_be_expired(sandbox, client, session, outcome):
    sandbox.pay(session.id, outcome)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.expire(session.id)
    assert caught.value.http_status == 400
    assert caught.value.user_message.endswith("status of `complete`.")
    assert client.v1.checkout.sessions.retrieve(session.id).status == "complete"


def test_a_session_is_found_by_its_intent(sandbox, client, session):
    sandbox.pay(session.id)
    client.v1.checkout.sessions.create(session_params())
    intent = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    found = client.v1.checkout.sessions.list({"payment_intent": intent, "limit": 1})
    assert [item.id for item in found.data] == [session.id]
    assert found.has_more is False


def test_events_can_be_read_back_by_type_and_time(sandbox, client, session):
    sandbox.pay(session.id)
    (event,) = client.v1.events.list({"type": "checkout.session.*"}).data
    assert (event.type, event.data.object["id"]) == ("checkout.session.completed", session.id)
    assert client.v1.events.retrieve(event.id).data.object["payment_status"] == "paid"
    assert client.v1.events.list({"created": {"gt": event.created}}).data == []
    assert len(client.v1.events.list({"created": {"gte": event.created}}).data) == 2
    assert len(client.v1.events.list({"delivery_success": False}).data) == 2
    sandbox.take_webhooks()
    assert client.v1.events.list({"delivery_success": False}).data == []


def test_events_are_forgotten_after_thirty_days(sandbox, client, session):
    sandbox.pay(session.id)
    (event,) = client.v1.events.list({"type": "checkout.session.completed"}).data
    sandbox.advance(30 * 24 * 60 * 60 + 60)
    assert client.v1.events.list().data == []
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.events.retrieve(event.id)
