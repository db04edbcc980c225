from decimal import Decimal

import pytest
from oscar.core.loading import get_class, get_model

from shop.artisans.tests.factories import MakerFactory
from shop.basket import services
from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.stock import services as stock

pytestmark = pytest.mark.django_db

Basket = get_model("basket", "Basket")
BASKET = "/toko/keranjang/"


def put(client, product, quantity=1):
    client.post(f"/toko/keranjang/add/{product.pk}/", {"quantity": quantity})
    return client.get(BASKET).wsgi_request.basket.lines.get(product=product)


def change(client, line, **data):
    return client.post(f"/toko/keranjang/baris/{line.pk}/", data, follow=True)


def take(product, quantity):
    """Somebody else buys."""
    stock.allocate(product.stockrecords.get(), quantity)


def row_of(response):
    (row,) = response.context["page"].rows
    return row


def test_pieces_are_grouped_by_maker_and_amounts_add_up(client):
    maker = MakerFactory()
    put(client, ProductFactory(maker=maker, stock=3, price=Decimal("150000")), 2)
    put(client, ProductFactory(stock=1, price=Decimal("80000")))
    put(client, ProductFactory(maker=maker, stock=1, price=Decimal("1250000")))
    page = client.get(BASKET).context["page"]
    assert [len(group.lines) for group in page.groups] == [2, 1]
    assert [row.total for row in page.rows] == [Decimal("300000"), Decimal("1250000"), Decimal("80000")]
    assert page.total == Decimal("1630000")
    assert page.count == 4


def test_buttons_and_field_change_the_number(client):
    line = put(client, ProductFactory(stock=5))
    for data, quantity in (
        ({"change": "more"}, 2),
        ({"quantity": "4", "change": "set"}, 4),
        ({"change": "less"}, 3),
        ({"quantity": "5"}, 5),
    ):
        change(client, line, **data)
        line.refresh_from_db()
        assert line.quantity == quantity


def test_more_than_there_are_leaves_the_number_and_says_so(client):
    line = put(client, ProductFactory(stock=2, title_ind="Kopiah"), 2)
    response = change(client, line, change="more")
    line.refresh_from_db()
    assert line.quantity == 2
    assert any("Kopiah" in str(message) for message in response.context["messages"])


def test_nonsense_in_the_field_changes_nothing(client):
    line = put(client, ProductFactory(stock=5), 2)
    for nonsense in ("", "-3", "1.5", "abc", "99999999999"):
        change(client, line, quantity=nonsense, change="set")
    line.refresh_from_db()
    assert line.quantity == 2


def test_what_was_taken_out_can_be_put_back_with_its_source(client):
    client.get("/toko/keranjang/?source=label-7")
    line = put(client, ProductFactory(stock=5), 3)
    response = change(client, line, change="remove")
    assert response.context["page"].count == 0
    assert response.context["removed"]["quantity"] == 3
    response = client.post("/toko/keranjang/urungkan/", follow=True)
    row = row_of(response)
    assert (row.line.quantity, row.line.source) == (3, "label-7")
    assert response.context["removed"] is None


def test_only_what_is_left_can_be_put_back(client):
    product = ProductFactory(stock=3)
    change(client, put(client, product, 3), change="remove")
    take(product, 2)
    assert row_of(client.post("/toko/keranjang/urungkan/", follow=True)).line.quantity == 1


def test_another_visitors_line_cannot_be_touched(client):
    from django.test import Client

    line = put(client, ProductFactory(stock=5))
    change(Client(), line, change="remove")
    line.refresh_from_db()
    assert line.quantity == 1


def test_a_piece_sold_meanwhile_is_told_beside_it_and_stops_the_checkout(client):
    product = ProductFactory(stock=1)
    put(client, product)
    take(product, 1)
    response = client.get(BASKET)
    assert row_of(response).problem == "sold_out"
    assert row_of(response).message in response.content.decode()
    assert response.context["page"].is_blocked
    assert client.get("/toko/checkout/").url == BASKET


def test_fewer_left_than_wanted_is_told_and_lowering_the_number_goes_on(client):
    product = ProductFactory(stock=3)
    line = put(client, product, 3)
    take(product, 2)
    assert row_of(client.get(BASKET)).problem == "fewer"
    change(client, line, change="less")
    assert row_of(client.get(BASKET)).problem == "fewer"
    change(client, line, quantity="1", change="set")
    assert row_of(client.get(BASKET)).problem == ""


def test_a_piece_taken_off_sale_is_told(client):
    product = ProductFactory(stock=1)
    put(client, product)
    product.is_public = False
    product.save()
    assert row_of(client.get(BASKET)).problem == "unavailable"


def test_a_piece_whose_maker_is_not_shown_any_more_is_told(client):
    product = ProductFactory(stock=1)
    put(client, product)
    type(product.maker).objects.filter(pk=product.maker.pk).update(is_public=False)
    assert row_of(client.get(BASKET)).problem == "unavailable"


def test_a_changed_price_is_told_once(client):
    product = ProductFactory(stock=1, price=Decimal("100000"))
    put(client, product)
    record = product.stockrecords.get()
    record.price = Decimal("120000")
    record.save()
    first, second = client.get(BASKET), client.get(BASKET)
    assert (row_of(first).price_was, row_of(first).unit_price) == (Decimal("100000"), Decimal("120000"))
    assert "Rp100.000" in first.content.decode()
    assert row_of(second).price_was is None


def test_a_parcel_waits_for_its_slowest_piece(client):
    maker = MakerFactory()
    put(client, MadeToOrderFactory(maker=maker, lead_time_days=10))
    put(client, MadeToOrderFactory(maker=maker, lead_time_days=30))
    put(client, ProductFactory(maker=maker, stock=1))
    (group,) = client.get(BASKET).context["page"].groups
    assert group.lead_time_days == 30


def test_the_basket_can_be_asked_about_on_whatsapp(client):
    put(client, ProductFactory(stock=2, title_ind="Kain Cual", price=Decimal("150000")), 2)
    response = client.get(BASKET)
    assert "2 × Kain Cual, Rp300.000" in response.context["whatsapp_text"]
    assert "https://wa.me/6281100000100?text=" in response.content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_empty_basket_leads_to_the_crafts(client, prefix):
    ProductFactory(stock=1)
    response = client.get(f"{prefix}{BASKET}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert [craft.piece_count for craft in response.context["crafts"]] == [1]


def test_a_basket_of_ten_pieces_asks_no_more_than_one_of_two(client, django_assert_max_num_queries):
    for _ in range(2):
        put(client, ProductFactory(stock=2))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as small:
        client.get(BASKET)
    for _ in range(8):
        put(client, ProductFactory(stock=2))
    with CaptureQueriesContext(connection) as large:
        client.get(BASKET)
    assert len(large) == len(small)
    assert len(small) <= 14


def test_a_guests_basket_joins_the_account_and_keeps_the_later_source(client, django_user_model):
    user = django_user_model.objects.create_user(email="pembeli@contoh.id", password="rahasia-sekali")
    both, only = ProductFactory(stock=5), ProductFactory(stock=5)
    mine = Basket.objects.create(owner=user)
    mine.strategy = get_class("partner.strategy", "Selector")().strategy()
    services.add(mine, both, 1, source="spanduk")
    client.get(f"{BASKET}?source=label")
    put(client, both, 2)
    put(client, only)
    client.force_login(user)
    rows = {row.product.pk: row.line for row in client.get(BASKET).context["page"].rows}
    assert {pk: (line.quantity, line.source) for pk, line in rows.items()} == {
        both.pk: (2, "label"),
        only.pk: (1, "label"),
    }
    assert client.get(BASKET).wsgi_request.basket.pk == mine.pk


def test_a_frozen_basket_gives_way_to_a_new_one(client):
    put(client, ProductFactory(stock=1))
    Basket.objects.get().freeze()
    assert client.get(BASKET).context["page"].count == 0
    put(client, ProductFactory(stock=1))
    assert Basket.objects.count() == 2


def test_a_sold_out_piece_is_not_in_the_sums_and_that_is_said(client):
    gone, stays = ProductFactory(stock=1, price=Decimal("900000")), ProductFactory(stock=1, price=Decimal("100000"))
    put(client, gone)
    put(client, stays)
    take(gone, 1)
    response = client.get(BASKET)
    page = response.context["page"]
    assert (page.total_before, page.total, page.count, page.buyable_count, page.left_out) == (100_000, 100_000, 2, 1, 1)
    html = response.content.decode()
    assert "1 karya yang sedang tidak bisa dibeli tidak ikut dihitung." in html
    assert "Rp1.000.000" not in html
    assert response.context["whatsapp_text"].endswith("Rp100.000")
    assert "Rp900.000" not in response.context["whatsapp_text"]


def test_of_too_many_wanted_only_those_left_are_in_the_sums(client):
    product = ProductFactory(stock=3, price=Decimal("100000"))
    put(client, product, 3)
    take(product, 2)
    page = client.get(BASKET).context["page"]
    assert (page.total, page.buyable_count, page.left_out) == (100_000, 1, 2)


def test_a_basket_of_sold_out_pieces_alone_is_shown_and_comes_to_nothing(client):
    product = ProductFactory(stock=1)
    put(client, product)
    take(product, 1)
    response = client.get(BASKET)
    page = response.context["page"]
    assert (page.total, page.buyable_count, page.count) == (0, 0, 1)
    assert row_of(response).message in response.content.decode()


def test_whole_basket_is_counted_and_nothing_said_while_all_can_be_bought(client):
    put(client, ProductFactory(stock=2, price=Decimal("100000")), 2)
    response = client.get(BASKET)
    assert (response.context["page"].total, response.context["page"].left_out) == (200_000, 0)
    assert "tidak ikut dihitung" not in response.content.decode()
