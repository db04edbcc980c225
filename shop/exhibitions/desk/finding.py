"""How pieces are looked for on the desk. A variant has no title of its own: it goes by its parent's."""

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf

TITLES = ("product__title_ind", "product__title_en", "product__parent__title_ind", "product__parent__title_en")
CODES = ("product__upc", "partner_sku")


def said_of_piece(words: str) -> Q:
    """Stock records whose piece has these words in a title or a code."""
    found = Q()
    for field in (*TITLES, *CODES):
        found |= Q(**{f"{field}__icontains": words})
    return found


def own_or_of_all(field: str) -> Coalesce:
    """A text of the piece, else of the piece that it is a variant of."""
    return Coalesce(NullIf(F(f"product__{field}"), Value("")), F(f"product__parent__{field}"))
