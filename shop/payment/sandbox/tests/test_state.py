"""Killing the double or the shop loses nothing."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest
import requests

from ..options import SECRET_KEY, WEBHOOK_SECRET
from ..server import SandboxServer
from .factories import eventually, session_params


@pytest.fixture
def state(tmp_path):
    return str(tmp_path / "deep" / "sandbox.sqlite3")


def test_sessions_keys_and_clock_survive_a_restart(state):
    key = {"idempotency_key": "attempt-7"}
    with SandboxServer(state=state) as before:
        session = before.client().v1.checkout.sessions.create(session_params(), key)
        before.pay(session.id, "later-paid", after=600)
        before.advance(60)
        now = before.sandbox.store.now()
    with SandboxServer(state=state) as after:
        client = after.client()
        assert client.v1.checkout.sessions.create(session_params(), key).id == session.id
        assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
        assert now <= after.sandbox.store.now() < now + 30
        after.advance(600)
        assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_a_webhook_the_shop_missed_is_delivered_after_a_restart(state, shop):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        unreachable = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        with SandboxServer(state=state, webhook_url=unreachable) as before:
            session = before.client().v1.checkout.sessions.create(session_params())
            before.pay(session.id)
            eventually(lambda: all(d["attempts"] >= 1 for d in before.deliveries()))
    with SandboxServer(state=state, webhook_url=shop.url):
        eventually(lambda: len(shop.received) == 2)
    assert sorted(json.loads(body)["type"] for body, _ in shop.received) == [
        "checkout.session.completed",
        "payment_intent.succeeded",
    ]


def test_a_key_claimed_by_a_request_that_died_is_free_again(state):
    with SandboxServer(state=state) as before:
        before.sandbox.store.execute(
            "INSERT INTO keys (key, path, fingerprint, created, request) VALUES ('k', '/', '', 0, 'req')"
        )
    with SandboxServer(state=state) as after:
        session = after.client().v1.checkout.sessions.create(session_params(), {"idempotency_key": "k"})
        assert session.status == "open"


def test_the_process_killed_without_warning_keeps_what_it_answered(state):
    def start():
        command = [sys.executable, "-m", "shop.payment.sandbox", "--port", "0", "--state", state]
        environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        return process, process.stdout.readline().split()[-1]

    process, url = start()
    try:
        headers = {"Authorization": f"Bearer {SECRET_KEY}"}
        form = {
            "mode": "payment",
            "success_url": "http://127.0.0.1/ok",
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": "idr",
            "line_items[0][price_data][unit_amount]": "15000000",
            "line_items[0][price_data][product_data][name]": "Kain cual",
        }
        answer = requests.post(f"{url}/v1/checkout/sessions", data=form, headers=headers, timeout=5)
        identifier = answer.json()["id"]
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
        process.stdout.close()
    with SandboxServer(state=state, webhook_secret=WEBHOOK_SECRET) as after:
        assert after.client().v1.checkout.sessions.retrieve(identifier).amount_total == 15_000_000
