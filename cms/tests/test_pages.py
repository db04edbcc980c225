"""Every page type: bare, and with all it can show."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.core.reading import minutes_to_read
from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory
from shop.pictures.tests.factories import PictureFactory

from .factories import (
    PAGE_FACTORIES,
    CampaignFactory,
    CampaignIndexFactory,
    CraftIndexFactory,
    CraftPageFactory,
    StandardPageFactory,
    StoryFactory,
    StoryIndexFactory,
    block,
    body,
    home,
    locale,
)

pytestmark = pytest.mark.django_db


def shown(client, url) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("url", ["/", "/en/"])
def test_a_fresh_installation_has_a_home_in_both_languages(client, url):
    html = shown(client, url)
    assert html.count("<h1") == 1
    assert "None" not in html


@pytest.mark.parametrize("factory", PAGE_FACTORIES)
def test_bare_page_renders_with_one_heading_title_and_description(client, factory):
    page = factory()
    html = shown(client, page.get_url())
    assert html.count("<h1") == 1
    assert f"<title>{page.title} · Kriya Babel</title>" in html
    assert 'name="description" content=""' not in html
    assert ">None<" not in html and '"None"' not in html


@pytest.mark.parametrize("factory", PAGE_FACTORIES)
def test_page_is_the_same_for_every_anonymous_visitor(client, factory):
    response = client.get(factory().get_url())
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


def test_search_engines_get_the_title_description_and_picture_that_were_given(client):
    page = CampaignFactory(
        seo_title="Kain cual dari Bangka",
        search_description="Apa itu cual.",
        social_picture=PictureFactory(title="kartu"),
    )
    html = shown(client, page.get_url())
    assert "<title>Kain cual dari Bangka · Kriya Babel</title>" in html
    assert 'name="description" content="Apa itu cual."' in html
    assert 'property="og:image" content="http' in html and "kartu" in html
    assert 'property="og:type" content="article"' in html


def test_shared_link_falls_back_to_the_pages_own_picture(client):
    html = shown(client, StoryFactory(picture=PictureFactory(title="sendiri")).get_url())
    assert 'property="og:image"' in html and "sendiri" in html


@pytest.mark.parametrize("factory", [CampaignIndexFactory, CraftIndexFactory, StoryIndexFactory])
def test_empty_list_says_what_to_do_next(client, factory):
    html = shown(client, factory().get_url())
    assert 'class="empty"' in html
    assert 'class="btn" href="/' in html


def test_list_shows_only_live_pages_a_page_at_a_time(client):
    index = StoryIndexFactory()
    for number in range(14):
        StoryFactory(
            parent=index, slug=f"kisah-{number}", title=f"Kisah {number}", date=date(2026, 1, 1) + timedelta(number)
        )
    StoryFactory(parent=index, slug="konsep", title="Masih konsep", live=False)
    first = shown(client, index.get_url())
    assert first.count("card__title--display") == 12
    assert "Kisah 13" in first and "Masih konsep" not in first
    assert shown(client, f"{index.get_url()}?page=2").count("card__title--display") == 2


def test_home_shows_the_running_campaign_and_forgets_the_one_that_is_over(client):
    today = timezone.localdate()
    index = CampaignIndexFactory()
    CampaignFactory(parent=index, slug="lewat", title="Sudah lewat", ends_on=today - timedelta(1))
    CampaignFactory(parent=index, slug="nanti", title="Baru nanti", starts_on=today + timedelta(1))
    assert "Sudah lewat" not in shown(client, "/") and "Baru nanti" not in shown(client, "/")
    CampaignFactory(
        parent=index, slug="kini", title="Sedang jalan", starts_on=today, ends_on=today, headline="Kepala berita"
    )
    html = shown(client, "/")
    assert "Kepala berita" in html and 'href="/kampanye/kini/"' in html


def test_home_shows_what_an_editor_features_before_what_is_newest(client):
    index = StoryIndexFactory()
    chosen = StoryFactory(parent=index, slug="lama", title="Cerita lama", date=date(2020, 1, 1))
    StoryFactory(parent=index, slug="baru", title="Cerita baru", date=date(2026, 1, 1))
    assert "Cerita baru" in shown(client, "/")
    front = home()
    front.told_story, front.maker = chosen, MakerFactory(name="Tenun Pilihan", story_ind="Ia menenun.")
    front.save()
    html = shown(client, "/")
    assert "Cerita lama" in html and "Cerita baru" not in html
    assert "Tenun Pilihan" in html


def test_home_counts_the_pieces_of_each_craft(client):
    craft = CraftFactory(name_ind="Tenun cual", slug="tenun-cual")
    ProductFactory.create_batch(3, craft=craft)
    html = shown(client, "/")
    assert "Tenun cual" in html and ">3<" in html


def test_craft_page_shows_its_own_motifs_makers_and_pieces_and_nobody_elses(client):
    craft, other = CraftFactory(slug="tenun-cual", name_ind="Tenun cual"), CraftFactory()
    MotifFactory(craft=craft, name_ind="Limar")
    MotifFactory(craft=other, name_ind="Kepar")
    maker = MakerFactory(name="Tenun Kita", crafts=[craft])
    MakerFactory(name="Pewter Mereka", crafts=[other])
    piece = ProductFactory(craft=craft, maker=maker, title_ind="Kain limar")
    ProductFactory(craft=other, title_ind="Tas purun")
    page = CraftPageFactory(craft=craft)
    html = shown(client, page.get_url())
    assert page.get_url() == "/kerajinan/tenun-cual/"
    for words in ("Limar", "Tenun Kita", "Kain limar", f"{piece.get_absolute_url()}?source=kerajinan-tenun-cual"):
        assert words in html
    for words in ("Kepar", "Pewter Mereka", "Tas purun"):
        assert words not in html


def test_story_names_author_date_reading_time_people_and_pieces(client):
    story = StoryFactory(
        title="Rohana",
        slug="rohana",
        author="Redaksi",
        date=date(2026, 11, 17),
        body=body(block("chapter", heading="", text="<p>Ia.</p>")),
    )
    maker, piece, hidden = (
        MakerFactory(name="Tenun Rohana"),
        ProductFactory(title_ind="Kain Rohana"),
        ProductFactory(is_public=False),
    )
    story.story_makers.create(maker=maker, sort_order=0)
    for order, product in enumerate((piece, hidden)):
        story.story_products.create(product=product, sort_order=order)
    story.save()
    html = shown(client, story.get_url())
    assert "Redaksi" in html and 'datetime="2026-11-17"' in html and "Tenun Rohana" in html
    assert f"{piece.get_absolute_url()}?source=cerita-rohana" in html
    assert hidden.title_ind not in html


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (290, 1), (310, 2), (1000, 5)])
def test_reading_time_counts_two_hundred_words_a_minute_and_at_least_one(words, minutes):
    told = body(
        block("chapter", heading="", text=f"<p>{'kata ' * words}</p>"),
        block("products", heading="", intro="", products=[]),
    )
    assert minutes_to_read(told) == minutes


def test_notice_of_a_plain_page_stands_before_its_text(client):
    page = StandardPageFactory(notice="Naskah contoh.", body=body(block("chapter", heading="Isi", text="<p>Teks.</p>")))
    html = shown(client, page.get_url())
    assert html.index("Naskah contoh.") < html.index("Teks.")


def test_draft_and_unknown_addresses_are_not_found(client):
    draft = StandardPageFactory(slug="konsep", live=False)
    assert client.get(draft.get_url()).status_code == 404
    assert client.get("/tidak/ada/").status_code == 404


def test_page_behind_a_password_stays_behind_it_whichever_way_it_is_found(client):
    from wagtail.models import PageViewRestriction

    index = StoryIndexFactory()
    story = StoryFactory(parent=index, title="Rahasia Rohana", slug="rahasia")
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.PASSWORD, password="sandi")
    assert "Rahasia Rohana" not in client.get(story.get_url()).content.decode().split("<main")[-1]
    PageViewRestriction.objects.all().delete()
    assert "Rahasia Rohana" in shown(client, story.get_url())


def test_editor_sees_a_preview_of_every_page_type(admin_client):
    for factory in PAGE_FACTORIES:
        page = factory(parent=home()) if factory not in (CampaignFactory, CraftPageFactory, StoryFactory) else factory()
        response = page.make_preview_request()
        assert response.status_code == 200, factory
        page.delete()


def test_homes_are_twins(client):
    assert home("id").get_translation(locale("en")) == home("en")
