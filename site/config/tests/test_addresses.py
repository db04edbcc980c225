import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/toko/%00/",
        "/toko/tenun-cual/%00/",
        "/toko/checkout/pesanan/%00/",
        "/toko/checkout/pesanan/%00/cetak/",
        "/toko/checkout/bayar/%00/",
        "/toko/karya/x_99999999999999999999/",
        "/pengrajin/%00/",
        "/kerajinan/%00/",
        "/%00/",
    ],
)
def test_an_address_that_cannot_be_is_not_found_and_no_server_error(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("words", ['"', '"tenun', 'a"b', 'tenun "', "'; --", "100%", "*", "tenun AND", "(", "😀"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_search_for_any_signs_is_answered(client, prefix, words):
    assert client.get(f"{prefix}/cari/", {"q": words}).status_code == 200


def test_english_pages_say_basket_and_voucher_as_the_rest_of_the_site_does(client):
    from django.utils import translation

    from shop.catalogue.tests.factories import ProductFactory

    product = ProductFactory(stock=2)
    with translation.override("en"):
        path = product.get_absolute_url()
    for page in (path, "/en/toko/keranjang/"):
        words = client.get(page).content.decode().lower()
        assert "add to cart" not in words
        assert "coupon" not in words
    assert "add to basket" in client.get(path).content.decode().lower()
