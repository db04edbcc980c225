"""Hands for the demo's fairs: packing, receiving, and tills that ring up what is written down."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from oscar.core.loading import get_model

from shop.artisans.models import Maker
from shop.exhibitions.models import Cashier, Consignment, ConsignmentLine, Device, Fair
from shop.exhibitions.services import devices, fairs, inbox, packing

SHELF = ConsignmentLine.Origin.SHELF
BROUGHT = ConsignmentLine.Origin.BROUGHT

#: A static code of a merchant that does not exist, with a right check sum: banking apps refuse it, the till takes it.
QRIS = (
    "00020101021126610016ID.CO.CONTOH.WWW01189360000000000000000208123456780303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10200000000010303UMI5204573153033605802ID5918CONTOH KRIYA BABEL6013PANGKALPINANG610533111"
    "63042BB7"
)
#: Every till of the demo rings up with these, so that the report has something to compare.
TENDERS = ("cash", "qris", "cash", "card", "qris", "cash", "split", "transfer")
#: Ids of the demo's events are derived from where they stand, so that every demo has the same ones.
EVENTS = uuid.UUID("7a6c1c2e-5d0b-4b67-9f53-2b3f4e0a9d11")
RECEIPT_NOTE = "Cuci dengan tangan, jemur di tempat teduh."


class DemoRefused(Exception):
    """The till's own rules refused what the demo wrote down."""


def somebody(email: str) -> Any:
    """One of the demo's people. ``DoesNotExist`` when they were not loaded before."""
    return get_user_model().objects.get(email=email)


def records(skus: Iterable[str]) -> dict[str, Any]:
    found = (
        get_model("partner", "StockRecord")
        .objects.filter(partner_sku__in=list(skus))
        .select_related("product__parent", "product__product_class", "partner__maker")
    )
    return {record.partner_sku: record for record in found}


@dataclass(frozen=True)
class Packed:
    """A line of a packing list: so many units of a piece, from the shop's shelf or brought for the fair."""

    sku: str
    quantity: int
    origin: str = BROUGHT


def pack(fair: Fair, lines: Iterable[Packed]) -> list[Consignment]:
    """Draft lists, one a maker, at the prices of the shop."""
    lines = list(lines)
    found = records(line.sku for line in lines)
    lists: dict[Maker, Consignment] = {}
    for line in lines:
        record = found[line.sku]
        maker = record.partner.maker
        if maker not in lists:
            lists[maker] = packing.start_list(fair, maker)
        packing.pack(lists[maker], record, quantity=line.quantity, price=Decimal(record.price), origin=line.origin)
    return list(lists.values())


def hand_over(lists: Iterable[Consignment], actor: Any) -> None:
    for one in lists:
        packing.hand_over(one, signed_by=one.maker.person or one.maker.name, actor=actor)


def receive(fair: Fair, actor: Any, otherwise: Mapping[str, int] | None = None) -> None:
    """Count every list at the stall; ``otherwise`` says by SKU what came instead of what was listed."""
    for one in fair.consignments.filter(status=Consignment.Status.HANDED_OVER):
        lines = one.lines.select_related("stockrecord")
        counted = {line.pk: (otherwise or {}).get(line.stockrecord.partner_sku, line.quantity) for line in lines}
        packing.receive(one, counted, actor=actor)


def at(day: date, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@dataclass
class Till:
    """A phone at the stall. What it rings up goes through the same inbox as a real one's."""

    fair: Fair
    device: Device
    cashier: Cashier
    rung: int = 0
    tenders: int = 0
    day: str = ""
    cash: int = 0
    found: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def paired(cls, fair: Fair, name: str, cashier: Cashier) -> "Till":
        device, _token = devices.pair(devices.new_code(fair).code, name=name, app_version="demo")
        return cls(fair, device, cashier)

    def open_day(self, when: datetime, float_amount: int) -> None:
        self.day, self.cash = self._id(), float_amount
        self._send("day_open", when, {"day": self.day, "float": float_amount}, identity=self.day)

    def close_day(self, when: datetime, *, counted: int | None = None, difference: int = 0, note: str = "") -> None:
        counted = self.cash + difference if counted is None else counted
        data = {"day": self.day, "expected": self.cash, "counted": counted, "note": note}
        self._send("day_close", when, data)

    def sell(
        self,
        when: datetime,
        *skus: str,
        price: int | None = None,
        off: int = 0,
        why: str = "",
        source: str = "",
        clock: int = 0,
    ) -> str:
        """One of each of ``skus``. ``off`` rupiah come off the first line. The id of the sale comes back."""
        lines = [self._line(sku, price, off if not position else 0) for position, sku in enumerate(skus)]
        total = sum(line["total"] for line in lines)
        self.rung += 1
        data = {
            "number": f"{self.device.letter}-{self.rung:04}",
            "lines": lines,
            "subtotal": sum(line["price"] for line in lines),
            "discount": off,
            "discount_reason": why,
            "total": total,
            "tenders": self._paid(total),
            "source": source,
            "note": "",
            "rev": 0,
            "day": self.day or None,
        }
        return self._send("sale", when, data, clock=clock)

    def take_back(self, when: datetime, sale: str, amount: int, *, reason: str, kind: str = "return") -> None:
        """The first line of a sale, paid back in cash."""
        line = {"line": 1, "quantity": 1, "amount": amount, "damaged": False}
        tenders = [{"kind": "cash", "amount": amount}]
        data = {
            "sale": sale,
            "kind": kind,
            "reason": reason,
            "lines": [line],
            "tenders": tenders,
            "amount": amount,
            "day": self.day or None,
        }
        self.cash -= amount
        self._send("reversal", when, data)

    def ask(self, when: datetime, kind: str, name: str, **fields: str) -> None:
        self._send("enquiry", when, {"kind": kind, "name": name, "consent": True, "sale": None, **fields})

    def _line(self, sku: str, price: int | None, off: int) -> dict[str, Any]:
        if sku not in self.found:
            self.found |= records([sku])
        asked = int(self.found[sku].price) if price is None else price
        return {
            "item": self.found[sku].pk,
            "quantity": 1,
            "price": asked,
            "discount": off,
            "total": asked - off,
        }

    def _paid(self, total: int) -> list[dict[str, Any]]:
        kind = TENDERS[self.tenders % len(TENDERS)]
        self.tenders += 1
        reference = {"card": f"EDC {self.rung:06}", "transfer": f"TRF {self.rung:06}"}.get(kind, "")
        if kind == "split":
            cash = total // 2 // 1000 * 1000
            self.cash += cash
            return [_tender("cash", cash, received=cash), _tender("qris", total - cash)]
        if kind == "cash":
            self.cash += total
            return [_tender("cash", total, received=-(-total // 50_000) * 50_000)]
        return [_tender(kind, total, reference=reference)]

    def _id(self) -> str:
        count = self.device.events.count()
        return str(uuid.uuid5(EVENTS, f"{self.fair.slug}/{self.device.letter}/{count}"))

    def _send(self, kind: str, when: datetime, data: dict[str, Any], *, identity: str = "", clock: int = 0) -> str:
        moment = (when + timedelta(seconds=clock)).isoformat(timespec="seconds")
        event = {
            "id": identity or self._id(),
            "kind": kind,
            "at": moment,
            "cashier": self.cashier.pk,
            "data": data,
        }
        answer = inbox.take(self.device, event, clock=clock, app_version="demo")
        if answer.status != "created":
            raise DemoRefused(f"{kind} {data}: {answer}")
        return str(event["id"])


def _tender(kind: str, amount: int, *, received: int | None = None, reference: str = "") -> dict[str, Any]:
    return {"kind": kind, "amount": amount, "received": received, "reference": reference}


def baskets(units: Mapping[str, int], sizes: Iterable[int]) -> list[tuple[str, ...]]:
    """What was sold of each piece, as buyers carried it away: never two of one piece in one basket."""
    left = dict(units)
    sold = []
    for size in sizes:
        wanted = sorted((sku for sku in left if left[sku]), key=lambda sku: (-left[sku], sku))[:size]
        if not wanted:
            break
        for sku in wanted:
            left[sku] -= 1
        sold.append(tuple(wanted))
    if any(left.values()):
        raise DemoRefused(f"Not enough baskets: {left}")
    return sold


def add_cashiers(fair: Fair) -> tuple[Cashier, Cashier]:
    """Rio of the demo's people (PIN 1234), and a second one."""
    rio = fairs.add_cashier(fair, name="Rio", pin="1234", user=somebody("kasir@demo.test"))
    return rio, fairs.add_cashier(fair, name="Mega", pin="2468")
