"""The control API under ``/_sandbox/``: how tests and the demo make the double late, doubled, or lost.

JSON in, JSON out (``Content-Type: application/json``). Stripe has nothing like it; the shop's own code must
never call it.

GET  health · webhooks · deliveries · requests     a look at each
POST webhooks  {"mode", "delay", "signature", "url"}     how events from now on are sent (webhooks.Webhooks.behave)
POST flush     {"order": "created"|"reverse"}     send everything kept back, before answering
POST clock     {"advance": seconds}     sessions expire, delayed payments arrive, keys are forgotten
POST requests  {"mode": "hold"|"normal", "lose_answers": n}     stop API requests mid-way, or lose their answers
POST refunds   {"outcome": "succeeded"|"pending"|"failed"}     how refunds from now on end
POST sessions/<id>/pay     {"outcome": "paid"|"declined"|"later-paid"|"later-failed"|"later", "after": seconds}
POST sessions/<id>/settle  {"outcome": "paid"|"failed"}
POST refunds/<id>/settle   {"outcome": "succeeded"|"failed"}
"""

import json
import re
from typing import TYPE_CHECKING, Any

from .errors import ApiError
from .resources import payments, refunds
from .resources.events import API_VERSION, Cause
from .wire import Request, Response

if TYPE_CHECKING:
    from .core import Sandbox


def handle(sandbox: "Sandbox", request: Request) -> Response:
    """Answer one control request: 400 with ``{"error": …}`` for what makes no sense, 404 for the unknown."""
    try:
        if request.method == "GET":
            content = _look(sandbox, request.path)
        elif request.headers.get("content-type", "").split(";")[0] != "application/json":
            raise ValueError("send application/json")  # which no web page of another origin can do unasked
        else:
            given = json.loads(request.body or "{}")
            if not isinstance(given, dict):
                raise ValueError("send a JSON object")
            content = _act(sandbox, request.path, given)
    except (ValueError, TypeError, payments.CannotPay) as fault:
        return Response.json(400, {"error": str(fault)})
    except ApiError as fault:
        return Response.json(fault.status, fault.body())
    return Response.json(404, {"error": "not found"}) if content is None else Response.json(200, content)


def _look(sandbox: "Sandbox", path: str) -> Any:
    if path == "/_sandbox/health":
        return {"ok": True, "api_version": API_VERSION, "now": sandbox.store.now()}
    if path == "/_sandbox/webhooks":
        return sandbox.webhooks.behaviour()
    if path == "/_sandbox/deliveries":
        return {"deliveries": sandbox.webhooks.deliveries()}
    if path == "/_sandbox/requests":
        return {"waiting": sandbox.gate.waiting, "lose_answers": sandbox.gate.lose_answers}
    return None


def _act(sandbox: "Sandbox", path: str, given: dict[str, Any]) -> Any:
    if path == "/_sandbox/webhooks":
        return sandbox.webhooks.behave(**given)
    if path == "/_sandbox/flush":
        return {"tried": sandbox.flush(**given)}
    if path == "/_sandbox/clock":
        return {"now": sandbox.advance(float(given["advance"]))}
    if path == "/_sandbox/requests":
        return _steer_requests(sandbox, **given)
    if path == "/_sandbox/refunds":
        return steer_refunds(sandbox, **given)
    if match := re.fullmatch(r"/_sandbox/(sessions|refunds)/(\w+)/(pay|settle)", path):
        return _act_on(sandbox, match[1], match[2], match[3], given)
    return None


def _act_on(sandbox: "Sandbox", kind: str, identifier: str, verb: str, given: dict[str, Any]) -> Any:
    if kind == "sessions" and verb == "pay":
        return payments.pay(sandbox, identifier, given.get("outcome", "paid"), given.get("after"))[0]
    if kind == "sessions":
        return payments.settle(sandbox, identifier, given.get("outcome", "paid"))
    if verb == "settle":
        with sandbox.store.transaction():
            return refunds.settle(sandbox, identifier, given.get("outcome", "succeeded"), Cause())
    return None


def _steer_requests(sandbox: "Sandbox", mode: str = "normal", lose_answers: int = 0) -> dict[str, Any]:
    """``hold`` stops POST requests mid-way; ``lose_answers`` of them do their work and never answer."""
    if mode not in {"normal", "hold"}:
        raise ValueError("mode must be normal or hold")
    sandbox.gate.lose_answers = int(lose_answers)
    if mode == "hold":
        sandbox.gate.hold()
    else:
        sandbox.gate.release()
    return {"mode": mode, "lose_answers": sandbox.gate.lose_answers}


def steer_refunds(sandbox: "Sandbox", outcome: str) -> dict[str, Any]:
    """How refunds made from now on end: succeeded, pending (until settled) or failed."""
    if outcome not in refunds.OUTCOMES:
        raise ValueError(f"outcome must be one of {', '.join(refunds.OUTCOMES)}")
    sandbox.store.set_setting("refund_outcome", outcome)
    return {"outcome": outcome}
