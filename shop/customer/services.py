"""What an account gains once its owner is known."""

from typing import Any

from oscar.core.loading import get_model


def join_guest_orders(user: Any, email: str) -> int:
    """Put the orders that were placed as a guest with ``email`` into the account of ``user``; how many comes back.

    Only for an address that ``user`` has confirmed: orders hold names, addresses and telephone numbers, and anybody can
    write another's address into the sign-up form. Without it a shopper who opens an account after buying finds it
    empty. An order that belongs to an account already stays there.
    """
    Order = get_model("order", "Order")
    return Order.objects.filter(user=None, guest_email__iexact=email).exclude(guest_email="").update(user=user)
