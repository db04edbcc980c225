"""Idempotency keys: https://docs.stripe.com/api/idempotent_requests

* The status and body of the first request are kept for its key, whether it succeeded or failed, and given again.
* The same key with other parameters, or for another endpoint, is an error.
* Nothing is kept when parameters fail validation or when the request conflicts with one still running.
* Keys may be forgotten once they are at least 24 hours old.
"""

import hashlib
import json
from typing import Any, NamedTuple

from .errors import ApiError
from .store import Store

FORGOTTEN_AFTER = 24 * 60 * 60
LONGEST_KEY = 255


class Kept(NamedTuple):
    """An answer given before: HTTP status, JSON body, and the request that first had it."""

    status: int
    body: dict[str, Any]
    request: str


def forget_unfinished(store: Store) -> None:
    """Release keys whose request died with the process: its work was rolled back with it."""
    with store.transaction():
        store.execute("DELETE FROM keys WHERE status IS NULL")


def claim(store: Store, key: str, path: str, params: dict[str, Any], request: str) -> Kept | None:
    """Take the key for this request, or return the answer kept for it.

    Raises 400 ``idempotency_error`` for another endpoint or other parameters, 409 ``idempotency_key_in_use``
    while the first request still runs.
    """
    if len(key) > LONGEST_KEY:
        raise ApiError(f"Idempotency keys are at most {LONGEST_KEY} characters long.", replayable=False)
    fingerprint = hashlib.sha256(json.dumps(params, sort_keys=True, default=str).encode()).hexdigest()
    with store.transaction():
        store.execute("DELETE FROM keys WHERE created <= ? AND status IS NOT NULL", store.now() - FORGOTTEN_AFTER)
        rows = store.execute("SELECT * FROM keys WHERE key = ?", key)
        if not rows:
            store.execute(
                "INSERT INTO keys (key, path, fingerprint, created, request) VALUES (?, ?, ?, ?, ?)",
                key,
                path,
                fingerprint,
                store.now(),
                request,
            )
            return None
    row = rows[0]
    if row["path"] != path:
        raise _mismatch(
            f"Keys for idempotent requests can only be used for the same endpoint they were first used for "
            f"('{row['path']}' vs '{path}'). Try using a key other than '{key}' if you meant to execute a "
            "different request."
        )
    if row["fingerprint"] != fingerprint:
        raise _mismatch(
            "Keys for idempotent requests can only be used with the same parameters they were first used "
            f"with. Try using a key other than '{key}' if you meant to execute a different request."
        )
    if row["status"] is None:
        raise ApiError(
            "There is currently another in-progress request using this Idempotent Key (that probably means "
            "you submitted twice, and the other request is still going through): "
            f"{key}. Please try again later.",
            code="idempotency_key_in_use",
            status=409,
            replayable=False,
        )
    return Kept(row["status"], json.loads(row["body"]), row["request"])


def _mismatch(message: str) -> ApiError:
    return ApiError(message, kind="idempotency_error", replayable=False)


def keep(store: Store, key: str, status: int, body: dict[str, Any]) -> None:
    """Store the answer; call in the transaction that does the work, so both happen or neither."""
    store.execute("UPDATE keys SET status = ?, body = ? WHERE key = ?", status, json.dumps(body), key)


def release(store: Store, key: str) -> None:
    """Give a claimed key back, for a request that never began to execute."""
    with store.transaction():
        store.execute("DELETE FROM keys WHERE key = ? AND status IS NULL", key)
