from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from shop.catalogue.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def voucher(code="CUAL10", percent=10):
    everything = get_model("offer", "Range").objects.create(name=code, includes_all_products=True)
    offer = get_model("offer", "ConditionalOffer").objects.create(
        name=code,
        offer_type="Voucher",
        condition=get_model("offer", "Condition").objects.create(type="Count", value=1, range=everything),
        benefit=get_model("offer", "Benefit").objects.create(type="Percentage", value=percent, range=everything),
    )
    now = timezone.now()
    made = get_model("voucher", "Voucher").objects.create(
        name=code,
        code=code,
        usage="Multi-use",
        start_datetime=now - timedelta(days=1),
        end_datetime=now + timedelta(days=1),
    )
    made.offers.add(offer)
    return made


def page_of(client):
    return client.get("/toko/keranjang/").context["page"]


def test_a_voucher_takes_its_share_off_and_can_be_given_back(client):
    made = voucher()
    client.post(f"/toko/keranjang/add/{ProductFactory(stock=1, price=Decimal('250000')).pk}/")
    client.post("/toko/keranjang/vouchers/add/", {"code": "cual10"})
    assert (page_of(client).discount, page_of(client).total) == (Decimal("25000"), Decimal("225000"))
    client.post(f"/toko/keranjang/vouchers/{made.pk}/remove/")
    assert (page_of(client).discount, page_of(client).total) == (Decimal("0"), Decimal("250000"))


def test_an_unknown_code_says_so_and_changes_nothing(client):
    client.post(f"/toko/keranjang/add/{ProductFactory(stock=1).pk}/")
    response = client.post("/toko/keranjang/vouchers/add/", {"code": "TIDAKADA"}, follow=True)
    assert any("TIDAKADA" in str(message) for message in response.context["messages"])
    assert page_of(client).discount == 0
