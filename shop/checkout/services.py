"""What buying changes beside the order itself."""

from django.db import IntegrityError, transaction
from oscar.core.loading import get_model

UserAddress = get_model("address", "UserAddress")


def keep_address(user, shipping_address) -> None:
    """Put the address of an order into the shopper's own book, once; the first becomes the default.

    Two windows may order at once: the book's unique rule decides, and losing to it is no error.
    """
    if not user.is_authenticated:
        return
    address = UserAddress(user=user)
    shipping_address.populate_alternative_model(address)
    address.code = None
    address.is_default_for_shipping = not user.addresses.exists()
    try:
        with transaction.atomic():
            address.save()
    except IntegrityError:
        return
