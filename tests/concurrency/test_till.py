"""Two tabs, a lost answer, two phones: the same events come at the same moment, and each counts once."""

import time
from threading import Barrier, Event

import pytest
from django.db import OperationalError, connection, transaction

from shop.exhibitions.errors import CodeUsed
from shop.exhibitions.models import (
    CashDay,
    Device,
    Discrepancy,
    Fair,
    PairingCode,
    Reversal,
    Sale,
    SaleLine,
    Tender,
    TillEvent,
)
from shop.exhibitions.services import days, devices, inbox, reversals
from shop.exhibitions.services.locks import lock_fair
from shop.exhibitions.tests.stall import line, open_stall
from shop.settlement.models import Entry
from shop.stock import travel
from shop.stock.audit import differences

from .threads import PATIENCE, errors, run_together

pytestmark = pytest.mark.django_db(transaction=True)

SENDERS = 6


@pytest.fixture(autouse=True)
def on_postgresql():
    assert connection.vendor == "postgresql", "A race on another database proves nothing about this one"


@pytest.fixture
def stall():
    return open_stall()


def status_counts(answers):
    return {
        status: sum(answer.status == status for answer in answers) for status in ("created", "duplicate", "refused")
    }


def seen_by_all(monkeypatch):
    """Every sender has looked for an earlier event, and found none, before any of them writes."""
    all_have_looked = Barrier(SENDERS)
    look = inbox._earlier

    def look_and_wait(identity):
        found = look(identity)
        all_have_looked.wait(PATIENCE)
        return found

    monkeypatch.setattr(inbox, "_earlier", look_and_wait)


def test_one_sale_sent_by_six_at_once_counts_once(stall, monkeypatch):
    record = stall.piece(3)
    sale = stall.sale(line(record))
    seen_by_all(monkeypatch)
    answers = run_together(SENDERS, lambda number: inbox.take(stall.device, sale))
    assert errors(answers) == []
    assert status_counts(answers) == {"created": 1, "duplicate": 5, "refused": 0}
    assert {str(answer.echo) for answer in answers} == {str(answers[0].echo)}
    assert (Sale.objects.count(), SaleLine.objects.count(), Entry.objects.count()) == (1, 1, 1)
    assert travel.at_stall(record.pk, stall.fair.reference) == 2
    assert list(differences(connection)) == []


def test_control_without_the_events_key_and_its_like_the_same_sale_counts_six_times(stall, monkeypatch):
    """Sees the race: looking first and writing later, with the keys taken out, keeps six sales of one."""
    record = stall.piece(3)
    sale = stall.sale(line(record))
    take_out_keys()
    seen_by_all(monkeypatch)
    answers = run_together(SENDERS, lambda number: inbox.take(stall.device, sale))
    assert errors(answers) == []
    assert status_counts(answers) == {"created": 6, "duplicate": 0, "refused": 0}
    assert TillEvent.objects.count() == Sale.objects.count() == SaleLine.objects.count() == 6


def take_out_keys():
    """For good: the test is transactional, and the next one has another database."""
    with connection.cursor() as cursor:
        for table, constraint in _unique_constraints(cursor):
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}" CASCADE')


def _unique_constraints(cursor):
    cursor.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid::regclass"
        "::text IN ('exhibitions_tillevent', 'exhibitions_sale', 'exhibitions_saleline') ORDER BY conname"
    )
    return [(table, name) for table, name in cursor.fetchall() if name != "exhibitions_saleline_pkey"]


def two_contents(stall, record):
    sale = stall.sale(line(record))
    forged = sale | {"data": sale["data"] | {"note": "lain"}}
    return run_together([lambda event=event: inbox.take(stall.device, event) for event in (sale, forged) * 3])


def test_one_id_with_two_contents_at_once_counts_one_and_refuses_the_other(stall, monkeypatch):
    record = stall.piece(3)
    seen_by_all(monkeypatch)
    answers = two_contents(stall, record)
    assert errors(answers) == []
    assert status_counts(answers) == {"created": 1, "duplicate": 2, "refused": 3}
    assert {answer.code for answer in answers} == {"", "content_differs"}
    assert travel.at_stall(record.pk, stall.fair.reference) == 2


def test_control_without_the_events_key_both_contents_of_one_id_count(stall, monkeypatch):
    take_out_keys()
    seen_by_all(monkeypatch)
    answers = two_contents(stall, stall.piece(6))
    assert errors(answers) == []
    assert status_counts(answers) == {"created": 6, "duplicate": 0, "refused": 0}
    assert sorted(Sale.objects.values_list("note", flat=True)) == [""] * 3 + ["lain"] * 3


def test_two_devices_sell_the_same_pieces_in_opposite_orders_without_waiting_for_ever(stall):
    records = [stall.piece(10) for _number in range(3)]
    stalls = [stall, stall.second_device()]

    def sell(number):
        kept = records if number else list(reversed(records))
        mine = stalls[number]
        return [inbox.take(mine.device, mine.sale(*(line(record) for record in kept))) for _time in range(6)]

    results = run_together(2, sell)
    assert errors(results) == []
    assert {answer.status for answers in results for answer in answers} == {"created"}
    assert Sale.objects.count() == 12
    assert [(one.kind, one.quantity) for one in Discrepancy.objects.all()] == [("oversold", 1)] * 6
    for record in records:
        told = travel.journeys(stall.fair.reference)[record.pk]
        assert (told.stall, told.sold, told.unexplained) == (0, 12, -2)
    assert list(differences(connection)) == []


def test_a_unit_is_taken_back_once_whoever_presses_first(stall):
    record = stall.piece(2)
    sale = stall.sale(line(record))
    stall.send(sale)
    other = stall.second_device()
    reversals = [(one.device, one.reversal(sale)) for one in (stall, other) for _time in range(2)]
    answers = run_together([lambda pair=pair: inbox.take(*pair) for pair in reversals])
    assert errors(answers) == []
    assert status_counts(answers) == {"created": 1, "duplicate": 0, "refused": 3}
    assert {answer.code for answer in answers} == {"", "reverses_too_much"}
    assert Reversal.objects.count() == 1
    assert travel.at_stall(record.pk, stall.fair.reference) == 2


def test_control_without_the_lock_on_the_fair_a_unit_is_taken_back_twice(stall, monkeypatch):
    record = stall.piece(2)
    sale = stall.sale(line(record, 1), line(record, 1))
    stall.send(sale)
    both_have_looked = Barrier(2)
    look = reversals._lines_with_enough_left

    def look_and_wait(*args):
        lines = look(*args)
        both_have_looked.wait(PATIENCE)
        return lines

    monkeypatch.setattr(reversals, "_lines_with_enough_left", look_and_wait)
    monkeypatch.setattr(inbox, "lock_fair", lambda pk: Fair.objects.get(pk=pk))
    events = [stall.reversal(sale) for _time in range(2)]
    answers = run_together(2, lambda number: inbox.take(stall.device, events[number]))
    assert errors(answers) == []
    assert status_counts(answers) == {"created": 2, "duplicate": 0, "refused": 0}


def look_together(monkeypatch, name, many, look):
    """Put ``look`` in the place of a verb's own look, and let nobody write before all have looked."""
    all_have_looked = Barrier(many)

    def look_and_wait(*args):
        found = look(*args)
        all_have_looked.wait(PATIENCE)
        return found

    monkeypatch.setattr(devices, name, look_and_wait)


def test_two_phones_with_one_code_make_one_device(stall):
    code = devices.new_code(stall.fair).code
    results = run_together(4, lambda number: devices.pair(code, name=f"HP {number}"))
    assert len(errors(results, CodeUsed)) == 3
    assert Device.objects.filter(fair=stall.fair).count() == 2


def test_control_without_the_lock_on_the_code_it_makes_four_devices(stall, monkeypatch):
    code = devices.new_code(stall.fair).code
    look_together(monkeypatch, "_lock_code", 4, lambda code: PairingCode.objects.get(code=code))
    results = run_together(4, lambda number: devices.pair(code, name=f"HP {number}"))
    assert errors(results) == []
    assert Device.objects.filter(fair=stall.fair).count() == 5


def test_phones_that_pair_at_once_get_letters_of_their_own(stall):
    codes = [devices.new_code(stall.fair).code for _number in range(5)]
    results = run_together(5, lambda number: devices.pair(codes[number], name="HP"))
    assert errors(results) == []
    assert sorted(stall.fair.devices.values_list("letter", flat=True)) == ["A", "B", "C", "D", "E", "F"]


def test_control_without_lock_and_constraint_phones_share_a_letter(stall, monkeypatch):
    codes = [devices.new_code(stall.fair).code for _number in range(5)]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE exhibitions_device DROP CONSTRAINT device_letter_once")
    monkeypatch.setattr(devices, "lock_fair", lambda pk: Fair.objects.get(pk=pk))
    look_together(monkeypatch, "_taken_letters", 5, devices._taken_letters)
    results = run_together(5, lambda number: devices.pair(codes[number], name="HP"))
    assert errors(results) == []
    assert sorted(stall.fair.devices.values_list("letter", flat=True)) == ["A", "B", "B", "B", "B", "B"]


def closing_while_a_sale_comes(stall, goes_on):
    """A closing takes the fair, and commits when ``goes_on()`` returns; a sale comes meanwhile."""
    record = stall.piece(5)
    begun = Barrier(2)

    def close():
        with transaction.atomic():
            fair = lock_fair(stall.fair.pk)
            begun.wait(PATIENCE)
            goes_on()
            fair.status = Fair.Status.COUNTING
            fair.save(update_fields=["status"])
        return "closed"

    def sell():
        begun.wait(PATIENCE)
        return inbox.take(stall.device, stall.sale(line(record)))

    return run_together([close, sell])


def somebody_waits_for_me():
    """Returns when another transaction waits for a lock that this one holds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits")


def test_a_sale_waits_for_a_closing_that_has_begun(stall):
    """The closing has begun and is not committed: the sale waits for it, and is late."""
    results = closing_while_a_sale_comes(stall, somebody_waits_for_me)
    assert errors(results) == []
    assert results[1].status == "created"
    assert Sale.objects.get().is_late is True
    assert [(one.kind, one.quantity) for one in Discrepancy.objects.all()] == [("late_sale", 1)]


def test_control_without_the_lock_on_the_fair_a_sale_after_closing_is_not_late(stall, monkeypatch):
    sold = Event()
    take = inbox.take

    def take_and_tell(*args):
        answer = take(*args)
        sold.set()
        return answer

    monkeypatch.setattr(inbox, "lock_fair", lambda pk: Fair.objects.get(pk=pk))
    monkeypatch.setattr(inbox, "take", take_and_tell)
    results = closing_while_a_sale_comes(stall, lambda: sold.wait(PATIENCE))
    assert errors(results) == []
    assert Sale.objects.get().is_late is False
    assert not Discrepancy.objects.exists()


def late_sales_of_a_closed_day(stall):
    """Two at once, each for Rp250.000 in cash, of a drawer that held Rp500.000 and was counted without them."""
    day = stall.event("day_open", {"day": "", "float": 500_000})
    day["data"]["day"] = day["id"]
    told = {"day": day["id"], "expected": 1_000_000, "counted": 1_000_000}
    # A sale before them has opened the accounts, so that the two do not wait for each other there.
    stall.send(stall.sale(), day, stall.event("day_close", told))
    sales = [stall.sale(line(stall.piece()), day=day["id"]) for _number in range(2)]
    answers = run_together(2, lambda number: inbox.take(stall.device, sales[number]))
    assert status_counts(answers) == {"created": 2, "duplicate": 0, "refused": 0}
    return CashDay.objects.get().expected


def test_a_drawer_is_reckoned_with_both_of_two_late_sales(stall):
    assert late_sales_of_a_closed_day(stall) == 1_000_000
    assert Discrepancy.objects.get(kind="cash").resolution == "explained"


def test_control_without_the_lock_on_the_fair_a_drawer_misses_a_sale(stall, monkeypatch):
    both_have_reckoned = Barrier(2)
    cash = days._cash

    def reckon_and_wait(tenders):
        found = cash(tenders)
        if tenders.model is Tender and found:
            both_have_reckoned.wait(PATIENCE)
        return found

    monkeypatch.setattr(days, "_cash", reckon_and_wait)
    monkeypatch.setattr(inbox, "lock_fair", lambda pk: Fair.objects.get(pk=pk))
    assert late_sales_of_a_closed_day(stall) == 750_000


@pytest.mark.parametrize(("breaks", "sales"), [(2, 1), (3, 0)])
def test_a_wait_that_the_database_broke_is_begun_anew_three_times_at_most(stall, monkeypatch, breaks, sales):
    sale = stall.sale()
    tried = []
    count = inbox._count

    def broken_at_first(*args, **circumstances):
        tried.append(1)
        if len(tried) <= breaks:
            raise OperationalError("deadlock detected")
        return count(*args, **circumstances)

    monkeypatch.setattr(inbox, "_count", broken_at_first)
    results = run_together([lambda: inbox.take(stall.device, sale)])
    assert len(errors(results, OperationalError)) == 1 - sales
    assert len(tried) == 3
    assert Sale.objects.count() == sales
