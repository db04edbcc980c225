"""Reads of the pages of fairs."""

from typing import Any

from django.utils import timezone

from .models import FairPage


def fair_page(slug: str, language: str) -> FairPage | None:
    """The live page of this slug in this language, with its fair."""
    pages = FairPage.objects.live().filter(slug=slug, locale__language_code=language)
    return pages.select_related("fair", "locale").first()


def page_of(fair: Any, language: str) -> FairPage | None:
    """The live page that tells of a fair of the module, or None."""
    pages = FairPage.objects.live().filter(fair=fair, locale__language_code=language)
    return pages.select_related("locale").order_by("pk").first()


def next_fair(locale_id: int) -> FairPage | None:
    """The fair that runs or comes next, with its page; None when nothing is planned."""
    pages = FairPage.objects.live().filter(locale_id=locale_id, fair__ends_on__gte=timezone.localdate())
    return (
        pages.exclude(fair__status="cancelled")
        .select_related("fair", "locale", "picture")
        .order_by("fair__starts_on", "fair__ends_on", "pk")
        .first()
    )
