"""What was typed wrong is put right by the pages, and they say what they change."""

import uuid

import pytest
from django.contrib.messages import get_messages

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.dashboard.orders.tests.factories import curator
from shop.exhibitions.models import Fair
from shop.exhibitions.services import packing
from shop.exhibitions.services.inbox import take
from shop.exhibitions.tests.factories import FairFactory
from shop.exhibitions.tests.stall import open_stall
from shop.stock import travel

from .desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    desk = Desk(client)
    desk.curator = curator()
    client.force_login(desk.curator)
    return desk


@pytest.fixture
def draft(desk):
    desk.fair = FairFactory(status="packing")
    return packing.start_list(desk.fair, MakerFactory())


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def lines(draft):
    return list(draft.lines.values_list("origin", "quantity", "price"))


def test_a_line_is_changed_by_itself_and_not_by_its_piece(desk, draft):
    record = ProductFactory(maker=draft.maker, stock=3).stockrecords.get()
    shelf = packing.pack(draft, record, quantity=3, price=300_000)
    desk.do("line_change", draft.pk, shelf.pk, quantity="3", price="300.000", origin="brought")
    assert lines(draft) == [("brought", 3, 300_000)]
    second = packing.pack(draft, record, quantity=1, price=250_000)
    shown = desk.get("line_change", draft.pk, second.pk).context["form"].initial
    assert (shown["quantity"], shown["price"], shown["origin"]) == (1, 250_000, "shelf")
    response = desk.do("line_change", draft.pk, second.pk, quantity="1", price="300.000", origin="brought")
    assert "3 di antaranya" in said(response)
    assert lines(draft) == [("brought", 4, 300_000)]


def test_a_list_tells_two_lines_of_one_piece_apart_where_it_is_counted(desk, draft):
    record = ProductFactory(maker=draft.maker, stock=3).stockrecords.get()
    for origin in ("shelf", "brought"):
        packing.pack(draft, record, quantity=1, price=300_000, origin=origin)
    packing.hand_over(draft, signed_by="Rohana", actor=desk.curator)
    form = desk.get("list_receive", draft.pk).context["form"]
    assert len({field.label for field in form}) == 2


def test_packing_a_piece_again_says_what_it_changes(desk, draft):
    record = ProductFactory(maker=draft.maker, stock=3).stockrecords.get()
    packing.pack(draft, record, quantity=3, price=300_000)
    assert "3 × " in desk.get("list_pack", draft.pk, record.pk).context["text"]
    response = desk.do("list_pack", draft.pk, record.pk, quantity="2", price="300.000", origin="shelf")
    assert "Sebelumnya 3" in said(response)


def test_a_piece_that_was_entered_for_this_fair_is_chosen_for_a_top_up(desk, draft):
    piece = {"title_ind": "Gelang resam", "price": "50.000"}
    desk.do("list_piece", draft.pk, quantity="2", **piece)
    response = desk.do("list_piece", draft.pk, quantity="5", **piece)
    assert "Sebelumnya 2" in said(response)
    assert lines(draft) == [("brought", 5, 50_000)]
    packing.hand_over(draft, signed_by="Rohana", actor=desk.curator)
    top_up = packing.start_list(desk.fair, draft.maker)
    record = draft.lines.get().stockrecord
    page = desk.get("list", top_up.pk).content.decode()
    assert desk.address("list_pack", top_up.pk, record.pk) in page
    assert desk.get("list_pack", top_up.pk, record.pk).context["form"].initial["origin"] == "brought"
    elsewhere = FairFactory(status="packing")
    other = packing.start_list(elsewhere, draft.maker)
    desk.fair = elsewhere
    assert desk.address("list_pack", other.pk, record.pk) not in desk.get("list", other.pk).content.decode()


def test_what_left_the_stall_by_a_slip_is_undone_on_its_page_and_stays_readable(desk):
    stall = open_stall()
    desk.fair = stall.fair
    record = stall.piece(10)
    done = packing.gift(stall.fair, record, 9, reason="Tamu", code=uuid.uuid4(), actor=desk.curator)
    assert desk.address("stall_undo", done.pk) in desk.get("stall").content.decode()
    desk.do("stall_undo", done.pk, reason="Seharusnya 1")
    page = desk.get("stall").content.decode()
    assert "Seharusnya 1" in page
    assert desk.address("stall_undo", done.pk) not in page
    assert travel.at_stall(record.pk, stall.fair.reference) == 10


def test_a_part_is_found_and_a_wrong_answer_is_taken_back_by_the_pages(desk, draft):
    record = ProductFactory(maker=draft.maker, stock=3).stockrecords.get()
    line = packing.pack(draft, record, quantity=3, price=300_000)
    packing.hand_over(draft, signed_by="Rohana", actor=desk.curator)
    Fair.objects.update(status="open")
    packing.receive(draft, {line.pk: 0}, actor=desk.curator)
    missing = desk.fair.discrepancies.get()
    refused = desk.send("discrepancy_resolve", missing.pk, resolution="found", quantity="4", note="")
    assert refused.context["form"].errors.keys() == {"quantity"}
    desk.do("discrepancy_resolve", missing.pk, resolution="found", quantity="1", note="")
    assert travel.at_stall(record.pk, desk.fair.reference) == 1
    everything = desk.client.get(desk.address("discrepancies"), {"state": "all"}).content.decode()
    assert desk.address("discrepancy_open", missing.pk) in everything
    desk.do("discrepancy_open", missing.pk, reason="Karya lain")
    assert travel.at_stall(record.pk, desk.fair.reference) == 0
    assert list(desk.fair.discrepancies.values_list("quantity", "resolution")) == [(1, ""), (2, "")]


def test_the_last_step_shows_what_phones_still_hold_and_what_was_refused(desk):
    stall = open_stall(status="counting")
    desk.fair = stall.fair
    take(stall.device, {**stall.sale(), "cashier": 999_999})
    stall.fair.devices.update(waiting=7)
    page = desk.get("move", "settled")
    left = {item.url_name: item for item, _url in page.context["left"]}
    assert (left["devices"].count, left["devices"].blocks) == (7, False)
    assert (left["refused"].count, left["refused"].blocks) == (1, True)
    assert "7" in page.content.decode()


def test_a_fair_on_its_way_offers_the_way_back_and_the_way_on(desk):
    desk.fair = FairFactory(status="in_transit")
    moves = desk.get("overview").context["moves"]
    assert [(move.url.rstrip("/").split("/")[-1], move.kind) for move in moves] == [
        ("open", "primary"),
        ("packing", "secondary"),
        ("cancelled", "danger"),
    ]
    desk.do("move", "packing")
    assert desk.fair.status == "packing"
