"""What a page asks of the database: within its budget, and the same with ten times as much on it and in the shop."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.catalogue.tests.bulk import Shelf
from shop.catalogue.tests.factories import ProductFactory
from shop.pictures.tests.factories import PictureFactory
from shop.stock import travel

from .factories import (
    CampaignFactory,
    CampaignIndexFactory,
    CraftIndexFactory,
    CraftPageFactory,
    FairPageFactory,
    Stage,
    StandardPageFactory,
    StoryFactory,
    StoryIndexFactory,
    block,
    body,
    home,
    items,
)

pytestmark = pytest.mark.django_db
LIMIT = 14


def queries(client, url) -> int:
    client.get(url)  # what the process remembers (content types, the site's root paths) is not the page's
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def shown(shelf: Any, pieces: list, motifs: int) -> list[dict]:
    return [
        block("motif_strip", heading="Motif", intro="", motifs=items(*(motif.pk for motif in shelf.motifs[:motifs]))),
        block("maker_grid", heading="Pengrajin", intro="", makers=items(*(maker.pk for maker in shelf.makers))),
        block("products", heading="Pilihan", intro="", products=items(*(piece.pk for piece in pieces))),
        block("products_by_rule", heading="", intro="", craft=shelf.craft.pk, order="newest", limit=12),
    ]


def test_campaign_with_every_block_stays_within_its_budget(client):
    target = StandardPageFactory(slug="tentang")
    page = CampaignFactory(body=body(*Stage().blocks(link_to=target)))
    assert queries(client, page.get_url()) <= LIMIT


def test_campaign_costs_the_same_with_ten_times_as_much(client):
    shelf = Shelf(makers=2, motifs=10)
    pieces = shelf.fill(4)
    pictures = [block("picture", picture=PictureFactory().pk, caption="", width="wide") for _ in range(10)]
    few = queries(client, CampaignFactory(body=body(*shown(shelf, pieces[:2], 1), pictures[0])).get_url())
    pieces += shelf.fill(36)
    many = CampaignFactory(parent=home(), slug="banyak", body=body(*shown(shelf, pieces[:12], 10) * 5, *pictures))
    assert queries(client, many.get_url()) == few <= LIMIT


def test_craft_page_costs_the_same_with_ten_times_the_pieces(client):
    shelf = Shelf()
    shelf.fill(8)
    page = CraftPageFactory(craft=shelf.craft, slug="tenun-cual", picture=PictureFactory())
    few = queries(client, page.get_url())
    shelf.fill(80)
    assert queries(client, page.get_url()) == few
    assert few <= LIMIT


def test_story_costs_the_same_with_ten_times_the_pieces(client):
    shelf = Shelf(makers=2)
    pieces = shelf.fill(20)
    costs = []
    for count in (1, 10):
        story = StoryFactory(parent=StoryIndexFactory() if count == 1 else home(), picture=PictureFactory())
        for order, piece in enumerate(pieces[:count]):
            story.story_products.create(product=piece, sort_order=order)
        for order, maker in enumerate(shelf.makers[:count]):
            story.story_makers.create(maker=maker, sort_order=order)
        story.save()
        costs.append(queries(client, story.get_url()))
    assert costs[0] == costs[1]
    assert costs[0] <= LIMIT


def test_home_costs_the_same_with_ten_times_the_pieces(client):
    shelf = Shelf()
    shelf.fill(8)
    CampaignFactory(picture=PictureFactory())
    StoryFactory(picture=PictureFactory())
    front = home()
    front.maker = shelf.makers[0]
    front.save()
    few = queries(client, "/")
    shelf.fill(80)
    assert queries(client, "/") == few
    assert few <= LIMIT


@pytest.mark.parametrize(
    ("index", "child"),
    [(CampaignIndexFactory, CampaignFactory), (CraftIndexFactory, CraftPageFactory), (StoryIndexFactory, StoryFactory)],
)
def test_list_costs_the_same_with_ten_times_the_pages(client, index, child):
    parent = index()
    child(parent=parent, slug="satu", picture=PictureFactory())
    few = queries(client, parent.get_url())
    for number in range(10):
        child(parent=parent, slug=f"halaman-{number}", picture=PictureFactory())
    assert queries(client, parent.get_url()) == few
    assert few <= LIMIT


def test_depth_costs_nothing(client):
    assert queries(client, StandardPageFactory().get_url()) == queries(client, CampaignFactory().get_url())


def test_home_with_a_fair_and_a_piece_that_is_there_stays_within_its_budget(client):
    """A fair on home, and a card that says where its piece is instead of 'sold out'."""
    shelf = Shelf()
    shelf.fill(7)
    CampaignFactory(picture=PictureFactory())
    StoryFactory(picture=PictureFactory())
    page = FairPageFactory(picture=PictureFactory())
    front = home()
    front.maker = shelf.makers[0]
    front.save()

    def away() -> None:
        piece: Any = ProductFactory(stock=1, pictures=[PictureFactory()], craft=shelf.craft, maker=shelf.makers[0])
        record = piece.stockrecords.get()
        for way in (travel.Way.DISPATCHED, travel.Way.ARRIVED):
            travel.move(way, [(record, 1)], reference=page.fair.reference, key=f"{way}:{record.pk}")

    away()
    few = queries(client, "/")
    away()
    assert f"Di {page.fair.name}" in client.get("/").content.decode()
    assert queries(client, "/") == few <= LIMIT
