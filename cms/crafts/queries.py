"""Reads of craft pages."""

from .models import CraftPage


def craft_page_of(product, language: str) -> CraftPage | None:
    """The live page about the craft of this piece."""
    pages = CraftPage.objects.live().filter(craft=product.craft_id, locale__language_code=language)
    return pages.select_related("locale").first()
