import factory

from shop.crafts.models import Craft, Motif, Regency


class RegencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Regency

    code = factory.Sequence(lambda n: f"{10 + n // 90}.{10 + n % 90}")
    slug = factory.Sequence(lambda n: f"kabupaten-{n}")
    name = factory.Sequence(lambda n: f"Kabupaten {n}")


class CraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Craft

    slug = factory.Sequence(lambda n: f"kerajinan-{n}")
    name_ind = factory.Sequence(lambda n: f"Kerajinan {n}")
    name_en = factory.Sequence(lambda n: f"Craft {n}")


class MotifFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Motif

    slug = factory.Sequence(lambda n: f"motif-{n}")
    name_ind = factory.Sequence(lambda n: f"Motif {n}")
    name_en = factory.Sequence(lambda n: f"Pattern {n}")
