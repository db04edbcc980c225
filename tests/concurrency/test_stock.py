"""What happens when many want the same piece at once, on PostgreSQL, through the real services."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from shop.catalogue.tests.factories import StockRecordFactory
from shop.partner.models import StockRecord
from shop.stock import ledger, locks, queries, services
from shop.stock.audit import differences
from shop.stock.errors import AllocationTooSmall, HoldNotActive, InsufficientStock
from shop.stock.models import Hold, Move

from .threads import errors, run_together
from .unguarded import take_out_guard_and_constraints

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 16
ROUNDS = 5


@pytest.fixture(autouse=True)
def on_postgresql():
    assert connection.vendor == "postgresql", "A race on another database proves nothing about this one"


def soon():
    return timezone.now() + timedelta(minutes=30)


def figures(record):
    fresh = StockRecord.objects.get(pk=record.pk)
    return fresh.num_in_stock, fresh.num_allocated


def buyers_of_last_piece(round_number):
    """Sixteen buyers hold the one unit of a new record; the record and what each got come back."""
    record = StockRecordFactory(stock=1)

    def buy(number):
        buyer_sees = StockRecord.objects.select_related("product__product_class").get(pk=record.pk)
        return services.hold([(buyer_sees, 1)], reference=f"KB-{round_number}-{number}", expires_at=soon())

    return record, run_together(BUYERS, buy)


def test_sixteen_buyers_of_one_last_piece_make_one_hold_in_each_of_five_rounds():
    winners, refusals = 0, 0
    for round_number in range(ROUNDS):
        record, results = buyers_of_last_piece(round_number)
        refused = errors(results, InsufficientStock)
        assert len(refused) == BUYERS - 1
        assert {(error.requested, error.available) for error in refused} == {(1, 0)}
        assert figures(record) == (1, 1)
        winners += sum(isinstance(result, Hold) for result in results)
        refusals += len(refused)
    assert (winners, refusals) == (5, 75)
    assert Hold.objects.count() == 5
    assert Move.objects.filter(target="held").count() == 5
    assert list(differences(connection)) == []


def test_control_without_guard_and_constraint_the_same_buyers_oversell(monkeypatch):
    take_out_guard_and_constraints(monkeypatch, BUYERS)
    sold = 0
    for round_number in range(ROUNDS):
        record, results = buyers_of_last_piece(round_number)
        assert errors(results, InsufficientStock) == []
        assert figures(record) == (1, 16)
        sold += sum(isinstance(result, Hold) for result in results)
    assert sold == 80


def test_control_with_the_constraint_alone_nothing_is_oversold(monkeypatch):
    monkeypatch.setattr(ledger, "_guard", lambda record, source, quantity: Q())
    record, results = buyers_of_last_piece(0)
    assert sum(isinstance(result, Hold) for result in results) == 1
    assert len(errors(results, IntegrityError)) == BUYERS - 1
    assert figures(record) == (1, 1)


def test_four_senders_of_one_allocated_unit_send_it_once():
    record = StockRecordFactory(stock=3)
    services.allocate(record, 1)

    def send(number):
        StockRecord.objects.get(pk=record.pk).consume_allocation(1)
        return "sent"

    results = run_together(4, send)
    assert len(errors(results, AllocationTooSmall)) == 3
    assert results.count("sent") == 1
    assert figures(record) == (2, 0)
    assert queries.balances(record.pk) == {"outside": -3, "shelf": 2, "ordered": 0, "sold": 1}


def test_sending_and_cancelling_one_unit_do_one_of_the_two():
    record = StockRecordFactory(stock=1)
    services.allocate(record, 1)
    fresh = [StockRecord.objects.get(pk=record.pk) for _ in range(2)]
    results = run_together([lambda: fresh[0].consume_allocation(1), lambda: fresh[1].cancel_allocation(1)])
    assert len(errors(results, AllocationTooSmall)) == 1
    places = queries.balances(record.pk)
    assert places["shelf"] + places.get("sold", 0) == 1


def test_baskets_in_opposite_orders_do_not_wait_for_each_other():
    records = [StockRecordFactory(stock=40) for _ in range(4)]

    def buy(number):
        lines = [(record, 1) for record in (records if number % 2 else reversed(records))]
        held = []
        for time in range(5):
            held.append(services.hold(lines, reference=f"KB-{number}-{time}", expires_at=soon()))
        return held

    assert errors(run_together(8, buy), InsufficientStock) == []
    assert [figures(record) for record in records] == [(40, 40)] * 4
    assert list(differences(connection)) == []


def test_verbs_on_several_records_after_lock_stock_do_not_wait_for_each_other():
    records = [StockRecordFactory(stock=20) for _ in range(2)]

    def sell(number):
        for _time in range(10):
            with transaction.atomic():
                locks.lock_stock(record.pk for record in records)
                for record in records if number else reversed(records):
                    services.allocate(StockRecord.objects.get(pk=record.pk), 1)

    assert errors(run_together(2, sell), InsufficientStock) == []
    assert [figures(record) for record in records] == [(20, 20)] * 2


def test_one_key_used_at_once_is_one_move():
    record = StockRecordFactory(stock=1)

    def allocate(number):
        return services.allocate(StockRecord.objects.get(pk=record.pk), 1, key="line-7").pk

    results = run_together(8, allocate)
    assert errors(results, AssertionError) == []
    assert len(set(results)) == 1
    assert Move.objects.filter(idempotency_key="line-7").count() == 1
    assert figures(record) == (1, 1)


def test_one_reference_held_at_once_is_one_hold():
    record = StockRecordFactory(stock=1)
    results = run_together(8, lambda number: services.hold([(record, 1)], reference="KB-1", expires_at=soon()).pk)
    assert errors(results, AssertionError) == []
    assert len(set(results)) == 1
    assert figures(record) == (1, 1)


@pytest.mark.parametrize("attempt", range(3))
def test_release_and_commit_at_once_do_exactly_one(attempt):
    records = [StockRecordFactory(stock=1) for _ in range(2)]
    services.hold([(record, 1) for record in records], reference="KB-1", expires_at=soon())
    verbs = [services.commit_hold, services.release_hold] * 4
    results = run_together([lambda verb=verb: verb("KB-1").status for verb in verbs])
    [status] = {result for result in results if isinstance(result, str)}
    assert len(errors(results, HoldNotActive)) == 4
    assert Hold.objects.get().status == status
    expected = (1, 1) if status == "committed" else (1, 0)
    assert [figures(record) for record in records] == [expected] * 2
    place = "ordered" if status == "committed" else "shelf"
    assert [queries.balances(record.pk)[place] for record in records] == [1, 1]
