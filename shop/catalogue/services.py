"""Verbs that change the catalogue."""

from django.db import transaction
from oscar.core.loading import get_model

from .models import Category, Product

ProductCategory = get_model("catalogue", "ProductCategory")


@transaction.atomic
def ensure_shelf(craft) -> Category:
    """The shelf of a craft, made when it is missing. Its slug is the craft's, so that ``/toko/<craft>/`` lists its
    pieces."""
    shelf = Category.objects.filter(craft=craft).first()
    if shelf is None:
        shelf = Category.add_root(craft=craft, slug=craft.slug, name_ind=craft.name_ind, name_en=craft.name_en)
    return shelf


@transaction.atomic
def put_on_shelf(product: Product) -> None:
    """Put a piece on the shelf of its craft, and take it off another craft's; shelves of no craft are left alone.

    Without this a piece whose craft is corrected would be listed under both.
    """
    if product.is_child:
        return
    product.categories.remove(*product.categories.filter(craft__isnull=False).exclude(craft=product.craft_id))
    if product.craft_id:
        product.categories.add(ensure_shelf(product.craft))
