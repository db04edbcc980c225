"""What the cms may read of the shop, and nothing else.

Every function gives a plain list with all that the theme's cards read already fetched, in a number of queries that
does not grow with the rows. Products come as ``catalogue.Product`` with ``card_picture``, ``card_price``,
``card_available``, ``made_to_order``, ``maker``; makers with ``portrait``, ``regency``, ``piece_count``. Whatever the
public may not see is left out, also when it is asked for by id: a page that was written last year must not show a
piece withdrawn today.
"""

from collections.abc import Sequence
from decimal import Decimal

from shop.artisans.models import Maker
from shop.artisans.queries import public_makers
from shop.catalogue import queries as catalogue
from shop.catalogue.models import Product
from shop.choosing import for_choosing, sample_ids, standing
from shop.crafts import queries as crafts
from shop.crafts.models import Craft, Motif
from shop.exhibitions.showing import Phase, PiecesShown, ShownPiece, makers_at, phase_of, pieces_of
from shop.gathering import Gathered, Rule, gather
from shop.pictures.importing import picture_from_file

__all__ = [
    "Gathered",
    "Phase",
    "PiecesShown",
    "Rule",
    "ShownPiece",
    "for_choosing",
    "gather",
    "makers_at",
    "phase_of",
    "picture_from_file",
    "pieces_of",
    "sample_ids",
    "standing",
]

#: Labels for choosers.
PRODUCT_MODEL = "catalogue.Product"
MAKER_MODEL = "artisans.Maker"
CRAFT_MODEL = "crafts.Craft"
MOTIF_MODEL = "crafts.Motif"
FAIR_MODEL = "exhibitions.Fair"
PICTURE_MODEL = "pictures.Picture"


def products_by_rule(
    *,
    craft: str | None = None,
    motif: str | None = None,
    maker: str | None = None,
    price_max: Decimal | None = None,
    order: str = "newest",
    limit: int = 8,
) -> list[Product]:
    """Pieces by craft, motif and maker (slugs) and highest price (rupiah); ``order`` is newest, price or -price."""
    found = catalogue.by_rule(craft=craft, motif=motif, maker=maker, price_max=price_max, order=order)
    return catalogue.cards(found[:limit])


def newest_products(limit: int = 8) -> list[Product]:
    return products_by_rule(limit=limit)


def products_by_ids(ids: Sequence[int]) -> list[Product]:
    """In the order of ``ids``."""
    return catalogue.in_order_of(ids, catalogue.cards(catalogue.browsable().filter(pk__in=ids)))


def makers_by_ids(ids: Sequence[int]) -> list[Maker]:
    """In the order of ``ids``."""
    return catalogue.in_order_of(ids, public_makers().filter(pk__in=ids))


def makers_of_craft(craft: str, limit: int = 6) -> list[Maker]:
    """Makers who work in a craft (slug), those with the most pieces first."""
    return list(public_makers().filter(crafts__slug=craft).order_by("-piece_count", "name")[:limit])


def featured_maker() -> Maker | None:
    """A maker for the home page: one with a story and a portrait, the most pieces first; None when there is none."""
    told = public_makers().exclude(story="").filter(portrait__isnull=False)
    return told.order_by("-piece_count", "pk").first()


def craft_by_slug(slug: str) -> Craft | None:
    return crafts.crafts_with_counts().filter(slug=slug).first()


def crafts_with_counts() -> list[Craft]:
    """Every craft in its order, with ``piece_count``."""
    return list(crafts.crafts_with_counts())


def motifs_by_ids(ids: Sequence[int]) -> list[Motif]:
    """In the order of ``ids``."""
    return catalogue.in_order_of(ids, crafts.motifs().filter(pk__in=ids))


def motifs_of_craft(craft: str) -> list[Motif]:
    return list(crafts.motifs().filter(craft__slug=craft))
