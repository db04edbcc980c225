"""Signed webhooks: queued with the change that caused them, delivered by a thread, tried again until taken.

https://docs.stripe.com/webhooks — signature: https://docs.stripe.com/webhooks#verify-manually
"""

import hashlib
import hmac
import json
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, NamedTuple

from .options import Options, check_webhook_url
from .store import Store

MODES = ("normal", "hold", "double", "swap", "drop")
SIGNATURES = ("valid", "wrong", "stale")
ORDERS = ("created", "reverse")
TIMEOUT = 10.0
LONGEST_PAUSE = 60.0
# "up to three days with an exponential back off": https://docs.stripe.com/webhooks#retries
# The pauses are shorter here, because somebody is waiting at the screen.
GIVEN_UP_AFTER = 3 * 24 * 60 * 60
STALE_BY = 60 * 60


class SignedWebhook(NamedTuple):
    """What one delivery carries."""

    body: bytes
    signature: str
    event: str
    kind: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect counts as a failure: https://docs.stripe.com/webhooks#debug-webhook-integrations"""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def sign(body: bytes, secret: str, timestamp: int) -> str:
    """The ``Stripe-Signature`` header: HMAC-SHA256 over ``timestamp.body``."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


class Webhooks:
    """The queue of deliveries and the way it misbehaves on demand."""

    def __init__(self, store: Store, options: Options, wake: Callable[[], None]) -> None:
        self.store, self.options, self.wake = store, options, wake
        self._delivering = threading.Lock()

    # How webhooks behave -----------------------------------------------------------------------------

    @property
    def url(self) -> str | None:
        """Where webhooks go; the control API may have moved it."""
        return self.store.setting("webhook_url", self.options.webhook_url)

    def behaviour(self) -> dict[str, Any]:
        """The current settings, as the control API shows them."""
        return {
            "mode": self.store.setting("webhook_mode", "normal"),
            "delay": self.store.setting("webhook_delay", 0.0),
            "signature": self.store.setting("webhook_signature", "valid"),
            "url": self.url,
        }

    def behave(self, **changes: Any) -> dict[str, Any]:
        """Change any of ``mode``, ``delay`` (seconds), ``signature``, ``url`` for events from now on.

        normal: at once and once · hold: kept until flushed · double: each twice · swap: of every two events
        the later one first · drop: never. A ``delay`` comes on top. Raises ValueError for anything else.
        """
        allowed = {"mode": MODES, "signature": SIGNATURES}
        for name, value in changes.items():
            if name in allowed and value not in allowed[name]:
                raise ValueError(f"{name} must be one of {', '.join(allowed[name])}")
            if name == "delay":
                value = float(value)
            elif name == "url":
                check_webhook_url(value)
            elif name not in allowed:
                raise ValueError(f"unknown setting {name}")
            self.store.set_setting(f"webhook_{name}", value)
        self.wake()
        return self.behaviour()

    # The queue ---------------------------------------------------------------------------------------

    def enqueue(self, event: dict[str, Any]) -> None:
        """Queue one event as the current mode has it; runs in the transaction of the change itself."""
        mode = self.store.setting("webhook_mode", "normal")
        due = self.store.now() + self.store.setting("webhook_delay", 0.0)
        if mode == "swap":
            self._enqueue_swapped(event, due)
        else:
            state = {"hold": "held", "drop": "dropped"}.get(mode, "waiting")
            for _ in range(2 if mode == "double" else 1):
                self._add(event, state, due)
        self.wake()

    def _enqueue_swapped(self, event: dict[str, Any], due: float) -> None:
        partners = self.store.execute("SELECT id, due FROM deliveries WHERE state = 'paired' LIMIT 1")
        if not partners:
            self._add(event, "paired", due)
            return
        partner = partners[0]
        due = max(due, partner["due"])
        self.store.execute("UPDATE deliveries SET state='waiting', due=? WHERE id=?", due, partner["id"])
        row = self._add(event, "waiting", due)
        self.store.execute("UPDATE deliveries SET position=? WHERE id=?", partner["id"] - 0.5, row)

    def _add(self, event: dict[str, Any], state: str, due: float) -> int:
        signature = self.store.setting("webhook_signature", "valid")
        self.store.execute(
            "INSERT INTO deliveries (event, kind, state, position, due, signature, created) "
            "VALUES (?, ?, ?, 0, ?, ?, ?)",
            event["id"],
            event["type"],
            state,
            due,
            signature,
            self.store.now(),
        )
        row = self.store.last_row_id()
        self.store.execute("UPDATE deliveries SET position = id WHERE id = ?", row)
        return row

    def deliveries(self) -> list[dict[str, Any]]:
        """Every delivery so far, oldest first, for looking at."""
        return [dict(row) for row in self.store.execute("SELECT * FROM deliveries ORDER BY id")]

    def release(self, order: str = "created") -> None:
        """Make everything kept back, or waiting for its next try, due now, in the given order."""
        if order not in ORDERS:
            raise ValueError(f"order must be one of {', '.join(ORDERS)}")
        sign_of_order = "-" if order == "reverse" else ""
        with self.store.transaction():
            self.store.execute(
                f"UPDATE deliveries SET state='waiting', due=?, position={sign_of_order}id "  # noqa: S608
                "WHERE state IN ('waiting', 'held', 'paired')",
                self.store.now(),
            )
        self.wake()

    def next_due(self) -> float | None:
        """When the next delivery is due, by the double's clock."""
        if self.url is None:
            return None
        return self.store.execute("SELECT MIN(due) AS due FROM deliveries WHERE state='waiting'")[0]["due"]

    # Delivering --------------------------------------------------------------------------------------

    def deliver_due(self) -> int:
        """Deliver what is due, one after another; returns how many were tried. Safe from several threads."""
        tried = 0
        with self._delivering:
            done: set[int] = set()
            while (url := self.url) and (row := self._next(done)):
                done.add(row["id"])
                self._deliver(url, row)
                tried += 1
        return tried

    def _next(self, done: set[int]) -> sqlite3.Row | None:
        rows = self.store.execute(
            "SELECT * FROM deliveries WHERE state='waiting' AND due<=? ORDER BY due, position",
            self.store.now(),
        )
        return next((row for row in rows if row["id"] not in done), None)

    def signed(self, row: sqlite3.Row) -> SignedWebhook:
        """Body and header of a delivery, signed with this machine's time since the shop checks it by its own."""
        event = self.store.find("event", row["event"])
        body = json.dumps(event, indent=2).encode()
        stamp = int(time.time()) - (STALE_BY if row["signature"] == "stale" else 0)
        secret = self.options.webhook_secret
        if row["signature"] == "wrong":
            secret = f"{secret}-not"
        return SignedWebhook(body, sign(body, secret, stamp), row["event"], row["kind"])

    def take(self) -> list[SignedWebhook]:
        """Hand over what is due without sending it, for tests that post it to the shop themselves."""
        with self._delivering, self.store.transaction():
            rows = self.store.execute(
                "SELECT * FROM deliveries WHERE state='waiting' AND due<=? ORDER BY due, position",
                self.store.now(),
            )
            for row in rows:
                self._finish(row["id"], "delivered", 200, None)
            return [self.signed(row) for row in rows]

    def _deliver(self, url: str, row: sqlite3.Row) -> None:
        webhook = self.signed(row)
        request = urllib.request.Request(  # noqa: S310 -- options.check_webhook_url allows http to loopback only
            url,
            data=webhook.body,
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Stripe-Signature": webhook.signature,
                "User-Agent": "KriyaBabelSandbox/1.0",
            },
        )
        status, error = None, None
        try:
            with OPENER.open(request, timeout=TIMEOUT) as answer:
                status = answer.status
        except urllib.error.HTTPError as refused:
            status, error = refused.code, f"HTTP {refused.code}"
            refused.close()
        except (OSError, ValueError) as failure:
            error = str(failure) or type(failure).__name__
        with self.store.transaction():
            if status is not None and 200 <= status < 300:
                self._finish(row["id"], "delivered", status, None)
                return
            over = self.store.now() - row["created"] > GIVEN_UP_AFTER
            self._finish(row["id"], "given_up" if over else "waiting", status, error)
            pause = min(2.0 ** row["attempts"], LONGEST_PAUSE)
            self.store.execute("UPDATE deliveries SET due = ? WHERE id = ?", self.store.now() + pause, row["id"])

    def _finish(self, row: int, state: str, answer: int | None, error: str | None) -> None:
        delivered = self.store.now() if state == "delivered" else None
        self.store.execute(
            "UPDATE deliveries SET state=?, attempts=attempts+1, answer=?, error=?, delivered=? WHERE id=?",
            state,
            answer,
            error,
            delivered,
            row,
        )
