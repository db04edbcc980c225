"""Pages of every type, below the homes that the migrations laid, and a body with every block in it."""

import uuid
from typing import Any

import factory
import wagtail_factories
from wagtail.models import Locale

from cms.campaigns.models import CampaignIndexPage, CampaignPage
from cms.core.blocks import CampaignBlocks
from cms.crafts.models import CraftIndexPage, CraftPage
from cms.fairs.models import FairIndexPage, FairPage
from cms.home.models import HomePage
from cms.pages.models import StandardPage
from cms.stories.models import StoryIndexPage, StoryPage
from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory
from shop.exhibitions.tests.factories import FairFactory
from shop.pictures.tests.factories import PictureFactory


def home(language: str = "id") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


class PageFactory(wagtail_factories.PageFactory):
    """Below the Indonesian home unless told otherwise; takes its parent's language."""

    class Meta:
        abstract = True

    parent: Any = factory.LazyFunction(home)

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        kwargs.setdefault("locale", parent.locale)
        instance = super()._create_instance(model_class, parent, kwargs)
        instance.refresh_from_db()
        return instance


class CampaignIndexFactory(PageFactory):
    class Meta:
        model = CampaignIndexPage

    title = "Kampanye"
    slug = "kampanye"


class CampaignFactory(PageFactory):
    class Meta:
        model = CampaignPage

    parent = factory.SubFactory(CampaignIndexFactory)
    title = "Kain cual"
    slug = "kain-cual"
    summary = "Dicelup dulu, baru ditenun."


class CraftIndexFactory(PageFactory):
    class Meta:
        model = CraftIndexPage

    title = "Kerajinan"
    slug = "kerajinan"


class CraftPageFactory(PageFactory):
    class Meta:
        model = CraftPage

    parent = factory.SubFactory(CraftIndexFactory)
    craft = factory.SubFactory(CraftFactory)
    title = factory.SelfAttribute("craft.name_ind")
    slug = factory.SelfAttribute("craft.slug")
    summary = "Sebuah kerajinan."


class StoryIndexFactory(PageFactory):
    class Meta:
        model = StoryIndexPage

    title = "Cerita"
    slug = "cerita"


class StoryFactory(PageFactory):
    class Meta:
        model = StoryPage

    parent = factory.SubFactory(StoryIndexFactory)
    title = factory.Sequence(lambda n: f"Cerita {n}")
    slug = factory.Sequence(lambda n: f"cerita-{n}")
    summary = "Sebuah cerita."
    author = "Redaksi"


class FairIndexFactory(PageFactory):
    class Meta:
        model = FairIndexPage

    title = "Pameran"
    slug = "pameran"


class FairPageFactory(PageFactory):
    class Meta:
        model = FairPage

    parent = factory.LazyFunction(lambda: FairIndexPage.objects.first() or FairIndexFactory())
    fair = factory.SubFactory(FairFactory)
    title = factory.SelfAttribute("fair.name")
    slug = factory.SelfAttribute("fair.slug")
    summary = "Datang dan pegang kainnya."


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage

    title = "Syarat"
    slug = "syarat"


#: One of each page type that is made below a home.
PAGE_FACTORIES = (
    FairIndexFactory,
    FairPageFactory,
    CampaignIndexFactory,
    CampaignFactory,
    CraftIndexFactory,
    CraftPageFactory,
    StoryIndexFactory,
    StoryFactory,
    StandardPageFactory,
)


def block(name: str, **value) -> dict:
    return {"type": name, "id": str(uuid.uuid4()), "value": value}


def items(*values) -> list[dict]:
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]


def body(*blocks: dict):
    """A StreamField value from stored blocks, as the database would give it."""
    return CampaignBlocks().to_python(list(blocks))


class Stage:
    """Things of the shop for a page to show, and one of each block that shows them."""

    def __init__(self, things: int = 3):
        self.craft: Any = CraftFactory()
        self.makers = MakerFactory.create_batch(things, crafts=[self.craft], portrait=PictureFactory())
        self.motifs = MotifFactory.create_batch(
            things, craft=self.craft, meaning_ind="Tumbuh", picture=PictureFactory()
        )
        self.pictures = PictureFactory.create_batch(3, is_illustration=True)
        self.products: list[Any] = [
            ProductFactory(craft=self.craft, maker=maker, pictures=[self.pictures[0]], motifs=self.motifs[:1], stock=2)
            for maker in self.makers
        ]

    def blocks(self, link_to=None) -> list[dict]:
        first, second, third = (picture.pk for picture in self.pictures)
        link = {"label": "Lanjut", "page": link_to.pk} if link_to else {"label": "Belanja", "place": "shop"}
        linked = f'<p>Baca <a linktype="page" id="{link_to.pk}">ini</a>.</p>' if link_to else "<p>Baca.</p>"
        return [
            block(
                "opening", picture=first, kicker="Kisah", headline="Dicelup dulu", sentence="Baru ditenun.", link=link
            ),
            block("chapter", heading="Nama", text=linked),
            block("picture", picture=second, caption="Gula mutung", width="wide"),
            block("picture_pair", first=second, first_caption="Kiri", second=third, second_caption="Kanan"),
            block("quote", text="Saya menghitung benang.", who="Rohana", where="Muntok"),
            block("numbers", numbers=items({"value": "1942", "label": "tahun"}), source="catatan"),
            block("motif_strip", heading="Motif", intro="", motifs=items(*(motif.pk for motif in self.motifs))),
            block(
                "timeline",
                heading="Langkah",
                intro="",
                steps=items(*({"title": f"Langkah {n}", "when": "", "text": "", "picture": third} for n in range(3))),
            ),
            block("maker", maker=self.makers[0].pk, heading="", text="Menenun sejak kecil."),
            block("maker_grid", heading="Pengrajin", intro="", makers=items(*(maker.pk for maker in self.makers))),
            block("products", heading="Pilihan", intro="", products=items(*(piece.pk for piece in self.products))),
            block("products_by_rule", heading="Terbaru", intro="", craft=self.craft.pk, order="newest", limit=4),
            block("accordion", heading="Tanya", items=items({"question": "Luntur?", "answer": "<p>Tidak.</p>"})),
            block("call", title="Belanja", text="", link=link, whatsapp_label="Tanya", whatsapp_text="Halo"),
            block("share", heading="Bagikan", message="Kisah"),
        ]


def locale(language: str) -> Locale:
    return Locale.objects.get(language_code=language)
