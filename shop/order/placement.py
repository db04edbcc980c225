"""Makes an order from what the shopper agreed to.

Replaces Oscar's ``OrderCreator.place_order``, which reads today's prices, offers and couriers from the basket and
allocates the stock once more: whoever paid yesterday's price would get an order with today's, and every piece would
count twice. Here the snapshot is all there is, and the stock was allocated by the hold.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.sites.models import Site
from django.db.models import F
from oscar.core.loading import get_model

from .models import Line, Order, Parcel, ShippingAddress

OrderDiscount = get_model("order", "OrderDiscount")


def place_order(
    *,
    snapshot: dict[str, Any],
    number: str,
    user: Any,
    email: str,
    basket: Any,
    language: str,
    currency: str,
    vouchers: Iterable[Any] = (),
) -> Order:
    """The order of a paid snapshot (see ``shop.payment.snapshot``), with its parcels, lines, discounts and voucher
    use.

    Call inside the transaction that turns the hold into the allocation. ``vouchers`` are locked rows. Raises
    IntegrityError when there is an order of that number: nothing is ordered twice.
    """
    order = _create_order(snapshot, number, user, email, basket, language, currency)
    parcels = _create_parcels(order, snapshot)
    discounts = _create_discounts(order, snapshot)
    alive = _still_there(snapshot)
    for line in snapshot["lines"]:
        _create_line(order, line, parcels, discounts, alive)
    _use_vouchers(order, user, vouchers, snapshot)
    _count_offers(snapshot)
    return order


def _create_order(
    snapshot: dict[str, Any], number: str, user: Any, email: str, basket: Any, language: str, currency: str
) -> Order:
    totals = snapshot["totals"]
    shipping = Decimal(totals["shipping"])
    couriers = list(dict.fromkeys(parcel["shipping_name"] for parcel in snapshot["parcels"]))
    codes = list(dict.fromkeys(parcel["shipping_code"] for parcel in snapshot["parcels"]))
    return Order.objects.create(
        number=number,
        access_key=secrets.token_urlsafe(32),
        language=language,
        site=Site.objects.get_current(),
        basket=basket,
        user=user,
        guest_email="" if user else email,
        currency=currency,
        total_incl_tax=Decimal(totals["total"]),
        total_excl_tax=Decimal(totals["items_excl_tax"]) + shipping,
        shipping_incl_tax=shipping,
        shipping_excl_tax=shipping,
        shipping_method=", ".join(couriers)[:128],
        shipping_code=",".join(codes)[:128],
        shipping_address=ShippingAddress.objects.create(**snapshot["address"]),
        status=settings.OSCAR_INITIAL_ORDER_STATUS,
    )


def _create_parcels(order: Order, snapshot: dict[str, Any]) -> dict[int, Parcel]:
    """Partner id → parcel, numbered from 1 in the order the shopper saw them."""
    return {
        parcel["partner_id"]: Parcel.objects.create(
            order=order,
            partner_id=parcel["partner_id"],
            number=number,
            shipping_code=parcel["shipping_code"],
            shipping_name=parcel["shipping_name"],
            shipping_charge=Decimal(parcel["charge"]),
            weight_grams=parcel["weight_grams"],
        )
        for number, parcel in enumerate(snapshot["parcels"], start=1)
    }


def _create_discounts(order: Order, snapshot: dict[str, Any]) -> dict[int, Any]:
    """Offer id → discount of the order, as it was given; the offer itself may have changed or gone since."""
    return {
        discount["offer_id"]: OrderDiscount.objects.create(
            order=order,
            offer_id=discount["offer_id"],
            offer_name=discount["offer_name"],
            voucher_id=discount["voucher_id"],
            voucher_code=discount["voucher_code"],
            frequency=discount["frequency"],
            amount=Decimal(discount["amount"]),
        )
        for discount in snapshot["discounts"]
    }


def _still_there(snapshot: dict[str, Any]) -> dict[str, set[int]]:
    """Ids of what the lines point at and nobody has deleted since: a link to a deleted piece, to its stock record or
    to an option would make a paid order impossible, and the line says all that matters in words."""
    lines = snapshot["lines"]
    named = {
        ("product_id", "catalogue", "Product"): {line["product_id"] for line in lines},
        ("stockrecord_id", "partner", "StockRecord"): {line["stockrecord_id"] for line in lines},
        ("option_id", "catalogue", "Option"): {item["option_id"] for line in lines for item in line["attributes"]},
    }
    return {
        field: set(get_model(app, model).objects.filter(pk__in=ids).values_list("pk", flat=True))
        for (field, app, model), ids in named.items()
    }


def _link(source: dict[str, Any], field: str, alive: dict[str, set[int]]) -> int | None:
    return source[field] if source[field] in alive[field] else None


def _create_line(
    order: Order,
    line: dict[str, Any],
    parcels: dict[int, Parcel],
    discounts: dict[int, Any],
    alive: dict[str, set[int]],
) -> None:
    """One line; ``num_allocated`` says what the hold allocated, which for a piece made to order is nothing."""
    quantity = line["quantity"]
    created = Line.objects.create(
        order=order,
        parcel=parcels[line["partner_id"]],
        source=line["source"],
        partner_id=line["partner_id"],
        partner_name=line["partner_name"],
        partner_sku=line["partner_sku"],
        stockrecord_id=_link(line, "stockrecord_id", alive),
        product_id=_link(line, "product_id", alive),
        title=line["title"],
        upc=line["upc"],
        quantity=quantity,
        unit_price_incl_tax=Decimal(line["unit_incl_tax"]),
        unit_price_excl_tax=Decimal(line["unit_excl_tax"]),
        line_price_before_discounts_incl_tax=Decimal(line["line_before_discounts_incl_tax"]),
        line_price_before_discounts_excl_tax=Decimal(line["line_before_discounts_excl_tax"]),
        line_price_incl_tax=Decimal(line["line_incl_tax"]),
        line_price_excl_tax=Decimal(line["line_excl_tax"]),
        tax_code=line["tax_code"],
        status=settings.OSCAR_INITIAL_LINE_STATUS,
        num_allocated=quantity if line["is_tracked"] else 0,
    )
    for price in line["prices"]:
        created.prices.create(
            order=order,
            quantity=price["quantity"],
            price_incl_tax=Decimal(price["incl_tax"]),
            price_excl_tax=Decimal(price["excl_tax"]),
            tax_code=line["tax_code"],
        )
    for discount in line["discounts"]:
        if discount["offer_id"] in discounts:
            created.discounts.create(
                order_discount=discounts[discount["offer_id"]],
                is_incl_tax=discount["is_incl_tax"],
                amount=Decimal(discount["amount"]),
            )
    for attribute in line["attributes"]:
        created.attributes.create(
            option_id=_link(attribute, "option_id", alive), type=attribute["type"], value=attribute["value"]
        )


def _use_vouchers(order: Order, user: Any, vouchers: Iterable[Any], snapshot: dict[str, Any]) -> None:
    """Write down that a voucher was used, also when it ended between paying and now: the shopper was promised it."""
    given: dict[int | None, Decimal] = defaultdict(Decimal)
    for discount in snapshot["discounts"]:
        # A voucher may carry several offers, each a discount of its own.
        given[discount["voucher_id"]] += Decimal(discount["amount"])
    for voucher in vouchers:
        voucher.applications.create(order=order, user=user)
        type(voucher).objects.filter(pk=voucher.pk).update(
            num_orders=F("num_orders") + 1, total_discount=F("total_discount") + given[voucher.pk]
        )


def _count_offers(snapshot: dict[str, Any]) -> None:
    """Last, in primary-key order: two orders with the same offers must not wait for each other."""
    offers = get_model("offer", "ConditionalOffer").objects
    for discount in sorted(snapshot["discounts"], key=lambda item: item["offer_id"]):
        offers.filter(pk=discount["offer_id"]).update(
            num_applications=F("num_applications") + discount["frequency"],
            total_discount=F("total_discount") + Decimal(discount["amount"]),
            num_orders=F("num_orders") + 1,
        )
