from django_tasks import task

from . import services
from .models import Picture


@task()
def make_renditions_of(picture_pk: int) -> int:
    """Make a picture's renditions. A picture deleted meanwhile needs none."""
    picture = Picture.objects.filter(pk=picture_pk).first()
    return services.make_renditions(picture) if picture else 0


@task()
def make_missing_renditions() -> int:
    """Catch up on what a stopped worker or a replaced file left unmade. Periodic."""
    made, _gone = services.catch_up(services.pictures_without_renditions()[:200])
    return made
