"""A form counts once, however often its button is clicked."""

from typing import Any
from uuid import UUID

from django.core.cache import cache

#: Seconds that a form's code is remembered. Longer than anybody clicks twice; the services guard what matters for ever.
REMEMBERED = 24 * 3600


def claim(user: Any, code: UUID) -> bool:
    """Whether this is the first time the form with ``code`` comes. A double click would enter a cost twice."""
    return cache.add(_key(user, code), 1, REMEMBERED)


def release(user: Any, code: UUID) -> None:
    """The form was refused and nothing happened: it may come again."""
    cache.delete(_key(user, code))


def _key(user: Any, code: UUID) -> str:
    return f"fairdesk:{user.pk}:{code}"
