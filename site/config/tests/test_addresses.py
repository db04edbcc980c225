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
