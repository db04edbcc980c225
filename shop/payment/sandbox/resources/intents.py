"""PaymentIntents and Charges behind a session.

https://docs.stripe.com/api/payment_intents — https://docs.stripe.com/api/charges
"""

from typing import TYPE_CHECKING, Any

from ..errors import resource_missing
from ..store import new_id

if TYPE_CHECKING:
    from ..core import Sandbox


def retrieve(sandbox: "Sandbox", identifier: str) -> dict[str, Any]:
    """One PaymentIntent, or 404."""
    body = sandbox.store.find("payment_intent", identifier)
    if body is None:
        raise resource_missing("payment_intent", identifier, "intent")
    return body


def retrieve_charge(sandbox: "Sandbox", identifier: str) -> dict[str, Any]:
    """One Charge, or 404."""
    body = sandbox.store.find("charge", identifier)
    if body is None:
        raise resource_missing("charge", identifier, "charge")
    return body


def of_session(sandbox: "Sandbox", session: dict[str, Any]) -> dict[str, Any]:
    """The session's PaymentIntent, made at the first attempt; every further attempt uses the same one."""
    if session["payment_intent"]:
        return retrieve(sandbox, session["payment_intent"])
    given = sandbox.store.beside(session["id"])["intent"]
    identifier = new_id("pi")
    intent = {
        "id": identifier,
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_received": 0,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": given.get("capture_method", "automatic_async"),
        "client_secret": f"{identifier}_{new_id('secret')}",
        "confirmation_method": "automatic",
        "created": int(sandbox.store.now()),
        "currency": session["currency"],
        "customer": None,
        "description": given.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": given.get("metadata", {}),
        "next_action": None,
        "payment_method": None,
        "payment_method_types": session["payment_method_types"],
        "processing": None,
        "receipt_email": given.get("receipt_email"),
        "shipping": None,
        "statement_descriptor": given.get("statement_descriptor"),
        "statement_descriptor_suffix": given.get("statement_descriptor_suffix"),
        "status": "requires_payment_method",
        "transfer_group": given.get("transfer_group"),
    }
    sandbox.store.insert(intent)
    session["payment_intent"] = identifier
    sandbox.store.save(session)
    return intent


def new_charge(
    sandbox: "Sandbox", session: dict[str, Any], intent: dict[str, Any], status: str, method: str
) -> dict[str, Any]:
    """One attempt to take the money: ``status`` succeeded, pending or failed; ``method`` card or bank transfer."""
    paid = status == "succeeded"
    charge = {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if paid else 0,
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {
            "address": None,
            "email": session["customer_email"],
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        "captured": paid,
        "created": int(sandbox.store.now()),
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_code": "card_declined" if status == "failed" else None,
        "failure_message": "Your card was declined." if status == "failed" else None,
        "livemode": False,
        "metadata": intent["metadata"],
        "outcome": _outcome(status),
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method": new_id("pm"),
        "payment_method_details": _method_details(method),
        "receipt_email": intent["receipt_email"],
        "receipt_url": None,
        "refunded": False,
        "status": status,
    }
    sandbox.store.insert(charge)
    return charge


def _outcome(status: str) -> dict[str, Any] | None:
    if status == "pending":
        return None
    declined = status == "failed"
    return {
        "network_status": "declined_by_network" if declined else "approved_by_network",
        "reason": "generic_decline" if declined else None,
        "risk_level": "normal",
        "seller_message": "The bank did not return any further details." if declined else "Payment complete.",
        "type": "issuer_declined" if declined else "authorized",
    }


def _method_details(method: str) -> dict[str, Any]:
    """The card is Stripe's own test card: https://docs.stripe.com/testing#cards"""
    if method != "card":
        return {"type": method}
    return {
        "type": "card",
        "card": {
            "brand": "visa",
            "country": "US",
            "exp_month": 12,
            "exp_year": 2034,
            "funding": "credit",
            "last4": "4242",
            "network": "visa",
        },
    }
