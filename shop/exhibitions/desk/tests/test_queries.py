"""Pages ask the database as often for many rows as for few."""

import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions.models import Discrepancy, Fair, FairCost, FairMaker
from shop.exhibitions.services import packing
from shop.exhibitions.services.inbox import take
from shop.exhibitions.tests.factories import (
    CashierFactory,
    ConsignmentFactory,
    ConsignmentLineFactory,
    DeviceFactory,
    FairFactory,
)
from shop.exhibitions.tests.stall import line

from . import world

pytestmark = pytest.mark.django_db

#: Lists, and the pages whose rows hang on one thing of the fair.
LISTS = (
    *("overview", "makers", "cashiers", "costs", "lists", "list", "papers", "devices", "refused", "sales", "stall"),
    *("discrepancies", "drawers", "returns", "enquiries"),
)


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def more(built):
    """Three more of everything."""
    fair, stall = built.fair, built.stall
    for _each in range(3):
        record = stall.piece(units=4)
        FairMaker.objects.create(fair=fair, maker=record.partner.maker)
        FairCost.objects.create(fair=fair, kind="transport", amount=Decimal(50_000))
        CashierFactory(fair=fair)
        DeviceFactory(fair=fair, letter=f"X{fair.devices.count()}")
        take(stall.device, stall.sale(line(record), line(built.record)))
        take(stall.device, {**stall.sale(line(record)), "cashier": 999_999})
        ConsignmentLineFactory(consignment=built.draft)
        ConsignmentFactory(fair=fair, maker=built.maker)
        ProductFactory(maker=built.maker, stock=1)
        Discrepancy.objects.create(fair=fair, kind="missing", stockrecord=record, quantity=1)
        packing.send_back(fair, record, 1, reason="Pesanan", code=uuid.uuid4(), actor=built.actor)


@pytest.mark.parametrize(
    ("status", "names"),
    [("open", LISTS), ("counting", ("overview", "count", "returns", "settlement", "statement", "list_receive"))],
)
def test_each_page_asks_as_often_for_many_rows_as_for_few(client, status, names):
    built = world.build()
    Fair.objects.filter(pk=built.fair.pk).update(status=status)
    client.force_login(built.actor)
    addresses = {
        name: reverse(f"fairdesk:{name}", args=(built.fair.pk, *built.arguments.get(name, ()))) for name in names
    }
    more(built)
    few = {name: asked(client, address) for name, address in addresses.items()}
    more(built)
    assert {name: asked(client, address) for name, address in addresses.items()} == few


def test_the_list_of_fairs_asks_as_often_for_many_as_for_few(client):
    built = world.build()
    client.force_login(built.actor)
    address = reverse("fairdesk:index")
    few = asked(client, address)
    for _each in range(6):
        FairFactory()
    assert asked(client, address) == few


def test_a_long_list_is_shown_page_by_page(client):
    built = world.build()
    client.force_login(built.actor)
    for _each in range(30):
        FairFactory()
    response = client.get(reverse("fairdesk:index"))
    assert len(response.context["page"].object_list) == 25
    assert "p=2" in response.content.decode()
