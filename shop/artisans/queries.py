"""Reads of makers."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from shop.crafts.models import Craft, Regency

from .models import Maker

PUBLIC_PIECE = Q(products__is_public=True, products__parent=None)


def public_makers() -> QuerySet[Any]:
    """Makers whom anybody may see, with ``piece_count`` and all that ``components/maker_card.html`` reads."""
    return (
        Maker.objects.filter(is_public=True)
        .annotate(piece_count=Count("products", filter=PUBLIC_PIECE, distinct=True))
        .select_related("regency", "portrait")
        .prefetch_related("portrait__renditions", "crafts")
    )


Option = tuple[str, str, int | None, bool]


def craft_options(*, chosen: str) -> list[Option]:
    """Crafts that have public makers, as (slug, name, makers, chosen) for a filter."""
    return _options(Craft.objects.all(), Q(makers__is_public=True), chosen)


def regency_options(*, chosen: str) -> list[Option]:
    """Regencies that have public makers, as (slug, name, makers, chosen) for a filter."""
    return _options(Regency.objects.all(), Q(makers__is_public=True), chosen)


def _options(rows: QuerySet, public: Q, chosen: str) -> list[Option]:
    counted = rows.annotate(makers_count=Count("makers", filter=public, distinct=True)).filter(
        Q(makers_count__gt=0) | Q(slug=chosen)
    )
    return [(row.slug, row.name, row.makers_count, row.slug == chosen) for row in counted]
