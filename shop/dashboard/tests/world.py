"""A little of everything that a dashboard page may show, and the address of every page."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import CategoryFactory, MadeToOrderFactory, ProductFactory
from shop.dashboard.orders.tests.factories import curator, ordered, transfer
from shop.payment import services
from shop.payment.tests.factories import user
from shop.pictures.tests.factories import PictureFactory

PREFIX = "kelola/toko/"


@dataclass(frozen=True)
class Page:
    """One address of the dashboard. ``get`` is false for steps that only answer a POST."""

    name: str
    path: str
    get: bool = True


def build():
    """Orders in every state, a transfer that waits, refunds, offers and so on; the arguments of each named address."""
    staff = curator("dunia@demo.test")
    maker = MakerFactory()
    product = ProductFactory(stock=5, maker=maker, pictures=[PictureFactory()])
    made_to_order = MadeToOrderFactory()
    parent = ProductFactory(stockrecord=None, structure="parent")
    ProductFactory(parent=parent, structure="child", product_class=None, maker=maker, craft=None, stock=1)
    category = CategoryFactory()
    product.categories.add(category)
    record = product.stockrecords.get()
    record.low_stock_threshold = 9
    record.save()
    order = ordered(product, made_to_order, actor=staff, user=user("pembeli2@demo.test"))
    cancelled = ordered(ProductFactory(stock=1), actor=staff)
    services.refund(cancelled, reason="Rusak", actor=staff)
    waiting = transfer(product)
    groups = get_model("catalogue", "AttributeOptionGroup").objects
    group = groups.create(name="Warna")
    group.options.create(option="merah")
    option = get_model("catalogue", "Option").objects.create(name="Nama", code="nama")
    offer = _offer()
    voucher = _voucher(offer)
    voucher_set = get_model("voucher", "VoucherSet").objects.create(
        name="Pameran",
        count=1,
        code_length=8,
        start_datetime=timezone.now(),
        end_datetime=timezone.now() + timedelta(days=9),
    )
    voucher_set.vouchers.add(voucher)
    order_kwargs = [{"number": each.number} for each in (order, cancelled)]
    parcel = {"number": order.number, "parcel_number": 1}
    return {
        "catalogue-product": [{"pk": each.pk} for each in (product, made_to_order, parent)],
        "catalogue-product-create": [{"product_class_slug": product.product_class.slug}, {}],
        "catalogue-product-create-child": [{"parent_pk": parent.pk}],
        "catalogue-product-delete": [{"pk": product.pk}],
        "catalogue-category-detail-list": [{"pk": category.pk}],
        "catalogue-category-create-child": [{"parent": category.pk}],
        "catalogue-category-update": [{"pk": category.pk}],
        "catalogue-category-delete": [{"pk": category.pk}],
        "catalogue-class-update": [{"pk": product.product_class.pk}],
        "catalogue-class-delete": [{"pk": product.product_class.pk}],
        "catalogue-attribute-option-group-update": [{"pk": group.pk}],
        "catalogue-attribute-option-group-delete": [{"pk": group.pk}],
        "catalogue-option-update": [{"pk": option.pk}],
        "catalogue-option-delete": [{"pk": option.pk}],
        "order-detail": order_kwargs,
        "order-note": order_kwargs[:1],
        "order-shipping-address": order_kwargs[:1],
        "order-cancel": order_kwargs[:1],
        "order-refund": order_kwargs[:1],
        "parcel-pack": [parcel],
        "parcel-ship": [parcel],
        "parcel-tracking": [parcel],
        "parcel-cancel": [parcel],
        "parcel-slip": [parcel],
        "transfer-confirm": [{"pk": waiting.pk}],
        "transfer-close": [{"pk": waiting.pk}],
        "refund-done": [{"pk": cancelled.payment_attempt.refunds.get().pk}],
        "attempt-ask": [{"pk": waiting.pk}],
        "attempt-refund": [{"pk": waiting.pk}],
        "attempt-write-off": [{"pk": waiting.pk}],
        "partner-manage": [{"pk": maker.partner_id}],
        "partner-delete": [{"pk": maker.partner_id}],
        "stock-adjust": [{"pk": record.pk}],
        "stock-ledger": [{"pk": record.pk}],
        "user-detail": [{"pk": order.user_id}],
        "voucher-update": [{"pk": voucher.pk}],
        "voucher-delete": [{"pk": voucher.pk}],
        "voucher-stats": [{"pk": voucher.pk}],
        **{f"voucher-set-{verb}": [{"pk": voucher_set.pk}] for verb in ("update", "detail", "download", "delete")},
        **{f"range-{verb}": [{"pk": offer.condition.range_id}] for verb in ("update", "delete", "products", "reorder")},
        **{f"offer-{verb}": [{"pk": offer.pk}] for verb in ("delete", "detail")},
        **{f"offer-{step}": [{}, {"pk": offer.pk}] for step in ("metadata", "condition", "benefit", "restrictions")},
    }


#: Steps without a page: they change something and lead back.
POST_ONLY = {"parcel-pack", "attempt-ask", "range-reorder", "logout"}


def pages(arguments: dict[str, list[dict[str, Any]]]) -> list[Page]:
    """Every address of the dashboard that can be visited. KeyError when one wants arguments nobody gave."""
    found = []
    for name, wants in sorted(names().items()):
        for kwargs in arguments[name] if wants else [{}]:
            found.append(Page(name, reverse(f"dashboard:{name}", kwargs=kwargs), name not in POST_ONLY))
    return found


def names():
    """Name → whether its address has arguments."""
    found = {}

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                found[pattern.name] = found.get(pattern.name, False) or bool(pattern.pattern.regex.groupindex)

    dashboard = next(each for each in get_resolver().url_patterns if str(each.pattern) == PREFIX)
    walk(dashboard.url_patterns)
    return found


def _offer():
    everything = get_model("offer", "Range").objects.create(name="Semua", includes_all_products=True, is_public=True)
    condition = get_model("offer", "Condition").objects.create(range=everything, type="Count", value=1)
    benefit = get_model("offer", "Benefit").objects.create(range=everything, type="Percentage", value=Decimal(10))
    return get_model("offer", "ConditionalOffer").objects.create(
        name="Sepuluh persen", offer_type="Voucher", condition=condition, benefit=benefit
    )


def _voucher(offer):
    voucher = get_model("voucher", "Voucher").objects.create(
        name="Pameran", code="PAMERAN", start_datetime=timezone.now(), end_datetime=timezone.now() + timedelta(days=9)
    )
    voucher.offers.add(offer)
    return voucher
