from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from shop.catalogue.tests.factories import MadeToOrderFactory, StockRecordFactory
from shop.partner.models import StockRecord
from shop.stock import queries, services
from shop.stock.errors import (
    AllocationTooSmall,
    CountBelowAllocated,
    HoldNotActive,
    HoldNotFound,
    IdempotencyConflict,
    InsufficientStock,
    LedgerIsAppendOnly,
    NotTracked,
    StaleCount,
)
from shop.stock.models import Balance, Hold, Move, Place

pytestmark = pytest.mark.django_db


def soon():
    return timezone.now() + timedelta(minutes=30)


def figures(record):
    """(num_in_stock, num_allocated, places that are not nought) as the database has them."""
    fresh = StockRecord.objects.get(pk=record.pk)
    places = {place: units for place, units in queries.balances(record.pk).items() if units and place != "outside"}
    return fresh.num_in_stock, fresh.num_allocated, places


def test_received_units_are_on_the_shelf_and_explained():
    record = StockRecordFactory(stock=0)
    move = services.receive(record, 3, key="first")
    assert (record.num_in_stock, record.num_allocated) == (3, 0)
    assert figures(record) == (3, 0, {"shelf": 3})
    assert queries.balances(record.pk)["outside"] == -3
    assert (move.source_id, move.target_id, move.quantity, move.reason) == ("outside", "shelf", 3, "received")


def test_free_text_reason_is_kept_as_the_note():
    move = services.receive(StockRecordFactory(stock=0), 1, key="k", reason="Stok awal")
    assert (move.reason, move.note) == ("received", "Stok awal")


def test_one_sale_moves_shelf_held_ordered_sold():
    record = StockRecordFactory(stock=2)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    assert figures(record) == (2, 1, {"shelf": 1, "held": 1})
    services.commit_hold("KB-1")
    assert figures(record) == (2, 1, {"shelf": 1, "ordered": 1})
    services.consume(record, 1, reference="KB-1")
    assert figures(record) == (1, 0, {"shelf": 1, "sold": 1})
    assert [move.reason for move in queries.ledger(record.pk)] == ["shipped", "committed", "held", "received"]


def test_second_buyer_of_last_piece_is_refused_and_nothing_is_left_behind():
    record = StockRecordFactory(stock=1)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    moves = Move.objects.count()
    with pytest.raises(InsufficientStock) as refusal:
        services.hold([(record, 1)], reference="KB-2", expires_at=soon())
    assert (refusal.value.record_id, refusal.value.requested, refusal.value.available) == (record.pk, 1, 0)
    assert figures(record) == (1, 1, {"held": 1})
    assert Move.objects.count() == moves
    assert not Hold.objects.filter(reference="KB-2").exists()


def test_hold_is_all_or_nothing():
    plenty, none = StockRecordFactory(stock=5), StockRecordFactory(stock=0)
    with pytest.raises(InsufficientStock):
        services.hold([(plenty, 2), (none, 1)], reference="KB-1", expires_at=soon())
    assert figures(plenty) == (5, 0, {"shelf": 5})


def test_two_lines_of_one_record_are_held_as_their_sum():
    record = StockRecordFactory(stock=3)
    with pytest.raises(InsufficientStock):
        services.hold([(record, 2), (record, 2)], reference="KB-1", expires_at=soon())
    held = services.hold([(record, 1), (record, 2)], reference="KB-1", expires_at=soon())
    assert [(line.stockrecord_id, line.quantity) for line in held.lines.all()] == [(record.pk, 3)]


def test_same_reference_again_gives_the_same_hold():
    record = StockRecordFactory(stock=3)
    first = services.hold([(record, 2)], reference="KB-1", expires_at=soon())
    assert services.hold([(record, 2)], reference="KB-1", expires_at=soon()) == first
    services.commit_hold("KB-1")
    assert services.hold([(record, 2)], reference="KB-1", expires_at=soon()) == first
    assert figures(record) == (3, 2, {"shelf": 1, "ordered": 2})


def test_same_reference_with_other_lines_is_refused():
    record = StockRecordFactory(stock=3)
    services.hold([(record, 2)], reference="KB-1", expires_at=soon())
    with pytest.raises(IdempotencyConflict):
        services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    assert figures(record) == (3, 2, {"shelf": 1, "held": 2})


def test_released_units_are_for_sale_again_and_only_once():
    record = StockRecordFactory(stock=1)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    services.release_hold("KB-1")
    services.release_hold("KB-1", reason="expired")
    assert figures(record) == (1, 0, {"shelf": 1})
    assert Hold.objects.get().status == "released"


def test_expired_hold_is_told_from_a_released_one():
    record = StockRecordFactory(stock=1)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    services.release_hold("KB-1", reason=services.Reason.EXPIRED)
    assert Hold.objects.get().status == "expired"
    assert queries.ledger(record.pk)[0].reason == "expired"


def test_paid_after_expiry_can_hold_again_under_the_same_reference():
    record = StockRecordFactory(stock=1)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    services.release_hold("KB-1", reason="expired")
    again = services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    services.commit_hold("KB-1")
    assert figures(record) == (1, 1, {"ordered": 1})
    assert Hold.objects.get(status="committed") == again


def test_commit_twice_allocates_once():
    record = StockRecordFactory(stock=2)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    assert services.commit_hold("KB-1") == services.commit_hold("KB-1")
    assert figures(record) == (2, 1, {"shelf": 1, "ordered": 1})


def test_released_hold_cannot_be_committed():
    record = StockRecordFactory(stock=1)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    services.release_hold("KB-1")
    with pytest.raises(HoldNotActive) as refusal:
        services.commit_hold("KB-1")
    assert refusal.value.status == "released"
    assert figures(record) == (1, 0, {"shelf": 1})


def test_committed_hold_cannot_be_released():
    record = StockRecordFactory(stock=1)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    services.commit_hold("KB-1")
    with pytest.raises(HoldNotActive):
        services.release_hold("KB-1")
    assert figures(record) == (1, 1, {"ordered": 1})


def test_hold_nobody_made_cannot_be_settled():
    for settle in (services.commit_hold, services.release_hold):
        with pytest.raises(HoldNotFound):
            settle("KB-9")


def test_overdue_holds_are_listed_and_left_alone():
    record = StockRecordFactory(stock=3)
    now = timezone.now()
    services.hold([(record, 1)], reference="late", expires_at=now - timedelta(seconds=1))
    services.hold([(record, 1)], reference="in time", expires_at=now + timedelta(seconds=60))
    assert [held.reference for held in queries.overdue_holds(now)] == ["late"]
    services.release_hold("late", reason="expired")
    assert not queries.overdue_holds(now).exists()


def test_allocate_and_cancel_without_a_hold():
    record = StockRecordFactory(stock=2)
    services.allocate(record, 2, reference="KB-1")
    assert figures(record) == (2, 2, {"ordered": 2})
    services.cancel(record, 1, reference="KB-1")
    assert figures(record) == (2, 1, {"shelf": 1, "ordered": 1})


def test_allocating_more_than_the_shelf_has_is_refused():
    record = StockRecordFactory(stock=1)
    with pytest.raises(InsufficientStock):
        services.allocate(record, 2)
    assert figures(record) == (1, 0, {"shelf": 1})


@pytest.mark.parametrize("verb", [services.consume, services.cancel])
def test_held_units_are_neither_sent_nor_cancelled(verb):
    record = StockRecordFactory(stock=2)
    services.hold([(record, 1)], reference="KB-1", expires_at=soon())
    moves = Move.objects.count()
    with pytest.raises(AllocationTooSmall):
        verb(record, 1)
    assert figures(record) == (2, 1, {"shelf": 1, "held": 1})
    assert Move.objects.count() == moves


def test_same_key_again_is_one_move():
    record = StockRecordFactory(stock=5)
    first = services.allocate(record, 1, key="line-7")
    assert services.allocate(record, 1, key="line-7") == first
    assert figures(record) == (5, 1, {"shelf": 4, "ordered": 1})


def test_same_key_with_other_content_is_refused():
    record = StockRecordFactory(stock=5)
    services.allocate(record, 1, key="line-7")
    with pytest.raises(IdempotencyConflict):
        services.allocate(record, 2, key="line-7")
    assert figures(record) == (5, 1, {"shelf": 4, "ordered": 1})


@pytest.mark.parametrize("quantity", [0, -1, 1.5, True])
def test_quantity_must_be_a_positive_whole_number(quantity):
    record = StockRecordFactory(stock=5)
    with pytest.raises(ValueError, match="at least one unit"):
        services.allocate(record, quantity)
    assert figures(record) == (5, 0, {"shelf": 5})


@pytest.mark.parametrize(
    ("reason", "counted", "elsewhere"),
    [
        ("counted", 3, {"unexplained": 2}),
        ("counted", 7, {"unexplained": -2}),
        ("damaged", 4, {"damaged": 1}),
        ("gifted", 4, {"gifted": 1}),
        ("Dipinjam pameran sekolah", 4, {"unexplained": 1}),
        ("received", 7, {}),
    ],
)
def test_adjustment_books_the_difference_where_the_reason_says(reason, counted, elsewhere):
    record = StockRecordFactory(stock=5)
    services.adjust(record, counted=counted, reason=reason, actor=None, key="count")
    assert figures(record) == (counted, 0, {"shelf": counted, **elsewhere})
    assert record.num_in_stock == counted


def test_returned_piece_comes_back_from_sold():
    record = StockRecordFactory(stock=1)
    services.allocate(record, 1)
    services.consume(record, 1)
    services.adjust(record, counted=1, reason="returned", actor=None, key="count")
    assert figures(record) == (1, 0, {"shelf": 1})


def test_more_cannot_come_back_than_was_sold():
    record = StockRecordFactory(stock=1)
    with pytest.raises(InsufficientStock):
        services.adjust(record, counted=2, reason="returned", actor=None, key="count")
    assert figures(record) == (1, 0, {"shelf": 1})


def test_count_that_agrees_moves_nothing():
    record = StockRecordFactory(stock=5)
    assert services.adjust(record, counted=5, reason="counted", actor=None, key="count") is None
    assert Move.objects.filter(stockrecord=record).count() == 1


def test_count_below_what_is_promised_is_refused():
    record = StockRecordFactory(stock=3)
    services.allocate(record, 2)
    with pytest.raises(CountBelowAllocated):
        services.adjust(record, counted=1, reason="counted", actor=None, key="count")
    assert figures(record) == (3, 2, {"shelf": 1, "ordered": 2})


def test_count_against_books_that_have_moved_is_refused():
    record = StockRecordFactory(stock=3)
    services.allocate(record, 1)
    services.consume(record, 1)
    with pytest.raises(StaleCount):
        services.adjust(record, counted=3, seen=3, reason="counted", actor=None, key="count")
    assert figures(record) == (2, 0, {"shelf": 2, "sold": 1})


def test_count_booked_twice_by_one_key_is_one_move():
    record = StockRecordFactory(stock=3)
    first = services.adjust(record, counted=2, seen=3, reason="counted", actor=None, key="count")
    assert services.adjust(record, counted=2, seen=3, reason="counted", actor=None, key="count") == first
    with pytest.raises(IdempotencyConflict):
        services.adjust(record, counted=1, seen=3, reason="counted", actor=None, key="count")
    assert figures(record) == (2, 0, {"shelf": 2, "unexplained": 1})


def test_made_to_order_takes_orders_and_no_ledger_move():
    record = MadeToOrderFactory().stockrecords.get()
    held = services.hold([(record, 4)], reference="KB-1", expires_at=soon())
    services.commit_hold("KB-1")
    record.allocate(1)
    record.consume_allocation(1)
    record.cancel_allocation(1)
    assert held.lines.count() == 0
    assert Hold.objects.get().status == "committed"
    assert figures(record) == (0, 0, {})
    assert not Move.objects.filter(stockrecord=record).exists()


def test_made_to_order_cannot_be_received_or_counted():
    record = MadeToOrderFactory().stockrecords.get()
    with pytest.raises(NotTracked):
        services.receive(record, 1, key="k")
    with pytest.raises(NotTracked):
        services.adjust(record, counted=1, reason="counted", actor=None, key="k")


def test_alert_that_cannot_be_written_does_not_fail_the_move(monkeypatch, django_capture_on_commit_callbacks):
    def broken(record_id):
        raise DatabaseError("no alert today")

    monkeypatch.setattr("shop.stock.ledger.watch_threshold", broken)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        record = StockRecordFactory(stock=3)
    assert len(callbacks) == 1
    assert figures(record) == (3, 0, {"shelf": 3})


def test_oscar_verbs_go_through_the_ledger():
    record = StockRecordFactory(stock=3)
    record.allocate(2)
    assert (record.num_in_stock, record.num_allocated, record.net_stock_level) == (3, 2, 1)
    assert record.is_allocation_consumption_possible(2)
    assert not record.is_allocation_consumption_possible(3)
    record.consume_allocation(1)
    record.cancel_allocation(1)
    assert figures(record) == (2, 0, {"shelf": 2, "sold": 1})
    with pytest.raises(InsufficientStock):
        record.allocate(3)


def test_move_is_neither_changed_nor_deleted_in_python():
    move = services.receive(StockRecordFactory(stock=0), 1, key="k")
    for attempt in (
        move.save,
        move.delete,
        Move.objects.all().delete,
        lambda: Move.objects.update(quantity=9),
        lambda: Move.objects.bulk_update([move], ["note"]),
    ):
        with pytest.raises(LedgerIsAppendOnly), transaction.atomic():
            attempt()
    assert Move.objects.get(pk=move.pk).quantity == 1


@pytest.mark.parametrize("statement", ["UPDATE stock_move SET quantity = 9", "DELETE FROM stock_move"])
def test_move_is_neither_changed_nor_deleted_by_sql(statement):
    services.receive(StockRecordFactory(stock=0), 1, key="k")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Move.objects.get(idempotency_key="k").quantity == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partner_stockrecord SET num_allocated = num_in_stock + 1",
        "UPDATE partner_stockrecord SET num_allocated = -1",
        "UPDATE partner_stockrecord SET num_in_stock = -1",
        "UPDATE stock_balance SET quantity = -1 WHERE place_id = 'shelf'",
        "INSERT INTO stock_place (code, kind, reference) VALUES ('unexplained:2', 'unexplained', '2')",
    ],
)
def test_database_refuses_figures_that_cannot_be(statement):
    record = StockRecordFactory(stock=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert figures(record) == (1, 0, {"shelf": 1})


def test_only_outside_and_unexplained_may_owe():
    record = StockRecordFactory(stock=0)
    stall = Place.objects.create(code="stall:fair-12", kind="stall", reference="fair-12")
    for place in ("outside", "unexplained"):
        Balance.objects.update_or_create(stockrecord=record, place_id=place, defaults={"quantity": -1})
    with pytest.raises(IntegrityError), transaction.atomic():
        Balance.objects.create(stockrecord=record, place=stall, quantity=-1)


def test_low_stock_alert_opens_and_closes_with_the_ledger(django_capture_on_commit_callbacks):
    record = StockRecordFactory(stock=2, low_stock_threshold=2)
    with django_capture_on_commit_callbacks(execute=True):
        record.allocate(1)
    assert record.alerts.get().status == "Open"
    with django_capture_on_commit_callbacks(execute=True):
        record.cancel_allocation(1)
    assert record.alerts.get().status == "Closed"
