"""A piece that becomes made to order while units of it are in the books."""

import pytest

from shop.catalogue.tests.factories import StockRecordFactory
from shop.partner.models import StockRecord
from shop.stock import services
from shop.stock.errors import AllocationTooSmall

from .test_services import figures

pytestmark = pytest.mark.django_db


def made_to_order_now(record):
    product = record.product
    product.made_to_order, product.lead_time_days = True, 14
    product.save()
    return StockRecord.objects.get(pk=record.pk)


@pytest.mark.parametrize(
    ("verb", "expected"),
    [(services.consume, (2, 0, {"shelf": 2, "sold": 1})), (services.cancel, (3, 0, {"shelf": 3}))],
)
def test_units_ordered_before_the_piece_was_made_to_order_are_sent_or_given_back(verb, expected):
    record = StockRecordFactory(stock=3)
    services.allocate(record, 1)
    record = made_to_order_now(record)
    move = verb(record, 1, key="line")
    assert figures(record) == expected
    assert verb(record, 1, key="line") == move
    with pytest.raises(AllocationTooSmall):
        verb(record, 1, key="another line")
    assert figures(record) == expected


def test_units_on_the_shelf_are_not_promised_once_the_piece_is_made_to_order():
    record = made_to_order_now(StockRecordFactory(stock=3))
    assert services.allocate(record, 1) is None
    assert services.consume(record, 1) is None
    assert figures(record) == (3, 0, {"shelf": 3})
