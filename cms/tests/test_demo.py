"""The demo's pages: all there, in both languages, told the same way twice, and laid once."""

import re

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.campaigns.models import CampaignPage
from cms.demo import load
from cms.demo.campaign import CAMPAIGN
from cms.demo.crafts import CRAFTS
from cms.demo.fairs import FAIR_LIST, FAIRS
from cms.demo.loading import CAMPAIGNS, CRAFT_LIST, STORY_LIST
from cms.demo.plain_pages import PLAIN_PAGES
from cms.demo.stories import STORIES
from cms.demo.things import PICTURES, SCENES
from cms.demo.writing import Both, Thing, Written
from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory, StockRecordFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory
from shop.exhibitions.tests.factories import FairFactory

from .factories import home

ALL = [CAMPAIGN, *CRAFTS, *STORIES, *FAIRS, *PLAIN_PAGES, FAIR_LIST, CAMPAIGNS, CRAFT_LIST, STORY_LIST]
PATHS = [
    "/",
    "/kampanye/",
    "/kampanye/kain-cual/",
    "/kerajinan/",
    *(
        f"/kerajinan/{slug}/"
        for slug in ("tenun-cual", "pewter", "batu-satam", "kopiah-resam", "batik", "rajutan", "anyaman")
    ),
    "/cerita/",
    "/cerita/rohana-menghitung-benang/",
    "/cerita/rawa-yang-ikut-istirahat/",
    "/pameran/",
    *(f"/pameran/{written.slug}/" for written in FAIRS),
    *(f"/{slug}/" for slug in ("syarat", "privasi", "pengiriman-dan-pengembalian", "kontak", "tentang")),
]


def parts(value):
    """Every text and every named thing in what is written."""
    if isinstance(value, Both | Thing):
        yield value
    elif isinstance(value, Written):
        yield from parts([value.fields, [block for _name, block in value.body], list(value.makers), list(value.pieces)])
    elif isinstance(value, dict):
        yield from parts(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from parts(one)


TEXTS = [part for written in ALL for part in parts(written) if isinstance(part, Both)]
THINGS = {part for written in ALL for part in parts(written) if isinstance(part, Thing)}


@pytest.fixture
def shop(db):
    """Just the rows of the shop that the texts name."""
    named = {
        kind: sorted({thing.name for thing in THINGS if thing.kind == kind})
        for kind in ("craft", "maker", "motif", "fair")
    }
    skus = sorted({thing.name for thing in THINGS if thing.kind in ("piece", "picture_of")})
    crafts = {slug: CraftFactory(slug=slug) for slug in named["craft"]}
    for slug in named["maker"]:
        MakerFactory(slug=slug, name=f"Bengkel {slug}")
    for slug in named["fair"]:
        FairFactory(slug=slug)
    for slug in named["motif"]:
        MotifFactory(slug=slug, craft=crafts["tenun-cual"])
    for sku in skus:
        product = ProductFactory(upc=sku, craft=crafts["tenun-cual"], stockrecord=None)
        StockRecordFactory(product=product, partner=product.maker.partner, partner_sku=sku)


@pytest.fixture
def laid(shop):
    load()


def test_every_page_answers_in_both_languages_at_the_promised_address(client, laid):
    for path in PATHS:
        for prefix in ("", "/en"):
            response = client.get(prefix + path)
            assert response.status_code == 200, prefix + path
            html = response.content.decode()
            assert html.count("<h1") == 1, prefix + path
            twin = f"/en{path}" if not prefix else path
            assert f'href="http://testserver{twin}"' in html, prefix + path


def test_no_indonesian_is_left_on_an_english_page(laid):
    """Every string of every page has its English, so the translation screens show nothing to do."""
    translations = Translation.objects.all()
    assert translations.count() == len(ALL) + 1
    for translation in translations:
        total, done = translation.get_progress()
        assert (done, total) == (total, total), translation.source
    assert not StringTranslation.objects.filter(has_error=True).exists()


def test_second_run_changes_nothing(laid, django_assert_max_num_queries):
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "title"))
    page = CampaignPage.objects.get(locale__language_code="id")
    page.title = "Judul dari redaksi"
    page.save_revision().publish()
    with django_assert_max_num_queries(80):
        load()
    assert [row[0] for row in before] == list(Page.objects.order_by("pk").values_list("pk", flat=True))
    page.refresh_from_db()
    assert page.title == "Judul dari redaksi"


def test_campaign_uses_at_least_the_eight_kinds_of_block_that_were_promised():
    used = {name for name, _value in CAMPAIGN.body}
    promised = {"products", "products_by_rule", "maker", "motif_strip", "timeline", "quote", "picture", "call"}
    assert promised <= used
    assert len(used) >= 12


def test_home_features_the_campaign_a_maker_and_a_story(client, laid):
    for language, words in (("id", "Dicelup dulu, baru ditenun"), ("en", "Dyed first, then woven")):
        front = home(language)
        assert front.campaign and front.maker and front.told_story
        html = client.get(front.get_url()).content.decode()
        assert words in html
    assert "The marsh that rests too" in html


def test_every_text_is_in_both_languages_with_the_same_paragraphs():
    assert len(TEXTS) > 200
    for both in TEXTS:
        assert bool(both.id.strip()) == bool(both.en.strip()), both.id
        assert re.findall(r"</?\w+", both.id) == re.findall(r"</?\w+", both.en), both.id


def test_every_scene_that_a_page_shows_is_drawn_and_described():
    described = SCENES.read_text(encoding="utf-8")
    for thing in THINGS:
        if thing.kind == "scene":
            assert (PICTURES / thing.name).exists(), thing.name
            assert f'"{thing.name}"' in described


def test_piece_that_the_shop_does_not_have_is_named(db):
    with pytest.raises(KeyError, match="KB-TC-003"):
        load()
