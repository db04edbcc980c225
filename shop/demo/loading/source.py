"""Reading the demo's files."""

import json
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class Data:
    crafts: list[dict]
    motifs: list[dict]
    regencies: list[dict]
    attributes: list[dict]
    makers: list[dict]
    pieces: list[dict]
    #: Drawings of places, steps and crafts, by file.
    scenes: dict[str, dict]

    @property
    def skus(self) -> list[str]:
        return [piece["sku"] for piece in self.pieces]


def read() -> Data:
    crafts = _file("crafts.json")
    shelves = [_file(f"products/{craft['slug']}.json") for craft in crafts]
    # One of each craft in turn: the newest pieces, which the shop shows first, are then of every craft.
    mixed = [piece for piece in chain.from_iterable(zip_longest(*shelves)) if piece]
    return Data(
        crafts=crafts,
        motifs=_file("motifs.json"),
        regencies=_file("regencies.json"),
        attributes=_file("attributes.json"),
        makers=_file("makers.json"),
        pieces=mixed[::-1],
        scenes={scene["file"]: scene for scene in _file("scenes.json")},
    )


def _file(name: str) -> list[dict]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def texts(entry: dict, **fields: str) -> dict[str, str]:
    """``texts(entry, title="title")`` gives title, title_ind and title_en: the field itself and its translation
    columns."""
    found = {}
    for field, key in fields.items():
        found[field] = found[f"{field}_ind"] = entry[f"{key}_id"]
        found[f"{field}_en"] = entry[f"{key}_en"]
    return found
