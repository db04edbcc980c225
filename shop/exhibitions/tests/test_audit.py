from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from shop.exhibitions.models import ConsignmentLine, Fair, ReversalLine, SaleLine, Tender
from shop.exhibitions.services import counting, inbox, settling
from shop.exhibitions.tests.stall import line, open_stall, piece
from shop.settlement.services import book_takings
from shop.stock import travel

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    """Three of a piece came, four were sold, two came back, one of them spoilt."""
    stall = open_stall()
    stall.record = piece(stall.fair, 3)
    sale = stall.sale(line(stall.record, 4))
    back = stall.reversal(sale, {"line": 1, "quantity": 1, "amount": 250_000, "damaged": False}, tender="transfer")
    spoilt = stall.reversal(sale, {"line": 1, "quantity": 1, "amount": 200_000, "damaged": True})
    for event in (sale, back, spoilt):
        assert inbox.take(stall.device, event).status == "created"
    return stall


def check():
    out = StringIO()
    try:
        call_command("check_fairs", stdout=out)
    except CommandError as error:
        return [*out.getvalue().splitlines(), str(error)]
    return out.getvalue().splitlines()


def found(stall):
    """Differences without the fair's reference and the piece's SKU."""
    return [
        told.replace(f"{stall.fair.reference}: ", "").replace(stall.record.partner_sku, "it") for told in check()[:-1]
    ]


def test_a_fair_that_adds_up_passes(stall):
    assert check() == ["Fairs agree with their lists, tills, ledger and books."]
    out = StringIO()
    call_command("check_fairs", "--quiet", stdout=out)
    assert out.getvalue() == ""


def test_a_sale_that_the_ledger_does_not_know_is_named(stall):
    SaleLine.objects.update(quantity=5, from_stall=4, total=1_250_000)
    assert found(stall) == [
        "what the ledger sold of it should be 5, is 4",
        "what left the stall of it by sales should be 4, is 3",
        "what its lines brought in should be 550000, is 800000",
        "sales without a statement should be 800000, is 550000.00",
    ]


def test_units_that_left_without_a_sale_are_named(stall):
    travel.sell_at_stall([(stall.record, 1)], reference=stall.fair.reference, key="forged")
    assert found(stall) == [
        "what the ledger sold of it should be 4, is 5",
        "what left the stall of it by sales should be 3, is 4",
    ]


def test_units_that_came_back_otherwise_are_named(stall):
    ReversalLine.objects.filter(is_damaged=True).update(quantity=2)
    assert found(stall) == ["what is damaged of it should be 2, is 1", "what came back of it should be 3, is 2"]


def test_units_that_no_discrepancy_speaks_of_are_named(stall):
    travel.move(travel.Way.LOST, [(stall.record, 1)], reference=stall.fair.reference, key="forged")
    assert found(stall) == ["what is unexplained of it should be -1, is 0"]


def test_a_discrepancy_that_the_ledger_does_not_know_is_named(stall):
    stall.fair.discrepancies.create(kind="missing", stockrecord=stall.record, quantity=2)
    assert found(stall) == ["what is unexplained of it should be 1, is -1"]


def test_units_that_are_on_no_list_any_more_are_named(stall):
    travel.move(travel.Way.BROUGHT, [(stall.record, 1)], reference=stall.fair.reference, key="forged")
    assert found(stall) == [
        "what is on its way of it should be 0, is 1",
        "what was brought of it should be 3, is 4",
    ]


@pytest.mark.parametrize(("way", "what"), [("stall_damaged", "what is damaged"), ("stall_gifted", "what was gifted")])
def test_units_that_left_the_stall_unsaid_are_named(stall, way, what):
    travel.move(way, [(stall.record, 1)], reference=stall.fair.reference, key="forged")
    expected = 1 if way == "stall_damaged" else 0
    assert found(stall) == [f"{what} of it should be {expected}, is {expected + 1}"]


def test_units_that_are_said_never_to_have_been_sold_are_named(stall):
    ReversalLine.objects.filter(is_damaged=False).update(to_unexplained=1)
    assert found(stall) == [
        "what is unexplained of it should be 0, is -1",
        "what came back as never sold of it should be 1, is 0",
    ]


def test_a_list_that_says_otherwise_than_the_ledger_is_named(stall):
    ConsignmentLine.objects.update(quantity=4)
    assert found(stall) == ["what was brought of it should be 4, is 3"]


def test_a_tender_that_the_books_do_not_know_is_named(stall):
    Tender.objects.update(amount=900_000)
    assert found(stall) == [
        "takings by cash should be 700000, is 800000.00",
        "what its lines brought in should be 450000, is 550000",
    ]


def test_takings_without_a_sale_are_named(stall):
    reference = stall.fair.reference
    book_takings({"qris": Decimal(10)}, reference=reference, key="forged", occurred_at=timezone.now())
    assert found(stall) == [
        "takings by qris should be 0, is 10.00",
        "sales without a statement should be 550000, is 550010.00",
    ]


def test_a_settled_fair_has_nothing_left_without_a_statement(stall):
    curator = get_user_model().objects.create_user(email="kurator@example.com", password="x")
    Fair.objects.update(status=Fair.Status.COUNTING)
    counting.count(stall.fair, stall.record, counted=1, actor=curator)
    counting.book_count(stall.fair, actor=curator)
    Fair.objects.update(status=Fair.Status.SETTLED)
    assert found(stall) == ["sales without a statement of a settled fair should be 0, is 550000.00"]
    settling.settle_all(stall.fair, actor=curator)
    assert check() == ["Fairs agree with their lists, tills, ledger and books."]
