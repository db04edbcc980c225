"""The ``/v1`` API: who asks, what for, whether it may, and the answer."""

import logging
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import stripe.params as types
import stripe.params.checkout as checkout_types

from . import answers, idempotency, params
from .errors import ApiError
from .resources import events, intents, refunds, sessions
from .resources.events import API_VERSION, Cause
from .resources.expand import expand
from .store import new_id
from .wire import Request, Response

if TYPE_CHECKING:
    from .core import Sandbox

LOG = logging.getLogger(__name__)
Verb = Callable[["Sandbox", str, dict[str, Any], Cause], dict[str, Any]]


class Route(NamedTuple):
    """One endpoint: its method and path, the SDK type of its parameters, what it answers and its verb."""

    method: str
    path: str
    parameters: type
    answer: str
    verb: Verb


SESSIONS, ONE = "/v1/checkout/sessions", "([A-Za-z0-9_]+)"
ROUTES = [
    Route("POST", SESSIONS, checkout_types.SessionCreateParams, "checkout.session",
          lambda s, i, p, c: sessions.create(s, p, c)),
    Route("GET", SESSIONS, checkout_types.SessionListParams, "checkout.session",
          lambda s, i, p, c: sessions.list_sessions(s, p)),
    Route("GET", f"{SESSIONS}/{ONE}", checkout_types.SessionRetrieveParams, "checkout.session",
          lambda s, i, p, c: sessions.retrieve(s, i)),
    Route("POST", f"{SESSIONS}/{ONE}/expire", checkout_types.SessionExpireParams, "checkout.session",
          lambda s, i, p, c: sessions.expire(s, i, c)),
    Route("GET", f"{SESSIONS}/{ONE}/line_items", checkout_types.SessionListLineItemsParams, "item",
          lambda s, i, p, c: sessions.line_items(s, i, p)),
    Route("GET", f"/v1/payment_intents/{ONE}", types.PaymentIntentRetrieveParams, "payment_intent",
          lambda s, i, p, c: intents.retrieve(s, i)),
    Route("GET", f"/v1/charges/{ONE}", types.ChargeRetrieveParams, "charge",
          lambda s, i, p, c: intents.retrieve_charge(s, i)),
    Route("POST", "/v1/refunds", types.RefundCreateParams, "refund",
          lambda s, i, p, c: refunds.create(s, p, c)),
    Route("GET", "/v1/refunds", types.RefundListParams, "refund",
          lambda s, i, p, c: refunds.list_refunds(s, p)),
    Route("GET", f"/v1/refunds/{ONE}", types.RefundRetrieveParams, "refund",
          lambda s, i, p, c: refunds.retrieve(s, i)),
    Route("GET", "/v1/events", types.EventListParams, "event",
          lambda s, i, p, c: events.list_events(s, p)),
    Route("GET", f"/v1/events/{ONE}", types.EventRetrieveParams, "event",
          lambda s, i, p, c: events.retrieve(s, i)),
]  # fmt: skip


def handle(sandbox: "Sandbox", request: Request) -> Response:
    """Answer one API request; every answer has a ``Request-Id`` (https://docs.stripe.com/api/request_ids)."""
    identifier = new_id("req", 14)
    headers = {"Request-Id": identifier, "Stripe-Version": API_VERSION}
    key = request.headers.get("idempotency-key")
    if key:
        headers["Idempotency-Key"] = key
    try:
        _authenticate(sandbox, request)
        route, target = _route(request)
        given = params.read(route.parameters, params.parse_form(_encoded(request)))
        if request.method == "POST" and key:
            kept = idempotency.claim(sandbox.store, key, request.path, given, identifier)
            if kept is not None:
                headers |= {"Idempotent-Replayed": "true", "Original-Request": kept.request}
                return Response.json(kept.status, kept.body, headers)
        response = _execute(sandbox, route, target, given, Cause(identifier, key))
    except ApiError as refusal:
        response = Response.json(refusal.status, refusal.body())
    except Exception as fault:
        response = _broken(request, fault)
    response.headers |= headers
    if request.method == "POST" and sandbox.gate.loses_this_answer():
        raise ConnectionAbortedError("the answer is lost on purpose")
    return response


def _authenticate(sandbox: "Sandbox", request: Request) -> None:
    """https://docs.stripe.com/api/authentication"""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or not given:
        raise ApiError(
            "You did not provide an API key. You need to provide your API key in the Authorization header, "
            "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            status=401,
        )
    if given != sandbox.options.secret_key:
        masked = f"{given[:8]}{'*' * 8}{given[-4:]}" if len(given) > 16 else "*" * 8
        raise ApiError(f"Invalid API Key provided: {masked}", status=401)
    version = request.headers.get("stripe-version", API_VERSION)
    if version != API_VERSION:
        # https://docs.stripe.com/api/versioning: answers differ by version, and the double knows only one.
        raise ApiError(f"The sandbox speaks API version {API_VERSION} only, not {version}.")
    if "stripe-account" in request.headers:
        raise ApiError("The sandbox does not imitate connected accounts.", code="sandbox_unsupported")


def _route(request: Request) -> tuple[Route, str]:
    for route in ROUTES:
        match = re.fullmatch(route.path, request.path)
        if match and route.method == request.method:
            return route, match.group(1) if match.groups() else ""
    raise ApiError(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)


def _encoded(request: Request) -> str:
    if request.method == "GET":
        return request.query
    kind = request.headers.get("content-type", "").split(";")[0]
    if request.body and kind != "application/x-www-form-urlencoded":
        raise ApiError(f"Invalid request body: send application/x-www-form-urlencoded, not {kind}.")
    return request.body


def _execute(sandbox: "Sandbox", route: Route, target: str, given: dict[str, Any], cause: Cause) -> Response:
    """Do the work and keep its answer for the key, both in one transaction or neither."""
    store, key = sandbox.store, cause.idempotency_key if route.method == "POST" else None
    if route.method == "POST":
        sandbox.gate.pass_through()
    try:
        with store.transaction():
            sandbox.catch_up()
            body = route.verb(sandbox, target, given, cause)
            body = expand(sandbox, body, given.get("expand", []))
            if body["object"] == "list":
                answers.check_list(body, route.answer)
            else:
                answers.check(body)
            if key:
                idempotency.keep(store, key, 200, body)
            return Response.json(200, body)
    except ApiError as refusal:
        if key and refusal.replayable:
            with store.transaction():
                idempotency.keep(store, key, refusal.status, refusal.body())
        raise
    except Exception:
        if key:
            idempotency.release(store, key)
        raise


def _broken(request: Request, fault: Exception) -> Response:
    """A bug of the double, said aloud; the client is told not to try again."""
    LOG.exception("the sandbox broke on %s %s", request.method, request.path)
    message = f"The sandbox has a bug: {fault}"
    body = {"error": {"type": "api_error", "message": message}}
    return Response.json(500, body, {"Stripe-Should-Retry": "false"})
