"""What does not agree, and what becomes of units that are said to be found."""

import pytest

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions import audit
from shop.exhibitions.errors import (
    BadResolution,
    MoreThanMissing,
    NotMissingAnyMore,
    ReasonIsMissing,
    ResolvedOtherwise,
    TooFew,
)
from shop.exhibitions.models import Discrepancy, Fair
from shop.exhibitions.services import counting, inbox, packing
from shop.exhibitions.tests.books import adds_up, places
from shop.exhibitions.tests.books import discrepancies as told
from shop.exhibitions.tests.factories import FairFactory
from shop.exhibitions.tests.stall import line, open_stall, piece
from shop.stock import travel

pytestmark = pytest.mark.django_db

Step = Fair.Status


@pytest.fixture
def fair():
    return FairFactory(status=Step.COUNTING)


def lost(fair, curator, units=2):
    record = piece(fair, units)
    counting.count(fair, record, counted=0, lost=units, actor=curator)
    counting.book_count(fair, actor=curator)
    return record, fair.discrepancies.get()


@pytest.mark.parametrize(("answer", "place"), [("found", "returned:{}"), ("damaged", "damaged"), ("gifted", "gifted")])
def test_what_was_lost_may_be_found_later(answer, place, fair, curator):
    record, discrepancy = lost(fair, curator)
    counting.resolve(discrepancy, resolution=answer, note="Di bawah meja", actor=curator)
    counting.resolve(discrepancy, resolution=answer, note="", actor=curator)
    assert places(record) == {place.format(fair.reference): 2}
    assert (discrepancy.resolution, discrepancy.note, discrepancy.resolved_by) == (answer, "Di bawah meja", curator)
    with pytest.raises(ResolvedOtherwise):
        counting.resolve(discrepancy, resolution="lost", actor=curator)
    assert adds_up(fair)


def test_what_is_missing_on_arrival_is_found_or_given_up(curator):
    maker, fair = MakerFactory(), FairFactory(status=Step.PACKING)
    record = ProductFactory(maker=maker, stock=2).stockrecords.get()
    consignment = packing.start_list(fair, maker)
    packing.pack(consignment, record, quantity=2, price=250000)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    Fair.objects.update(status=Step.OPEN)
    packing.receive(consignment, {consignment.lines.get().pk: 0}, actor=curator)
    discrepancy = fair.discrepancies.get()
    counting.resolve(discrepancy, resolution="lost", actor=curator)
    assert (places(record), discrepancy.resolution) == ({"unexplained": 2}, "lost")
    counting.resolve(discrepancy, resolution="found", actor=curator)
    assert places(record) == {f"stall:{fair.reference}": 2}
    assert counting.shelve(fair, actor=curator) == {}
    assert adds_up(fair)


def missing(curator, units=3, came=0):
    """A list of so many of which fewer came, at an open stall."""
    stall = open_stall(status=Step.PACKING)
    maker = MakerFactory()
    record = ProductFactory(maker=maker, stock=units).stockrecords.get()
    consignment = packing.start_list(stall.fair, maker)
    packing.pack(consignment, record, quantity=units, price=250000)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    Fair.objects.update(status=Step.OPEN)
    packing.receive(consignment, {consignment.lines.get().pk: came}, actor=curator)
    return stall, record, stall.fair.discrepancies.get()


def test_what_comes_a_day_later_is_at_the_stall_and_sold_there(curator):
    stall, record, discrepancy = missing(curator, 2)
    counting.resolve(discrepancy, resolution="found", note="Koli kedua", actor=curator)
    assert inbox.take(stall.device, stall.sale(line(record, 2))).status == "created"
    assert places(record) == {"sold": 2}
    assert told(stall.fair) == [("missing", 2, "found")]


@pytest.mark.parametrize(
    ("status", "booked", "place"),
    [
        (Step.IN_TRANSIT, False, "stall"),
        (Step.OPEN, False, "stall"),
        (Step.COUNTING, False, "stall"),
        (Step.COUNTING, True, "returned"),
        (Step.SETTLED, True, "returned"),
    ],
)
def test_what_is_found_goes_where_the_fair_still_has_a_place_for_it(status, booked, place, curator):
    stall, record, discrepancy = missing(curator, 2, came=1)
    Fair.objects.update(status=Step.COUNTING)
    if booked:
        counting.count(stall.fair, record, counted=1, actor=curator)
        counting.book_count(stall.fair, actor=curator)
    before = travel.journeys(stall.fair.reference)[record.pk]
    Fair.objects.update(status=status)
    counting.resolve(discrepancy, resolution="found", actor=curator)
    after = travel.journeys(stall.fair.reference)[record.pk]
    assert getattr(after, place) - getattr(before, place) == 1
    assert after.unexplained == 0


def test_a_part_is_found_and_the_rest_stays_open(curator):
    stall, record, discrepancy = missing(curator, 3)
    counting.resolve(discrepancy, resolution="found", quantity=1, actor=curator)
    assert told(stall.fair) == [("missing", 1, "found"), ("missing", 2, "")]
    rest = stall.fair.discrepancies.get(resolution="")
    assert (rest.stockrecord, rest.detail) == (record, discrepancy.detail)
    counting.resolve(rest, resolution="damaged", quantity=1, actor=curator)
    counting.resolve(stall.fair.discrepancies.get(resolution=""), resolution="lost", actor=curator)
    assert places(record) == {f"stall:{stall.fair.reference}": 1, "damaged": 1, "unexplained": 1}
    assert list(audit.of_units(stall.fair)) == []


@pytest.mark.parametrize("units", [0, -1, 4])
def test_no_more_is_found_than_is_missing(units, curator):
    stall, record, discrepancy = missing(curator, 3)
    with pytest.raises(MoreThanMissing):
        counting.resolve(discrepancy, resolution="found", quantity=units, actor=curator)
    assert places(record) == {"unexplained": 3}
    assert told(stall.fair) == [("missing", 3, "")]


def test_what_was_sold_meanwhile_is_not_found_as_well(curator):
    stall, record, discrepancy = missing(curator, 2)
    inbox.take(stall.device, stall.sale(line(record, 1)))
    with pytest.raises(NotMissingAnyMore) as refusal:
        counting.resolve(discrepancy, resolution="found", actor=curator)
    assert "1" in str(refusal.value)
    assert places(record) == {"sold": 1, "unexplained": 1}
    counting.resolve(discrepancy, resolution="found", quantity=1, actor=curator)
    assert places(record) == {"sold": 1, f"stall:{stall.fair.reference}": 1}


@pytest.mark.parametrize("answer", ["found", "damaged", "gifted"])
def test_a_loss_that_a_late_sale_explained_is_not_found(answer, curator):
    stall = open_stall()
    record = piece(stall.fair, 1)
    event = stall.sale(line(record))
    Fair.objects.update(status=Step.COUNTING)
    counting.count(stall.fair, record, counted=0, lost=1, actor=curator)
    counting.book_count(stall.fair, actor=curator)
    inbox.take(stall.device, event)
    with pytest.raises(NotMissingAnyMore):
        counting.resolve(stall.fair.discrepancies.get(kind="count"), resolution=answer, actor=curator)
    assert places(record) == {"sold": 1}


def test_what_another_fair_misses_is_not_found_here(curator):
    stall, record, discrepancy = missing(curator, 1)
    inbox.take(stall.device, stall.sale(line(record)))
    elsewhere = FairFactory(status=Step.OPEN)
    travel.move(travel.Way.BROUGHT, [(record, 1)], reference=elsewhere.reference, key="b")
    travel.move(travel.Way.MISSING, [(record, 1)], reference=elsewhere.reference, key="m")
    with pytest.raises(NotMissingAnyMore):
        counting.resolve(discrepancy, resolution="found", actor=curator)


def test_what_was_explained_may_be_found_after_all(curator):
    stall, record, discrepancy = missing(curator, 2)
    counting.resolve(discrepancy, resolution="explained", note="Masih di kantor", actor=curator)
    counting.resolve(discrepancy, resolution="found", actor=curator)
    assert places(record) == {f"stall:{stall.fair.reference}": 2}


@pytest.mark.parametrize("answer", ["found", "damaged", "gifted", "lost", "explained"])
def test_a_wrong_answer_is_taken_back_with_a_reason(answer, curator):
    stall, record, discrepancy = missing(curator, 2)
    counting.resolve(discrepancy, resolution=answer, note="Ketemu", actor=curator)
    with pytest.raises(ReasonIsMissing):
        counting.open_again(discrepancy, reason=" ", actor=curator)
    for _time in range(2):
        counting.open_again(discrepancy, reason="Karya lain", actor=curator)
    assert (discrepancy.resolution, discrepancy.resolved_at) == ("", None)
    assert discrepancy.note == "Karya lain · Ketemu"
    assert places(record) == {"unexplained": 2}
    counting.resolve(discrepancy, resolution="found", actor=curator)
    assert places(record) == {f"stall:{stall.fair.reference}": 2}
    assert list(audit.of_units(stall.fair)) == []


def test_what_was_found_and_sold_is_not_missing_again(curator):
    stall, record, discrepancy = missing(curator, 1)
    counting.resolve(discrepancy, resolution="found", actor=curator)
    inbox.take(stall.device, stall.sale(line(record)))
    with pytest.raises(TooFew):
        counting.open_again(discrepancy, reason="Salah", actor=curator)
    assert Discrepancy.objects.get(kind="missing").resolution == "found"
    assert places(record) == {"sold": 1}


def test_nothing_is_found_where_nothing_is_missing(fair, curator):
    record = piece(fair, 1)
    for kind in ("surplus", "oversold", "late_sale", "clock", "unknown_price", "cash"):
        discrepancy = Discrepancy.objects.create(fair=fair, kind=kind, stockrecord=record, quantity=1)
        for answer in ("found", "damaged", "gifted", "lost"):
            with pytest.raises(BadResolution):
                counting.resolve(discrepancy, resolution=answer, note="x", actor=curator)
        with pytest.raises(ReasonIsMissing):
            counting.resolve(discrepancy, resolution="explained", note=" ", actor=curator)
        assert not Discrepancy.objects.get(pk=discrepancy.pk).resolution
        counting.resolve(discrepancy, resolution="explained", note="Salah ketik", actor=curator)
    assert places(record) == {f"stall:{fair.reference}": 1}
