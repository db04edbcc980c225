"""Transfer to the shop's bank account: no service in between, so the shop lives without one.

The amount tells payments apart, because the reference line of an Indonesian transfer is rarely filled in: each open
attempt asks for a total of its own, up to Rp999 above the order's. Staff see it on the account and confirm.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from ..addresses import attempt_url
from ..errors import GatewayUnavailable
from ..models import PaymentAttempt, Refund, TransferReceipt
from .base import Capabilities, GatewayEvent, GatewayPayment, GatewayStatus, RefundResult, RefundState, State

CODES = range(1, 1000)
#: An amount asked for so recently is not asked for again: the money of an expired attempt may still be on its way.
RESTS_FOR = timedelta(days=14)


class BankTransferGateway:
    code = "bank_transfer"

    @property
    def label(self) -> str:
        return gettext("Bank transfer")

    @property
    def description(self) -> str:
        return gettext(
            "You transfer the exact amount from your bank; we confirm it by hand and keep your pieces meanwhile."
        )

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            minimum=Decimal("10000"),
            currencies=frozenset({"IDR"}),
            hold_for=timedelta(hours=settings.BANK_TRANSFER_HOURS),
            hold_guest_for=timedelta(hours=min(settings.BANK_TRANSFER_GUEST_HOURS, settings.BANK_TRANSFER_HOURS)),
            starts_before=timedelta(minutes=10),
            needs_staff=True,
        )

    def is_configured(self) -> bool:
        return bool(settings.BANK_TRANSFER_ACCOUNTS)

    def create(self, attempt: PaymentAttempt) -> GatewayPayment:
        """Choose the code that makes the amount unlike any other that is open. Raises ``GatewayUnavailable`` in the
        unlikely case that none is free.

        The constraint ``payment_transfer_amount_once`` decides; looking first only spares most of the collisions.
        """
        if attempt.transfer_code is None:
            self._choose_code(attempt)
        return GatewayPayment(attempt.order_number, attempt_url(attempt))

    def find(self, attempt: PaymentAttempt) -> GatewayPayment | None:
        if attempt.transfer_code is None:
            return None
        return GatewayPayment(attempt.order_number, attempt_url(attempt))

    def fetch(self, attempt: PaymentAttempt) -> GatewayStatus:
        receipt = TransferReceipt.objects.filter(attempt=attempt).first()
        state = State.PAID if receipt else State.OPEN if attempt.is_open else State.CLOSED
        return GatewayStatus(
            state=state,
            amount=receipt.amount if receipt else attempt.payable,
            currency=attempt.currency,
            reference=attempt.gateway_reference,
            attempt_key=attempt.key,
            order_number=attempt.order_number,
            url=attempt.gateway_url,
        )

    def close(self, attempt: PaymentAttempt) -> GatewayStatus:
        """Nobody can stop a transfer. Closed means only: none has been seen until now."""
        status = self.fetch(attempt)
        return (
            status if status.state == State.PAID else GatewayStatus(State.CLOSED, reference=attempt.gateway_reference)
        )

    def refund(self, refund: Refund) -> RefundResult:
        return RefundResult(RefundState.NEEDS_STAFF)

    def events_since(self, moment: datetime) -> Iterable[GatewayEvent]:
        return ()

    def _choose_code(self, attempt: PaymentAttempt) -> None:
        resting = PaymentAttempt.objects.filter(
            gateway=self.code,
            transfer_code__isnull=False,
            payable__range=(attempt.amount + CODES[0], attempt.amount + CODES[-1]),
            created_at__gte=timezone.now() - RESTS_FOR,
        )
        taken = set(resting.values_list("payable", flat=True))
        free = [code for code in CODES if attempt.amount + code not in taken]
        while free:
            code = free.pop(secrets.randbelow(len(free)))
            try:
                with transaction.atomic():
                    PaymentAttempt.objects.filter(pk=attempt.pk, transfer_code=None).update(
                        transfer_code=code, payable=attempt.amount + code
                    )
            except IntegrityError:
                continue
            attempt.refresh_from_db(fields=["transfer_code", "payable"])
            return
        raise GatewayUnavailable(f"no transfer code is free for {attempt.amount}")
