"""What the payment page shows of an attempt: which of its states, and what goes with it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.catalogue.templatetags.money import rupiah

from .errors import GatewayUnavailable
from .finalizing import CALLED_OFF
from .gateways import get_gateway
from .models import PaymentAttempt

Status = PaymentAttempt.Status
#: Seconds after which a page that waits looks again: soon while money is under way, seldom while a person must act.
LOOKS_AGAIN = {"processing": 5, "waiting": 20, "declined": 20, "transfer": 60}
#: A page that is read again does not ask the gateway more often than this.
FRESH_FOR = timedelta(seconds=10)


def page_state(attempt: PaymentAttempt) -> str:
    """``waiting``, ``declined``, ``processing``, ``transfer``, ``failed``, ``expired``, ``cancelled``
    (by the shopper), ``refund_due``, ``refunded``, ``ordered``."""
    if attempt.status == Status.PAID:
        return "processing"
    if attempt.status == Status.EXPIRED and attempt.events.filter(kind=Status.EXPIRED, detail=CALLED_OFF).exists():
        return "cancelled"
    if not attempt.is_open:
        return attempt.status
    if attempt.progress:
        return attempt.progress
    return "transfer" if get_gateway(attempt.gateway).capabilities.needs_staff else "waiting"


def is_stale(attempt: PaymentAttempt) -> bool:
    """Whether reading the gateway again may tell something new."""
    if attempt.status == Status.PAID:
        return True
    if not attempt.is_open or get_gateway(attempt.gateway).capabilities.needs_staff:
        return False
    return attempt.checked_at is None or attempt.checked_at < timezone.now() - FRESH_FOR


def page_context(attempt: PaymentAttempt) -> dict[str, Any]:
    state = page_state(attempt)
    totals = attempt.snapshot["totals"]
    sums = [(_("Pieces"), Decimal(totals["items_before_discounts"]))]
    if Decimal(totals["discount"]):
        sums.append((_("Discount"), -Decimal(totals["discount"])))
    for parcel in attempt.snapshot["parcels"]:
        names = {"courier": parcel["shipping_name"], "maker": parcel["partner_name"]}
        sums.append((_("Delivery: %(courier)s, from %(maker)s") % names, Decimal(parcel["charge"])))
    if attempt.transfer_code:
        sums.append((_("Code to tell your transfer by"), Decimal(attempt.transfer_code)))
    gateway = get_gateway(attempt.gateway)
    return {
        "attempt": attempt,
        "state": state,
        "state_template": f"payment/states/{state}.html",
        "not_answering": str(GatewayUnavailable()),
        "gateway_label": gateway.label,
        "is_transfer": gateway.capabilities.needs_staff,
        "lines": attempt.snapshot["lines"],
        "sums": sums,
        "refresh": LOOKS_AGAIN.get(state),
        "accounts": settings.BANK_TRANSFER_ACCOUNTS,
        "is_demo": settings.IS_DEMO,
        "whatsapp_number": settings.SHOP_WHATSAPP,
        "whatsapp_text": _("Hello, I have transferred %(amount)s for order %(number)s.")
        % {"amount": rupiah(attempt.payable), "number": attempt.order_number},
    }
