"""What changes a basket. Each verb locks the basket first, so that two clicks at once cannot lose one another."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.core.loading import get_model

from .models import Addition, Basket

Product = get_model("catalogue", "Product")


class Refused(Exception):
    """The basket stays as it was; the text tells the shopper why and what they can do."""


@dataclass(frozen=True)
class Removed:
    """A line that was taken out, kept for a while so that it can be put back."""

    product_id: int
    title: str
    quantity: int
    source: str


@transaction.atomic
def add(basket, product, quantity: int = 1, *, nonce: str = "", source: str = ""):
    """Put pieces into the basket; the line comes back. Raises Refused.

    ``nonce`` marks one press of the button: a second request with the same mark changes nothing and gets the same line.
    ``source`` is how the shopper came; the last one is kept, an empty one leaves what is there.
    """
    if basket.pk is None:
        basket.save()
    _lock(basket)
    if nonce and nonce.isprintable():
        _press, is_new = Addition.objects.get_or_create(basket=basket, nonce=nonce[:64])
        if not is_new:
            line = basket.lines.filter(product=product).first()
            if line is not None:
                return line
    _check_quantity(basket, product, quantity, basket.product_quantity(product))
    line, _created = basket.add_product(product, quantity)
    if source and line.source != source:
        line.source = source
        line.save(update_fields=["source"])
    return line


@transaction.atomic
def set_quantity(line, quantity: int):
    """Change how many of a piece are wanted; 0 takes it out. Fewer is always allowed, more only while there are more.

    Returns a ``Removed`` when the line went, else None. Raises Refused.
    """
    basket = line.basket
    _lock(basket)
    line.refresh_from_db(fields=["quantity"])
    if quantity < 1:
        return remove(line)
    if quantity > line.quantity:
        _check_quantity(basket, line.product, quantity - line.quantity, line.quantity)
    line.quantity = quantity
    line.save(update_fields=["quantity", "date_updated"])
    basket.reset_offer_applications()
    return None


@transaction.atomic
def remove(line) -> Removed:
    """Take a line out; what comes back can be given to ``restore``."""
    _lock(line.basket)
    removed = Removed(line.product_id, line.product.get_title(), line.quantity, line.source)
    line.delete()
    line.basket.reset_offer_applications()
    return removed


def restore(basket, removed: Removed):
    """Put back what was taken out, as many as there still are. Raises Refused when the piece is gone."""
    product = Product.objects.filter(pk=removed.product_id).first()
    if product is None:
        raise Refused(_("This piece is no longer for sale."))
    left = available(basket, product)
    quantity = removed.quantity if left is None else max(1, min(removed.quantity, left))
    return add(basket, product, quantity, source=removed.source)


def accept_prices(basket) -> None:
    """Note today's prices on the lines. Called when the shopper has been shown them beside the old ones."""
    for line in basket.all_lines():
        price = line.purchase_info.price
        if price.exists and line.price_incl_tax != price.incl_tax:
            basket.lines.filter(pk=line.pk).update(
                price_incl_tax=price.incl_tax, price_excl_tax=price.excl_tax, date_updated=timezone.now()
            )


def available(basket, product) -> int | None:
    """How many can be bought now; None when nobody counts them (made to order)."""
    policy = basket.strategy.fetch_for_product(product).availability
    if not policy.is_available_to_buy:
        return 0
    return getattr(policy, "num_available", None)


def _lock(basket) -> None:
    """A basket whose payment runs is frozen and belongs to that payment."""
    status = Basket.objects.select_for_update().values_list("status", flat=True).get(pk=basket.pk)
    if status != Basket.OPEN:
        raise Refused(_("This basket is being paid. A new one has been started for you."))


def _check_quantity(basket, product, more: int, present: int) -> None:
    if not product.is_shown or not basket.strategy.fetch_for_product(product).price.exists:
        raise Refused(_("This piece cannot be bought right now."))
    left = available(basket, product)
    if left == 0:
        raise Refused(_("This piece has just been sold."))
    if left is not None and present + more > left:
        if present >= left:
            raise Refused(
                ngettext(
                    "There is only %(count)d, and it is already in your basket.",
                    "There are only %(count)d, and they are already in your basket.",
                    left,
                )
                % {"count": left}
            )
        raise Refused(ngettext("Only %(count)d is left.", "Only %(count)d are left.", left) % {"count": left})
    most = settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD
    if basket.num_items + more > most:
        raise Refused(_("A basket holds at most %(count)d pieces. Ask us on WhatsApp for more.") % {"count": most})
