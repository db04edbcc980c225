"""Variants are found by the title of their piece, and papers are printed list by list."""

import pytest
from django.urls import reverse

from shop.catalogue.tests.factories import ProductFactory
from shop.dashboard.orders.tests.factories import curator
from shop.exhibitions.models import Consignment
from shop.exhibitions.papers.tests.reading import pages
from shop.exhibitions.tests.factories import ConsignmentFactory, ConsignmentLineFactory
from shop.exhibitions.tests.stall import open_stall, piece
from shop.stock import travel

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


@pytest.fixture(autouse=True)
def signed_in(client):
    client.force_login(curator())


def variant(maker=None, **fields):
    cloth = ProductFactory(structure="parent", title_ind="Kain limar", title_en="Limar cloth", stockrecord=None)
    nothing = {"title_ind": "", "title_en": "", "craft": None, "product_class": None}
    return ProductFactory(structure="child", parent=cloth, maker=maker or cloth.maker, **nothing, **fields)


def shown(client, name, *arguments, **asked):
    return client.get(reverse(f"fairdesk:{name}", args=arguments), asked)


@pytest.mark.parametrize("words", ["limar", "cloth"])
def test_a_variant_is_found_for_a_packing_list_by_the_title_of_its_piece(client, stall, words):
    packing_list = ConsignmentFactory(fair=stall.fair)
    variant(packing_list.maker, stock=2)
    ProductFactory(maker=packing_list.maker, stock=1, title_ind="Songkok", title_en="Cap")
    sections = shown(client, "list", stall.fair.pk, packing_list.pk, search=words).context["sections"]
    assert ["Kain limar" in row.told[0][2] for row in sections[-1].table.rows] == [True]


def test_pieces_stand_by_title_variants_among_them(client, stall):
    packing_list = ConsignmentFactory(fair=stall.fair)
    for title in ("Songkok", "Anyaman"):
        ProductFactory(maker=packing_list.maker, stock=1, title_ind=title)
    variant(packing_list.maker, stock=2)
    rows = shown(client, "list", stall.fair.pk, packing_list.pk).context["sections"][-1].table.rows
    assert [row.told[0][2].split(" (")[0] for row in rows] == ["Anyaman", "Kain limar", "Songkok"]


def test_a_variant_at_the_stall_is_found_by_the_title_of_its_piece_and_by_its_code(client, stall):
    of_maker = variant(upc="KB-LM-007")
    packing_list = ConsignmentFactory(fair=stall.fair, maker=of_maker.maker)
    record = of_maker.stockrecords.get()
    ConsignmentLineFactory(consignment=packing_list, stockrecord=record, origin="brought")
    for way in (travel.Way.BROUGHT, travel.Way.ARRIVED):
        travel.move(way, [(record, 1)], reference=stall.fair.reference, key=f"{way}:varian")
    piece(stall.fair, title_ind="Songkok", title_en="Cap")
    for words in ("limar", "LM-007"):
        table = shown(client, "stall", stall.fair.pk, search=words).context["sections"][0].table
        assert [row.told[0][2].split(" (")[0] for row in table.rows] == ["Kain limar"]


def test_a_top_up_is_printed_by_its_own_list(client, stall):
    first = ConsignmentFactory(fair=stall.fair)
    ConsignmentLineFactory(consignment=first, quantity=50)
    top_up = ConsignmentFactory(fair=stall.fair, maker=first.maker)
    ConsignmentLineFactory(consignment=top_up, quantity=3)
    page = shown(client, "list", stall.fair.pk, top_up.pk)
    way = f"{reverse('fairdesk:papers', args=(stall.fair.pk,))}?packing_list={top_up.pk}"
    assert way in [link.url for link in page.context["sections"][0].links]
    papers = client.get(way).content.decode()
    assert papers.count(f'<option value="{top_up.pk}" selected>') == 2
    asked = {"packing_list": top_up.pk, "language": "id"}
    assert pages(shown(client, "cards", stall.fair.pk, **asked).content) == 3
    assert pages(shown(client, "labels", stall.fair.pk, **asked).content) == 1
    assert pages(shown(client, "labels", stall.fair.pk).content) == 3


def test_a_list_that_is_cancelled_or_empty_leads_to_no_papers(client, stall):
    empty = ConsignmentFactory(fair=stall.fair)
    cancelled = ConsignmentFactory(fair=stall.fair, status=Consignment.Status.CANCELLED)
    ConsignmentLineFactory(consignment=cancelled)
    for one in (empty, cancelled):
        links = shown(client, "list", stall.fair.pk, one.pk).context["sections"][0].links
        assert not [link.url for link in links if "packing_list=" in link.url]


def test_cards_have_no_first_free_label(client, stall):
    ConsignmentLineFactory(consignment=ConsignmentFactory(fair=stall.fair))
    sheets, cards = shown(client, "papers", stall.fair.pk).context["papers"]
    assert "start" in sheets["form"].fields
    assert "start" not in cards["form"].fields
