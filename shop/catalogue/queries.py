"""Reads of the catalogue: every page that shows pieces takes them from here, with all a card needs.

A card asks for a picture, its renditions, a price, what is left and the maker's name. Fetched piece by piece that is six queries a
card; fetched here it is six queries a page, whatever its length.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import DecimalField, F, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")

#: Orders a shopper can choose. The primary key settles ties, so that a piece never shows on two pages of one list.
ORDERS = {
    "newest": ("-date_created", "-pk"),
    "price": ("list_price", "-pk"),
    "-price": (F("list_price").desc(nulls_last=True), "-pk"),
}


def browsable() -> QuerySet:
    """Pieces that anybody may see: public, and of a maker who is public (or of no maker)."""
    return Product.objects.browsable().exclude(maker__is_public=False)


def with_price(products: QuerySet) -> QuerySet:
    """Annotate ``list_price``, in rupiah: the piece's own price, or the lowest of its variants.

    Only for filtering and ordering; cards read the price from the prefetched stock records.
    """
    own = StockRecord.objects.filter(product=OuterRef("pk")).order_by("pk").values("price")[:1]
    variants = (
        StockRecord.objects.filter(product__parent=OuterRef("pk"), product__is_public=True)
        .order_by()
        .values("product__parent")
        .annotate(lowest=Min("price"))
        .values("lowest")
    )
    return products.annotate(
        list_price=Coalesce(Subquery(own), Subquery(variants), output_field=DecimalField(max_digits=12, decimal_places=2))
    )


def ordered(products: QuerySet, order: str) -> QuerySet:
    """Order by one of ``ORDERS``; an unknown name means the newest first."""
    keys = ORDERS.get(order, ORDERS["newest"])
    return (with_price(products) if "price" in order else products).order_by(*keys)


def images() -> QuerySet:
    return ProductImage.objects.select_related("original").prefetch_related("original__renditions").order_by("display_order", "pk")


def with_cards(products: QuerySet) -> QuerySet:
    """Prefetch what ``components/product_card.html`` reads. Six queries, however many pieces."""
    variants = Product.objects.public().prefetch_related(Prefetch("stockrecords", StockRecord.objects.order_by("pk")))
    return products.select_related("maker", "craft").prefetch_related(
        Prefetch("stockrecords", StockRecord.objects.order_by("pk")),
        Prefetch("images", images()),
        Prefetch("children", variants),
    )


def in_order_of(ids: Sequence[int], rows: Iterable) -> list:
    """Rows in the order of ``ids``; those that are gone or not public are left out."""
    by_id = {row.pk: row for row in rows}
    return [by_id[pk] for pk in dict.fromkeys(ids) if pk in by_id]


def by_rule(
    *,
    craft: str | None = None,
    motif: str | None = None,
    maker: str | None = None,
    price_max: Decimal | None = None,
    order: str = "newest",
) -> QuerySet:
    """Browsable pieces narrowed by slugs and a highest price in rupiah."""
    products = browsable()
    if craft:
        products = products.filter(craft__slug=craft)
    if motif:
        products = products.filter(motifs__slug=motif)
    if maker:
        products = products.filter(maker__slug=maker)
    if price_max is not None:
        products = with_price(products).filter(list_price__lte=price_max)
    return ordered(products, order)
