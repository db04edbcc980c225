"""What order pages and e-mails show, read at once however many parcels and lines there are."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.address.countries import country_name

from . import statuses

Order = get_model("order", "Order")
Parcel = get_model("order", "Parcel")
Line = get_model("order", "Line")


@dataclass(frozen=True)
class Step:
    """A point on a parcel's way. ``state`` is done, now or next."""

    label: str
    state: str
    at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True)
class ParcelRow:
    parcel: Any
    maker: Any
    lines: tuple[Any, ...]
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        return self.maker.name if self.maker else self.parcel.partner.name


@dataclass(frozen=True)
class OrderPage:
    """An order as people see it. Amounts are rupiah; ``goods`` is before discounts, and all add up to ``total``.

    ``paid`` is what was asked of the shopper: the total and, for a transfer, the few rupiah that mark it.
    """

    order: Any
    parcels: tuple[ParcelRow, ...]
    goods: Decimal
    discount: Decimal
    delivery: Decimal
    total: Decimal
    paid: Decimal
    transfer_code: int
    refunded: Decimal
    payment_label: str
    address: tuple[str, ...]
    phone: str

    @property
    def status_label(self):
        return statuses.LABELS.get(self.order.status, self.order.status)

    @property
    def status_tone(self) -> str:
        return statuses.TONE.get(self.order.status, "quiet")

    @property
    def next_text(self):
        return statuses.NEXT.get(self.order.status, "")


def orders():
    """Orders with all that their pages show: the same number of queries for one line or fifty."""
    lines = Line.objects.select_related("product").prefetch_related("product__images__original__renditions")
    parcels = Parcel.objects.select_related("partner__maker").prefetch_related(Prefetch("lines", lines))
    return Order.objects.select_related("shipping_address", "user", "payment_attempt").prefetch_related(
        Prefetch("parcels", parcels)
    )


def order_page(order) -> OrderPage:
    if "parcels" not in getattr(order, "_prefetched_objects_cache", {}):
        order = orders().get(pk=order.pk)
    rows = tuple(_parcel_row(order, parcel) for parcel in order.parcels.all())
    lines = [line for row in rows for line in row.lines]
    goods = sum((line.line_price_before_discounts_incl_tax for line in lines), Decimal(0))
    attempt = getattr(order, "payment_attempt", None)
    return OrderPage(
        order=order,
        parcels=rows,
        goods=goods,
        discount=goods + order.shipping_incl_tax - order.total_incl_tax,
        delivery=order.shipping_incl_tax,
        total=order.total_incl_tax,
        paid=attempt.payable if attempt else order.total_incl_tax,
        transfer_code=(attempt.transfer_code or 0) if attempt else 0,
        refunded=attempt.refund_total if attempt else Decimal(0),
        payment_label=_payment_label(attempt),
        address=address_lines(order.shipping_address),
        phone=str(order.shipping_address.phone_number or "") if order.shipping_address else "",
    )


def address_lines(address) -> tuple[str, ...]:
    """An address as it is written on a parcel, a line each, the country by its name here."""
    if address is None:
        return ()
    place = " ".join(part for part in (address.line4, address.postcode) if part)
    return tuple(
        line
        for line in (
            address.name,
            address.line1,
            ", ".join(part for part in (address.line2, address.line3) if part),
            place,
            address.state,
            country_name(address.country_id),
        )
        if line
    )


def find_order(number: str, email: str):
    """The order of this number if it went to this address, else None.

    The addresses are compared in constant time, and one is compared even when there is no such order: neither the
    answer nor how long it takes tells which numbers exist.
    """
    order = Order.objects.select_related("user").filter(number=number.strip().upper()).first()
    kept = (order.email if order else "") or "nobody@invalid"
    same = constant_time_compare(kept.strip().lower(), email.strip().lower())
    return order if order and same else None


def _payment_label(attempt) -> str:
    if attempt is None:
        return ""
    from shop.payment.gateways import get_gateway

    return str(get_gateway(attempt.gateway).label)


def _parcel_row(order, parcel) -> ParcelRow:
    maker = getattr(parcel.partner, "maker", None)
    return ParcelRow(parcel=parcel, maker=maker, lines=tuple(parcel.lines.all()), steps=_steps(order, parcel))


def _steps(order, parcel) -> tuple[Step, ...]:
    paid = Step(_("Order paid"), "done", order.date_placed)
    if parcel.status == Parcel.Status.CANCELLED:
        return (paid, Step(_("Cancelled"), "now", parcel.cancelled_at))
    packed, shipped = bool(parcel.packed_at), bool(parcel.shipped_at)
    number = parcel.tracking_number
    return (
        paid,
        Step(
            _("Packed by the maker") if packed else _("The maker is getting it ready"),
            "done" if packed else "now",
            parcel.packed_at,
            "" if packed else _making(parcel),
        ),
        Step(
            _("Given to the courier"),
            "done" if shipped else ("now" if packed else "next"),
            parcel.shipped_at,
            _("%(courier)s, tracking number %(number)s") % {"courier": parcel.shipping_name, "number": number}
            if number
            else parcel.shipping_name,
        ),
    )


def _making(parcel) -> str:
    """Tells how long a piece made to order takes, so that waiting is no worry."""
    days = [
        line.product.lead_time_days
        for line in parcel.lines.all()
        if line.product and line.product.made_to_order and line.product.lead_time_days
    ]
    return _("Made to order: about %(days)d days") % {"days": max(days)} if days else ""
