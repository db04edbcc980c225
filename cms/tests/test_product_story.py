"""What a piece's page tells of its story."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import override

from shop.catalogue.tests.factories import ProductFactory

from .factories import CraftPageFactory, StoryFactory, StoryIndexFactory, block, body

pytestmark = pytest.mark.django_db
TAG = Template("{% load story_tags %}{% product_story product %}")


def told(product, language: str = "id") -> str:
    with override(language):
        return TAG.render(Context({"product": product}))


def story(index, title: str, day: int = 1, *, product=None, maker=None, **fields):
    page = StoryFactory(
        parent=index, title=title, slug=title.lower().replace(" ", "-"), date=date(2026, 1, day), **fields
    )
    if product:
        page.story_products.create(product=product, sort_order=0)
    if maker:
        page.story_makers.create(maker=maker, sort_order=0)
    page.save()
    return page


def test_story_of_the_piece_comes_before_a_newer_one_of_its_maker_and_both_before_its_craft():
    piece, index = ProductFactory(), StoryIndexFactory()
    assert told(piece).strip() == ""
    CraftPageFactory(craft=piece.craft, title="Tentang kerajinannya")
    assert "Tentang kerajinannya" in told(piece)
    story(index, "Tentang pembuatnya", 20, maker=piece.maker)
    assert "Tentang pembuatnya" in told(piece)
    story(index, "Tentang karyanya", 10, product=piece)
    assert "Tentang karyanya" in told(piece)


def test_story_begins_with_its_first_chapter_as_plain_text():
    piece = ProductFactory()
    chapter = block("chapter", heading="", text="<p>Hujan <b>turun</b>.</p><p>Besok cerah.</p>")
    story(StoryIndexFactory(), "Kisah", product=piece, body=body(block("quote", text="Kutipan"), chapter))
    assert "Hujan turun. Besok cerah." in told(piece)


def test_draft_and_other_languages_tell_nothing():
    piece, index = ProductFactory(), StoryIndexFactory()
    story(index, "Konsep", product=piece, live=False)
    assert told(piece).strip() == ""
    story(index, "Terbit", product=piece)
    assert "Terbit" in told(piece)
    assert told(piece, "en").strip() == ""


def test_it_costs_at_most_two_queries_beside_the_sites_addresses(django_assert_max_num_queries):
    piece = ProductFactory()
    CraftPageFactory(craft=piece.craft)
    told(piece)
    with django_assert_max_num_queries(2):
        told(piece)
