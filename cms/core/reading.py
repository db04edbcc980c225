"""How long a text takes to read."""

import re

from django.utils.html import strip_tags
from wagtail.blocks import StreamValue

#: Words a minute of an unhurried reader, in either language.
WORDS_A_MINUTE = 200
WORD = re.compile(r"\w+")


def minutes_to_read(body: StreamValue) -> int:
    """Whole minutes, at least one. Counts what is written in the blocks, not the pieces or makers they show."""
    words = len(WORD.findall(strip_tags(" ".join(_texts(body.get_prep_value())))))
    return max(1, round(words / WORDS_A_MINUTE))


def _texts(stored):
    """Every string below a stored value, except what says which block it is."""
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, list):
        for item in stored:
            yield from _texts(item["value"] if isinstance(item, dict) and "value" in item else item)
    elif isinstance(stored, dict):
        for part in stored.values():
            yield from _texts(part)
