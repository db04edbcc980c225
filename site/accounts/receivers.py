"""What happens here when allauth tells of it; it has no other hook for a confirmed address."""

from typing import Any

from shop.customer.services import join_guest_orders


def join_orders_of_confirmed_address(email_address: Any, **kwargs: Any) -> None:
    """Who reads what is sent to an address may see what was bought with it."""
    join_guest_orders(email_address.user, email_address.email)
