"""Who tells about a piece. Page types register here, so that core need not know them.

Asked in the order of INSTALLED_APPS: the nearest telling first (a story about this very piece), the widest last (its
craft).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cms.core.models import ListedPage

#: Takes a product and a language code; gives the live page that tells about it, with its locale fetched, in one query.
Teller = Callable[[Any, str], "ListedPage | None"]

_tellers: list[Teller] = []


def register(teller: Teller) -> Teller:
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def page_about(product: Any, language: str) -> "ListedPage | None":
    """The nearest page about ``product`` in ``language``. At most one query a teller."""
    for teller in _tellers:
        page = teller(product, language)
        if page is not None:
            return page
    return None
