from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from shop import append_only
from shop.catalogue.tests.factories import MadeToOrderFactory, StockRecordFactory
from shop.stock import services
from shop.stock.audit import differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    """Five received; one held, one ordered, one sold, one found broken: a unit in most places."""
    record = StockRecordFactory(stock=5, partner_sku="KB-CUAL-1")
    services.hold([(record, 1)], reference="KB-1", expires_at=timezone.now() + timedelta(minutes=30))
    services.allocate(record, 1)
    services.consume(record, 1)
    services.adjust(record, counted=3, reason="damaged", actor=None, key="count")
    return record


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def check(*args):
    out = StringIO()
    try:
        call_command("check_stock", *args, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_sound_books_pass(record):
    MadeToOrderFactory()
    assert check() == (0, ["Stock agrees with its ledger."])


def test_sound_books_pass_in_silence_when_quiet(record):
    assert check("--quiet") == (0, [])


@pytest.mark.parametrize(
    ("plant", "named"),
    [
        (
            "UPDATE partner_stockrecord SET num_in_stock = 9",
            ["KB-CUAL-1: num_in_stock should be 3, is 9"],
        ),
        (
            "UPDATE partner_stockrecord SET num_allocated = 3",
            ["KB-CUAL-1: num_allocated should be 1, is 3"],
        ),
        (
            "UPDATE stock_balance SET quantity = 7 WHERE place_id = 'damaged'",
            ["KB-CUAL-1: balance of damaged should be 1, is 7"],
        ),
        (
            "DELETE FROM stock_balance WHERE place_id = 'sold'",
            ["KB-CUAL-1: balance of sold should be 1, is 0"],
        ),
        (
            "UPDATE stock_holdline SET quantity = 2",
            ["KB-CUAL-1: units in active holds should be 1, is 2"],
        ),
        (
            "UPDATE stock_hold SET status = 'released', settled_at = expires_at",
            ["KB-CUAL-1: units in active holds should be 1, is 0"],
        ),
        (
            """INSERT INTO stock_move (stockrecord_id, source_id, target_id, quantity, reason, note, reference,
                   idempotency_key, content, created_at)
               SELECT id, 'outside', 'shelf', 2, 'received', '', '', 'planted', '', CURRENT_TIMESTAMP
               FROM partner_stockrecord""",
            [
                "KB-CUAL-1: num_in_stock should be 5, is 3",
                "KB-CUAL-1: balance of outside should be -7, is -5",
                "KB-CUAL-1: balance of shelf should be 4, is 2",
            ],
        ),
        (
            "DROP TRIGGER stock_move_no_update ON stock_move",
            ["stock_move: trigger stock_move_no_update should be 1, is 0"],
        ),
    ],
)
def test_planted_difference_is_named_and_fails(record, plant, named):
    sql(plant)
    assert check("--quiet") == (1, named)


def test_move_that_was_rewritten_is_found(record):
    append_only.remove(connection, "stock_move")
    sql("UPDATE stock_move SET quantity = 6 WHERE reason = 'received'")
    append_only.install(connection, "stock_move")
    assert [str(difference) for difference in differences(connection)] == [
        "KB-CUAL-1: num_in_stock should be 4, is 3",
        "KB-CUAL-1: balance of outside should be -6, is -5",
        "KB-CUAL-1: balance of shelf should be 3, is 2",
    ]


def test_allocation_of_order_lines_is_compared(record):
    services.allocate(record, 1)
    order_line(record, num_allocated=1)
    assert check("--quiet") == (0, [])
    sql("UPDATE order_line SET num_allocated = 2")
    assert check("--quiet") == (1, ["KB-CUAL-1: units allocated on order lines should be 1, is 2"])


def test_order_lines_of_pieces_made_to_order_owe_no_move():
    order_line(MadeToOrderFactory().stockrecords.get(), num_allocated=1)
    assert check("--quiet") == (0, [])


def test_units_ordered_before_the_piece_was_made_to_order_are_compared(record):
    services.allocate(record, 1)
    order_line(record, num_allocated=1)
    sql("UPDATE catalogue_product SET made_to_order = TRUE, lead_time_days = 14")
    assert check("--quiet") == (0, [])
    sql("UPDATE order_line SET num_allocated = 0")
    assert check("--quiet") == (1, ["KB-CUAL-1: units allocated on order lines should be 1, is 0"])


def test_allocation_without_an_order_line_is_a_difference(record):
    services.allocate(record, 1)
    assert check("--quiet") == (1, ["KB-CUAL-1: units allocated on order lines should be 1, is 0"])


def test_number_of_queries_does_not_grow_with_the_records(record, django_assert_num_queries):
    for _number in range(4):
        StockRecordFactory(stock=2)
    with django_assert_num_queries(6):
        assert list(differences(connection)) == []


def order_line(record, *, num_allocated):
    from oscar.core.loading import get_model

    order = get_model("order", "Order").objects.create(
        number="100001", access_key="x", total_incl_tax=1, total_excl_tax=1, currency="IDR"
    )
    return order.lines.create(
        product=record.product,
        stockrecord=record,
        partner=record.partner,
        title="Kain",
        quantity=num_allocated,
        num_allocated=num_allocated,
        line_price_incl_tax=1,
        line_price_excl_tax=1,
        line_price_before_discounts_incl_tax=1,
        line_price_before_discounts_excl_tax=1,
    )
