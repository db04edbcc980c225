"""E-mails about money that is no order (yet). Those about orders are sent by ``shop.order``."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from .addresses import attempt_url
from .models import PaymentAttempt, Refund


def send_transfer_instructions(attempt: PaymentAttempt) -> None:
    """The exact amount, the account and the deadline, for whoever pays later from another device."""
    if not attempt.is_open:
        return
    _send(
        attempt,
        "transfer",
        lambda: _("Order %(number)s: how to transfer") % {"number": attempt.order_number},
        accounts=settings.BANK_TRANSFER_ACCOUNTS,
    )


def send_refund_notice(refund: Refund) -> None:
    """Money came and no order can follow: it goes, or has gone, back."""
    _send(
        refund.attempt,
        "refund",
        lambda: _("Order %(number)s: your money comes back") % {"number": refund.attempt.order_number},
        refund=refund,
        sent=refund.status == Refund.Status.SUCCEEDED,
    )


def _send(attempt: PaymentAttempt, name: str, subject: Any, **more: Any) -> None:
    with override(attempt.language):
        context = {
            "attempt": attempt,
            "attempt_url": attempt_url(attempt),
            "language": attempt.language,
            "is_demo": settings.IS_DEMO,
            "whatsapp_number": settings.SHOP_WHATSAPP,
            **more,
        }
        message = EmailMultiAlternatives(
            subject=subject(),
            body=render_to_string(f"payment/email/{name}.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[attempt.email],
        )
        message.attach_alternative(render_to_string(f"payment/email/{name}.html", context), "text/html")
        message.send()
