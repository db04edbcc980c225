import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection
from oscar.core.loading import get_class, get_model

from shop.basket import services
from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory

pytestmark = pytest.mark.django_db

Basket = get_model("basket", "Basket")
Selector = get_class("partner.strategy", "Selector")
JSON = {"HTTP_ACCEPT": "application/json"}


def a_basket():
    basket = Basket.objects.create()
    basket.strategy = Selector().strategy()
    return basket


def add_url(product):
    return f"/toko/keranjang/add/{product.pk}/"


def test_a_double_click_adds_once():
    basket, product = a_basket(), ProductFactory(stock=5)
    first = services.add(basket, product, nonce="tekan-1")
    second = services.add(basket, product, nonce="tekan-1")
    assert first.pk == second.pk
    assert basket.lines.get().quantity == 1


def test_another_wish_adds_another():
    basket, product = a_basket(), ProductFactory(stock=5)
    services.add(basket, product, nonce="tekan-1")
    services.add(basket, product, nonce="tekan-2")
    assert basket.lines.get().quantity == 2


@pytest.mark.django_db(transaction=True)
def test_eight_requests_of_one_press_at_once_add_once():
    basket, product = a_basket(), ProductFactory(stock=50)
    start = threading.Barrier(8)

    def press(_number):
        mine = Basket.objects.get(pk=basket.pk)
        mine.strategy = Selector().strategy()
        start.wait()
        try:
            return services.add(mine, product, nonce="tekan-1").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        lines = set(pool.map(press, range(8)))
    assert len(lines) == 1
    assert basket.lines.get().quantity == 1


@pytest.mark.django_db(transaction=True)
def test_eight_wishes_at_once_are_all_kept():
    basket, product = a_basket(), ProductFactory(stock=50)
    start = threading.Barrier(8)

    def press(number):
        mine = Basket.objects.get(pk=basket.pk)
        mine.strategy = Selector().strategy()
        start.wait()
        try:
            services.add(mine, product, nonce=f"tekan-{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, range(8)))
    assert basket.lines.get().quantity == 8


def test_the_same_form_posted_twice_adds_once(client):
    product = ProductFactory(stock=5)
    page = client.get(f"/toko/keranjang/konfirmasi/{product.pk}/")
    data = {"quantity": "2", "nonce": page.context["nonce"]}
    client.post(add_url(product), data)
    client.post(add_url(product), data)
    assert Basket.objects.get().lines.get().quantity == 2


def test_more_than_there_are_is_refused_and_changes_nothing():
    basket, product = a_basket(), ProductFactory(stock=2)
    with pytest.raises(services.Refused):
        services.add(basket, product, 3)
    assert not basket.lines.exists()
    services.add(basket, product, 2)
    with pytest.raises(services.Refused):
        services.add(basket, product, 1)
    assert basket.lines.get().quantity == 2


def test_a_sold_piece_is_refused():
    with pytest.raises(services.Refused):
        services.add(a_basket(), ProductFactory())


def test_a_piece_made_to_order_has_no_limit_of_stock():
    basket = a_basket()
    assert services.add(basket, MadeToOrderFactory(), 7).quantity == 7


def test_no_more_pieces_than_a_basket_holds(settings):
    settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 5
    with pytest.raises(services.Refused):
        services.add(a_basket(), MadeToOrderFactory(), 6)


def test_a_frozen_basket_takes_nothing():
    basket, product = a_basket(), ProductFactory(stock=5)
    line = services.add(basket, product)
    basket.freeze()
    for verb in (
        lambda: services.add(basket, product),
        lambda: services.set_quantity(line, 2),
        lambda: services.remove(line),
    ):
        with pytest.raises(services.Refused):
            verb()
    assert basket.lines.get().quantity == 1


def test_scripts_are_told_what_happened(client):
    product = ProductFactory(stock=1, price=Decimal("425000"), title_ind="Kain Cual Bebek")
    answer = client.post(add_url(product), {"nonce": "a"}, **JSON)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["ok"], told["basket_count"], told["line"]["title"], told["line"]["quantity"]) == (
        True,
        1,
        "Kain Cual Bebek",
        1,
    )
    assert told["line"]["price"] == "Rp425.000"
    refusal = client.post(add_url(product), {"nonce": "b"}, **JSON)
    assert refusal.status_code == 409
    assert (refusal.json()["ok"], refusal.json()["basket_count"]) == (False, 1)
    assert refusal.json()["error"]


def test_hidden_pieces_cannot_be_added(client):
    assert client.post(add_url(ProductFactory(stock=1, is_public=False))).status_code == 404
    assert client.post(add_url(ProductFactory(stock=1, maker__is_public=False))).status_code == 404


def test_adding_needs_a_post_with_a_token():
    from django.test import Client

    product = ProductFactory(stock=1)
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(add_url(product)).status_code == 405
    assert strict.post(add_url(product)).status_code == 403


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_a_script_a_piece_is_added_by_a_page_of_its_own(client, prefix):
    product = ProductFactory(stock=3)
    page = client.get(f"{prefix}/toko/keranjang/konfirmasi/{product.pk}/", {"quantity": "2"})
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert b"csrfmiddlewaretoken" in page.content
    answer = client.post(f"{prefix}{add_url(product)}", {"quantity": "2", "nonce": page.context["nonce"]})
    assert answer.url == f"{prefix}/toko/keranjang/"
    assert client.get(answer.url).context["page"].count == 2


def test_the_confirm_page_says_why_not(client):
    product = ProductFactory(stock=1)
    client.post(add_url(product))
    answer = client.post(add_url(product))
    assert answer.status_code == 409
    assert answer.context["error"]
