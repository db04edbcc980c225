"""What staff does by hand: seeing a transfer on the account, and ending an attempt that no gateway can end."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from .errors import AttemptNotOpen, WrongTransferAmount
from .finalizing import finalize
from .gateways import get_gateway
from .locks import lock_attempt
from .models import PaymentAttempt, TransferReceipt
from .reservation import let_go, note


def confirm_transfer(
    attempt: PaymentAttempt, *, actor: Any, received_amount: Decimal, reference: str
) -> PaymentAttempt:
    """Staff saw ``received_amount`` rupiah on the account. The order follows, or the refund when the pieces are gone.

    Raises ``WrongTransferAmount`` unless it is exactly the amount asked for: the amount is all that tells this
    payment from others. Confirming twice is confirming once. Raises ``AttemptNotOpen`` when it never was a transfer
    or no transfer was asked for.
    """
    if not get_gateway(attempt.gateway).capabilities.needs_staff:
        raise AttemptNotOpen
    with transaction.atomic(durable=True):
        current = lock_attempt(attempt.pk)
        if not TransferReceipt.objects.filter(attempt=current).exists():
            if current.transfer_code is None or current.status in PaymentAttempt.TAKEN:
                raise AttemptNotOpen
            if received_amount != current.payable:
                raise WrongTransferAmount(current.payable, received_amount)
            TransferReceipt.objects.create(attempt=current, amount=received_amount, reference=reference, actor=actor)
            note(current, "transfer_confirmed", detail=reference)
    return finalize(attempt.pk)


@transaction.atomic
def write_off(attempt: PaymentAttempt, *, actor: Any, reason: str) -> PaymentAttempt:
    """End an attempt that needed attention: what was paid, if anything, was settled outside the shop.

    The way out for money that does not match, and for payments that the gateway does not know. One that has ended
    already only stops asking for a person. Raises ``AttemptNotOpen`` for any other.
    """
    current = lock_attempt(attempt.pk)
    if not current.can_be_written_off:
        raise AttemptNotOpen
    current.needs_attention = False
    decision = f"written off by {actor}: {reason}"[:255]
    if current.is_open:
        let_go(current, PaymentAttempt.Status.FAILED, decision)
    else:
        current.save()
        note(current, "written_off", detail=decision)
    return current
