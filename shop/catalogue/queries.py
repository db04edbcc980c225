"""Reads of the catalogue: every page that shows pieces takes them from here, with all a card needs.

A card asks for a picture, its renditions, a price, what is left and the maker's name. Fetched piece by piece that is
four queries a card; fetched here it is four queries a page, whatever its length.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import (
    BooleanField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

from shop.stock.queries import with_away

from .whereabouts import mark_what_is_gone

Product = get_model("catalogue", "Product")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
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
        list_price=Coalesce(
            Subquery(own), Subquery(variants), output_field=DecimalField(max_digits=12, decimal_places=2)
        )
    )


def with_availability(products: QuerySet) -> QuerySet:
    """Annotate ``list_available``: whether the piece, or a variant of it, can be bought now."""
    in_stock = StockRecord.objects.filter(num_in_stock__gt=Coalesce(F("num_allocated"), 0))
    own = Exists(in_stock.filter(product=OuterRef("pk")))
    variant = Exists(in_stock.filter(product__parent=OuterRef("pk"), product__is_public=True))
    can_be_bought = Q(made_to_order=True) | own | variant
    return products.annotate(list_available=ExpressionWrapper(can_be_bought, output_field=BooleanField()))


def ordered(products: QuerySet, order: str) -> QuerySet:
    """Order by one of ``ORDERS``; an unknown name means the newest first.

    What is sold out comes last in every order: many pieces are the only one of their kind, and without this the first
    page of a good year's shop would be full of what nobody can buy any more.
    """
    keys: tuple = ORDERS.get(order, ORDERS["newest"])
    products = with_availability(with_price(products) if "price" in order else products)
    return products.order_by("-list_available", *keys)


def images() -> QuerySet:
    return (
        ProductImage.objects.select_related("original")
        .prefetch_related("original__renditions")
        .order_by("display_order", "pk")
    )


def records() -> QuerySet:
    """Stock records as cards read them, and whether units of theirs are away."""
    return with_away(StockRecord.objects.order_by("pk"))


def with_cards(products: QuerySet) -> QuerySet:
    """Prefetch what ``components/product_card.html`` reads, except the variants of parents: ``cards`` fetches those."""
    return products.select_related("maker", "craft").prefetch_related(
        Prefetch("stockrecords", records()), Prefetch("images", images())
    )


def cards(products: QuerySet) -> list:
    """The pieces of a queryset (sliced, if it is long) with all that a card reads: four queries, and two more where a
    piece has variants."""
    return complete(with_cards(products))


def complete(pieces: Iterable) -> list:
    """Fetch the variants of those pieces that have some, all at once; say where those are that nobody can buy now."""
    pieces = list(pieces)
    variants = Product.objects.public().order_by("pk").prefetch_related(Prefetch("stockrecords", records()))
    prefetch_related_objects([piece for piece in pieces if piece.is_parent], Prefetch("children", variants))
    mark_what_is_gone(pieces)
    return pieces


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


def for_product_page() -> QuerySet:
    """Any piece, public or not, with all that its page reads."""
    attribute_values = ProductAttributeValue.objects.select_related("attribute", "value_option").order_by(
        "attribute_id"
    )
    return (
        with_cards(Product.objects.all())
        .select_related("parent", "product_class", "craft", "maker__regency", "maker__portrait")
        .prefetch_related(
            "motifs",
            "maker__portrait__renditions",
            Prefetch("attribute_values", attribute_values, to_attr="page_attribute_values"),
        )
    )


def others_of_maker(product, *, limit: int) -> list:
    """Other pieces of the same maker that can be seen, those that can be bought first."""
    if product.maker_id is None:
        return []
    others = ordered(browsable().filter(maker=product.maker_id).exclude(pk=product.pk), "newest")
    return cards(others[:limit])
