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


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "WhatsApp/2.23.20.0"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
)
def test_programs_and_pages_fetched_ahead_begin_no_session(client, headers):
    response = client.get("/toko/wilayah/?parent=19&source=label", headers=headers)
    assert response.status_code == 200
    assert "sessionid" not in response.cookies


def test_asking_for_the_headers_alone_begins_no_session(client):
    assert "sessionid" not in client.head("/toko/wilayah/?parent=19&source=label").cookies


def test_a_person_with_a_mark_begins_one_session(client):
    phone = {
        "user-agent": "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36"
    }
    assert "sessionid" in client.get("/toko/wilayah/?parent=19&source=label", headers=phone).cookies
