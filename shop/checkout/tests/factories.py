"""A shopper at the checkout, from the basket to the paid order, through the pages and services that people use."""

from oscar.core.loading import get_model

from shop.catalogue.tests.factories import ProductFactory
from shop.payment import services as payment
from shop.payment.models import PaymentAttempt
from shop.shipping import demo

HOME = {
    "part": "details",
    "email": "ratna@contoh.id",
    "country": "ID",
    "full_name": "Ratna Dewi",
    "phone": "0812 3456 7890",
    "province": "19",
    "regency": "19.71",
    "district": "19.71.02",
    "village": "19.71.02.1001",
    "line1": "Jalan Merdeka 8",
    "postcode": "33121",
    "notes": "Rumah hijau",
}
ABROAD = {
    "part": "details",
    "email": "anna@example.nl",
    "country": "NL",
    "full_name": "Anna de Vries",
    "phone": "+31 6 12345678",
    "line1": "Prinsengracht 1",
    "line2": "",
    "city": "Amsterdam",
    "state": "",
    "postcode": "1015 DK",
    "notes": "",
}


def fill_basket(client, *products):
    """Sample couriers, and the products (one of Rp250.000 by default) in this client's basket."""
    demo.load()
    products = products or (ProductFactory(stock=3),)
    for product in products:
        response = client.post(f"/toko/keranjang/add/{product.pk}/")
        assert response.status_code == 302, response.content
    return basket_of(client)


def basket_of(client):
    return client.get("/toko/keranjang/").wsgi_request.basket


def refused(client, address, data):
    """The page a refused form leads to. Its POST is answered by a redirect to the same address, so that going back
    never asks to send the form again."""
    response = client.post(address, data)
    assert (response.status_code, response.url) == (303, address), response
    page = client.get(address)
    assert page.status_code == 200, page
    return page


def pay_data(client, prefix="", **changes):
    """What the pay screen would send as it stands, with ``changes``."""
    response = client.get(f"{prefix}/toko/checkout/bayar/")
    assert response.status_code == 200, response
    offer = response.context["offer"]
    data = {
        "part": "pay",
        "basket": str(response.wsgi_request.basket.pk),
        "total": str(int(offer.total)),
        "gateway": "bank_transfer",
        "terms": "on",
    }
    for parcel in offer.parcels:
        data[f"courier_{parcel.partner.pk}"] = parcel.option.code if parcel.option else ""
    return data | changes


def reserve_order(client, *products, details=None, prefix=""):
    """Walk the two screens with a bank transfer; the attempt comes back."""
    fill_basket(client, *products)
    assert client.post(f"{prefix}/toko/checkout/", details or HOME).status_code == 302
    response = client.post(f"{prefix}/toko/checkout/bayar/", pay_data(client, prefix))
    assert response.status_code == 302, response.content.decode()
    return PaymentAttempt.objects.latest("pk")


def paid_order(client, staff, *products, details=None, prefix=""):
    """The order of somebody whose transfer ``staff`` saw on the account."""
    attempt = reserve_order(client, *products, details=details, prefix=prefix)
    payment.confirm_transfer(attempt, actor=staff, received_amount=attempt.payable, reference="BNK-1")
    return get_model("order", "Order").objects.get(number=attempt.order_number)
