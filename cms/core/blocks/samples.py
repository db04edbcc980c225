"""What the block chooser's previews show: things that are really in the shop, so that a preview looks like the page."""

from django.apps import apps

from shop import public


def some(model: str, count: int):
    """A callable for ``Meta.preview_value``: the ids of the first ``count`` things of a kind."""

    def ids() -> list[int]:
        return public.sample_ids(apps.get_model(model), count)

    return ids


def one(model: str):
    def first() -> int | None:
        return next(iter(public.sample_ids(apps.get_model(model), 1)), None)

    return first


picture = one(public.PICTURE_MODEL)
