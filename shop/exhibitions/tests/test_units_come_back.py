"""Where the units of voids and returns go: to where they really lie, and none to two places."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from shop.exhibitions import audit
from shop.exhibitions.models import CountLine, Discrepancy, Fair, ReversalLine
from shop.exhibitions.services import counting
from shop.exhibitions.tests.stall import PRICE, line, now, open_stall
from shop.stock import travel
from shop.stock.audit import differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


def back(quantity=1, *, damaged=False, position=1):
    return {"line": position, "quantity": quantity, "amount": PRICE * quantity, "damaged": damaged}


def undo(stall, sale, *lines, kind="void", **changes):
    (answer,) = stall.send(stall.reversal(sale, *(lines or (back(),)), kind=kind, **changes))
    assert answer["status"] == "created", answer
    assert list(differences(connection)) == []
    assert list(audit.of_units(Fair.objects.get(pk=stall.fair.pk))) == []


def where(stall, record):
    """Units by place, those with none left out."""
    told = travel.journeys(stall.fair.reference)[record.pk]
    names = ("stall", "sold", "returned", "damaged", "unexplained")
    return {name: getattr(told, name) for name in names if getattr(told, name)}


def told(stall, **fields):
    rows = Discrepancy.objects.filter(fair=stall.fair, **fields).exclude(kind="late_sale").order_by("pk")
    return list(rows.values_list("kind", "quantity", "resolution"))


def close(stall, curator, *counts, book=True):
    """Close the stall and count: (record, counted) each, what is less is lost."""
    Fair.objects.filter(pk=stall.fair.pk).update(status="counting")
    for record, counted in counts:
        lost = max(0, travel.at_stall(record.pk, stall.fair.reference) - counted)
        counting.count(stall.fair, record, counted=counted, lost=lost, actor=curator)
    if book:
        counting.book_count(stall.fair, actor=curator)


def test_a_void_of_what_the_books_never_had_leaves_no_phantom_at_the_stall(stall):
    record = stall.piece(1)
    sold, mistyped = stall.sale(line(record)), stall.sale(line(record))
    stall.send(sold, mistyped)
    assert where(stall, record) == {"sold": 2, "unexplained": -1}
    undo(stall, mistyped)
    assert where(stall, record) == {"sold": 1}
    assert told(stall) == [("oversold", 1, "explained")]
    assert "A-0001" in Discrepancy.objects.get().note
    assert ReversalLine.objects.get().to_unexplained == 1


def test_a_void_gives_back_first_what_the_books_never_had_and_then_to_the_stall(stall):
    record = stall.piece(1)
    sale = stall.sale(line(record, 3))
    stall.send(sale)
    undo(stall, sale, back(1))
    assert where(stall, record) == {"sold": 2, "unexplained": -1}
    assert told(stall) == [("oversold", 1, "explained"), ("oversold", 1, "")]
    undo(stall, sale, back(2))
    assert where(stall, record) == {"stall": 1}
    assert told(stall) == [("oversold", 1, "explained"), ("oversold", 1, "explained")]


def test_a_return_is_a_real_piece_wherever_its_sale_was_booked_from(stall):
    record = stall.piece(1)
    sale = stall.sale(line(record, 2))
    stall.send(sale)
    undo(stall, sale, back(2), kind="return")
    assert where(stall, record) == {"stall": 2, "unexplained": -1}
    assert told(stall) == [("oversold", 1, "")]


def test_a_damaged_piece_is_a_real_piece(stall):
    record = stall.piece(1)
    sale = stall.sale(line(record, 2))
    stall.send(sale)
    undo(stall, sale, back(2, damaged=True), kind="return")
    assert where(stall, record) == {"damaged": 2, "unexplained": -1}


def test_an_answer_that_a_person_gave_is_left_alone(stall, curator):
    record = stall.piece(1)
    sale = stall.sale(line(record, 2))
    stall.send(sale)
    counting.resolve(Discrepancy.objects.get(), resolution="explained", note="Tertinggal di mobil", actor=curator)
    undo(stall, sale, back(2))
    assert where(stall, record) == {"stall": 1}
    assert Discrepancy.objects.get(kind="oversold").note == "Tertinggal di mobil"


@pytest.mark.parametrize("kind", ["void", "return"])
def test_until_the_count_is_booked_units_come_back_to_the_stall_and_are_counted_there(kind, stall, curator):
    record = stall.piece(1)
    sale = stall.sale(line(record))
    stall.send(sale)
    close(stall, curator, (record, 0), book=False)
    undo(stall, sale, kind=kind)
    assert where(stall, record) == {"stall": 1}
    assert [one.is_stale for one in counting.open_variances(stall.fair)] == [True]


@pytest.mark.parametrize("kind", ["void", "return"])
def test_what_was_counted_is_not_put_on_the_shelf_twice_when_the_sale_and_its_end_come_late(kind, stall, curator):
    record = stall.piece(1)
    sale, at = stall.sale(line(record)), now(minutes=-5)
    close(stall, curator, (record, 1))
    stall.send(sale)
    undo(stall, sale, kind=kind, at=at)
    assert where(stall, record) == {"returned": 1}
    assert counting.shelve(stall.fair, actor=curator) == {record.pk: (0, 1)}
    assert told(stall) == [("oversold", 1, "explained")]


@pytest.mark.parametrize("kind", ["void", "return"])
def test_what_was_counted_as_too_many_is_explained_by_the_reversal_that_comes_late(kind, stall, curator):
    record = stall.piece(3)
    sale, at = stall.sale(line(record)), now(minutes=-5)
    stall.send(sale)
    close(stall, curator, (record, 3))
    assert where(stall, record) == {"sold": 1, "returned": 3, "unexplained": -1}
    undo(stall, sale, kind=kind, at=at)
    assert where(stall, record) == {"returned": 3}
    assert told(stall) == [("count", 1, "explained")]


def test_a_unit_that_a_late_void_says_is_there_and_nobody_counted_is_to_be_found(stall, curator):
    record = stall.piece(3)
    sale = stall.sale(line(record))
    stall.send(sale)
    close(stall, curator, (record, 2))
    undo(stall, sale)
    assert where(stall, record) == {"returned": 2, "unexplained": 1}
    assert told(stall) == [("count", -1, "")]
    counting.resolve(Discrepancy.objects.get(kind="count"), resolution="found", actor=curator)
    assert where(stall, record) == {"returned": 3}
    assert list(audit.of_units(stall.fair)) == []


def test_a_late_void_of_a_piece_that_nobody_counted_waits_to_go_home(stall, curator):
    record, other = stall.piece(1), stall.piece(1)
    sale = stall.sale(line(record))
    stall.send(sale)
    close(stall, curator, (other, 1))
    undo(stall, sale)
    assert where(stall, record) == {"returned": 1}


def test_what_a_buyer_brings_after_the_count_goes_home(stall, curator):
    record = stall.piece(2)
    sale = stall.sale(line(record))
    stall.send(sale)
    close(stall, curator, (record, 1))
    undo(stall, sale, kind="return", at=now(minutes=5))
    assert where(stall, record) == {"returned": 2}


def test_a_loss_that_was_a_late_sale_after_all_is_a_real_piece_when_the_buyer_brings_it(stall, curator):
    record = stall.piece(1)
    sale = stall.sale(line(record))
    close(stall, curator, (record, 0))
    stall.send(sale)
    assert where(stall, record) == {"sold": 1}
    undo(stall, sale, kind="return", at=now(minutes=5))
    assert where(stall, record) == {"returned": 1}


def test_a_loss_stands_again_when_the_late_sale_that_explained_it_is_voided(stall, curator):
    record = stall.piece(1)
    sale = stall.sale(line(record))
    close(stall, curator, (record, 0))
    stall.send(sale)
    undo(stall, sale)
    assert where(stall, record) == {"unexplained": 1}
    assert told(stall) == [("count", -1, "lost"), ("oversold", 1, "explained")]


def test_a_damaged_piece_that_the_count_had_is_not_damaged_twice(stall, curator):
    record = stall.piece(1)
    sale, at = stall.sale(line(record)), now(minutes=-5)
    Fair.objects.filter(pk=stall.fair.pk).update(status="counting")
    counting.count(stall.fair, record, counted=0, damaged=1, actor=curator)
    counting.book_count(stall.fair, actor=curator)
    stall.send(sale)
    undo(stall, sale, back(damaged=True), kind="return", at=at)
    assert where(stall, record) == {"damaged": 1}


def test_after_the_fair_is_settled_nothing_comes_back_to_its_stall(stall):
    record = stall.piece(1)
    sale = stall.sale(line(record))
    stall.send(sale)
    Fair.objects.filter(pk=stall.fair.pk).update(status="settled")
    undo(stall, sale)
    assert where(stall, record) == {"returned": 1}
    assert not CountLine.objects.exists()


def test_the_clock_of_the_count_decides_and_not_the_moment_of_sending(stall, curator):
    record = stall.piece(2)
    sale = stall.sale(line(record))
    stall.send(sale)
    close(stall, curator, (record, 1))
    CountLine.objects.update(counted_at=timezone.now() - timedelta(hours=3))
    undo(stall, sale, kind="return", at=now(hours=-2))
    assert where(stall, record) == {"returned": 2}
