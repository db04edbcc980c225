from decimal import Decimal

import factory
from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.crafts.tests.factories import CraftFactory
from shop.stock import services


class ProductClassFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_model("catalogue", "ProductClass")
        django_get_or_create = ("slug",)

    name_ind = "Kain"
    name_en = "Cloth"
    slug = "kain"


class CategoryFactory(factory.django.DjangoModelFactory):
    """The shelf of a craft."""

    class Meta:
        model = get_model("catalogue", "Category")

    craft = factory.SubFactory(CraftFactory)
    name_ind = factory.SelfAttribute("craft.name_ind")
    name_en = factory.SelfAttribute("craft.name_en")
    slug = factory.SelfAttribute("craft.slug")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.add_root(**kwargs)


class StockRecordFactory(factory.django.DjangoModelFactory):
    """A price and a place for stock, with nothing in it; ``stock=3`` receives three units through the ledger."""

    class Meta:
        model = get_model("partner", "StockRecord")
        skip_postgeneration_save = True

    product = factory.SubFactory("shop.catalogue.tests.factories.ProductFactory", stockrecord=None)
    partner = factory.SelfAttribute("product.maker.partner")
    partner_sku = factory.Sequence(lambda n: f"SKU-{n:05}")
    price_currency = "IDR"
    price = Decimal("250000")

    @factory.post_generation
    def stock(self, create, extracted, **kwargs):
        if extracted:
            services.receive(self, extracted, key=f"opening:{self.pk}")


class ProductFactory(factory.django.DjangoModelFactory):
    """A public piece with maker, craft and a stock record of Rp250.000 without stock.

    ``price=…`` sets the price, ``stock=…`` receives so many units, ``pictures=[…]`` hangs pictures on it,
    ``motifs=[…]`` sets its motifs.
    """

    class Meta:
        model = get_model("catalogue", "Product")
        skip_postgeneration_save = True

    class Params:
        price = Decimal("250000")

    title_ind = factory.Sequence(lambda n: f"Kain {n}")
    title_en = factory.Sequence(lambda n: f"Cloth {n}")
    product_class = factory.SubFactory(ProductClassFactory)
    maker = factory.SubFactory(MakerFactory)
    craft = factory.SubFactory(CraftFactory)
    weight_grams = 400
    stockrecord = factory.RelatedFactory(StockRecordFactory, "product", price=factory.SelfAttribute("..price"))

    @factory.post_generation
    def stock(self, create, extracted, **kwargs):
        if extracted:
            services.receive(self.stockrecords.get(), extracted, key=f"opening:{self.pk}")

    @factory.post_generation
    def pictures(self, create, extracted, **kwargs):
        for position, picture in enumerate(extracted or ()):
            self.images.create(original=picture, display_order=position)

    @factory.post_generation
    def motifs(self, create, extracted, **kwargs):
        if extracted:
            self.motifs.set(extracted)


class MadeToOrderFactory(ProductFactory):
    made_to_order = True
    lead_time_days = 21
