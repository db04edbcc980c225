from decimal import Decimal

import factory

from shop.shipping.models import Courier, Rate


class CourierFactory(factory.django.DjangoModelFactory):
    """A courier by weight that counts each started kilogram."""

    class Meta:
        model = Courier

    code = factory.Sequence(lambda n: f"kurir-{n}")
    name = factory.Sequence(lambda n: f"Kurir {n}")


class RateFactory(factory.django.DjangoModelFactory):
    """All of Indonesia: Rp20.000 and Rp15.000 for each further kilogram."""

    class Meta:
        model = Rate

    courier = factory.SubFactory(CourierFactory)
    country = "ID"
    first_kg = Decimal("20000")
    next_kg = Decimal("15000")
