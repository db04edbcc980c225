from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from oscar.core.loading import get_class, get_model

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.shipping import demo
from shop.shipping.models import Courier, Rate
from shop.shipping.quotes import quote

from .factories import CourierFactory, RateFactory

pytestmark = pytest.mark.django_db

Selector = get_class("partner.strategy", "Selector")
PANGKALPINANG = SimpleNamespace(country_id="ID", region_code="19.71.02.1001")
BANDUNG = SimpleNamespace(country_id="ID", region_code="32.73.01.1001")
SINGAPORE = SimpleNamespace(country_id="SG", region_code="")


def basket_with(*products):
    basket = get_model("basket", "Basket").objects.create()
    basket.strategy = Selector().strategy()
    for product in products:
        basket.add_product(product)
    return basket


def charges(parcel):
    return {option.code: option.charge for option in parcel.options}


def test_one_parcel_a_maker():
    maker = MakerFactory()
    RateFactory()
    parcels = quote(
        basket_with(
            ProductFactory(maker=maker, stock=1), ProductFactory(maker=maker, stock=1), ProductFactory(stock=1)
        ),
        BANDUNG,
    )
    assert [len(parcel.lines) for parcel in parcels] == [2, 1]
    assert parcels[0].partner == maker.partner
    assert parcels[0].weight_grams == 800


def test_each_further_kilogram_is_charged():
    RateFactory(courier__code="berat")
    (parcel,) = quote(basket_with(ProductFactory(weight_grams=2100, stock=1)), BANDUNG)
    assert charges(parcel) == {"berat": Decimal("50000")}
    assert parcel.choose("berat").weight_grams == 2100


def test_a_bulky_parcel_is_charged_by_its_room():
    RateFactory(courier__code="berat")
    bulky = ProductFactory(weight_grams=500, parcel_length_cm=40, parcel_width_cm=30, parcel_height_cm=20, stock=1)
    (parcel,) = quote(basket_with(bulky), BANDUNG)
    assert parcel.options[0].weight_grams == 4000
    assert parcel.options[0].charge == Decimal("65000")


def test_a_flat_courier_asks_the_same_for_any_weight():
    RateFactory(courier__code="rata", courier__kind=Courier.Kind.FLAT)
    (parcel,) = quote(basket_with(ProductFactory(weight_grams=9000, stock=1)), BANDUNG)
    assert charges(parcel) == {"rata": Decimal("20000")}


def test_the_narrowest_zone_wins():
    courier = CourierFactory(code="k")
    RateFactory(courier=courier, first_kg=40000)
    RateFactory(courier=courier, region="19", first_kg=12000)
    RateFactory(courier=courier, region="19.71", first_kg=9000)
    basket = basket_with(ProductFactory(stock=1))
    assert charges(quote(basket, PANGKALPINANG)[0]) == {"k": Decimal("9000")}
    assert charges(quote(basket, SimpleNamespace(country_id="ID", region_code="19.01.01.1001"))[0]) == {
        "k": Decimal("12000")
    }
    assert charges(quote(basket, BANDUNG)[0]) == {"k": Decimal("40000")}


def test_a_region_code_covers_whole_codes_only():
    courier = CourierFactory(code="k")
    RateFactory(courier=courier, region="19.7", first_kg=1)
    assert quote(basket_with(ProductFactory(stock=1)), PANGKALPINANG)[0].options == ()


def test_elsewhere_never_means_indonesia():
    RateFactory(courier__code="laut", country="", first_kg=385000)
    basket = basket_with(ProductFactory(stock=1))
    assert quote(basket, BANDUNG)[0].options == ()
    assert charges(quote(basket, SINGAPORE)[0]) == {"laut": Decimal("385000")}


def test_an_inactive_courier_offers_nothing():
    RateFactory(courier__is_active=False)
    assert quote(basket_with(ProductFactory(stock=1)), BANDUNG)[0].options == ()


def test_the_cheapest_offer_comes_first():
    RateFactory(courier__code="mahal", first_kg=30000)
    RateFactory(courier__code="murah", first_kg=11000)
    assert [option.code for option in quote(basket_with(ProductFactory(stock=1)), BANDUNG)[0].options] == [
        "murah",
        "mahal",
    ]


def test_quoting_more_makers_asks_no_more_of_the_database(django_assert_num_queries):
    RateFactory()
    small, large = basket_with(ProductFactory(stock=1)), basket_with(*(ProductFactory(stock=1) for _ in range(6)))
    list(small.all_lines()), list(large.all_lines())
    for basket in (small, large):
        with django_assert_num_queries(2):
            quote(basket, BANDUNG)


def test_the_database_refuses_negative_rates_and_a_zone_twice():
    courier = CourierFactory()
    RateFactory(courier=courier)
    for wrong in ({"first_kg": Decimal(-1), "region": "11"}, {}, {"country": "SG", "region": "19"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RateFactory(courier=courier, **wrong)


def test_sample_rates_say_so_and_load_once():
    demo.load()
    demo.load()
    assert Courier.objects.count() == 3
    assert Rate.objects.count() == 13
    (parcel,) = quote(basket_with(ProductFactory(weight_grams=1200, stock=1)), PANGKALPINANG)
    assert charges(parcel) == {"kurir-nusantara": Decimal("15000"), "pos-hemat": Decimal("12000")}
    assert all(option.is_sample for option in parcel.options)


@pytest.mark.parametrize("region", ["19.71", "16.71", "31.71", "32.73", "73.71"])
def test_the_sample_service_for_saving_is_cheaper_and_slower_everywhere(region):
    demo.load()
    (parcel,) = quote(
        basket_with(ProductFactory(weight_grams=400, stock=1)), SimpleNamespace(country_id="ID", region_code=region)
    )
    by_code = {option.code: option for option in parcel.options}
    saving, quick = by_code["pos-hemat"], by_code["kurir-nusantara"]
    assert saving.charge < quick.charge
    assert saving.days_min > quick.days_min and saving.days_max > quick.days_max
