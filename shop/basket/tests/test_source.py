import pytest

from shop.catalogue.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def source_of(client, product):
    client.post(f"/toko/keranjang/add/{product.pk}/")
    return client.get("/toko/keranjang/").wsgi_request.basket.lines.get(product=product).source


def test_the_last_way_of_coming_is_kept_on_the_line(client):
    client.get("/toko/keranjang/?source=spanduk-1")
    client.get("/toko/keranjang/?source=label.A_2")
    client.get("/toko/keranjang/")
    assert source_of(client, ProductFactory(stock=1)) == "label.A_2"


def test_coming_again_another_way_marks_the_piece_anew(client):
    product = ProductFactory(stock=5)
    client.get("/toko/keranjang/?source=a")
    assert source_of(client, product) == "a"
    client.get("/toko/keranjang/?source=b")
    assert source_of(client, product) == "b"


@pytest.mark.parametrize("bad", ["", "a" * 65, "<script>", "a b", "a/b", "é"])
def test_what_is_no_mark_is_ignored(client, bad):
    client.get("/toko/keranjang/", {"source": bad})
    assert "source" not in client.session


def test_without_a_mark_no_session_begins(client):
    response = client.get("/toko/wilayah/?parent=19")
    assert "sessionid" not in response.cookies
