from typing import Any

from django.utils import translation

#: Books are kept in one language, whatever language the phone speaks.
LANGUAGE_OF_BOOKS = "id"


def title_in(language: str, product: Any) -> str:
    """The title of a piece in one language, that of its parent for a variant."""
    with translation.override(language):
        return product.get_title()


def title_in_books(product: Any) -> str:
    return title_in(LANGUAGE_OF_BOOKS, product)[:255]


def name_in_books(thing: Any) -> str:
    with translation.override(LANGUAGE_OF_BOOKS):
        return thing.name
