"""A form counts once, however often its button is clicked."""

from time import sleep
from typing import Any, NamedTuple
from uuid import UUID

from django.core.cache import cache

#: Seconds that a form's code is remembered. Longer than anybody clicks twice; the services guard what matters for ever.
REMEMBERED = 24 * 3600
#: Seconds after which a form that never answered (its process died) may be sent again.
LONGEST = 300
#: The second of two clicks looks so often, with so many seconds between, whether the first has its answer.
LOOKS, PAUSE = 60, 0.25


class Outcome(NamedTuple):
    """What came of a form: the words, and the page that was shown after it."""

    words: str
    address: str


class StillBusy(Exception):
    """The form was sent before and has no answer yet."""


def claim(user: Any, code: UUID) -> Outcome | None:
    """None when the form is the caller's to do; else what came of it when it was sent before.

    A double click would enter a cost twice. The browser shows the answer to the second click only, so that one waits
    for the first: where the first was refused the second is refused as well, with the same words above what was typed.
    """
    for look in range(LOOKS):
        if look:
            sleep(PAUSE)
        if cache.add(_key(user, code), None, LONGEST):
            return None
        outcome = cache.get(_key(user, code))
        if outcome is not None:
            return Outcome(*outcome)
    raise StillBusy


def settle(user: Any, code: UUID, outcome: Outcome) -> None:
    """The form was done, with this outcome for every later click."""
    cache.set(_key(user, code), tuple(outcome), REMEMBERED)


def release(user: Any, code: UUID) -> None:
    """The form was refused and nothing happened: it may come again."""
    cache.delete(_key(user, code))


def _key(user: Any, code: UUID) -> str:
    return f"fairdesk:{user.pk}:{code}"
