"""The double's answers fit the SDK's own classes; one that does not is an error, not an answer."""

import copy

import pytest
import stripe

from .. import answers
from ..resources import sessions
from .factories import session_params


@pytest.fixture
def session_body(sandbox, client):
    identifier = client.v1.checkout.sessions.create(session_params()).id
    return sandbox.sandbox.store.find("checkout.session", identifier)


def test_a_right_answer_passes(session_body):
    assert answers.check(session_body) is session_body


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda body: body.pop("created"), "created is missing"),
        (lambda body: body.update(colour="red"), "colour is unknown"),
        (lambda body: body.update(amount_total="15000000"), "amount_total is '15000000', not int"),
        (lambda body: body.update(livemode=0), "livemode is 0, not bool"),
        (lambda body: body.update(payment_status="maybe"), "payment_status is 'maybe'"),
        (lambda body: body.update(status="gone"), "status is 'gone'"),
        (lambda body: body["automatic_tax"].pop("enabled"), "automatic_tax.enabled is missing"),
        (lambda body: body.update(created=None), "created is None"),
    ],
)
def test_a_wrong_answer_is_caught(session_body, change, problem):
    wrong = copy.deepcopy(session_body)
    change(wrong)
    with pytest.raises(answers.WrongAnswer, match=problem):
        answers.check(wrong)


def test_a_wrong_answer_leaves_as_a_500_and_changes_nothing(sandbox, client, monkeypatch):
    monkeypatch.setattr(sessions, "METHODS", [1])
    with pytest.raises(stripe.APIError, match="payment_method_types") as caught:
        client.v1.checkout.sessions.create(session_params(), {"idempotency_key": "once"})
    assert caught.value.http_status == 500
    assert sandbox.sandbox.store.newest_first("checkout.session") == []


def test_every_kind_of_answer_is_checked_on_its_way_out(sandbox, client, monkeypatch):
    checked = []
    real = answers._object

    def noting(value, cls, path):
        checked.append(cls.__name__)
        return real(value, cls, path)

    monkeypatch.setattr(answers, "_object", noting)
    session = client.v1.checkout.sessions.create(session_params())
    sandbox.pay(session.id)
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    refund = client.v1.refunds.create({"payment_intent": paid.payment_intent.id})
    client.v1.refunds.list({"payment_intent": paid.payment_intent.id})
    client.v1.charges.retrieve(refund.charge, {"expand": ["refunds"]})
    client.v1.checkout.sessions.line_items.list(session.id)
    assert {"Session", "PaymentIntent", "Charge", "Refund", "Event", "LineItem", "Price"} <= set(checked)
