"""Many of the shop's things at once, for one long page that shows pieces, makers, motifs and pictures side by side.

A campaign page that asked for each kind on its own would fetch renditions four times over. Here every picture, whoever
it belongs to, gets its renditions in the same query, so the page's count stays within its budget whatever an editor
puts on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F, Prefetch, Q, prefetch_related_objects

from shop.artisans.models import Maker
from shop.artisans.queries import public_makers
from shop.catalogue import queries as catalogue
from shop.catalogue.queries import Product, ProductImage
from shop.catalogue.whereabouts import mark_what_is_gone
from shop.crafts.models import Craft, Motif
from shop.crafts.queries import crafts_with_counts, motifs
from shop.pictures.models import Picture


@dataclass(frozen=True)
class Rule:
    """Which pieces to show without naming them. Crafts, motifs and makers by primary key, prices in rupiah."""

    craft: int | None = None
    motif: int | None = None
    maker: int | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    order: str = "newest"
    limit: int = 4

    def product_ids(self) -> list[int]:
        found = catalogue.browsable()
        for name, value in (("craft", self.craft), ("motifs", self.motif), ("maker", self.maker)):
            if value is not None:
                found = found.filter(**{name: value})
        if self.price_min is not None or self.price_max is not None:
            found = catalogue.with_price(found)
        if self.price_min is not None:
            found = found.filter(list_price__gte=self.price_min)
        if self.price_max is not None:
            found = found.filter(list_price__lte=self.price_max)
        return list(catalogue.ordered(found, self.order).values_list("pk", flat=True)[: self.limit])


@dataclass
class Gathered:
    """What was found, by primary key. What the public may not see is not among it."""

    products: dict[int, Product] = field(default_factory=dict)
    makers: dict[int, Maker] = field(default_factory=dict)
    motifs: dict[int, Motif] = field(default_factory=dict)
    crafts: dict[int, Craft] = field(default_factory=dict)
    pictures: dict[int, Picture] = field(default_factory=dict)
    by_rule: dict[Rule, list[Product]] = field(default_factory=dict)
    #: Of the craft that is told: its motifs, and its makers, those with the most pieces first.
    craft_motifs: list[Motif] = field(default_factory=list)
    craft_makers: list[Maker] = field(default_factory=list)


def gather(
    *,
    product_ids: Sequence[int] = (),
    rules: Sequence[Rule] = (),
    maker_ids: Sequence[int] = (),
    motif_ids: Sequence[int] = (),
    craft_ids: Sequence[int] = (),
    picture_ids: Sequence[int] = (),
    pictures: Sequence[Picture] = (),
    every_craft: bool = False,
    craft_told: int | None = None,
) -> Gathered:
    """One query a kind, one for each rule, one for all renditions.

    ``craft_told`` is the craft a page is about: the craft, its motifs and its makers come along. ``pictures`` are at
    hand already; only their renditions are fetched.
    """
    found = Gathered()
    chosen = {rule: rule.product_ids() for rule in dict.fromkeys(rules)}
    wanted = {*product_ids, *(pk for ids in chosen.values() for pk in ids)}
    if wanted:
        found.products = {product.pk: product for product in _cards(wanted)}
    found.by_rule = {rule: [found.products[pk] for pk in ids if pk in found.products] for rule, ids in chosen.items()}
    if maker_ids or craft_told:
        _makers(found, maker_ids, craft_told)
    if motif_ids or craft_told:
        _motifs(found, motif_ids, craft_told)
    if craft_ids or craft_told or every_craft:
        crafts = crafts_with_counts().prefetch_related(None)
        wanted_crafts = crafts if every_craft else crafts.filter(pk__in=[*craft_ids, craft_told])
        found.crafts = {craft.pk: craft for craft in wanted_crafts}
    found.pictures = {picture.pk: picture for picture in pictures}
    if missing := [pk for pk in dict.fromkeys(picture_ids) if pk not in found.pictures]:
        found.pictures |= Picture.objects.in_bulk(missing)
    prefetch_related_objects(_pictures_of(found), "renditions")
    return found


def _makers(found: Gathered, ids: Sequence[int], craft: int | None) -> None:
    of_craft = (
        set(Maker.crafts.through.objects.filter(craft_id=craft).values_list("maker_id", flat=True)) if craft else set()
    )
    rows = public_makers().prefetch_related(None).filter(pk__in={*ids, *of_craft})
    found.makers = {maker.pk: maker for maker in rows.order_by(F("piece_count").desc(), "name")}
    found.craft_makers = [maker for maker in found.makers.values() if maker.pk in of_craft]


def _motifs(found: Gathered, ids: Sequence[int], craft: int | None) -> None:
    wanted = Q(pk__in=ids) | Q(craft_id=craft) if craft else Q(pk__in=ids)
    found.motifs = {motif.pk: motif for motif in motifs().prefetch_related(None).filter(wanted)}
    if craft:
        found.craft_motifs = [motif for motif in found.motifs.values() if motif.craft_id == craft]


def _cards(ids: set[int]) -> list[Product]:
    """As ``catalogue.with_cards``, without renditions (they come with everybody's); variants only of parents."""
    records = Prefetch("stockrecords", catalogue.records())
    images = Prefetch("images", ProductImage.objects.select_related("original").order_by("display_order", "pk"))
    products = list(
        catalogue.browsable().filter(pk__in=ids).select_related("maker", "craft").prefetch_related(records, images)
    )
    parents = [product for product in products if product.is_parent]
    if parents:
        variants = Product.objects.public().prefetch_related(records)
        prefetch_related_objects(parents, Prefetch("children", variants))
    mark_what_is_gone(products)
    return products


def _pictures_of(found: Gathered) -> list[Picture]:
    pictures: list[Picture | None] = [*found.pictures.values()]
    pictures += [product.card_picture for product in found.products.values()]
    pictures += [maker.portrait for maker in found.makers.values()]
    pictures += [motif.picture for motif in found.motifs.values()]
    pictures += [craft.picture for craft in found.crafts.values()]
    return [picture for picture in pictures if picture is not None]
