"""Events: what happened, kept for reading back and handed to the webhooks.

https://docs.stripe.com/api/events — types: https://docs.stripe.com/api/events/types
"""

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from stripe._api_version import _ApiVersion

from .. import answers
from ..errors import ApiError, resource_missing
from ..store import new_id
from .listing import page

if TYPE_CHECKING:
    from ..core import Sandbox

API_VERSION = _ApiVersion.CURRENT
KEPT_FOR = 30 * 24 * 60 * 60
UNDELIVERED = ("waiting", "held")


class Cause(NamedTuple):
    """The API request that made an event, if one did (a shopper's click has none)."""

    request: str | None = None
    idempotency_key: str | None = None


def emit(sandbox: "Sandbox", kind: str, body: dict[str, Any], cause: Cause, **changed: Any) -> None:
    """Record an event and queue its webhook, in the transaction that made the change.

    In one transaction, because an event without its change (or the other way round) is a shop that waits
    for ever. The object is a snapshot as it is now: https://docs.stripe.com/event-destinations#snapshot-payload
    """
    data: dict[str, Any] = {"object": body}
    if changed:
        data["previous_attributes"] = changed
    event = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": int(sandbox.store.now()),
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": cause.request, "idempotency_key": cause.idempotency_key},
        "type": kind,
    }
    sandbox.store.insert(answers.check(event))
    sandbox.webhooks.enqueue(event)


def _current(sandbox: "Sandbox", event: dict[str, Any]) -> dict[str, Any]:
    rows = sandbox.store.execute(
        f"SELECT COUNT(*) AS n FROM deliveries WHERE event = ? AND state IN {UNDELIVERED}",  # noqa: S608
        event["id"],
    )
    return {**event, "pending_webhooks": rows[0]["n"]}


def retrieve(sandbox: "Sandbox", identifier: str) -> dict[str, Any]:
    """One event; they can be read back for 30 days (https://docs.stripe.com/api/events)."""
    event = sandbox.store.find("event", identifier)
    if event is None or event["created"] < sandbox.store.now() - KEPT_FOR:
        raise resource_missing("event", identifier, "id")
    return _current(sandbox, event)


def list_events(sandbox: "Sandbox", params: dict[str, Any]) -> dict[str, Any]:
    """Events of the last 30 days, newest first, by ``type`` (``*`` allowed), ``types``, ``created``,
    ``delivery_success`` (https://docs.stripe.com/api/events/list)."""
    if "type" in params and "types" in params:
        raise ApiError(
            "You may pass either `type` or `types`, but not both.", code="parameters_exclusive", param="types"
        )
    wanted = params.get("types") or ([params["type"]] if "type" in params else ["*"])
    oldest = sandbox.store.now() - KEPT_FOR
    succeeded = params.get("delivery_success")

    def matches(event: dict[str, Any]) -> bool:
        kept = event["created"] >= oldest and any(fnmatchcase(event["type"], want) for want in wanted)
        return kept and (succeeded is None or succeeded == (event["pending_webhooks"] == 0))

    events = [_current(sandbox, event) for event in sandbox.store.newest_first("event")]
    return page(events, params, "/v1/events", matches)
