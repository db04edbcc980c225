"""Idempotency keys behave as https://docs.stripe.com/api/idempotent_requests says."""

import threading

import pytest
import stripe

from .factories import eventually, session_params

KEY = {"idempotency_key": "attempt-7"}


def test_the_same_key_and_parameters_give_the_stored_answer(client):
    first = client.v1.checkout.sessions.create(session_params(), KEY)
    again = client.v1.checkout.sessions.create(session_params(), KEY)
    assert again.id == first.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert again.last_response.headers["Original-Request"] == first.last_response.headers["Request-Id"]
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_the_same_key_with_other_parameters_is_refused(client):
    client.v1.checkout.sessions.create(session_params(), KEY)
    with pytest.raises(stripe.IdempotencyError) as caught:
        client.v1.checkout.sessions.create(session_params(client_reference_id="100124"), KEY)
    assert caught.value.http_status == 400
    assert caught.value.json_body["error"]["type"] == "idempotency_error"
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_the_same_key_for_another_endpoint_is_refused(client):
    session = client.v1.checkout.sessions.create(session_params(), KEY)
    with pytest.raises(stripe.IdempotencyError, match="same endpoint"):
        client.v1.checkout.sessions.expire(session.id, {}, KEY)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"


def test_a_second_request_while_the_first_still_runs_is_a_conflict(sandbox, client):
    sandbox.sandbox.gate.hold()
    made = []
    first = threading.Thread(
        target=lambda: made.append(sandbox.client().v1.checkout.sessions.create(session_params(), KEY))
    )
    first.start()
    eventually(lambda: sandbox.sandbox.gate.waiting == 1)
    with pytest.raises(stripe.APIError) as caught:
        client.v1.checkout.sessions.create(session_params(), KEY)
    sandbox.sandbox.gate.release()
    first.join(timeout=5)
    assert caught.value.http_status == 409
    assert caught.value.json_body["error"]["code"] == "idempotency_key_in_use"
    assert [session.id for session in client.v1.checkout.sessions.list().data] == [made[0].id]


def test_a_refusal_by_a_rule_is_kept_for_its_key(sandbox, client):
    session = client.v1.checkout.sessions.create(session_params())
    sandbox.pay(session.id, "declined")
    intent = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.v1.refunds.create({"payment_intent": intent}, KEY)
        sandbox.pay(session.id)
    assert caught.value.headers["Idempotent-Replayed"] == "true"
    assert client.v1.refunds.list().data == []


def test_a_request_that_fails_validation_does_not_use_up_its_key(client):
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(session_params(colour="maroon"), KEY)
    assert client.v1.checkout.sessions.create(session_params(), KEY).status == "open"


def test_a_key_is_forgotten_after_a_day(sandbox, client):
    first = client.v1.checkout.sessions.create(session_params(), KEY)
    sandbox.advance(24 * 60 * 60 - 60)
    assert client.v1.checkout.sessions.create(session_params(), KEY).id == first.id
    sandbox.advance(120)
    assert client.v1.checkout.sessions.create(session_params(), KEY).id != first.id


def test_a_lost_answer_is_had_by_asking_again_with_the_same_key(sandbox):
    sandbox.sandbox.gate.lose_answers = 1
    client = sandbox.client()
    with pytest.raises(stripe.APIConnectionError):
        client.v1.checkout.sessions.create(session_params(), KEY)
    (made,) = client.v1.checkout.sessions.list().data
    again = client.v1.checkout.sessions.create(session_params(), KEY)
    assert again.id == made.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
