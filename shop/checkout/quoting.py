"""What the order would cost as it stands: the address, a parcel a maker with its courier, and the total."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model

from shop.address import regions
from shop.address.countries import HOME
from shop.address.forms import AddressForm
from shop.shipping.quotes import ParcelQuote, quote

from .forms import courier_name

ShippingAddress = get_model("order", "ShippingAddress")


@dataclass(frozen=True)
class Offer:
    """What the shopper is shown and agrees to. Amounts are whole rupiah.

    ``parcels`` have a chosen courier wherever one takes them: the shopper's choice, else the cheapest.
    """

    address: Any
    parcels: tuple[ParcelQuote, ...]
    goods: Decimal

    @property
    def delivery(self) -> Decimal:
        return sum((parcel.option.charge for parcel in self.parcels if parcel.option), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.goods + self.delivery

    @property
    def undeliverable(self) -> list[ParcelQuote]:
        return [parcel for parcel in self.parcels if not parcel.options]


def delivery_address(draft, user):
    """The address the draft stands for as an unsaved shipping address, or None while it is not complete."""
    saved = saved_address(draft, user)
    if saved is not None:
        if not is_complete(saved):
            return None
        address = ShippingAddress()
        saved.populate_alternative_model(address)
        address.code = None
        return address
    form = AddressForm(draft.address())
    return form.fill(ShippingAddress()) if form.is_valid() else None


def saved_address(draft, user):
    """The address of the book that was chosen, if one was; never another person's."""
    pk = draft.get("saved")
    if not user.is_authenticated or not pk.isdecimal():
        return None
    return user.addresses.filter(pk=pk, country__is_shipping_country=True).first()


def is_complete(address) -> bool:
    """Couriers need phone and, at home, the region; an address kept before those were asked for may lack them."""
    if not address.phone_number:
        return False
    return address.country_id != HOME or regions.find(address.region_code) is not None


def offer_for(basket, address, draft) -> Offer:
    parcels = []
    for parcel in quote(basket, address):
        codes = {option.code for option in parcel.options}
        wanted = draft.get(courier_name(parcel))
        if codes:
            parcel = parcel.choose(wanted if wanted in codes else parcel.options[0].code)
        parcels.append(parcel)
    return Offer(address=address, parcels=tuple(parcels), goods=basket.total_incl_tax)
