"""Reads of crafts, motifs and regencies."""

from django.db.models import Count, Q, QuerySet

from .models import Craft, Motif

#: A piece that anybody may see, from the side of a craft, maker, motif or regency.
PUBLIC_PIECE = Q(products__is_public=True, products__parent=None) & (
    Q(products__maker=None) | Q(products__maker__is_public=True)
)


def crafts_with_counts() -> QuerySet[Craft]:
    """Crafts with ``piece_count``, the number of pieces anybody may see."""
    return (
        Craft.objects.annotate(piece_count=Count("products", filter=PUBLIC_PIECE, distinct=True))
        .select_related("picture")
        .prefetch_related("picture__renditions")
    )


def motifs() -> QuerySet[Motif]:
    return Motif.objects.select_related("craft", "picture").prefetch_related("picture__renditions")
