"""The language switch keeps the page."""

import re

import pytest

from .factories import CampaignFactory, StandardPageFactory, block, body, home, locale

pytestmark = pytest.mark.django_db


def alternate(client, url: str, language: str) -> str:
    html = client.get(url).content.decode()
    return re.findall(rf'<link rel="alternate" hreflang="{language}" href="http://testserver([^"]*)"', html)[0]


def translated(page, title: str, publish: bool = True):
    twin = page.copy_for_translation(locale("en"), copy_parents=True)
    twin.title = twin.draft_title = title
    revision = twin.save_revision()
    if publish:
        revision.publish()
    return twin


def test_page_and_its_twin_lead_to_each_other_by_the_same_slug(client):
    page = StandardPageFactory(slug="tentang", title="Tentang")
    twin = translated(page, "About")
    assert twin.get_url() == "/en/tentang/"
    assert alternate(client, "/tentang/", "en") == "/en/tentang/"
    assert alternate(client, "/en/tentang/", "id") == "/tentang/"
    assert "About" in client.get("/en/tentang/").content.decode()


def test_page_without_a_live_twin_leads_to_the_other_languages_home(client):
    page = StandardPageFactory(slug="tentang", title="Tentang")
    assert alternate(client, "/tentang/", "en") == "/en/"
    translated(page, "About", publish=False)
    assert alternate(client, "/tentang/", "en") == "/en/"
    assert client.get("/en/tentang/").status_code == 404


def test_homes_lead_to_each_other(client):
    assert alternate(client, "/", "en") == "/en/"
    assert alternate(client, "/en/", "id") == "/"


def test_links_of_a_translated_page_lead_to_pages_of_its_language(client):
    target = StandardPageFactory(slug="tentang", title="Tentang")
    text = f'<p><a linktype="page" id="{target.pk}">di sini</a></p>'
    page = CampaignFactory(
        body=body(
            block("chapter", heading="", text=text),
            block("call", title="Akhir", text="", link={"label": "Lanjut", "page": target.pk}),
        )
    )
    twin = translated(page, "Cual cloth")
    main = client.get(twin.get_url()).content.decode().split("<main")[1].split("</main>")[0]
    assert main.count('href="/tentang/"') == 2
    translated(target, "About")
    main = client.get(twin.get_url()).content.decode().split("<main")[1].split("</main>")[0]
    assert main.count('href="/en/tentang/"') == 2


def test_translated_home_shows_the_chosen_campaign_in_its_own_language(client):
    page = CampaignFactory(title="Kain cual")
    twin = translated(page, "Cual cloth")
    for language in ("id", "en"):
        front = home(language)
        front.campaign = page
        front.save()
    assert "Kain cual" in client.get("/").content.decode().split("<main")[1]
    assert "Cual cloth" in client.get("/en/").content.decode().split("<main")[1].split("</main>")[0]
    assert twin.get_url() in client.get("/en/").content.decode()
