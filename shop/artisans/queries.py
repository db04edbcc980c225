"""Reads of makers."""

from django.db.models import Count, Q, QuerySet

from .models import Maker

PUBLIC_PIECE = Q(products__is_public=True, products__parent=None)


def public_makers() -> QuerySet[Maker]:
    """Makers whom anybody may see, with ``piece_count`` and all that ``components/maker_card.html`` reads."""
    return (
        Maker.objects.filter(is_public=True)
        .annotate(piece_count=Count("products", filter=PUBLIC_PIECE, distinct=True))
        .select_related("regency", "portrait")
        .prefetch_related("portrait__renditions", "crafts")
    )
