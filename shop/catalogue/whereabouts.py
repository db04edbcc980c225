"""Where pieces are that the shelf does not have just now.

A room that takes pieces away for a while (fairs) registers here, so that the catalogue need not know it: a card then
says where the piece is instead of 'sold out', and the page of the piece names place and day.
"""

from collections.abc import Callable, Iterable
from typing import Any

#: Takes primary keys of products; gives for those that are away whatever has ``name``, ``city`` and ``ends_on``, in a
#: number of queries that does not grow with them.
Finder = Callable[[Iterable[int]], dict[int, Any]]

_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    if finder not in _finders:
        _finders.append(finder)
    return finder


def mark(products: Iterable[Any]) -> None:
    """Set ``away_at`` of those that are away. Only those are asked about whose stock records say that units are.

    ``queries.records`` tells that beside what cards read anyway, so that a page without such pieces costs no query.
    """
    by_id = {product.pk: product for product in products if _has_units_away(product)}
    for finder in _finders if by_id else ():
        for pk, place in finder(by_id).items():
            by_id[pk].away_at = place


def mark_what_is_gone(products: Iterable[Any]) -> None:
    """As ``mark``, for cards: only where none can be bought, since only there the card would say 'sold out'."""
    mark(product for product in products if not product.made_to_order and not product.card_available)


def _has_units_away(product: Any) -> bool:
    pieces = [product, *product.children.all()] if product.is_parent else [product]
    return any(getattr(record, "is_away", True) for piece in pieces for record in piece.stockrecords.all())
