"""The page behind the code of a piece, and what the shop says of pieces that are at a fair."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.queries import browsable, cards
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.tests.factories import MotifFactory
from shop.exhibitions.codes import code_of
from shop.exhibitions.models import Fair
from shop.exhibitions.tests.factories import FairFactory
from shop.exhibitions.tests.stall import piece
from shop.pictures.tests.factories import PictureFactory
from shop.stock import travel

pytestmark = pytest.mark.django_db
Way = travel.Way


def page(client, record, language: str = "", **query: str):
    return client.get(f"{language}/karya/{code_of(record)}/", query)


def shown(client, record, **options: str) -> str:
    response = page(client, record, **options)
    assert response.status_code == 200
    return response.content.decode()


def go(fair: Fair, record, *ways: str, units: int = 1) -> None:
    for way in ways:
        travel.move(way, [(record, units)], reference=fair.reference, key=f"{way}:{record.pk}")


def test_piece_tells_of_its_maker_motif_and_days_of_making(client):
    motif = MotifFactory(name_ind="Pucuk rebung", meaning_ind="Tumbuh dan berguna.")
    maker = MakerFactory(name="Tenun Ketemu")
    product = ProductFactory(
        title_ind="Selendang kode", maker=maker, motifs=[motif], making_days=42, care_ind="Cuci dingin.", stock=1
    )
    html = shown(client, product.stockrecords.get())
    for said in ("Selendang kode", "Tenun Ketemu", maker.get_absolute_url(), "Tumbuh dan berguna.", "42 hari"):
        assert said in html
    assert "Cuci dingin." in html


def test_piece_in_the_shop_leads_there_and_says_it_is_the_same_page(client):
    product = ProductFactory(stock=1)
    html = shown(client, product.stockrecords.get())
    assert "Bisa dibeli di sini" in html
    assert f'rel="canonical" href="http://testserver{product.get_absolute_url()}"' in html
    assert "noindex" not in html
    assert f'href="{product.get_absolute_url()}?source=kartu-karya"' in html


def test_source_of_the_card_goes_on_to_the_shop(client):
    product = ProductFactory(stock=1)
    record = product.stockrecords.get()
    assert "?source=label.2026" in shown(client, record, source="label.2026")
    assert client.session["source"] == "label.2026"
    assert "?source=kartu-karya" in shown(client, record, source="<b>")


def test_piece_at_a_fair_names_the_fair_and_its_last_day(client):
    fair = FairFactory(name="Pekan Kriya", city="Jakarta")
    record = ProductFactory(stock=1).stockrecords.get()
    go(fair, record, Way.DISPATCHED, Way.ARRIVED)
    html = shown(client, record)
    assert "Sedang di pameran Pekan Kriya, Jakarta sampai" in html
    assert "Lihat di toko" not in html


@pytest.mark.parametrize("days", [3, -1, -9])
def test_piece_for_a_fair_only_is_never_promised_to_the_shop(client, days):
    fair = FairFactory(name="Pekan Kriya", starts_on=timezone.localdate() + timedelta(days=days))
    record = ProductFactory(is_public=False).stockrecords.get()
    go(fair, record, Way.BROUGHT, Way.ARRIVED)
    html = shown(client, record)
    note = html.split('class="fair-note"')[1].split("</p>")[0]
    assert "Pekan Kriya" in note
    for promise in ("toko", "daring", "online"):
        assert promise not in note


def test_public_piece_that_came_from_its_maker_goes_back_there(client):
    fair = FairFactory(starts_on=timezone.localdate() - timedelta(days=9))
    record = ProductFactory().stockrecords.get()
    go(fair, record, Way.BROUGHT, Way.ARRIVED)
    assert "ada di toko lagi" not in shown(client, record)
    shelf = ProductFactory(stock=1).stockrecords.get()
    go(fair, shelf, Way.DISPATCHED, Way.ARRIVED)
    assert "ada di toko lagi" in shown(client, shelf)


def test_sold_piece_says_so_and_nothing_of_its_buyer(client):
    fair = FairFactory(name="Pekan Kriya")
    record = piece(fair)
    travel.sell_at_stall([(record, 1)], reference=fair.reference, key="terjual")
    html = shown(client, record)
    assert "Terjual: sudah bertemu pemiliknya." in html
    assert "Pernah dipamerkan di: Pekan Kriya" in html
    for private in (record.partner_sku.lower() + "@", "Ibu Rohana", "250.000", "Rp"):
        assert private not in html


def test_piece_for_a_fair_only_is_shown_once_it_stood_at_the_stall(client):
    fair = FairFactory()
    record = ProductFactory(is_public=False, title_ind="Khusus stan").stockrecords.get()
    assert page(client, record).status_code == 404
    go(fair, record, Way.BROUGHT)
    assert page(client, record).status_code == 404
    go(fair, record, Way.ARRIVED)
    html = shown(client, record)
    assert "Khusus stan" in html
    assert '<meta name="robots" content="noindex">' in html
    assert record.product.get_absolute_url() not in html


def test_piece_of_a_maker_who_is_not_public_is_not_shown(client):
    record = piece(FairFactory(), maker=MakerFactory(is_public=False))
    assert page(client, record).status_code == 404


def test_piece_that_broke_is_only_not_for_sale(client):
    fair = FairFactory()
    record = piece(fair)
    go(fair, record, Way.STALL_DAMAGED)
    assert "Sedang tidak dijual" in shown(client, record)


def test_unknown_code_gets_a_calm_answer_that_holds_no_markup(client):
    response = client.get("/karya/<b>KB-0/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "Kode ini tidak kami kenal" in html
    assert "<b>KB-0" not in html


def test_code_with_a_slash_is_found(client):
    ProductFactory(upc="KB/TC 1", title_ind="Bergaris miring", stock=1)
    assert "Bergaris miring" in client.get("/karya/KB%2FTC%201/").content.decode()


def test_code_of_a_piece_without_a_number_of_its_own_is_its_sku(client):
    record = ProductFactory(upc=None, title_ind="Tanpa nomor", stock=1).stockrecords.get()
    assert code_of(record) == record.partner_sku
    assert "Tanpa nomor" in shown(client, record)


def test_page_is_in_both_languages(client):
    html = shown(client, ProductFactory(title_en="Cloth of a code", stock=1).stockrecords.get(), language="/en")
    assert "Cloth of a code" in html
    assert "For sale online" in html


def test_page_costs_the_same_with_ten_times_the_motifs_pictures_and_fairs(client):
    def build(n: int):
        piece: Any = ProductFactory(
            motifs=[MotifFactory(picture=PictureFactory()) for _ in range(n)],
            pictures=[PictureFactory() for _ in range(n)],
            stock=n,
        )
        record = piece.stockrecords.get()
        for _ in range(n):
            fair: Any = FairFactory(status=Fair.Status.SETTLED)
            for way in (Way.DISPATCHED, Way.ARRIVED, Way.SENT_BACK, Way.SHELVED):
                travel.move(way, [(record, 1)], reference=fair.reference, key=f"{fair.reference}:{way}:{record.pk}")
        return record

    few, many = build(1), build(10)
    page(client, few)
    costs = []
    for record in (few, many):
        with CaptureQueriesContext(connection) as captured:
            assert page(client, record).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 14


# In the shop


def test_product_page_names_the_fair_instead_of_selling(client):
    fair = FairFactory(name="Pekan Kriya", city="Jakarta")
    product = ProductFactory(stock=1)
    go(fair, product.stockrecords.get(), Way.DISPATCHED, Way.ARRIVED)
    html = client.get(product.get_absolute_url()).content.decode()
    assert "Sedang di pameran Pekan Kriya, Jakarta sampai" in html
    assert "data-add-to-basket" not in html
    assert "Habis" not in html
    assert "InStoreOnly" in html


def test_product_page_still_sells_what_stayed_on_the_shelf(client):
    product = ProductFactory(stock=2)
    go(FairFactory(name="Pekan Kriya"), product.stockrecords.get(), Way.DISPATCHED, Way.ARRIVED)
    html = client.get(product.get_absolute_url()).content.decode()
    assert "Juga ada di pameran Pekan Kriya" in html
    assert "data-add-to-basket" in html


@pytest.mark.parametrize(("days", "said"), [(3, "Dibawa ke pameran"), (-9, "Dalam perjalanan pulang dari pameran")])
def test_product_page_goes_by_the_calendar(client, days, said):
    today = timezone.localdate()
    fair = FairFactory(starts_on=today + timedelta(days=days), status=Fair.Status.COUNTING)
    product = ProductFactory(stock=1)
    go(fair, product.stockrecords.get(), Way.DISPATCHED, Way.ARRIVED)
    assert said in client.get(product.get_absolute_url()).content.decode()


def test_card_says_at_which_fair_only_when_none_is_in_the_shop(client):
    fair = FairFactory(name="Pekan Kriya")
    gone, left = ProductFactory(stock=1), ProductFactory(stock=2)
    for product in (gone, left):
        go(fair, product.stockrecords.get(), Way.DISPATCHED, Way.ARRIVED)
    html = client.get("/toko/").content.decode()
    assert html.count("Di Pekan Kriya") == 1


def test_cards_ask_once_for_fairs_however_many_pieces_are_away():
    fair = FairFactory()

    def away(count: int) -> None:
        for _ in range(count):
            piece: Any = ProductFactory(stock=1, price=Decimal(100_000))
            go(fair, piece.stockrecords.get(), Way.DISPATCHED)

    away(1)
    with CaptureQueriesContext(connection) as few:
        assert [product.away_at for product in cards(browsable())] == [fair]
    away(9)
    with CaptureQueriesContext(connection) as many:
        assert [product.away_at for product in cards(browsable())] == [fair] * 10
    assert len(few) == len(many)


def test_page_of_a_piece_costs_the_same_however_many_variants_are_at_the_fair(client):
    parent: Any = ProductFactory(structure="parent", stockrecord=None)
    fair = FairFactory()

    def away(count: int) -> None:
        for _ in range(count):
            variant: Any = ProductFactory(
                structure="child", parent=parent, product_class=None, maker=parent.maker, craft=None, stock=1
            )
            go(fair, variant.stockrecords.get(), Way.DISPATCHED, Way.ARRIVED)

    away(1)
    client.get(parent.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        assert client.get(parent.get_absolute_url()).status_code == 200
    away(5)
    with CaptureQueriesContext(connection) as many:
        html = client.get(parent.get_absolute_url()).content.decode()
    assert html.count(fair.name) > 5
    assert len(many) == len(few)
