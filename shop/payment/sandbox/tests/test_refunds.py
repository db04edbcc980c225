"""Refunds never give back more than was taken."""

import pytest
import stripe

from .factories import session_params


@pytest.fixture
def intent(sandbox, client):
    session = client.v1.checkout.sessions.create(session_params())
    sandbox.pay(session.id)
    sandbox.take_webhooks()
    return client.v1.checkout.sessions.retrieve(session.id).payment_intent


def charge(client, intent):
    return client.v1.payment_intents.retrieve(intent, {"expand": ["latest_charge"]}).latest_charge


def test_without_an_amount_everything_is_refunded(sandbox, client, intent):
    refund = client.v1.refunds.create(
        {"payment_intent": intent, "reason": "requested_by_customer", "metadata": {"order": "100123"}}
    )
    assert (refund.amount, refund.status, refund.currency) == (15_000_000, "succeeded", "idr")
    assert (charge(client, intent).refunded, charge(client, intent).amount_refunded) == (True, 15_000_000)
    assert [webhook.kind for webhook in sandbox.take_webhooks()] == ["refund.created", "charge.refunded"]


def test_parts_are_refunded_until_nothing_is_left(client, intent):
    client.v1.refunds.create({"payment_intent": intent, "amount": 5_000_000})
    assert charge(client, intent).refunded is False
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent, "amount": 10_000_001})
    assert (caught.value.http_status, caught.value.param, caught.value.code) == (400, "amount", None)
    client.v1.refunds.create({"payment_intent": intent})
    assert charge(client, intent).amount_refunded == 15_000_000
    assert [refund.amount for refund in client.v1.refunds.list({"payment_intent": intent}).data] == [
        10_000_000,
        5_000_000,
    ]


def test_a_refunded_charge_cannot_be_refunded_again(client, intent):
    client.v1.refunds.create({"payment_intent": intent})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent, "amount": 1})
    assert (caught.value.http_status, caught.value.code) == (400, "charge_already_refunded")
    assert len(client.v1.refunds.list({"payment_intent": intent}).data) == 1


def test_more_than_was_paid_cannot_be_refunded(client, intent):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent, "amount": 15_000_001})
    assert caught.value.param == "amount"
    assert charge(client, intent).amount_refunded == 0


@pytest.mark.parametrize("outcome", ["declined", "later"])
def test_an_unpaid_intent_cannot_be_refunded(sandbox, client, outcome):
    session = client.v1.checkout.sessions.create(session_params())
    sandbox.pay(session.id, outcome)
    intent = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge") as caught:
        client.v1.refunds.create({"payment_intent": intent})
    assert caught.value.http_status == 400
    assert client.v1.refunds.list().data == []


def test_a_refund_names_what_it_refunds(client):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"amount": 100})
    assert caught.value.code == "parameter_missing"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": "pi_none"})
    assert (caught.value.code, caught.value.param) == ("resource_missing", "payment_intent")


def test_nothing_cannot_be_refunded(client, intent):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent, "amount": 0})
    assert caught.value.code == "parameter_invalid_integer"


def test_a_refund_can_be_pending_and_then_fail_and_give_its_amount_back(sandbox, client, intent):
    sandbox.refunds("pending")
    refund = client.v1.refunds.create({"payment_intent": intent})
    assert refund.status == "pending"
    assert charge(client, intent).amount_refunded == 15_000_000
    sandbox.take_webhooks()
    sandbox.settle_refund(refund.id, "failed")
    assert client.v1.refunds.retrieve(refund.id).status == "failed"
    assert (charge(client, intent).amount_refunded, charge(client, intent).refunded) == (0, False)
    assert [webhook.kind for webhook in sandbox.take_webhooks()] == ["refund.updated", "refund.failed"]
