"""What a shopper is told by e-mail, in the language they bought in, as HTML and as plain text."""

from collections.abc import Iterable
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


def send_tracking(parcel, *, wrong: str) -> None:
    """The number told before was not this parcel's."""
    order = parcel.order
    _send(
        order,
        "order_tracking",
        lambda: _("Order %(number)s: corrected tracking number") % {"number": order.number},
        parcel=parcel,
        wrong=wrong,
    )


def send_cancelled(order, *, reason: str, parcel_ids: Iterable[int]) -> None:
    """These parcels of the order do not come, and why; what has left or is still to come is told beside them.

    Only when nothing of an order comes is the whole of it called cancelled: whoever waits for a parcel that has left
    must not read that their order is gone.
    """
    rows = queries.order_page(order).parcels
    cancelled = [row for row in rows if row.parcel.pk in set(parcel_ids)]
    coming = [row for row in rows if row not in cancelled and row.parcel.status != "cancelled"]
    whole = not coming

    def subject() -> str:
        number = {"number": order.number}
        if whole:
            return _("Order %(number)s: cancelled") % number
        if len(cancelled) == 1:
            return _("Order %(number)s: one parcel cancelled") % number
        return _("Order %(number)s: some parcels cancelled") % number

    _send(
        order,
        "order_cancelled",
        subject,
        whole=whole,
        cancelled=cancelled,
        sent=[row for row in coming if row.parcel.status == "shipped"],
        waiting=[row for row in coming if row.parcel.status != "shipped"],
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
