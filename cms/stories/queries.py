"""Reads of stories."""

from django.db.models import Exists, OuterRef, Q

from .models import StoryMaker, StoryPage, StoryProduct


def story_about(product, language: str) -> StoryPage | None:
    """The newest live story about this piece, else about its maker; None when nobody told either."""
    of_piece = StoryProduct.objects.filter(page=OuterRef("pk"), product=product.pk)
    of_maker = StoryMaker.objects.filter(page=OuterRef("pk"), maker=product.maker_id)
    stories = StoryPage.objects.live().filter(locale__language_code=language).select_related("locale")
    told = stories.annotate(of_piece=Exists(of_piece)).filter(Q(of_piece=True) | Exists(of_maker))
    return told.order_by("-of_piece", "-date", "-pk").first()
