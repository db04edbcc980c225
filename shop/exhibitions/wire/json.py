"""Reading JSON from outside: the standard's, no more and not endlessly nested."""

import json
from typing import Any

#: An event is five levels deep in its batch. What is nested without end would exhaust whoever walks it.
DEEPEST = 16


class NotJson(ValueError):
    """The text cannot be read."""


def read_json(text: str | bytes) -> Any:
    """Raises ``NotJson``, also for ``NaN``, which JSON does not know, and for what is nested too deeply."""
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from error
    if _deeper_than(value, DEEPEST):
        raise NotJson("Nested too deeply")
    return value


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _deeper_than(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper_than(one, levels - 1) for one in inner)
