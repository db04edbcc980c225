"""What a shopper agreed to, written down whole, so that the order can be made from it without asking anything else.

Amounts are strings of rupiah (JSON has no decimals). Titles are in the language the shopper read.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from shop.shipping.quotes import ParcelQuote

#: The address as a shipping address of the order keeps it.
ADDRESS_FIELDS = (
    "title", "first_name", "last_name", "line1", "line2", "line3", "line4", "state", "postcode", "country_id",
    "phone_number", "notes", "region_code",
)  # fmt: skip


def take_snapshot(*, basket: Any, address: Any, parcels: Sequence[ParcelQuote], language: str) -> dict[str, Any]:
    """Everything an order needs. ``basket`` has its strategy and its offers applied; parcels are chosen ones."""
    with override(language):
        lines = [_line(line) for line in basket.all_lines()]
    before = basket.total_incl_tax_excl_discounts
    items = basket.total_incl_tax
    shipping = sum((parcel.option.charge for parcel in parcels if parcel.option), Decimal(0))
    return {
        "lines": lines,
        "discounts": [_discount(application) for application in _basket_discounts(basket)],
        "vouchers": [{"id": voucher.pk, "code": voucher.code} for voucher in basket.vouchers.order_by("pk")],
        "address": {name: _text(getattr(address, name, "")) for name in ADDRESS_FIELDS},
        "parcels": [_parcel(parcel) for parcel in parcels],
        "totals": {
            "items_before_discounts": str(before),
            "discount": str(before - items),
            "items": str(items),
            "items_excl_tax": str(basket.total_excl_tax),
            "shipping": str(shipping),
            "total": str(items + shipping),
        },
    }


def snapshot_total(snapshot: dict[str, Any]) -> Decimal:
    """The order's total in rupiah, everything included."""
    return Decimal(snapshot["totals"]["total"])


def stock_lines(snapshot: dict[str, Any]) -> list[tuple[int, int]]:
    """Stock record id and quantity of each line, as ``shop.stock`` is asked to hold them."""
    return [(line["stockrecord_id"], line["quantity"]) for line in snapshot["lines"]]


def held_units(snapshot: dict[str, Any]) -> int:
    """How many pieces a reservation keeps off sale; what is made to order is kept from nobody."""
    return sum(line["quantity"] for line in snapshot["lines"] if line["is_tracked"])


def _basket_discounts(basket: Any) -> Iterable[dict[str, Any]]:
    """Discounts on pieces. Offers on delivery are not given: each parcel's charge is agreed with its courier."""
    return [application for application in basket.offer_applications if application["result"].affects_basket]


def _line(line: Any) -> dict[str, Any]:
    product, record = line.product, line.stockrecord
    return {
        "product_id": product.pk,
        "stockrecord_id": record.pk,
        "partner_id": record.partner_id,
        "partner_name": record.partner.name,
        "partner_sku": record.partner_sku,
        "title": product.get_title(),
        "upc": product.upc,
        "quantity": line.quantity,
        "is_tracked": record.can_track_allocations,
        "lead_time_days": product.lead_time_days if product.made_to_order else None,
        "unit_incl_tax": str(line.unit_price_incl_tax),
        "unit_excl_tax": str(line.unit_price_excl_tax),
        "line_before_discounts_incl_tax": str(line.line_price_incl_tax),
        "line_before_discounts_excl_tax": str(line.line_price_excl_tax),
        "line_incl_tax": str(line.line_price_incl_tax_incl_discounts),
        "line_excl_tax": str(line.line_price_excl_tax_incl_discounts),
        "tax_code": line.tax_code,
        "source": line.source,
        "prices": [
            {"incl_tax": str(incl_tax), "excl_tax": str(excl_tax), "quantity": quantity}
            for incl_tax, excl_tax, quantity in line.get_price_breakdown()
        ],
        "discounts": [
            {"offer_id": discount.offer.pk, "amount": str(discount.amount), "is_incl_tax": bool(discount.incl_tax)}
            for discount in line.discounts
            if discount.offer
        ],
        "attributes": [
            {"option_id": attribute.option_id, "type": attribute.option.code, "value": attribute.value}
            for attribute in line.attributes.all()
        ],
    }


def _discount(application: dict[str, Any]) -> dict[str, Any]:
    voucher = application.get("voucher")
    return {
        "offer_id": application["offer"].pk,
        "offer_name": application["offer"].name,
        "voucher_id": voucher.pk if voucher else None,
        "voucher_code": voucher.code if voucher else "",
        "frequency": application["freq"],
        "amount": str(application["discount"]),
    }


def _parcel(parcel: ParcelQuote) -> dict[str, Any]:
    if parcel.option is None:
        raise ValueError(f"No courier was chosen for the parcel of {parcel.partner}")
    return {
        "partner_id": parcel.partner.pk,
        "partner_name": parcel.partner.name,
        "shipping_code": parcel.option.code,
        "shipping_name": parcel.option.name,
        "charge": str(parcel.option.charge),
        "weight_grams": parcel.weight_grams,
        "days_min": parcel.option.days_min,
        "days_max": parcel.option.days_max,
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
