"""Every page type: bare, and with all it can show."""

import pytest

from shop.pictures.tests.factories import PictureFactory

from .factories import (
    PAGE_FACTORIES,
    CampaignFactory,
    CampaignIndexFactory,
    CraftIndexFactory,
    StoryFactory,
    StoryIndexFactory,
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


@pytest.mark.parametrize(
    ("factory", "words", "way"),
    [
        (CampaignIndexFactory, "Belum ada kampanye saat ini", "/toko/"),
        (CraftIndexFactory, "Cerita kerajinan masih ditulis", "/toko/"),
        (StoryIndexFactory, "Cerita pertama sedang ditulis", "/pengrajin/"),
    ],
)
def test_an_empty_list_says_in_its_own_words_what_comes_and_where_to_go(client, factory, words, way):
    empty = shown(client, factory().get_url()).split('class="empty"')[1].split("</div>")[0]
    assert f"<h2>{words}</h2>" in empty and f'href="{way}"' in empty
