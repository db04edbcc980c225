"""What a way to pay must be able to do. The shop knows no more of Stripe, a bank or Midtrans than this.

A gateway asks and tells; what follows for hold, order and refund is decided in ``shop.payment.services``. Amounts
are ``Decimal`` rupiah on this side; minor units exist only inside a gateway.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from ..models import PaymentAttempt, Refund


class State(StrEnum):
    """Where a payment stands at the gateway."""

    OPEN = "open"  #: the shopper can still pay
    PROCESSING = "processing"  #: the shopper has done their part; the money is under way and cannot be called back
    PAID = "paid"
    FAILED = "failed"  #: ended without money: refused for good
    CLOSED = "closed"  #: ended without money: expired or called off; nobody can pay it any more
    MISSING = "missing"  #: the gateway has no such payment
    UNKNOWN = "unknown"  #: it answered something we do not understand; nothing is concluded from it


@dataclass(frozen=True)
class GatewayPayment:
    """A payment made at the gateway: its id there, and the page where the shopper pays."""

    reference: str
    url: str


@dataclass(frozen=True)
class GatewayStatus:
    """A fresh read. Beside the state, all that must agree with the attempt before anything is ordered."""

    state: State
    amount: Decimal | None = None
    currency: str = ""
    reference: str = ""
    attempt_key: str = ""
    order_number: str = ""
    #: The shopper tried and was refused, and may try again.
    declined: bool = False
    url: str = ""


class RefundState(StrEnum):
    SUCCEEDED = "succeeded"
    PENDING = "pending"
    FAILED = "failed"
    NEEDS_STAFF = "needs_staff"  #: a person sends the money back and says so


@dataclass(frozen=True)
class RefundResult:
    state: RefundState
    reference: str = ""
    message: str = ""


@dataclass(frozen=True)
class GatewayEvent:
    """One notice of the gateway, verified, and what it is about: an attempt, a refund, or neither."""

    id: str
    kind: str
    at: datetime
    attempt_key: str = ""
    refund_key: str = ""


@dataclass(frozen=True)
class Capabilities:
    """What a gateway can take. Amounts in rupiah."""

    minimum: Decimal
    currencies: frozenset[str]
    #: How long stock is held for a shopper who is paying. The gateway's own deadline is the same moment.
    hold_for: timedelta
    #: No new payment is begun when less than this is left: the gateway would refuse so short a deadline.
    starts_before: timedelta
    #: The same for a guest, when it is shorter: anybody may be a guest, as often as they like.
    hold_guest_for: timedelta | None = None
    supports_refund: bool = True
    #: People confirm payments and refunds. Its answers are then read from our own database, also under a lock.
    needs_staff: bool = False

    def holds_for(self, *, guest: bool) -> timedelta:
        return self.hold_guest_for if guest and self.hold_guest_for is not None else self.hold_for


class Gateway(Protocol):
    """Raises ``GatewayUnavailable`` when there is no answer to rely on, ``GatewayRefused`` when the answer is no."""

    code: str

    @property
    def label(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def is_configured(self) -> bool:
        """Whether it can be offered: keys or account numbers are set."""
        ...

    def create(self, attempt: PaymentAttempt) -> GatewayPayment:
        """Make the payment. Calling it again for the same attempt within a day gives the same payment."""
        ...

    def find(self, attempt: PaymentAttempt) -> GatewayPayment | None:
        """Look the payment up by our own key when its id was lost. Never makes one."""
        ...

    def fetch(self, attempt: PaymentAttempt) -> GatewayStatus:
        """Read the payment afresh."""
        ...

    def close(self, attempt: PaymentAttempt) -> GatewayStatus:
        """Make sure that nobody can pay any more. ``CLOSED`` only when that is certain; else what stands in the
        way."""
        ...

    def refund(self, refund: Refund) -> RefundResult:
        """Give money back. Calling it again for the same refund gives nothing back twice."""
        ...

    def events_since(self, moment: datetime) -> Iterable[GatewayEvent]:
        """Notices we may have missed. Empty for a gateway that sends none."""
        ...
