"""What the tests of the double need: a session's parameters and a shop's end for webhooks."""

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

WAIT = 5.0


def session_params(**changes: Any) -> dict[str, Any]:
    """One cloth for Rp150.000, as the shop would ask for it."""
    line = {
        "quantity": 1,
        "price_data": {"currency": "idr", "unit_amount": 15_000_000, "product_data": {"name": "Kain cual"}},
    }
    params = {
        "mode": "payment",
        "success_url": "http://127.0.0.1:8000/done/?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:8000/back/",
        "client_reference_id": "b7c1e0",
        "customer_email": "pembeli@demo.test",
        "locale": "id",
        "metadata": {"attempt": "7"},
        "payment_intent_data": {"metadata": {"attempt": "7"}, "description": "100123"},
        "line_items": [line],
    }
    return {name: value for name, value in (params | changes).items() if value is not None}


def eventually(holds: Callable[[], Any]) -> Any:
    """The first true answer of ``holds``, asked again until a deadline."""
    deadline = time.monotonic() + WAIT
    while not (answer := holds()):
        if time.monotonic() > deadline:
            raise AssertionError(f"did not hold within {WAIT} s")
        time.sleep(0.01)
    return answer


class Shop:
    """A shop's webhook address that keeps what arrives and answers ``status``."""

    def __init__(self) -> None:
        self.received: list[tuple[bytes, str]] = []
        self.status = 200
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                shop.received.append((body, self.headers["Stripe-Signature"]))
                self.send_response(shop.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                return None

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhooks/stripe/"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> "Shop":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
