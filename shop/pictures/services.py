"""Making renditions ahead, so that no visitor ever waits for one."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter, SourceImageIOError

from .models import Picture

#: Widths in CSS pixels times screen density that the theme's layouts ask for.
WIDTHS = (320, 480, 640, 960, 1280, 1600)


def spec_for(width: int) -> str:
    return f"width-{width}|format-webp"


def specs_for(picture: Picture) -> list[str]:
    """Renditions a picture gets: never wider than itself, for enlarging adds bytes and no detail."""
    return [spec_for(width) for width in WIDTHS if width <= picture.width]


def make_renditions(picture: Picture) -> int:
    """Make what is missing; the number made comes back. Harmless to repeat and to run twice at once.

    Raises ``SourceImageIOError`` when the stored file is gone.
    """
    filters = [Filter(spec=spec) for spec in specs_for(picture)]
    missing = [f for f in filters if f not in picture.find_existing_renditions(*filters)]
    if missing:
        picture.create_renditions(*missing)
    return len(missing)


def pictures_without_renditions() -> QuerySet[Picture]:
    """Pictures that miss at least one of their renditions."""
    made = Count("renditions", filter=Q(renditions__filter_spec__in=[spec_for(width) for width in WIDTHS]))
    lacking = Q()
    for count, width in enumerate(WIDTHS):
        lacking |= Q(width__gte=width, made__lte=count)
    return Picture.objects.annotate(made=made).filter(lacking).order_by("pk")


def catch_up(pictures: Iterable[Picture]) -> tuple[int, list[Picture]]:
    """Make what is missing of many pictures: how many renditions were made, and the pictures whose file is gone."""
    made, gone = 0, []
    for picture in pictures:
        try:
            made += make_renditions(picture)
        except (SourceImageIOError, InvalidFilterSpecError, OSError):
            gone.append(picture)
    return made, gone
