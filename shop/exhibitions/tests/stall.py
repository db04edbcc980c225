"""A stall with pieces, a cashier and a device, and the events such a device would send."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions.models import Cashier, Consignment, Device, Fair
from shop.exhibitions.services import devices
from shop.exhibitions.tests.factories import CashierFactory, ConsignmentFactory, ConsignmentLineFactory, FairFactory
from shop.stock import travel

PRICE = 250_000


def now(**shift: float) -> str:
    return (timezone.now() + timedelta(**shift)).isoformat(timespec="milliseconds")


@dataclass
class Stall:
    """One device of one fair. ``client`` speaks for it."""

    fair: Fair
    cashier: Cashier
    device: Device
    token: str
    client: Client = field(default_factory=Client)

    def headers(self, **more: str) -> dict[str, str]:
        return {"authorization": f"Device {self.token}", **more}

    def post(self, name: str, body: Any, **headers: str) -> Any:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        address = f"/api/v1/till/{name}/"
        return self.client.post(address, text, content_type="application/json", headers=self.headers(**headers))

    def send(self, *events: Any, **fields: Any) -> list[dict[str, Any]]:
        """Send a batch that the server takes; the answers come back."""
        response = self.post("events", batch(*events, **fields))
        assert response.status_code == 200, response.content
        return response.json()["answers"]

    def sale(self, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """A well-formed sale, paid in cash. ``changes`` are fields of the event or of its data."""
        lines = lines or (line(self.piece()),)
        total = sum(one["total"] for one in lines)
        data = {
            "number": f"{self.device.letter}-0001",
            "lines": list(lines),
            "subtotal": sum(one["price"] * one["quantity"] for one in lines),
            "discount": sum(one["discount"] for one in lines),
            "discount_reason": "",
            "total": total,
            "tenders": [{"kind": "cash", "amount": total, "received": total, "reference": ""}],
            "source": "",
            "note": "",
            "rev": 0,
        }
        return self.event("sale", data, **changes)

    def reversal(self, sold: dict[str, Any], /, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """A well-formed one, paid back in cash or by ``tender``."""
        lines = lines or ({"line": 1, "quantity": 1, "amount": PRICE, "damaged": False},)
        amount = sum(one["amount"] for one in lines)
        data: dict[str, Any] = {
            "sale": sold["id"],
            "kind": "return",
            "reason": "Warna lain",
            "lines": list(lines),
            "tenders": [],
            "amount": amount,
        }
        if amount:
            data["tenders"] = [{"kind": changes.pop("tender", "cash"), "amount": amount}]
        data |= {name: changes.pop(name) for name in list(changes) if name in data}
        return self.event("reversal", data, **changes)

    def event(self, kind: str, data: dict[str, Any], /, **changes: Any) -> dict[str, Any]:
        event = {"id": str(uuid.uuid4()), "kind": kind, "at": now(), "cashier": self.cashier.pk, "data": data}
        for name, value in changes.items():
            (event if name in event else data)[name] = value
        return event

    def piece(self, units: int = 1, price: int = PRICE) -> Any:
        return piece(self.fair, units, price)

    def second_device(self) -> "Stall":
        device, token = devices.pair(devices.new_code(self.fair).code, name="HP kedua")
        return Stall(self.fair, self.cashier, device, token)


def open_stall(**fields: Any) -> Stall:
    fair: Any = FairFactory(**fields)
    cashier: Any = CashierFactory(fair=fair)
    device, token = devices.pair(devices.new_code(fair).code, name="HP Rina")
    return Stall(fair, cashier, device, token)


def piece(fair: Fair, units: int = 1, price: int = PRICE, **fields: Any) -> Any:
    """A stock record with so many units at the stall, on a list that was signed and counted."""
    maker = fields.pop("maker", None) or MakerFactory()
    product: Any = ProductFactory(maker=maker, price=price, **fields)
    record = product.stockrecords.get()
    consignment: Any = ConsignmentFactory(
        fair=fair,
        maker=maker,
        status=Consignment.Status.RECEIVED,
        signed_by="Ibu Rohana",
        handed_over_at=timezone.now(),
        received_at=timezone.now(),
    )
    ConsignmentLineFactory(
        consignment=consignment, stockrecord=record, origin="brought", quantity=units, received=units, price=price
    )
    for way in (travel.Way.BROUGHT, travel.Way.ARRIVED):
        travel.move(way, [(record, units)], reference=fair.reference, key=f"{way}:{consignment.pk}")
    return record


def line(record: Any, quantity: int = 1, price: int = PRICE, discount: int = 0) -> dict[str, Any]:
    return {
        "item": record.pk,
        "quantity": quantity,
        "price": price,
        "discount": discount,
        "total": price * quantity - discount,
    }


def batch(*events: Any, **fields: Any) -> dict[str, Any]:
    return {"app_version": "1.0.0", "sent_at": now(), "waiting": len(events), "events": list(events), **fields}
