"""What a courier asks for each parcel of a basket: a promise seen before paying, which the order keeps."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from .models import Courier, Rate
from .weights import chargeable_grams, chargeable_kilograms, volumetric_grams


@dataclass(frozen=True)
class ShippingOption:
    """One courier's offer for one parcel. ``charge`` is whole rupiah; days are counted from hand-over to the courier.

    ``weight_grams`` is what this courier charges by, which differs between couriers for a bulky parcel.
    """

    code: str
    name: str
    charge: Decimal
    days_min: int
    days_max: int
    weight_grams: int = 0
    is_sample: bool = False


@dataclass(frozen=True)
class ParcelQuote:
    """One maker's pieces from a basket, what they weigh in grams, and which couriers take them.

    ``option`` is the one the shopper chose; it is None until they have. An order is placed with chosen parcels only.
    """

    partner: Any
    lines: tuple[Any, ...]
    weight_grams: int
    options: tuple[ShippingOption, ...] = ()
    option: ShippingOption | None = None

    def choose(self, code: str) -> "ParcelQuote":
        """This parcel with the offer ``code`` chosen; KeyError when no courier of that code takes it."""
        for option in self.options:
            if option.code == code:
                return replace(self, option=option, weight_grams=option.weight_grams or self.weight_grams)
        raise KeyError(code)


def quote(basket, address) -> list[ParcelQuote]:
    """One parcel a maker, each with every courier that takes it to ``address``, cheapest first.

    ``address`` needs ``country_id`` (ISO alpha-2) and ``region_code`` (empty abroad); it need not be saved. A parcel
    that nobody takes there has no options, and the caller says so instead of asking for money. Two queries, however
    many parcels: rates are few and matched in memory.
    """
    couriers = list(Courier.objects.filter(is_active=True).prefetch_related("rates"))
    region = getattr(address, "region_code", "")
    parcels = []
    for lines in _by_partner(basket.all_lines()):
        offers = (_offer(courier, lines, address.country_id, region) for courier in couriers)
        options = sorted((offer for offer in offers if offer), key=lambda o: (o.charge, o.days_max, o.code))
        parcels.append(
            ParcelQuote(
                partner=lines[0].stockrecord.partner,
                lines=tuple(lines),
                weight_grams=_actual_grams(lines),
                options=tuple(options),
            )
        )
    return parcels


def _by_partner(lines) -> list[list[Any]]:
    """Lines in the order of the basket, grouped by who sends them."""
    groups: dict[int, list[Any]] = {}
    for line in lines:
        groups.setdefault(line.stockrecord.partner_id, []).append(line)
    return list(groups.values())


def _actual_grams(lines) -> int:
    return sum(line.product.weight_grams * line.quantity for line in lines)


def _offer(courier: Courier, lines, country: str, region: str) -> ShippingOption | None:
    rate = _rate_for(courier, country, region)
    if rate is None:
        return None
    bulk = sum(
        volumetric_grams(
            line.product.parcel_length_cm,
            line.product.parcel_width_cm,
            line.product.parcel_height_cm,
            courier.volumetric_divisor,
        )
        * line.quantity
        for line in lines
    )
    grams = chargeable_grams(_actual_grams(lines), bulk, courier.minimum_grams)
    charge = rate.first_kg
    if courier.kind == Courier.Kind.BY_WEIGHT:
        charge += rate.next_kg * (chargeable_kilograms(grams, courier.tolerance_grams) - 1)
    return ShippingOption(
        code=courier.code,
        name=courier.name,
        charge=charge,
        days_min=rate.days_min,
        days_max=rate.days_max,
        weight_grams=grams,
        is_sample=courier.is_sample,
    )


def _rate_for(courier: Courier, country: str, region: str) -> Rate | None:
    """The rate of the narrowest zone: a country named beats 'elsewhere', a longer region code a shorter one."""
    fitting = [rate for rate in courier.rates.all() if rate.covers(country, region)]
    return max(fitting, key=lambda rate: (bool(rate.country), len(rate.region)), default=None)
