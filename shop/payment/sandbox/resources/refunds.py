"""Refunds: https://docs.stripe.com/api/refunds and https://docs.stripe.com/refunds"""

from typing import TYPE_CHECKING, Any

from ..errors import ApiError, resource_missing, unsupported
from ..pricing import shown
from ..store import new_id
from . import intents
from .events import Cause, emit
from .listing import page

if TYPE_CHECKING:
    from ..core import Sandbox

IMITATED = {"amount", "charge", "payment_intent", "reason", "metadata", "expand"}
OUTCOMES = ("succeeded", "pending", "failed")


def create(sandbox: "Sandbox", params: dict[str, Any], cause: Cause) -> dict[str, Any]:
    """Give back all that is left, or ``amount`` minor units of it (https://docs.stripe.com/api/refunds/create).

    Raises 400 when nothing was paid, when the charge is refunded already (``charge_already_refunded``) and
    when ``amount`` is more than what is left; Stripe gives that last one no code, only ``param``.
    """
    for name in params:
        if name not in IMITATED:
            raise unsupported(f"the parameter {name}", name)
    charge = _charge_for(sandbox, params)
    if charge["refunded"]:
        raise ApiError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    left = charge["amount_captured"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    if amount < 1:
        raise ApiError(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    if amount > left:
        whole = "charge amount" if not charge["amount_refunded"] else "unrefunded amount on charge"
        raise ApiError(
            f"Refund amount ({shown(amount, charge['currency'], 'en')}) is greater than {whole} "
            f"({shown(left, charge['currency'], 'en')})",
            param="amount",
        )
    status = sandbox.store.setting("refund_outcome", "succeeded")
    refund = {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": int(sandbox.store.now()),
        "currency": charge["currency"],
        "metadata": params.get("metadata") or {},
        "payment_intent": charge["payment_intent"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded" if status == "succeeded" else "pending",
        "transfer_reversal": None,
    }
    if refund["status"] == "pending":
        refund["pending_reason"] = "processing"
    sandbox.store.insert(refund)
    _book(sandbox, charge, amount)
    emit(sandbox, "refund.created", refund, cause)
    emit(sandbox, "charge.refunded", charge, cause)
    if status == "failed":
        return settle(sandbox, refund["id"], "failed", cause)
    return refund


def settle(sandbox: "Sandbox", identifier: str, outcome: str, cause: Cause) -> dict[str, Any]:
    """A pending refund succeeds or fails; a failed one gives the amount back to the charge
    (https://docs.stripe.com/refunds#failed-refunds)."""
    if outcome not in {"succeeded", "failed"}:
        raise ValueError("outcome must be succeeded or failed")
    refund = retrieve(sandbox, identifier)
    if refund["status"] != "pending":
        raise ValueError(f"This refund has a status of {refund['status']}.")
    refund["status"] = outcome
    refund.pop("pending_reason")
    if outcome == "failed":
        refund["failure_reason"] = "declined"
        _book(sandbox, intents.retrieve_charge(sandbox, refund["charge"]), -refund["amount"])
    sandbox.store.save(refund)
    emit(sandbox, "refund.updated", refund, cause, status="pending")
    if outcome == "failed":
        emit(sandbox, "refund.failed", refund, cause)
    return refund


def _book(sandbox: "Sandbox", charge: dict[str, Any], amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    sandbox.store.save(charge)


def _charge_for(sandbox: "Sandbox", params: dict[str, Any]) -> dict[str, Any]:
    if "payment_intent" not in params and "charge" not in params:
        raise ApiError(
            "One of the following params should be provided for this request: payment_intent or charge.",
            code="parameter_missing",
        )
    if "payment_intent" in params:
        intent = sandbox.store.find("payment_intent", params["payment_intent"])
        if intent is None:
            raise resource_missing("payment_intent", params["payment_intent"], "payment_intent")
        identifier = intent["latest_charge"]
        if params.get("charge", identifier) != identifier:
            raise ApiError("The charge does not belong to the PaymentIntent.", param="charge")
    else:
        identifier = params["charge"]
    charge = sandbox.store.find("charge", identifier) if identifier else None
    if charge is None and "charge" in params:
        raise resource_missing("charge", params["charge"], "charge")
    if charge is None or charge["status"] != "succeeded":
        owner = charge["payment_intent"] if charge else params["payment_intent"]
        raise ApiError(f"This PaymentIntent ({owner}) does not have a successful charge to refund.")
    return charge


def retrieve(sandbox: "Sandbox", identifier: str) -> dict[str, Any]:
    """One refund, or 404."""
    body = sandbox.store.find("refund", identifier)
    if body is None:
        raise resource_missing("refund", identifier, "refund")
    return body


def list_refunds(sandbox: "Sandbox", params: dict[str, Any]) -> dict[str, Any]:
    """Refunds, newest first, by ``payment_intent``, ``charge``, ``created``."""

    def matches(refund: dict[str, Any]) -> bool:
        return all(refund[name] == params[name] for name in ("payment_intent", "charge") if name in params)

    return page(sandbox.store.newest_first("refund"), params, "/v1/refunds", matches)


def of_charge(sandbox: "Sandbox", charge: str) -> dict[str, Any]:
    """The ten newest refunds of a charge, as it carries them when expanded."""
    refunds = list_refunds(sandbox, {"charge": charge})
    return {**refunds, "url": f"/v1/charges/{charge}/refunds"}
