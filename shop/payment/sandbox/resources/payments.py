"""What a person (or a test in that person's place) does on the hosted page.

Status of session and payment: https://docs.stripe.com/payments/checkout/fulfill-orders and
https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-payment_status
"""

from typing import TYPE_CHECKING, Any

from ..store import new_id
from . import intents, sessions
from .events import Cause, emit

if TYPE_CHECKING:
    from ..core import Sandbox

OUTCOMES = ("paid", "declined", "later-paid", "later-failed", "later")
DECLINED = "Your card was declined."


class CannotPay(Exception):
    """The session is not open any more, or nothing is on its way to settle."""


def pay(sandbox: "Sandbox", identifier: str, outcome: str, after: float | None = None) -> tuple[dict[str, Any], bool]:
    """One press of 'pay'. Returns the session and whether this press did anything.

    A second press on a paid session does nothing, so that a double click pays once. ``later-paid`` and
    ``later-failed`` settle by themselves ``after`` seconds; ``later`` waits for :func:`settle`.
    Raises :class:`CannotPay` when the session has expired.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"outcome must be one of {', '.join(OUTCOMES)}")
    with sandbox.store.transaction():
        sessions.expire_due(sandbox)
        session = sessions.retrieve(sandbox, identifier)
        if session["status"] == "complete":
            return session, False
        if session["status"] != "open":
            raise CannotPay(f"This Checkout Session has a status of {session['status']}.")
        intent = intents.of_session(sandbox, session)
        if outcome == "paid":
            _take_by_card(sandbox, session, intent)
        elif outcome == "declined":
            _decline(sandbox, session, intent)
        else:
            _await_transfer(sandbox, session, intent)
            if outcome != "later":
                due = sandbox.store.now() + (sandbox.options.settle_after if after is None else after)
                result = outcome.removeprefix("later-")
                sandbox.store.execute("INSERT OR REPLACE INTO timers VALUES (?, ?, ?)", identifier, due, result)
        return sessions.retrieve(sandbox, identifier), True


def settle(sandbox: "Sandbox", identifier: str, outcome: str) -> dict[str, Any]:
    """A delayed payment arrives (``paid``) or never will (``failed``).

    https://docs.stripe.com/payments/checkout/fulfill-orders#delayed-notification
    """
    if outcome not in {"paid", "failed"}:
        raise ValueError("outcome must be paid or failed")
    with sandbox.store.transaction():
        session = sessions.retrieve(sandbox, identifier)
        intent = intents.retrieve(sandbox, session["payment_intent"]) if session["payment_intent"] else None
        if intent is None or intent["status"] != "processing":
            raise CannotPay("No delayed payment is on its way for this Checkout Session.")
        sandbox.store.execute("DELETE FROM timers WHERE session = ?", identifier)
        charge = intents.retrieve_charge(sandbox, intent["latest_charge"])
        if outcome == "paid":
            charge.update(status="succeeded", paid=True, captured=True, amount_captured=charge["amount"])
            sandbox.store.save(charge)
            _succeed(sandbox, session, intent, charge)
            emit(sandbox, "checkout.session.async_payment_succeeded", session, Cause())
        else:
            message = "The payment was not received in time."
            charge.update(status="failed", failure_code="payment_method_provider_timeout")
            charge["failure_message"] = message
            sandbox.store.save(charge)
            intent["status"] = "requires_payment_method"
            intent["last_payment_error"] = {
                "type": "invalid_request_error",
                "code": "payment_method_provider_timeout",
                "message": message,
                "charge": charge["id"],
            }
            sandbox.store.save(intent)
            emit(sandbox, "payment_intent.payment_failed", intent, Cause())
            emit(sandbox, "checkout.session.async_payment_failed", session, Cause())
        return session


def settle_due(sandbox: "Sandbox") -> None:
    """Settle every delayed payment whose time has come."""
    rows = sandbox.store.execute("SELECT session, outcome FROM timers WHERE due <= ? ORDER BY due", sandbox.store.now())
    for row in rows:
        settle(sandbox, row["session"], row["outcome"])


def _take_by_card(sandbox: "Sandbox", session: dict[str, Any], intent: dict[str, Any]) -> None:
    charge = intents.new_charge(sandbox, session, intent, "succeeded", "card")
    session.update(status="complete", url=None)
    _succeed(sandbox, session, intent, charge)
    emit(sandbox, "checkout.session.completed", session, Cause())


def _succeed(sandbox: "Sandbox", session: dict[str, Any], intent: dict[str, Any], charge: dict[str, Any]) -> None:
    intent.update(
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        last_payment_error=None,
        payment_method=charge["payment_method"],
    )
    sandbox.store.save(intent)
    session["payment_status"] = "paid"
    sandbox.store.save(session)
    emit(sandbox, "payment_intent.succeeded", intent, Cause())


def _decline(sandbox: "Sandbox", session: dict[str, Any], intent: dict[str, Any]) -> None:
    """The session stays open for another attempt: https://docs.stripe.com/declines"""
    charge = intents.new_charge(sandbox, session, intent, "failed", "card")
    intent.update(status="requires_payment_method", latest_charge=charge["id"])
    intent["last_payment_error"] = {
        "type": "card_error",
        "code": "card_declined",
        "decline_code": "generic_decline",
        "doc_url": "https://stripe.com/docs/error-codes/card-declined",
        "message": DECLINED,
        "charge": charge["id"],
        "payment_method_type": "card",
    }
    sandbox.store.save(intent)
    emit(sandbox, "payment_intent.payment_failed", intent, Cause())


def _await_transfer(sandbox: "Sandbox", session: dict[str, Any], intent: dict[str, Any]) -> None:
    """Complete but unpaid: the shopper has done their part, the money is still under way."""
    charge = intents.new_charge(sandbox, session, intent, "pending", "id_bank_transfer")
    intent.update(status="processing", latest_charge=charge["id"], last_payment_error=None, payment_method=new_id("pm"))
    sandbox.store.save(intent)
    session.update(status="complete", url=None)
    sandbox.store.save(session)
    emit(sandbox, "checkout.session.completed", session, Cause())
