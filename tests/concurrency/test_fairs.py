"""What happens when a fair and the shop want the same piece at once, on PostgreSQL, through the real services."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection
from django.db.models import Q
from django.utils import timezone

from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions.audit import differences as differences_of_fairs
from shop.exhibitions.errors import NotYet, TooFew
from shop.exhibitions.models import Consignment, CountLine, Discrepancy, Fair
from shop.exhibitions.services import counting, inbox, packing, settling
from shop.exhibitions.tests.factories import FairFactory
from shop.exhibitions.tests.stall import line, open_stall, piece
from shop.partner.models import StockRecord
from shop.settlement.models import Statement
from shop.stock import ledger, queries, services
from shop.stock.audit import differences
from shop.stock.errors import InsufficientStock
from shop.stock.models import Hold, Move

from .threads import errors, run_together
from .unguarded import take_out_guard_and_constraints

pytestmark = pytest.mark.django_db(transaction=True)

SHOPPERS = 16
ROUNDS = 5


@pytest.fixture(autouse=True)
def on_postgresql():
    assert connection.vendor == "postgresql", "A race on another database proves nothing about this one"


@pytest.fixture
def curator():
    return get_user_model().objects.create_user(email="kurator@example.com", password="x")


def places(record):
    return {place: units for place, units in queries.balances(record.pk).items() if units and place != "outside"}


def draft_of_one(fair, stock=1):
    """A packing list of one unit of a new piece, and the piece."""
    record = ProductFactory(stock=stock).stockrecords.get()
    consignment = packing.start_list(fair, record.product.maker)
    packing.pack(consignment, record, quantity=1, price=Decimal(250_000))
    return consignment, record


def fair_and_shoppers(number, curator):
    """Sixteen shoppers hold the one unit that is being handed over; piece, what the fair got, what each shopper got."""
    fair = FairFactory(status=Fair.Status.PACKING)
    consignment, record = draft_of_one(fair)

    def hand_over():
        return packing.hand_over(Consignment.objects.get(pk=consignment.pk), signed_by="Rohana", actor=curator)

    def hold(shopper):
        sees = StockRecord.objects.select_related("product__product_class").get(pk=record.pk)
        expires_at = timezone.now() + timedelta(minutes=30)
        return services.hold([(sees, 1)], reference=f"KB-{number}-{shopper}", expires_at=expires_at)

    shoppers = [lambda shopper=shopper: hold(shopper) for shopper in range(SHOPPERS)]
    packer = SHOPPERS // 2
    results = run_together([*shoppers[:packer], hand_over, *shoppers[packer:]])
    return fair, consignment, record, results.pop(packer), results


def test_the_last_unit_goes_to_the_fair_or_to_one_of_sixteen_shoppers_in_each_of_five_rounds(curator):
    for number in range(ROUNDS):
        fair, consignment, record, of_fair, of_shoppers = fair_and_shoppers(number, curator)
        refused = errors(of_shoppers, InsufficientStock)
        holds = [result for result in of_shoppers if isinstance(result, Hold)]
        consignment.refresh_from_db()
        if isinstance(of_fair, Consignment):
            assert (len(holds), len(refused), consignment.status) == (0, 16, "handed_over")
            assert places(record) == {f"transit:{fair.reference}": 1}
        else:
            assert isinstance(of_fair, TooFew), of_fair
            assert [(asked, there) for _title, asked, there in of_fair.pieces] == [(1, 0)]
            assert (len(holds), len(refused), consignment.status) == (1, 15, "draft")
            assert places(record) == {"held": 1}
        assert {(error.requested, error.available) for error in refused} == {(1, 0)}
    assert Move.objects.filter(reason__in=("held", "dispatched")).count() == ROUNDS
    assert list(differences(connection)) == []
    assert list(differences_of_fairs()) == []


def test_control_without_guard_and_constraint_fair_and_shoppers_all_get_it(monkeypatch, curator):
    take_out_guard_and_constraints(monkeypatch, SHOPPERS + 1)
    fair, _consignment, record, of_fair, of_shoppers = fair_and_shoppers(0, curator)
    assert errors([of_fair, *of_shoppers], InsufficientStock) == []
    assert isinstance(of_fair, Consignment)
    assert places(record) == {"shelf": -16, "held": 16, f"transit:{fair.reference}": 1}


def test_control_with_the_constraint_alone_one_wins(monkeypatch, curator):
    monkeypatch.setattr(ledger, "_guard", lambda record, source, quantity: Q())
    _fair, _consignment, record, of_fair, of_shoppers = fair_and_shoppers(0, curator)
    assert [isinstance(result, Hold | Consignment) for result in (of_fair, *of_shoppers)].count(True) == 1
    assert len(errors([of_fair, *of_shoppers], IntegrityError, TooFew)) == SHOPPERS
    assert sum(places(record).values()) == 1


def test_a_list_handed_over_by_eight_clicks_at_once_goes_once(curator):
    fair = FairFactory(status=Fair.Status.PACKING)
    consignment, record = draft_of_one(fair, stock=8)

    def hand_over(_number):
        fresh = Consignment.objects.get(pk=consignment.pk)
        return packing.hand_over(fresh, signed_by="Rohana", actor=curator).handed_over_at

    results = run_together(8, hand_over)
    assert errors(results, AssertionError) == []
    assert len(set(results)) == 1
    assert places(record) == {"shelf": 7, f"transit:{fair.reference}": 1}
    assert Move.objects.filter(reason="dispatched").count() == 1


def test_two_lists_with_the_same_pieces_in_opposite_orders_do_not_wait_for_each_other(curator):
    fairs = [FairFactory(status=Fair.Status.PACKING) for _ in range(2)]
    record = ProductFactory(stock=20).stockrecords.get()
    maker = record.product.maker
    records = [record, ProductFactory(stock=20, maker=maker).stockrecords.get()]
    lists = []
    for number in range(8):
        consignment = packing.start_list(fairs[number % 2], maker)
        for one in records if number % 2 else reversed(records):
            packing.pack(consignment, one, quantity=1, price=Decimal(250_000))
        lists.append(consignment)
    hand_over = [
        lambda one=one: packing.hand_over(Consignment.objects.get(pk=one.pk), signed_by="Rohana", actor=curator)
        for one in lists
    ]
    assert errors(run_together(hand_over), AssertionError) == []
    assert [places(one)["shelf"] for one in records] == [12, 12]


def counted_stall(curator, units=3):
    stall = open_stall()
    record = piece(stall.fair, units)
    Fair.objects.update(status=Fair.Status.COUNTING)
    counting.count(stall.fair, record, counted=units - 1, lost=1, actor=curator)
    return stall, record


def test_a_count_booked_by_four_clicks_at_once_is_booked_once(curator):
    stall, record = counted_stall(curator)
    results = run_together(4, lambda _number: counting.book_count(Fair.objects.get(), actor=curator)[0].booked_at)
    assert errors(results, AssertionError) == []
    assert len(set(results)) == 1
    assert places(record) == {f"returned:{stall.fair.reference}": 2, "unexplained": 1}
    assert list(Discrepancy.objects.values_list("kind", "quantity", "resolution")) == [("count", -1, "lost")]
    assert list(differences_of_fairs()) == []


@pytest.mark.parametrize("attempt", range(3))
def test_a_sale_and_a_count_at_once_lose_no_unit(attempt, curator):
    stall, record = counted_stall(curator)
    event = stall.sale(line(record))
    booked, sold = run_together(
        [
            lambda: counting.book_count(Fair.objects.get(), actor=curator),
            lambda: inbox.take(stall.device, event).status,
        ]
    )
    assert sold == "created"
    if isinstance(booked, NotYet):
        assert not CountLine.objects.get().booked_at
        assert places(record) == {f"stall:{stall.fair.reference}": 2, "sold": 1}
    else:
        errors([booked], AssertionError)
        assert places(record) == {f"returned:{stall.fair.reference}": 2, "sold": 1}
        assert Discrepancy.objects.filter(kind="oversold", quantity=1).count() == 1
    assert list(differences(connection)) == []
    assert list(differences_of_fairs()) == []


def test_what_waits_goes_home_once_however_many_ask(curator):
    stall, record = counted_stall(curator)
    counting.book_count(stall.fair, actor=curator)
    results = run_together(4, lambda _number: counting.shelve(Fair.objects.get(), actor=curator))
    assert sorted(map(bool, results)) == [False, False, False, True]
    assert places(record) == {"unexplained": 1}
    assert queries.balances(record.pk)["outside"] == -1


def test_makers_are_settled_with_once_by_four_clicks_at_once(curator):
    stall, _record = counted_stall(curator)
    counting.book_count(stall.fair, actor=curator)
    results = run_together(4, lambda _number: len(settling.settle_all(Fair.objects.get(), actor=curator)))
    assert sorted(results) == [0, 0, 0, 1]
    assert Statement.objects.get().reference == stall.fair.reference
