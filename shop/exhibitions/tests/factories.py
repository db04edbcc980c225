from datetime import timedelta
from decimal import Decimal

import factory
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import timezone

from shop.exhibitions.models import Cashier, Consignment, ConsignmentLine, Device, Fair, FairMaker
from shop.stock import travel


class FairFactory(factory.django.DjangoModelFactory):
    """A fair that runs today with its places in stock. ``status=…`` sets how far it has come, without any pieces."""

    class Meta:
        model = Fair
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Pameran Kriya {n}")
    slug = factory.Sequence(lambda n: f"pameran-kriya-{n}")
    city = "Jakarta"
    venue = "Balai Sidang"
    stall = "A-12"
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda fair: fair.starts_on + timedelta(days=4))
    status = Fair.Status.OPEN
    commission_percent = Decimal(10)

    @factory.post_generation
    def places(self, create, extracted, **kwargs):
        travel.open_places(self.reference)


class FairMakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FairMaker

    fair = factory.SubFactory(FairFactory)
    maker = factory.SubFactory("shop.artisans.tests.factories.MakerFactory")


class CashierFactory(factory.django.DjangoModelFactory):
    """A cashier whose PIN is 1234."""

    class Meta:
        model = Cashier

    fair = factory.SubFactory(FairFactory)
    name = factory.Sequence(lambda n: f"Kasir {n}")
    pin = factory.LazyFunction(lambda: PBKDF2PasswordHasher().encode("1234", "garamgaram", iterations=10))


class DeviceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Device

    fair = factory.SubFactory(FairFactory)
    name = factory.Sequence(lambda n: f"HP {n}")
    letter = factory.Sequence(lambda n: f"{chr(65 + n % 26)}{n // 26 or ''}")
    token_hash = factory.Sequence(lambda n: f"{n:064}")


class ConsignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consignment

    fair = factory.SubFactory(FairFactory)
    maker = factory.SubFactory("shop.artisans.tests.factories.MakerFactory")
    number = factory.Sequence(lambda n: n + 1)


class ConsignmentLineFactory(factory.django.DjangoModelFactory):
    """One unit from the shelf of a piece that has one there."""

    class Meta:
        model = ConsignmentLine

    consignment = factory.SubFactory(ConsignmentFactory)
    stockrecord = factory.LazyAttribute(lambda line: _stocked(line.consignment.maker, line.quantity))
    quantity = 1
    price = Decimal(250000)


def _stocked(maker, quantity):
    from shop.catalogue.tests.factories import ProductFactory

    return ProductFactory(maker=maker, stock=quantity).stockrecords.get()
