"""Hosted Stripe Checkout: the shopper types the card on Stripe's page, never on ours.

https://docs.stripe.com/payments/checkout and https://docs.stripe.com/payments/checkout/fulfill-orders
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import stripe
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext, override

from ..addresses import attempt_url, return_url
from ..errors import GatewayRefused, GatewayUnavailable
from ..models import PaymentAttempt, Refund
from ..money import from_minor, to_minor
from .base import Capabilities, GatewayEvent, GatewayPayment, GatewayStatus, RefundResult, RefundState, State

logger = logging.getLogger(__name__)

#: Lines on Stripe's page; above this it shows one line for the whole order. Stripe allows 100.
MOST_LINES = 90
#: What we want to hear of. Anything else is answered with 200 and left alone.
EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.payment_failed",
    "refund.created",
    "refund.updated",
    "refund.failed",
)
#: Clocks differ a little; the window in which a lost session is looked for is wider by this.
CLOCK_SKEW = timedelta(minutes=5)
TIMEOUT_SECONDS = 8
#: The client itself tries again so often, with the same idempotency key.
NETWORK_RETRIES = 2


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=8)
def make_client(key: str, base: str) -> stripe.StripeClient:
    """The official client; ``base`` is another address than Stripe's own, and only the loopback double has one.

    A base address that leads elsewhere would send the secret key and every payment there, so it is refused.
    """
    if base and not (_is_loopback(urlsplit(base).hostname) and key.startswith("sk_test_")):
        raise ImproperlyConfigured(
            "STRIPE_API_BASE is for the sandbox on this machine, with a test key, and nothing else."
        )
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else None,
        max_network_retries=NETWORK_RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


@contextmanager
def _errors() -> Iterator[None]:
    """Stripe's errors as ours (https://docs.stripe.com/error-handling): is there an answer to rely on, or not?

    An idempotency key in use or used otherwise, a rate limit, a 5xx and a lost connection all mean 'perhaps done';
    so do wrong keys, because they are our mistake, to be put right by us, and no reason to give a shopper's hold
    away.
    """
    try:
        yield
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        if error.http_status == 409:
            raise GatewayUnavailable(str(error)) from error
        raise GatewayRefused(str(error)) from error
    except stripe.StripeError as error:
        logger.warning("Stripe does not answer: %s", error)
        raise GatewayUnavailable(str(error)) from error


class StripeGateway:
    code = "stripe"

    def __init__(self, client: Callable[[], stripe.StripeClient] | None = None):
        """``client`` gives the client to use; by default one made from the settings."""
        self._client = client or (lambda: make_client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE))

    @property
    def label(self) -> str:
        return gettext("Card and other ways, by Stripe")

    @property
    def description(self) -> str:
        return gettext("You pay on Stripe's secure page and come back here.")

    @property
    def capabilities(self) -> Capabilities:
        """Stripe wants at least 30 minutes for a session (``expires_at`` of
        https://docs.stripe.com/api/checkout/sessions/create), and about US$0.50, which is a setting."""
        return Capabilities(
            minimum=settings.STRIPE_MINIMUM_AMOUNT,
            currencies=frozenset({"IDR"}),
            hold_for=timedelta(minutes=max(settings.STRIPE_HOLD_MINUTES, 32)),
            starts_before=timedelta(minutes=30, seconds=20),
        )

    def is_configured(self) -> bool:
        return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)

    def create(self, attempt: PaymentAttempt) -> GatewayPayment:
        """All parameters follow from the attempt, so that a second try with the same key is the same request: Stripe
        refuses a key used again with others (https://docs.stripe.com/api/idempotent_requests)."""
        with _errors():
            session = self._sessions.create(self._parameters(attempt), {"idempotency_key": f"attempt-{attempt.key}"})
        return GatewayPayment(session.id, session.url or "")

    def find(self, attempt: PaymentAttempt) -> GatewayPayment | None:
        """Stripe cannot search sessions by our key, so those made at that time are gone through."""
        window = {
            "gte": int((attempt.created_at - CLOCK_SKEW).timestamp()),
            "lte": int((attempt.expires_at + CLOCK_SKEW).timestamp()),
        }
        with _errors():
            page = self._sessions.list({"created": window, "limit": 100})
            for session in page.auto_paging_iter():
                if session.client_reference_id == attempt.key:
                    return GatewayPayment(session.id, session.url or "")
        return None

    def fetch(self, attempt: PaymentAttempt) -> GatewayStatus:
        try:
            with _errors():
                session = self._sessions.retrieve(attempt.gateway_reference, {"expand": ["payment_intent"]})
        except GatewayRefused as error:
            if _is_missing(error):
                return GatewayStatus(State.MISSING, reference=attempt.gateway_reference)
            raise
        return _status(session)

    def close(self, attempt: PaymentAttempt) -> GatewayStatus:
        """Expire the session. Stripe refuses when it is paid or under way; a fresh read then says which."""
        try:
            with _errors():
                self._sessions.expire(attempt.gateway_reference)
        except GatewayRefused as error:
            logger.info("Session of %s was not open to be closed: %s", attempt.order_number, error.detail)
        return self.fetch(attempt)

    def refund(self, refund: Refund) -> RefundResult:
        """Keys are forgotten after a day, so a refund that was asked for before is looked up first."""
        with _errors():
            session = self._sessions.retrieve(refund.attempt.gateway_reference)
            intent = _id(session.payment_intent)
            found = self._find_refund(refund, intent) if refund.called_at or refund.gateway_reference else None
        if found:
            return _refund_result(found)
        parameters: Any = {
            "payment_intent": intent,
            "amount": to_minor(refund.amount, refund.attempt.currency),
            "metadata": {"refund": refund.idempotency_key, "order_number": refund.attempt.order_number},
        }
        with _errors():
            made = self._client().v1.refunds.create(parameters, {"idempotency_key": refund.idempotency_key})
        return _refund_result(made)

    def events_since(self, moment: datetime) -> Iterable[GatewayEvent]:
        with _errors():
            page = self._client().v1.events.list(
                {"created": {"gte": int(moment.timestamp())}, "types": list(EVENTS), "limit": 100}
            )
            for event in page.auto_paging_iter():
                yield _event(event)

    def read_webhook(self, body: bytes, signature: str) -> GatewayEvent:
        """The notice in a webhook. ValueError when it was not signed with our secret in the last five minutes
        (https://docs.stripe.com/webhooks#verify-manually): anybody can post to that address."""
        try:
            event = self._client().construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET)
        except stripe.SignatureVerificationError as error:
            raise ValueError(str(error)) from error
        return _event(event)

    @property
    def _sessions(self) -> Any:
        return self._client().v1.checkout.sessions

    def _find_refund(self, refund: Refund, intent: str) -> Any:
        for candidate in self._client().v1.refunds.list({"payment_intent": intent, "limit": 100}).auto_paging_iter():
            if _metadata(candidate).get("refund") == refund.idempotency_key:
                return candidate
        return None

    def _parameters(self, attempt: PaymentAttempt) -> Any:
        """No ``payment_method_types``: which methods are offered is chosen in Stripe's Dashboard, and the pinned API
        version refuses the parameter."""
        metadata = {"attempt": attempt.key, "order_number": attempt.order_number}
        return {
            "mode": "payment",
            "line_items": _lines(attempt),
            "client_reference_id": attempt.key,
            "customer_email": attempt.email,
            "metadata": metadata,
            "payment_intent_data": {"metadata": metadata, "description": attempt.order_number},
            "success_url": return_url(attempt),
            "cancel_url": attempt_url(attempt),
            "expires_at": int(attempt.expires_at.timestamp()),
            "locale": "en" if attempt.language == "en" else "id",
        }


def _lines(attempt: PaymentAttempt) -> list[dict[str, Any]]:
    """What the shopper agreed to, line by line; the sum is exactly what the attempt asks for."""
    lines = [
        (f"{line['title']} × {line['quantity']}", to_minor(line["line_incl_tax"], attempt.currency))
        for line in attempt.snapshot["lines"]
    ]
    with override(attempt.language):
        lines += [
            (
                gettext("Delivery: %(courier)s, from %(maker)s")
                % {"courier": parcel["shipping_name"], "maker": parcel["partner_name"]},
                to_minor(parcel["charge"], attempt.currency),
            )
            for parcel in attempt.snapshot["parcels"]
        ]
        total = to_minor(attempt.payable, attempt.currency)
        if len(lines) > MOST_LINES or sum(amount for _name, amount in lines) != total:
            lines = [(gettext("Order %(number)s") % {"number": attempt.order_number}, total)]
    return [
        {
            "quantity": 1,
            "price_data": {
                "currency": attempt.currency.lower(),
                "unit_amount": amount,
                "product_data": {"name": name[:250]},
            },
        }
        for name, amount in lines
    ]


def _id(value: Any) -> str:
    """The id of something that may have come expanded."""
    return value if isinstance(value, str) else getattr(value, "id", "") or ""


def _metadata(subject: Any) -> dict[str, str]:
    """Our own marks on an object; a StripeObject is not a dict."""
    metadata = getattr(subject, "metadata", None)
    return dict(metadata.to_dict()) if metadata else {}


def _is_missing(error: GatewayRefused) -> bool:
    return getattr(error.__cause__, "code", None) == "resource_missing"


def _status(session: Any) -> GatewayStatus:
    """Only ``payment_status == "paid"`` is money; a completed session may still be waiting for it."""
    intent = session.payment_intent if not isinstance(session.payment_intent, str) else None
    failed_before = bool(intent and intent.last_payment_error)
    if session.payment_status == "paid":
        state = State.PAID
    elif session.status == "open":
        state = State.OPEN
    elif session.status == "expired":
        state = State.CLOSED
    elif session.status == "complete" and intent and intent.status in ("requires_payment_method", "canceled"):
        state = State.FAILED
    elif session.status == "complete":
        state = State.PROCESSING
    else:
        state = State.UNKNOWN
    minor = intent.amount_received if intent and state == State.PAID else session.amount_total
    currency = (session.currency or "").upper()
    return GatewayStatus(
        state=state,
        amount=from_minor(minor, currency) if minor is not None else None,
        currency=currency,
        reference=session.id,
        attempt_key=session.client_reference_id or "",
        order_number=_metadata(session).get("order_number", ""),
        declined=state == State.OPEN and failed_before,
        url=session.url or "",
    )


def _refund_result(refund: Any) -> RefundResult:
    """https://docs.stripe.com/refunds: pending and requires_action may still fail; canceled gave nothing back."""
    state = {
        "succeeded": RefundState.SUCCEEDED,
        "pending": RefundState.PENDING,
        "requires_action": RefundState.PENDING,
    }.get(refund.status or "pending", RefundState.FAILED)
    return RefundResult(state, reference=refund.id, message=getattr(refund, "failure_reason", None) or "")


def _event(event: Any) -> GatewayEvent:
    subject = event.data.object
    metadata = _metadata(subject)
    return GatewayEvent(
        id=event.id,
        kind=event.type,
        at=datetime.fromtimestamp(event.created, UTC),
        attempt_key=getattr(subject, "client_reference_id", None) or metadata.get("attempt", ""),
        refund_key=metadata.get("refund", ""),
    )
