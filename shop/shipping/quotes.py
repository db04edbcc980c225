"""What a courier asks for each parcel of a basket: the promise a shopper sees before paying, and that the order keeps."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class ShippingOption:
    """One courier's offer for one parcel. ``charge`` is whole rupiah; days are counted from hand-over to the courier."""

    code: str
    name: str
    charge: Decimal
    days_min: int
    days_max: int


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
                return replace(self, option=option)
        raise KeyError(code)
