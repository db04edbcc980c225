"""Voids and returns: never more units or rupiah than the sale had left, and the units go where they are needed."""

import uuid
from decimal import Decimal

import pytest
from django.db import connection

from shop.exhibitions import audit
from shop.exhibitions.models import Discrepancy, Fair, RefusedEvent, Reversal, ReversalLine, ReversalTender
from shop.exhibitions.tests.stall import PRICE, line, open_stall
from shop.settlement import queries as books
from shop.settlement.models import Entry
from shop.stock import travel
from shop.stock.audit import differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


@pytest.fixture
def record(stall):
    return stall.piece(3)


@pytest.fixture
def sale(stall, record):
    """Two units with Rp50.000 off."""
    sale = stall.sale(line(record, 2, discount=50_000), discount_reason="Dua sekaligus")
    stall.send(sale)
    return sale


def back(quantity=1, amount=225_000, damaged=False, position=1):
    return {"line": position, "quantity": quantity, "amount": amount, "damaged": damaged}


def journey(stall, record):
    return travel.journeys(stall.fair.reference)[record.pk]


def test_a_return_brings_the_unit_back_to_the_stall_and_the_money_to_the_buyer(stall, record, sale):
    reversal = stall.reversal(sale, back(), tender="qris")
    (answer,) = stall.send(reversal)
    assert (answer["status"], answer["echo"]) == ("created", None)
    assert (journey(stall, record).stall, journey(stall, record).sold) == (2, 1)
    entry = Entry.objects.get(idempotency_key=f"reversal:{reversal['id']}")
    assert entry.kind == "given_back"
    assert dict(entry.postings.values_list("account_id", "amount")) == {
        f"takings:{stall.fair.reference}:qris": Decimal(-225_000),
        f"clearing:{stall.fair.reference}": Decimal(225_000),
    }
    kept = Reversal.objects.get()
    assert (str(kept.sale_id), kept.kind, kept.reason, kept.amount) == (sale["id"], "return", "Warna lain", 225_000)
    assert kept.cashier == stall.cashier
    assert list(differences(connection)) == []


@pytest.fixture
def split(stall, record):
    """One unit, a part of it in cash."""
    sale = stall.sale(line(record), tenders=paid(cash=50_000, qris=200_000))
    stall.send(sale)
    return sale


def paid(**amounts):
    return [{"kind": kind, "amount": amount} for kind, amount in amounts.items()]


def takings(stall):
    return {kind: int(amount) for kind, amount in books.takings_by_tender(stall.fair.reference).items()}


def test_a_void_gives_back_every_tender_of_the_sale(stall, split):
    void = stall.reversal(split, kind="void", tenders=paid(cash=50_000, qris=200_000))
    assert stall.send(void)[0]["status"] == "created"
    assert takings(stall) == {"cash": 0, "qris": 0}
    kept = ReversalTender.objects.filter(reversal=void["id"]).values_list("kind", "amount")
    assert set(kept) == {("cash", 50_000), ("qris", 200_000)}
    assert list(audit.of_money(stall.fair)) == []


@pytest.mark.parametrize(
    ("tenders", "where"),
    [
        (paid(cash=250_000), "data.tenders[0].amount"),
        (paid(qris=199_999, cash=50_001), "data.tenders[1].amount"),
        (paid(cash=50_000, card=200_000), "data.tenders[1].amount"),
    ],
)
def test_a_void_gives_back_no_more_of_a_tender_than_was_taken(stall, split, tenders, where):
    (answer,) = stall.send(stall.reversal(split, kind="void", tenders=tenders))
    assert (answer["code"], answer["where"]) == ("reverses_too_much", where)
    assert takings(stall) == {"cash": 50_000, "qris": 200_000}
    assert not Reversal.objects.exists()


def test_two_voids_together_give_back_no_more_of_a_tender_than_was_taken(stall, record):
    sale = stall.sale(line(record), line(record), tenders=paid(cash=250_000, qris=250_000))
    first, second = (stall.reversal(sale, back(amount=250_000, position=position), kind="void") for position in (1, 2))
    assert [answer["code"] for answer in stall.send(sale, first, second)] == ["", "", "reverses_too_much"]
    assert takings(stall) == {"cash": 0, "qris": 250_000}


def test_a_return_is_paid_back_as_it_was_paid_back(stall, split):
    """Nobody can give money back by a merchant's QR code: the drawer must tell that it came out of it."""
    stall.send(stall.reversal(split))
    assert takings(stall) == {"cash": -200_000, "qris": 200_000}
    assert list(audit.of_money(stall.fair)) == []


def test_a_reversal_sent_again_counts_once(stall, record, sale):
    reversal = stall.reversal(sale, back())
    assert [stall.send(reversal)[0]["status"] for _time in range(2)] == ["created", "duplicate"]
    assert journey(stall, record).stall == 2
    assert Reversal.objects.count() == 1


def test_a_sale_and_its_void_come_in_one_batch(stall, record):
    sale = stall.sale(line(record))
    answers = stall.send(sale, stall.reversal(sale, kind="void"))
    assert [answer["status"] for answer in answers] == ["created", "created"]
    assert (journey(stall, record).stall, journey(stall, record).sold) == (3, 0)


def test_a_damaged_piece_does_not_return_to_the_stall(stall, record, sale):
    stall.send(stall.reversal(sale, back(damaged=True)))
    assert (journey(stall, record).stall, journey(stall, record).damaged) == (1, 1)
    assert ReversalLine.objects.get().is_damaged is True


def test_one_reversal_takes_whole_and_damaged_units_of_one_piece(stall, record):
    sale = stall.sale(line(record), line(record))
    reversal = stall.reversal(sale, back(amount=PRICE), back(amount=PRICE, damaged=True, position=2))
    assert [answer["status"] for answer in stall.send(sale, reversal)] == ["created", "created"]
    told = journey(stall, record)
    assert (told.stall, told.damaged, told.sold) == (2, 1, 0)


@pytest.mark.parametrize(("status", "stands"), [(Fair.Status.COUNTING, (3, 0, 0)), (Fair.Status.SETTLED, (1, 2, 0))])
def test_what_comes_back_after_closing_is_told_to_a_curator(stall, record, sale, status, stands):
    Fair.objects.filter(pk=stall.fair.pk).update(status=status)
    stall.send(stall.reversal(sale, back(2, 450_000)))
    told = journey(stall, record)
    assert (told.stall, told.returned, told.sold) == stands
    assert Reversal.objects.get().is_late is True
    assert list(Discrepancy.objects.values_list("kind", "quantity", "sale__number")) == [("late_sale", -2, "A-0001")]


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([back(3, 0)], "data.lines[0].quantity"),
        ([back(1, 450_001)], "data.lines[0].amount"),
        ([back(position=2)], "data.lines[0].quantity"),
    ],
)
def test_more_than_the_sale_had_is_refused(stall, record, sale, lines, where):
    (answer,) = stall.send(stall.reversal(sale, *lines))
    assert (answer["status"], answer["code"]) == ("refused", "reverses_too_much")
    assert answer["where"] == where
    assert journey(stall, record).stall == 1
    assert not Reversal.objects.exists()
    assert Entry.objects.count() == 1


def test_more_than_earlier_reversals_left_is_refused(stall, record, sale):
    stall.send(stall.reversal(sale, back(1, 300_000)))
    too_many, too_dear, just_right = (
        stall.reversal(sale, back(2, 0)),
        stall.reversal(sale, back(1, 150_001)),
        stall.reversal(sale, back(1, 150_000)),
    )
    codes = [answer["code"] for answer in stall.send(too_many, too_dear, just_right)]
    assert codes == ["reverses_too_much", "reverses_too_much", ""]
    assert journey(stall, record).sold == 0
    assert stall.send(stall.reversal(sale, back(1, 0)))[0]["code"] == "reverses_too_much"


def test_a_sale_that_is_still_on_another_device_is_waited_for(stall, record):
    other = stall.second_device()
    sale = other.sale(line(record))
    reversal = stall.reversal(sale)
    assert stall.send(reversal)[0]["code"] == "sale_unknown"
    assert RefusedEvent.objects.get().settled_at is None
    other.send(sale)
    assert stall.send(reversal)[0]["status"] == "created"
    assert RefusedEvent.objects.get().settled_at is not None
    assert journey(stall, record).stall == 3


def test_a_sale_of_another_fair_is_not_taken_back(stall):
    elsewhere = open_stall()
    sale = elsewhere.sale()
    elsewhere.send(sale)
    assert stall.send(stall.reversal(sale))[0]["code"] == "wrong_fair"
    assert not Reversal.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "bad_field"),
        ({"kind": "refund"}, "bad_field"),
        ({"tenders": [{"kind": "gold", "amount": 225_000}]}, "bad_field"),
        ({"tenders": [{"kind": "cash", "amount": 0}, {"kind": "qris", "amount": 225_000}]}, "bad_field"),
        ({"tenders": [{"kind": "cash", "amount": 100_000}, {"kind": "cash", "amount": 125_000}]}, "bad_field"),
        ({"tenders": []}, "does_not_add_up"),
        ({"tenders": [{"kind": "cash", "amount": 224_999}]}, "does_not_add_up"),
        ({"lines": []}, "bad_field"),
        ({"lines": [back(), back()], "amount": 450_000}, "bad_field"),
        ({"lines": [back() | {"damaged": "no"}]}, "bad_field"),
        ({"sale": "A-0001"}, "bad_field"),
        ({"amount": 1}, "does_not_add_up"),
        ({"sale": str(uuid.uuid4())}, "sale_unknown"),
    ],
)
def test_a_reversal_that_is_not_as_agreed_is_refused(stall, sale, change, code):
    assert stall.send(stall.reversal(sale, back(), **change))[0]["code"] == code
    assert not Reversal.objects.exists()


def test_an_oversold_piece_that_is_brought_back_is_at_the_stall(stall):
    record = stall.piece(1)
    sale = stall.sale(line(record, 2))
    stall.send(sale, stall.reversal(sale, back(2, 500_000)))
    told = journey(stall, record)
    assert (told.stall, told.sold, told.unexplained) == (2, 0, -1)
    assert list(differences(connection)) == []
