"""Checkout Sessions: https://docs.stripe.com/api/checkout/sessions"""

from typing import TYPE_CHECKING, Any

from ..errors import ApiError, resource_missing
from ..store import new_id
from .events import Cause, emit
from .listing import page
from .session_rules import LATEST, check_session

if TYPE_CHECKING:
    from ..core import Sandbox

METHODS = ["card", "id_bank_transfer"]


def create(sandbox: "Sandbox", params: dict[str, Any], cause: Cause) -> dict[str, Any]:
    """A new open session; its PaymentIntent comes with the first attempt to pay, not before
    (https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-payment_intent)."""
    now = int(sandbox.store.now())
    currency, total = check_session(params, now, sandbox.options.minimum_amounts)
    identifier = new_id("cs_test", 58)
    body = {
        "id": identifier,
        "object": "checkout.session",
        "adaptive_pricing": None,
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": params.get("billing_address_collection"),
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "client_secret": None,
        "consent": None,
        "created": now,
        "currency": currency,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "customer": None,
        "customer_creation": "if_required",
        "customer_details": _customer_details(params),
        "customer_email": params.get("customer_email"),
        "discounts": [],
        "expires_at": params.get("expires_at", now + LATEST),
        "integration_identifier": params.get("integration_identifier"),
        "invoice": None,
        "livemode": False,
        "locale": params.get("locale"),
        "metadata": params.get("metadata", {}),
        "mode": "payment",
        "origin_context": params.get("origin_context"),
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_types": METHODS,
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "submit_type": params.get("submit_type"),
        "subscription": None,
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{sandbox.url}/c/pay/{identifier}",
    }
    lines = [_line(line, now) for line in params["line_items"]]
    sandbox.store.insert(body, {"lines": lines, "intent": params.get("payment_intent_data", {})})
    return body


def _customer_details(params: dict[str, Any]) -> dict[str, Any] | None:
    if "customer_email" not in params:
        return None
    return {
        "address": None,
        "business_name": None,
        "email": params["customer_email"],
        "individual_name": None,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }


def _line(line: dict[str, Any], now: int) -> dict[str, Any]:
    """https://docs.stripe.com/api/checkout/sessions/line_items"""
    price, product = line["price_data"], line["price_data"]["product_data"]
    amount = price["unit_amount"] * line["quantity"]
    return {
        "id": new_id("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": price["currency"],
        "description": product["name"],
        "metadata": line.get("metadata", {}),
        "price": {
            "id": new_id("price"),
            "object": "price",
            "active": False,
            "billing_scheme": "per_unit",
            "created": now,
            "currency": price["currency"],
            "livemode": False,
            "lookup_key": None,
            "metadata": {},
            "nickname": None,
            "product": new_id("prod", 14),
            "recurring": None,
            "tax_behavior": price.get("tax_behavior", "unspecified"),
            "type": "one_time",
            "unit_amount": price["unit_amount"],
            "unit_amount_decimal": str(price["unit_amount"]),
        },
        "quantity": line["quantity"],
    }


def retrieve(sandbox: "Sandbox", identifier: str) -> dict[str, Any]:
    """One session, or 404."""
    body = sandbox.store.find("checkout.session", identifier)
    if body is None:
        raise resource_missing("checkout.session", identifier, "session")
    return body


def line_items(sandbox: "Sandbox", identifier: str, params: dict[str, Any]) -> dict[str, Any]:
    """A page of the session's lines, in the order they were given."""
    retrieve(sandbox, identifier)
    lines = sandbox.store.beside(identifier)["lines"]
    return page(lines, params, f"/v1/checkout/sessions/{identifier}/line_items", lambda line: True)


def list_sessions(sandbox: "Sandbox", params: dict[str, Any]) -> dict[str, Any]:
    """Sessions, newest first, by ``payment_intent``, ``status``, ``created``, ``customer_details``."""

    def matches(session: dict[str, Any]) -> bool:
        wanted = all(
            session[name] == params[name] for name in ("payment_intent", "status", "customer") if name in params
        )
        if any(name in params for name in ("subscription", "payment_link", "customer_account")):
            return False
        email = params.get("customer_details", {}).get("email")
        return wanted and (email is None or (session["customer_details"] or {}).get("email") == email)

    return page(sandbox.store.newest_first("checkout.session"), params, "/v1/checkout/sessions", matches)


def expire(sandbox: "Sandbox", identifier: str, cause: Cause) -> dict[str, Any]:
    """Close an open session for good: https://docs.stripe.com/api/checkout/sessions/expire"""
    session = retrieve(sandbox, identifier)
    if session["status"] != "open":
        raise ApiError(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
    return _expire(sandbox, session, cause)


def expire_due(sandbox: "Sandbox") -> None:
    """Expire every open session whose time is over; runs before each request, so none is answered stale."""
    now = sandbox.store.now()
    rows = sandbox.store.execute(
        "SELECT id FROM objects WHERE kind = 'checkout.session' AND json_extract(body, '$.status') = 'open' "
        "AND json_extract(body, '$.expires_at') <= ?",
        now,
    )
    for row in rows:
        _expire(sandbox, retrieve(sandbox, row["id"]), Cause())


def _expire(sandbox: "Sandbox", session: dict[str, Any], cause: Cause) -> dict[str, Any]:
    session.update(status="expired", url=None)  # `url` is there only while the session is open
    sandbox.store.save(session)
    emit(sandbox, "checkout.session.expired", session, cause)
    return session
