"""What a device carries to sell without a network: the fair, its cashiers, and every piece that ever arrived there."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from shop.pictures.templatetags.pictures import picture_url
from shop.stock import travel

from .codes import code_of
from .models import Consignment, ConsignmentLine, Device, Fair
from .services.titles import name_in_books, title_in

#: Pixels. A thumbnail on a phone's list; 500 of them fit into its cache.
THUMBNAIL = 320


def catalogue_for(device: Device) -> dict[str, Any]:
    """All of it with its ``version``, which changes when anything in it does, a sale's stock included.

    The same number of queries for five pieces and for five hundred.
    """
    told = {
        "device": {"id": device.pk, "name": device.name, "letter": device.letter},
        "fair": _fair(device.fair),
        "cashiers": list(device.fair.cashiers.filter(is_active=True).values("id", "name", "pin")),
        "sources": [{"code": code, "name": name} for code, name in import_string(settings.TILL_SOURCES)()],
        "items": _items(device.fair),
    }
    return {"version": _version(told), **told}


def arrived_lines(fair: Fair) -> QuerySet[ConsignmentLine]:
    """Lines of which something arrived, oldest first: the last one of a piece has the price that is asked now."""
    return (
        ConsignmentLine.objects.filter(
            consignment__fair=fair, consignment__status=Consignment.Status.RECEIVED, received__gt=0
        )
        .select_related("consignment__maker", "stockrecord__product__craft", "stockrecord__product__parent__craft")
        .prefetch_related(
            "stockrecord__product__images__original__renditions",
            "stockrecord__product__parent__images__original__renditions",
        )
        .order_by("consignment__number", "pk")
    )


def _fair(fair: Fair) -> dict[str, Any]:
    return {
        "id": fair.pk,
        "name": fair.name,
        "city": fair.city,
        "venue": fair.venue,
        "stall": fair.stall,
        "status": fair.status,
        "starts_on": fair.starts_on.isoformat(),
        "ends_on": fair.ends_on.isoformat(),
        "qris": fair.qris_payload.strip(),
        "receipt_note": fair.receipt_note,
    }


def _items(fair: Fair) -> list[dict[str, Any]]:
    stock = travel.at_stalls(fair.reference)
    newest = {line.stockrecord_id: line for line in arrived_lines(fair)}
    return [_item(newest[record_id], stock.get(record_id, 0)) for record_id in sorted(newest)]


def _item(line: ConsignmentLine, stock: int) -> dict[str, Any]:
    record = line.stockrecord
    product = record.product
    of_all = product.parent or product
    images = list(product.images.all()) or list(of_all.images.all())
    craft = product.craft or of_all.craft
    return {
        "id": record.pk,
        "sku": record.partner_sku,
        "title_id": title_in("id", product),
        "title_en": title_in("en", product),
        "maker_id": line.consignment.maker_id,
        "maker": line.consignment.maker.name,
        "craft": name_in_books(craft) if craft else "",
        "price": int(line.price),
        "stock": stock,
        "picture": picture_url(images[0].original, THUMBNAIL) if images else None,
        "code": code_of(record),
    }


def _version(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]
