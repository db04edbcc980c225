import factory
from oscar.core.loading import get_model

from shop.artisans.models import Maker
from shop.crafts.tests.factories import RegencyFactory


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_model("partner", "Partner")

    name = factory.Sequence(lambda n: f"Rumah Kriya {n}")
    code = factory.Sequence(lambda n: f"kriya-{n}")


class MakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Maker
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory, name=factory.SelfAttribute("..name"))
    slug = factory.Sequence(lambda n: f"pengrajin-{n}")
    name = factory.Sequence(lambda n: f"Rumah Kriya {n}")
    person = "Siti Aminah"
    regency = factory.SubFactory(RegencyFactory)
    village = "Kampung Tanjung"
    whatsapp = "6281100000101"

    @factory.post_generation
    def crafts(self, create, extracted, **kwargs):
        if create and extracted:
            self.crafts.set(extracted)
