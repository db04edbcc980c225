"""The WSGI application, the server around it, and the helper tests use."""

import logging
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from socketserver import ThreadingMixIn
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import stripe

from . import api, control, pages
from .core import Sandbox
from .guard import refuse_in_production
from .options import Options, is_loopback
from .resources import payments, refunds
from .resources.events import Cause
from .webhooks import SignedWebhook
from .wire import Request, Response

LOG = logging.getLogger(__name__)


class Application:
    """One WSGI callable for the API, the hosted page and the control API."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request; only names of this machine are served, so that no web page can rebind to it."""
        request = Request.from_environ(environ)
        response = self._answer(request)
        headers = [*response.headers.items(), ("Content-Length", str(len(response.body)))]
        start_response(f"{response.status} {HTTPStatus(response.status).phrase}", headers)
        return [response.body]

    def _answer(self, request: Request) -> Response:
        if not is_loopback(urlsplit(f"//{request.headers.get('host', '')}").hostname):
            return Response.json(421, {"error": "the sandbox answers on loopback only"})
        if request.path.startswith("/_sandbox/"):
            return control.handle(self.sandbox, request)
        if request.path == "/favicon.ico":
            return Response(204)
        if request.path.startswith(("/c/pay/", "/assets/")):
            return pages.handle(self.sandbox, request)
        return api.handle(self.sandbox, request)


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
        LOG.debug(format, *args)

    def address_string(self) -> str:
        return str(self.client_address[0])


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        """Like the base class, without asking a name server for the machine's own name."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()


class SandboxServer:
    """A running double: ``with SandboxServer(webhook_url=…) as sandbox: …`` on a free port, in a thread.

    Takes the same arguments as :class:`Options`. Without ``state`` everything lives in memory.
    """

    def __init__(self, **options: Any) -> None:
        refuse_in_production()
        self.options = Options(**options)
        self.sandbox = Sandbox(self.options)
        self._server = make_server(
            self.options.host,
            self.options.port,
            Application(self.sandbox),
            server_class=_Server,
            handler_class=_Handler,
        )
        self.sandbox.url = self.url = f"http://{self.options.host}:{self._server.server_port}"
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "SandboxServer":
        self.sandbox.start()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def serve_forever(self) -> None:
        """Run in this thread until interrupted."""
        self.sandbox.start()
        try:
            self._server.serve_forever()
        finally:
            self.close()

    def close(self) -> None:
        """Stop serving; state and undelivered webhooks stay in the file."""
        if self._thread:
            self._server.shutdown()
            self._thread.join(timeout=15)
        self._server.server_close()
        self.sandbox.stop()

    # What tests ask of it ----------------------------------------------------------------------------

    def client(self, **options: Any) -> stripe.StripeClient:
        """The official client, pointed here."""
        http_client = stripe.RequestsClient(timeout=10)
        settings: dict[str, Any] = {"max_network_retries": 0, "http_client": http_client} | options
        return stripe.StripeClient(self.options.secret_key, base_addresses={"api": self.url}, **settings)

    def pay(self, session: str, outcome: str = "paid", after: float | None = None) -> dict[str, Any]:
        """Press 'pay': paid, declined, later-paid, later-failed (``after`` seconds) or later (see settle)."""
        return payments.pay(self.sandbox, session, outcome, after)[0]

    def settle(self, session: str, outcome: str = "paid") -> dict[str, Any]:
        """Let a delayed payment arrive (paid) or never arrive (failed)."""
        return payments.settle(self.sandbox, session, outcome)

    def refunds(self, outcome: str) -> None:
        """How refunds made from now on end: succeeded, pending or failed."""
        control.steer_refunds(self.sandbox, outcome)

    def settle_refund(self, refund: str, outcome: str = "succeeded") -> dict[str, Any]:
        """Let a pending refund succeed or fail."""
        with self.sandbox.store.transaction():
            return refunds.settle(self.sandbox, refund, outcome, Cause())

    def advance(self, seconds: float) -> float:
        """Move the double's clock forward."""
        return self.sandbox.advance(seconds)

    def webhooks(self, **behaviour: Any) -> dict[str, Any]:
        """Set ``mode``, ``delay``, ``signature`` or ``url`` of webhooks from now on."""
        return self.sandbox.webhooks.behave(**behaviour)

    def flush(self, order: str = "created") -> int:
        """Deliver everything kept back, now, in this thread; ``reverse`` delivers the newest first."""
        return self.sandbox.flush(order)

    def take_webhooks(self) -> list[SignedWebhook]:
        """Due webhooks as body and signature, counted as delivered: for tests that post them themselves."""
        return self.sandbox.webhooks.take()

    def deliveries(self) -> list[dict[str, Any]]:
        """Every delivery so far with its state and attempts."""
        return self.sandbox.webhooks.deliveries()
