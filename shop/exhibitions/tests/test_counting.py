from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions.errors import (
    BadFigure,
    CountHasMoved,
    CountIsBooked,
    NotYet,
    WrongStep,
)
from shop.exhibitions.models import CountLine, Fair
from shop.exhibitions.queries import count_is_booked
from shop.exhibitions.services import counting, fairs, inbox, packing
from shop.exhibitions.tests.books import adds_up, places
from shop.exhibitions.tests.books import discrepancies as told
from shop.exhibitions.tests.factories import FairFactory
from shop.exhibitions.tests.stall import line, open_stall, piece
from shop.stock import travel
from shop.stock.models import Move
from shop.stock.queries import balances

pytestmark = pytest.mark.django_db

Step = Fair.Status


@pytest.fixture
def fair():
    return FairFactory(status=Step.COUNTING)


def test_a_count_is_written_against_what_the_books_have_and_changed_until_it_is_booked(fair, curator):
    record = piece(fair, 3)
    first = counting.count(fair, record, counted=1, actor=curator)
    again = counting.count(fair, record, counted=2, lost=1, note=" di gudang ", actor=curator)
    assert (again.pk, again.expected, again.counted, again.lost, again.note) == (first.pk, 3, 2, 1, "di gudang")
    assert again.actor == curator
    assert places(record) == {f"stall:{fair.reference}": 3}
    counting.book_count(fair, actor=curator)
    with pytest.raises(CountIsBooked):
        counting.count(fair, record, counted=3, actor=curator)


@pytest.mark.parametrize("status", [status for status in Step if status != Step.COUNTING])
def test_nothing_is_counted_before_the_stall_closes_or_after_it_is_settled(status, curator):
    fair = FairFactory(status=status)
    record = piece(fair)
    with pytest.raises(WrongStep):
        counting.count(fair, record, counted=1, actor=curator)
    with pytest.raises(WrongStep):
        counting.book_count(fair, actor=curator)
    assert not CountLine.objects.exists()


@pytest.mark.parametrize("field", ["counted", "damaged", "gifted", "lost"])
def test_nobody_counts_fewer_than_none(field, fair, curator):
    record = piece(fair)
    with pytest.raises(BadFigure):
        counting.count(fair, record, **{"counted": 1, field: -1}, actor=curator)
    assert not CountLine.objects.exists()


def test_open_variances_name_what_is_not_counted_not_named_and_not_so_any_more(fair, curator):
    right, uncounted, unnamed, too_many, stale = (piece(fair, 2) for _ in range(5))
    counting.count(fair, right, counted=1, damaged=1, actor=curator)
    counting.count(fair, unnamed, counted=1, actor=curator)
    counting.count(fair, too_many, counted=2, lost=1, actor=curator)
    counting.count(fair, stale, counted=2, actor=curator)
    travel.move(travel.Way.STALL_SOLD, [(stale, 1)], reference=fair.reference, key="s")
    found = {one.stockrecord.pk: one for one in counting.open_variances(fair)}
    assert {pk: (one.expected, one.unnamed, one.is_stale, one.line is None) for pk, one in found.items()} == {
        uncounted.pk: (2, 2, False, True),
        unnamed.pk: (2, 1, False, False),
        too_many.pk: (2, -1, False, False),
        stale.pk: (1, -1, True, False),
    }
    with pytest.raises(NotYet) as refusal:
        counting.book_count(fair, actor=curator)
    assert str(refusal.value) == "Hitung 2 karya di stan. Jelaskan selisih 2 karya."
    assert not Move.objects.filter(reason__in=("sent_back", "stall_damaged")).exists()
    assert not CountLine.objects.filter(booked_at__isnull=False).exists()


def test_a_booked_count_empties_the_stall_and_keeps_every_unit(fair, curator):
    record = piece(fair, 10)
    counting.count(fair, record, counted=4, damaged=3, gifted=2, lost=1, note="Sabtu", actor=curator)
    [booked] = counting.book_count(fair, actor=curator)
    returned = f"returned:{fair.reference}"
    assert places(record) == {returned: 4, "damaged": 3, "gifted": 2, "unexplained": 1}
    [journey] = travel.journeys(fair.reference).values()
    assert (journey.returned, journey.damaged, journey.gifted, journey.unexplained, journey.waiting) == (4, 3, 2, 1, 4)
    assert told(fair) == [("count", -1, "lost")]
    assert booked.booked_at is not None
    assert count_is_booked(fair)
    assert adds_up(fair)


def test_a_count_is_booked_once(fair, curator):
    record = piece(fair, 2)
    counting.count(fair, record, counted=1, lost=1, actor=curator)
    first = counting.book_count(fair, actor=curator)
    moves = Move.objects.count()
    again = counting.book_count(fair, actor=curator)
    assert [one.booked_at for one in again] == [one.booked_at for one in first]
    assert (Move.objects.count(), told(fair)) == (moves, [("count", -1, "lost")])


def test_more_than_expected_is_booked_as_found_and_waits_for_an_explanation(fair, curator):
    record = piece(fair, 1)
    counting.count(fair, record, counted=3, actor=curator)
    counting.book_count(fair, actor=curator)
    assert places(record) == {f"returned:{fair.reference}": 3, "unexplained": -2}
    assert told(fair) == [("count", 2, "")]
    assert adds_up(fair)


def test_a_piece_that_should_be_gone_is_counted_too(curator):
    stall = open_stall()
    record = piece(stall.fair, 1)
    inbox.take(stall.device, stall.sale(line(record)))
    Fair.objects.update(status=Step.COUNTING)
    counting.count(stall.fair, record, counted=1, actor=curator)
    counting.book_count(stall.fair, actor=curator)
    assert places(record) == {"sold": 1, f"returned:{stall.fair.reference}": 1, "unexplained": -1}
    assert adds_up(stall.fair)


def test_an_empty_stall_needs_no_count(fair, curator):
    assert count_is_booked(fair)
    assert counting.book_count(fair, actor=curator) == []
    piece(fair)
    assert not count_is_booked(fair)


def test_the_database_refuses_a_booked_line_with_an_unnamed_variance(fair, curator):
    record = piece(fair, 2)
    counting.count(fair, record, counted=1, actor=curator)
    with pytest.raises(IntegrityError), transaction.atomic():
        CountLine.objects.update(booked_at=timezone.now())


def test_an_old_page_does_not_overwrite_what_was_counted_meanwhile(fair, curator):
    record = piece(fair, 5)
    before = counting.Seen(5, None)
    counting.count(fair, record, counted=4, lost=1, actor=curator, seen=before)
    with pytest.raises(CountHasMoved):
        counting.count(fair, record, counted=5, actor=curator, seen=before)
    line_now = CountLine.objects.get()
    assert (line_now.counted, line_now.lost) == (4, 1)
    with pytest.raises(CountHasMoved):
        counting.count(fair, record, counted=5, actor=curator, seen=counting.Seen(4, line_now.counted_at))
    counting.count(fair, record, counted=5, actor=curator, seen=counting.Seen(5, line_now.counted_at))
    assert CountLine.objects.get().counted == 5


def test_each_variance_says_in_words_what_holds_the_count_up(fair, curator):
    uncounted, unnamed, too_many, stale = (piece(fair, 5) for _ in range(4))
    counting.count(fair, unnamed, counted=3, actor=curator)
    counting.count(fair, too_many, counted=5, damaged=1, actor=curator)
    counting.count(fair, stale, counted=5, actor=curator)
    travel.move(travel.Way.STALL_SOLD, [(stale, 1)], reference=fair.reference, key="s")
    with translation.override("en"):
        words = {one.stockrecord.pk: one.words for one in counting.open_variances(fair)}
    assert words == {
        uncounted.pk: "Not counted yet.",
        unnamed.pk: "2 units are not named: damaged, gifted or lost?",
        too_many.pk: "1 unit is named too many: counted and named together are more than expected.",
        stale.pk: "Something moved since it was counted. Count it again.",
    }


def test_everything_that_waits_goes_home_in_one_action_and_once(curator):
    maker, fair = MakerFactory(), FairFactory(status=Step.PACKING)
    shop, fairs_only = (ProductFactory(maker=maker, stock=stock).stockrecords.get() for stock in (3, 0))
    consignment = packing.start_list(fair, maker)
    packing.pack(consignment, shop, quantity=2, price=250000)
    packing.pack(consignment, fairs_only, quantity=1, price=250000, origin="brought")
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    with pytest.raises(WrongStep):
        counting.shelve(fair, actor=curator)
    Fair.objects.update(status=Step.OPEN)
    packing.receive(consignment, {one.pk: one.quantity for one in consignment.lines.all()}, actor=curator)
    assert counting.shelve(fair, actor=curator) == {}
    packing.send_back(fair, shop, 1, reason="Terlalu banyak", code=uuid4(), actor=curator)
    assert counting.shelve(fair, actor=curator) == {shop.pk: (1, 0)}
    Fair.objects.update(status=Step.COUNTING)
    for record in (shop, fairs_only):
        counting.count(fair, record, counted=1, actor=curator)
    counting.book_count(fair, actor=curator)
    assert counting.shelve(fair, actor=curator) == {shop.pk: (1, 0), fairs_only.pk: (0, 1)}
    assert counting.shelve(fair, actor=curator) == {}
    assert (places(shop), places(fairs_only), balances(fairs_only.pk)["outside"]) == ({"shelf": 3}, {}, 0)
    shop.refresh_from_db()
    assert shop.net_stock_level == 3
    assert adds_up(fair)


def test_an_adopted_piece_goes_to_the_shop_instead_of_its_maker(fair, curator):
    record = piece(fair, 2)
    counting.count(fair, record, counted=2, actor=curator)
    counting.book_count(fair, actor=curator)
    assert counting.adopt(fair, record, actor=curator) == 2
    assert counting.adopt(fair, record, actor=curator) == 0
    assert counting.shelve(fair, actor=curator) == {}
    assert places(record) == {"shelf": 2}
    assert adds_up(fair)


def test_a_sale_that_comes_after_the_count_settles_what_was_lost(curator):
    stall = open_stall()
    record = piece(stall.fair, 1)
    event = stall.sale(line(record))
    Fair.objects.update(status=Step.COUNTING)
    counting.count(stall.fair, record, counted=0, lost=1, actor=curator)
    counting.book_count(stall.fair, actor=curator)
    assert inbox.take(stall.device, event).status == "created"
    [journey] = travel.journeys(stall.fair.reference).values()
    assert (journey.sold, journey.unexplained, places(record)) == (1, 0, {"sold": 1})
    assert adds_up(stall.fair)


def test_a_count_from_before_the_stall_was_open_again_is_asked_for_anew(curator):
    stall = open_stall()
    record = piece(stall.fair, 3)
    fairs.move_on(stall.fair, Step.COUNTING, actor=curator)
    counting.count(stall.fair, record, counted=3, actor=curator)
    assert counting.open_variances(stall.fair) == []
    fairs.move_on(stall.fair, Step.OPEN, actor=curator)
    fairs.move_on(stall.fair, Step.COUNTING, actor=curator)
    assert [one.is_stale for one in counting.open_variances(stall.fair)] == [True]
    counting.count(stall.fair, record, counted=2, lost=1, actor=curator)
    assert counting.open_variances(stall.fair) == []


def test_a_count_is_asked_for_anew_when_one_unit_went_and_another_came(fair, curator):
    record = piece(fair, 3)
    counting.count(fair, record, counted=3, actor=curator)
    travel.move(travel.Way.STALL_GIFTED, [(record, 1)], reference=fair.reference, key="g")
    travel.move(travel.Way.SURPLUS, [(record, 1)], reference=fair.reference, key="s")
    assert [(one.expected, one.is_stale) for one in counting.open_variances(fair)] == [(3, True)]
    with pytest.raises(NotYet):
        counting.book_count(fair, actor=curator)
