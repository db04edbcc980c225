"""What two hundred buyers want, by chance but the same each time, and what the books must say afterwards."""

from collections import Counter
from random import Random
from typing import Any

WAYS = ("cash", "qris", "card", "transfer")
#: Units of each piece that are brought: those of the last three run out.
STOCK = [150, 150, 150, 150, 150, 150, 150, 4, 3, 2]


class Buyers:
    def __init__(self, items: list[dict[str, Any]], seed: int = 20261124):
        self.chance = Random(seed)  # noqa: S311 - the same each time is what we want
        self.plenty = [item for item in items if item["stock"] > 100]
        self.scarce = [item for item in items if item["stock"] <= 100]

    def plans(self, many: int) -> list[dict[str, Any]]:
        return [self._plan() for _each in range(many)]

    def _plan(self) -> dict[str, Any]:
        chance = self.chance
        wanted = chance.sample(self.plenty, chance.choice((1, 1, 2, 3)))
        if chance.random() < 0.12:
            wanted.append(chance.choice(self.scarce))
        lines = [
            {"item": item["id"], "quantity": chance.choice((1, 1, 1, 2, 3)), "discount": self._discount(0.25)}
            for item in wanted
        ]
        whole = self._discount(0.2)
        is_cheaper = whole or any(line["discount"] for line in lines)
        ways = chance.sample(WAYS, chance.choice((1, 1, 1, 2, 3)))
        return {
            "lines": lines,
            "discount": whole,
            "reason": "Beli banyak" if is_cheaper else "",
            "note": chance.choice(("", "Untuk hadiah")),
            "tenders": [
                {"kind": way, "part": 0.4, "reference": f"EDC {n}" if way == "card" else ""}
                for n, way in enumerate(ways)
            ],
        }

    def _discount(self, likelihood: float) -> dict[str, Any] | None:
        if self.chance.random() >= likelihood:
            return None
        kind = self.chance.choice(("amount", "percent"))
        return {"kind": kind, "value": self.chance.choice((2500, 7777) if kind == "amount" else (5, 12.5))}


def expected_journeys(items: list[dict[str, Any]], events: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """What must have become of each piece, reckoned from what the devices say alone."""
    sales = {event["id"]: event for event in events if event["kind"] == "sale"}
    sold: Counter[int] = Counter()
    back: Counter[int] = Counter()
    spoilt: Counter[int] = Counter()
    for sale in sales.values():
        for line in sale["data"]["lines"]:
            sold[line["item"]] += line["quantity"]
    for event in events:
        if event["kind"] == "reversal":
            for line in event["data"]["lines"]:
                item = sales[event["data"]["sale"]]["data"]["lines"][line["line"] - 1]["item"]
                (spoilt if line["damaged"] else back)[item] += line["quantity"]
    journeys = {}
    for item in items:
        pk, stock = item["id"], item["stock"]
        oversold = max(0, sold[pk] - stock)
        journeys[str(pk)] = {
            "brought": stock,
            "transit": 0,
            "stall": stock - sold[pk] + oversold + back[pk],
            "sold": sold[pk] - back[pk] - spoilt[pk],
            "returned": 0,
            "damaged": spoilt[pk],
            "gifted": 0,
            "unexplained": -oversold,
            "waiting": 0,
        }
    return journeys


def as_kept(event: dict[str, Any], device: str) -> dict[str, Any]:
    """A sale as the device keeps it, in the words in which ``books`` tells it."""
    data = event["data"]
    same = ("number", "subtotal", "discount", "discount_reason", "total", "lines")
    return {name: data[name] for name in same} | {
        "device": device,
        "is_late": False,
        "tenders": [{name: tender[name] for name in ("kind", "amount", "reference")} for tender in data["tenders"]],
    }
