"""What Stripe demands of a new Checkout Session beyond the types.

https://docs.stripe.com/api/checkout/sessions/create unless a rule names another page.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from ..errors import ApiError, unsupported
from ..params import missing

SOONEST, LATEST = 30 * 60, 24 * 60 * 60
MOST_LINES = 100
IMITATED = {
    "": {
        "mode", "line_items", "success_url", "cancel_url", "client_reference_id", "customer_email", "expires_at",
        "expand", "locale", "metadata", "payment_intent_data", "submit_type", "ui_mode", "currency",
        "billing_address_collection", "origin_context", "integration_identifier", "customer_creation",
    },
    "line_items": {"price_data", "quantity", "metadata"},
    "price_data": {"currency", "product_data", "unit_amount", "tax_behavior"},
    "product_data": {"name", "description", "images", "metadata", "unit_label"},
    "payment_intent_data": {
        "metadata", "description", "receipt_email", "statement_descriptor", "statement_descriptor_suffix",
        "capture_method", "transfer_group",
    },
}  # fmt: skip


def check_session(params: dict[str, Any], now: int, minimum_amounts: dict[str, int]) -> tuple[str, int]:
    """The session's currency and total in minor units, or the :class:`ApiError` Stripe would answer."""
    _refuse_what_is_not_imitated(params)
    if params.get("mode") is None:
        raise missing("mode")  # required unless `setup` details are given
    if not params.get("success_url"):
        raise missing("success_url")  # required for the hosted page
    for name in ("success_url", "cancel_url"):
        if name in params:
            _check_url(params[name], name)
    if not params.get("line_items"):
        raise missing("line_items")  # required in payment mode
    if len(params["line_items"]) > MOST_LINES:
        raise ApiError(f"You cannot have more than {MOST_LINES} line items.", param="line_items")
    if len(params.get("client_reference_id", "")) > 200:
        raise ApiError("client_reference_id must be at most 200 characters.", param="client_reference_id")
    email = params.get("customer_email")
    if email is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise ApiError(f"Invalid email address: {email}", code="email_invalid", param="customer_email")
    _check_metadata(params.get("metadata"), "metadata")
    _check_metadata(params.get("payment_intent_data", {}).get("metadata"), "payment_intent_data[metadata]")
    _check_expiry(params.get("expires_at"), now)
    return _check_amounts(params, minimum_amounts)


def _refuse_what_is_not_imitated(params: dict[str, Any]) -> None:
    _known(params, "", "")
    _known(params.get("payment_intent_data", {}), "payment_intent_data", "payment_intent_data")
    for index, line in enumerate(params.get("line_items", [])):
        path = f"line_items[{index}]"
        _known(line, "line_items", path)
        price = line.get("price_data", {})
        _known(price, "price_data", f"{path}[price_data]")
        _known(price.get("product_data", {}), "product_data", f"{path}[price_data][product_data]")
    if params.get("mode", "payment") != "payment":
        raise unsupported(f"the mode {params['mode']}", "mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise unsupported(f"the ui_mode {params['ui_mode']}", "ui_mode")
    if params.get("customer_creation", "if_required") != "if_required":
        raise unsupported("customers", "customer_creation")
    if params.get("payment_intent_data", {}).get("capture_method") == "manual":
        raise unsupported("manual capture", "payment_intent_data[capture_method]")


def _known(given: dict[str, Any], group: str, path: str) -> None:
    for name in given:
        if name not in IMITATED[group]:
            raise unsupported(f"the parameter {name}", f"{path}[{name}]" if path else name)


def _check_url(url: str, param: str) -> None:
    """https://docs.stripe.com/error-codes#url-invalid"""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ApiError("Not a valid URL", code="url_invalid", param=param)


def _check_metadata(metadata: dict[str, str] | None, param: str) -> None:
    """At most 50 keys of 40 characters with values of 500: https://docs.stripe.com/metadata#data"""
    if metadata is None:
        return
    if len(metadata) > 50:
        raise ApiError("Metadata can have at most 50 keys.", param=param)
    for key, value in metadata.items():
        if len(key) > 40 or "[" in key:
            raise ApiError("Metadata keys are at most 40 characters, without brackets.", param=param)
        if len(value) > 500:
            raise ApiError(
                f"Metadata values can have up to 500 characters, but you passed in a value that is "
                f"{len(value)} characters.",
                param=f"{param}[{key}]",
            )


def _check_expiry(expires_at: int | None, now: int) -> None:
    """Between 30 minutes and 24 hours after creation."""
    if expires_at is None:
        return
    if expires_at < now + SOONEST:
        raise ApiError(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
            param="expires_at",
        )
    if expires_at > now + LATEST:
        raise ApiError(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )


def _check_amounts(params: dict[str, Any], minimum_amounts: dict[str, int]) -> tuple[str, int]:
    """Amounts are integers in the currency's minor unit. The rupiah has two decimals for Stripe
    (it is not among the zero-decimal currencies): Rp150.000 is 15000000.
    https://docs.stripe.com/currencies#zero-decimal
    """
    total, currency = 0, None
    for index, line in enumerate(params["line_items"]):
        path = f"line_items[{index}]"
        price = line.get("price_data")
        if price is None:
            raise missing(f"{path}[price_data]")  # "One of `price` or `price_data` is required"
        if "product_data" not in price:
            raise missing(f"{path}[price_data][product_data]")
        if "unit_amount" not in price:
            raise missing(f"{path}[price_data][unit_amount]")
        if "quantity" not in line:
            raise missing(f"{path}[quantity]")
        if price["unit_amount"] < 0:
            raise _too_small_integer(0, f"{path}[price_data][unit_amount]")  # "a non-negative integer"
        if line["quantity"] < 1:
            raise _too_small_integer(1, f"{path}[quantity]")
        _check_currency(price["currency"], f"{path}[price_data][currency]")
        if currency not in (None, price["currency"]):
            raise ApiError("All line items must have the same currency.", param=f"{path}[price_data][currency]")
        currency = price["currency"]
        total += price["unit_amount"] * line["quantity"]
    if currency is None:
        raise missing("line_items")
    if params.get("currency", currency) != currency:
        raise ApiError("The currency must be that of the line items.", param="currency")
    _check_total(total, currency, minimum_amounts)
    return currency, total


def _check_currency(currency: str, param: str) -> None:
    """Lowercase three-letter ISO code: https://docs.stripe.com/currencies"""
    if not re.fullmatch(r"[a-z]{3}", currency):
        raise ApiError(f"Invalid currency: {currency}.", param=param)


def _check_total(total: int, currency: str, minimum_amounts: dict[str, int]) -> None:
    """https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts

    At least about US$0.50; at most eight digits, for the rupiah twelve.
    """
    if total < minimum_amounts.get(currency, 1):
        raise ApiError(
            "The Checkout Session's total amount due must add up to at least "
            f"{minimum_amounts.get(currency, 1)} {currency} in minor units.",
            code="amount_too_small",
        )
    if total > (10**12 - 1 if currency == "idr" else 10**8 - 1):
        raise ApiError("The Checkout Session's total amount is too large.", code="amount_too_large")


def _too_small_integer(least: int, param: str) -> ApiError:
    return ApiError(
        f"This value must be greater than or equal to {least}.", code="parameter_invalid_integer", param=param
    )
