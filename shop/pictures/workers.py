"""What runs in the processes that make renditions. Imports nothing of Django at its top: a fresh process reads this
module before its apps are ready."""


def start() -> None:
    import django

    django.setup()


def make(pks: list[int]) -> tuple[int, int, list[int]]:
    """Make the renditions of some pictures: how many pictures, how many files, and the pictures whose file is gone."""
    from .models import Picture
    from .services import catch_up

    made, gone = catch_up(Picture.objects.filter(pk__in=pks).prefetch_related("renditions"))
    return len(pks), made, [picture.pk for picture in gone]
