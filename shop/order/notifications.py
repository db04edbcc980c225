"""What a shopper is told by e-mail, in the language they bought in, as HTML and as plain text."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import queries


def send_confirmation(order) -> None:
    """The order is paid and exists."""
    _send(order, "order_confirmation", lambda: _("Order %(number)s: thank you") % {"number": order.number})


def send_shipped(parcel) -> None:
    """One parcel has left: who carries it, and its number."""
    order = parcel.order
    _send(
        order,
        "order_shipped",
        lambda: _("Order %(number)s: a parcel is on its way") % {"number": order.number},
        parcel=parcel,
    )


def send_cancelled(order, *, reason: str, parcel=None) -> None:
    """The order, or one parcel of it, does not come, and why."""
    _send(
        order,
        "order_cancelled",
        lambda: (
            _("Order %(number)s: cancelled") % {"number": order.number}
            if parcel is None
            else _("Order %(number)s: one parcel cancelled") % {"number": order.number}
        ),
        cancelled_parcel=parcel,
        reason=reason,
    )


def send_refunded(order, amount: Decimal) -> None:
    """Money is on its way back; ``amount`` in rupiah."""
    _send(order, "order_refunded", lambda: _("Order %(number)s: your refund") % {"number": order.number}, amount=amount)


def order_url(order) -> str:
    """The order's own page with scheme and host, in its language: whoever has the address may read it."""
    with override(order.language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("order:detail", args=[order.access_key])


def _send(order, name: str, subject, **more: Any) -> None:
    if not order.email:
        return
    with override(order.language):
        context = {
            "order": order,
            "page": queries.order_page(order),
            "order_url": order_url(order),
            "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
            "whatsapp_number": settings.SHOP_WHATSAPP,
            "language": order.language,
            **more,
        }
        message = EmailMultiAlternatives(
            subject=subject(),
            body=render_to_string(f"email/{name}.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[order.email],
        )
        message.attach_alternative(render_to_string(f"email/{name}.html", context), "text/html")
        message.send()
