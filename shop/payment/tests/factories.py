"""A shopper with a basket, an address and chosen couriers, and the double of Stripe to pay at."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import ShippingAddress
from shop.payment import services
from shop.payment.gateways.stripe import make_client
from shop.payment.models import PaymentAttempt
from shop.payment.sandbox.server import SandboxServer
from shop.shipping.models import Courier, Rate
from shop.shipping.quotes import quote

Basket = get_model("basket", "Basket")

PRICE = Decimal("250000")
CHARGE = Decimal("20000")
TOTAL = PRICE + CHARGE


@pytest.fixture
def sandbox(settings: Any) -> Iterator[SandboxServer]:
    """The double of Stripe over HTTP, and the shop pointed at it. Webhooks are kept until a test takes them."""
    with SandboxServer() as server:
        settings.STRIPE_API_BASE = server.url
        make_client.cache_clear()
        yield server
    make_client.cache_clear()


def user(email: str = "pembeli@demo.test", **fields: Any) -> Any:
    return get_user_model().objects.create_user(email=email, password=None, **fields)


def staff(email: str = "kurator@demo.test") -> Any:
    return user(email)


def courier(code: str = "pos", charge: Decimal = CHARGE) -> Courier:
    """One that asks the same for every parcel to anywhere in Indonesia."""
    made, is_new = Courier.objects.get_or_create(
        code=code, defaults={"name": f"Kurir {code}", "kind": Courier.Kind.FLAT}
    )
    if is_new:
        Rate.objects.create(courier=made, country="ID", first_kg=charge)
    return made


def address(**fields: Any) -> ShippingAddress:
    """Not saved: the order makes its own from the snapshot."""
    get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2="ID", defaults={"printable_name": "Indonesia", "name": "Indonesia", "is_shipping_country": True}
    )
    return ShippingAddress(
        **{
            "first_name": "Rahma",
            "last_name": "Yulianti",
            "line1": "Jalan Merdeka 1",
            "line2": "Batin Tikal",
            "line3": "Taman Sari",
            "line4": "Pangkalpinang",
            "state": "Kepulauan Bangka Belitung",
            "postcode": "33126",
            "country_id": "ID",
            "phone_number": "+6281234567890",
            "region_code": "19.71.02.1001",
            **fields,
        }
    )


def fresh(basket: Any, shopper: Any = None) -> Any:
    """The basket as a request would load it: its strategy, and its offers applied."""
    loaded = Basket.objects.get(pk=basket.pk)
    loaded.strategy = get_class("partner.strategy", "Selector")().strategy()
    get_class("offer.applicator", "Applicator")().apply(loaded, shopper or AnonymousUser())
    return loaded


def basket_of(*pieces: Any, owner: Any = None, source: str = "") -> Any:
    """A basket of products, each once, or of pairs with a quantity."""
    made = Basket.objects.create(owner=owner)
    made.strategy = get_class("partner.strategy", "Selector")().strategy()
    for piece in pieces:
        product, quantity = piece if isinstance(piece, tuple) else (piece, 1)
        line, _created = made.add_product(product, quantity)
        line.source = source
        line.save()
    return fresh(made, owner)


def a_voucher(usage: str = "Single use", percent: int = 10) -> Any:
    """Ten per cent off everything, by the code CUAL10."""
    now = timezone.now()
    everything = get_model("offer", "Range").objects.create(name="Semua", includes_all_products=True)
    offer = get_model("offer", "ConditionalOffer").objects.create(
        name="Potongan sepuluh persen",
        offer_type="Voucher",
        max_basket_applications=1,
        condition=get_model("offer", "Condition").objects.create(range=everything, type="Count", value=1),
        benefit=get_model("offer", "Benefit").objects.create(range=everything, type="Percentage", value=percent),
    )
    voucher = get_model("voucher", "Voucher").objects.create(
        name="Cual 10",
        code="CUAL10",
        usage=usage,
        start_datetime=now - timedelta(days=1),
        end_datetime=now + timedelta(days=1),
    )
    voucher.offers.add(offer)
    return voucher


def voucher_basket(product: Any, voucher: Any, owner: Any = None) -> Any:
    """A basket with one piece and a voucher applied to it."""
    made = basket_of(product, owner=owner)
    made.vouchers.add(voucher)
    return fresh(made, owner)


def chosen(basket: Any, to: Any) -> list:
    """Each parcel with its cheapest courier."""
    return [parcel.choose(parcel.options[0].code) for parcel in quote(basket, to)]


def reserve(basket: Any = None, **changes: Any) -> PaymentAttempt:
    """Reserve a basket (by default one cloth of Rp250.000) for a guest at Stripe, with delivery at Rp20.000."""
    courier()
    basket = basket or basket_of(ProductFactory(stock=1))
    to = changes.pop("shipping_address", None) or address()
    shopper = changes.pop("user", None) or AnonymousUser()
    arguments = {
        "basket": basket,
        "user": shopper,
        "email": "rahma@demo.test",
        "shipping_address": to,
        "parcels": changes.pop("parcels", None) or chosen(basket, to),
        "gateway": "stripe",
        "language": "id",
        "source": "label-7",
        "terms_version": "2026-11",
    }
    return services.reserve(**{**arguments, **changes})


def started(basket: Any = None, **changes: Any) -> PaymentAttempt:
    """Reserved, and its payment made at the gateway."""
    attempt = reserve(basket, **changes)
    services.start(attempt)
    return PaymentAttempt.objects.get(pk=attempt.pk)


def overdue(attempt: PaymentAttempt) -> PaymentAttempt:
    """Its time is over, in our books."""
    PaymentAttempt.objects.filter(pk=attempt.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    return PaymentAttempt.objects.get(pk=attempt.pk)


def record_of(product: Any) -> Any:
    """The stock record as it is now."""
    return get_model("partner", "StockRecord").objects.get(product=product)


def figures(product: Any) -> tuple[int, int]:
    """Units in stock and allocated (held ones count as allocated)."""
    record = record_of(product)
    return record.num_in_stock, record.num_allocated
