from decimal import Decimal

import pytest
from django.utils import translation
from oscar.core.loading import get_class

from shop.catalogue.models import Product
from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory, StockRecordFactory
from shop.partner.availability import MadeToOrder, StockRequired
from shop.partner.strategy import Default, Selector

pytestmark = pytest.mark.django_db


def shown(policy):
    with translation.override("en"):
        return policy.code, str(policy.short_message), str(policy.message)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (3, ("instock", "In stock", "In stock, 3 pieces")),
        (1, ("lastpiece", "Only 1 left", "Only 1 left")),
        (0, ("outofstock", "Sold out", "Sold out")),
    ],
)
def test_stock_is_told_in_three_ways(left, expected):
    assert shown(StockRequired(left)) == expected


def test_no_more_can_be_bought_than_lie_on_the_shelf():
    with translation.override("en"):
        assert StockRequired(2).is_purchase_permitted(2) == (True, "")
        assert StockRequired(2).is_purchase_permitted(3) == (False, "At most 2 can be bought.")
        assert StockRequired(1).is_purchase_permitted(2) == (False, "Only 1 can be bought.")
        assert StockRequired(0).is_purchase_permitted(1) == (False, "This piece is sold out.")


def test_made_to_order_can_always_be_bought_and_tells_its_lead_time():
    policy = MadeToOrder(21)
    assert policy.is_purchase_permitted(50) == (True, "")
    assert shown(policy) == ("madetoorder", "Made to order", "Made to order, ready to send in 21 days")
    assert not hasattr(policy, "num_available")


def test_oscar_finds_our_strategy():
    assert get_class("partner.strategy", "Selector") is Selector


def test_held_units_are_not_for_sale():
    product = ProductFactory(stock=2)
    product.stockrecords.get().allocate(1)
    assert Default().fetch_for_product(product).availability.num_available == 1


def test_price_is_fixed_and_without_tax():
    price = Default().fetch_for_product(ProductFactory(price=Decimal("1250000"))).price
    assert (price.currency, price.excl_tax, price.incl_tax, price.tax) == ("IDR", 1250000, 1250000, 0)


def test_product_without_stock_record_is_unavailable():
    info = Default().fetch_for_product(ProductFactory(stockrecord=None))
    assert not info.availability.is_available_to_buy
    assert not info.price.exists


def test_made_to_order_is_available_without_any_stock():
    info = Default().fetch_for_product(MadeToOrderFactory())
    assert isinstance(info.availability, MadeToOrder)
    assert info.price.exists


def test_line_is_judged_by_its_own_stock_record():
    product = ProductFactory(stock=5)
    other = StockRecordFactory(product=product, partner_sku="OTHER", price=Decimal("99000"))

    class Line:
        pass

    line = Line()
    line.product, line.stockrecord = product, other
    info = Default().fetch_for_line(line)
    assert (info.stockrecord, info.price.excl_tax, info.availability.num_available) == (other, Decimal("99000"), 0)


def test_prefetched_products_cost_no_query_each(django_assert_num_queries):
    for stock in range(3):
        ProductFactory(stock=stock)
    MadeToOrderFactory()
    products = list(Product.objects.select_related("product_class").prefetch_related("stockrecords"))
    assert len(products) == 4
    with django_assert_num_queries(0):
        for product in products:
            info = Default().fetch_for_product(product)
            assert info.availability.message
            assert info.price.incl_tax
