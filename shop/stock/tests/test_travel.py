from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from shop.catalogue.tests.factories import MadeToOrderFactory, StockRecordFactory
from shop.partner.models import StockRecord
from shop.stock import queries, services, travel
from shop.stock.audit import differences
from shop.stock.errors import IdempotencyConflict, InsufficientStock, NotTracked
from shop.stock.models import Move, Place
from shop.stock.travel import Journey, Split, Way

pytestmark = pytest.mark.django_db

FAIR = "fair-12"


@pytest.fixture(autouse=True)
def fair():
    travel.open_places(FAIR)


def places(record):
    return {place: units for place, units in queries.balances(record.pk).items() if units and place != "outside"}


def send(way, record, quantity, key=None, reference=FAIR):
    return travel.move(way, [(record, quantity)], reference=reference, key=key or f"{way}", actor=None)


def at_stall(units, *, sent=None, stock=None):
    """A record with so many units at the stall, and the rest on the shelf."""
    record = StockRecordFactory(stock=stock or sent or units)
    send(Way.DISPATCHED, record, sent or units, key=f"out-{record.pk}")
    send(Way.ARRIVED, record, units, key=f"in-{record.pk}")
    return record


def test_a_fair_has_three_places_of_its_own_however_often_they_are_opened():
    travel.open_places(FAIR)
    of_fair = Place.objects.filter(reference=FAIR)
    assert sorted(of_fair.values_list("code", "kind")) == [
        ("returned:fair-12", "returned"),
        ("stall:fair-12", "stall"),
        ("transit:fair-12", "transit"),
    ]


def test_what_travels_leaves_the_shelf_and_is_not_for_sale():
    record = StockRecordFactory(stock=3)
    send(Way.DISPATCHED, record, 2)
    assert places(record) == {"shelf": 1, "transit:fair-12": 2}
    fresh = StockRecord.objects.get(pk=record.pk)
    assert (fresh.num_in_stock, fresh.num_allocated, fresh.net_stock_level) == (1, 0, 1)
    send(Way.ARRIVED, record, 2)
    assert places(record) == {"shelf": 1, "stall:fair-12": 2}
    assert (travel.at_stall(record.pk, FAIR), travel.at_stalls(FAIR)) == (2, {record.pk: 2})


@pytest.mark.parametrize("way", [way for way in travel.WAYS if travel.WAYS[way][0] not in ("unexplained", "outside")])
def test_no_way_takes_more_than_there_is_where_it_begins(way):
    record = StockRecordFactory()
    with pytest.raises(InsufficientStock) as refusal:
        send(way, record, 1)
    assert (refusal.value.record_id, refusal.value.requested, refusal.value.available) == (record.pk, 1, 0)
    assert places(record) == {}
    assert not Move.objects.filter(stockrecord=record).exists()


@pytest.mark.parametrize("way", list(travel.WAYS))
def test_every_way_leads_from_where_to_where_it_says(way):
    source, target = travel.WAYS[way]
    record = StockRecordFactory(stock=1)
    to_begin_with = {
        "transit": [Way.DISPATCHED],
        "stall": [Way.DISPATCHED, Way.ARRIVED],
        "sold": [Way.DISPATCHED, Way.ARRIVED, Way.STALL_SOLD],
        "returned": [Way.DISPATCHED, Way.ARRIVED, Way.SENT_BACK],
    }
    for earlier in to_begin_with.get(source, []):
        send(earlier, record, 1, key=f"before-{earlier}")
    before = queries.balances(record.pk)
    [move] = send(way, record, 1)
    after = queries.balances(record.pk)
    codes = travel.place(source, FAIR), travel.place(target, FAIR)
    assert (move.source_id, move.target_id, move.reason, move.reference) == (*codes, way, FAIR)
    changed = {place: units - before.get(place, 0) for place, units in after.items() if units != before.get(place, 0)}
    assert changed == {codes[0]: -1, codes[1]: 1}
    assert sum(after.values()) == 0
    assert list(differences(connection)) == []


def test_a_list_travels_whole_or_not_at_all():
    plenty, few = StockRecordFactory(stock=5), StockRecordFactory(stock=1)
    with pytest.raises(InsufficientStock) as refusal:
        travel.move(Way.DISPATCHED, [(plenty, 2), (few, 2)], reference=FAIR, key="k")
    assert (refusal.value.record_id, refusal.value.available) == (few.pk, 1)
    assert (places(plenty), places(few)) == ({"shelf": 5}, {"shelf": 1})


def test_two_lines_of_one_piece_travel_as_their_sum():
    record = StockRecordFactory(stock=3)
    [move] = travel.move(Way.DISPATCHED, [(record, 1), (record, 2)], reference=FAIR, key="k")
    assert (move.quantity, move.idempotency_key) == (3, f"k:{record.pk}")


def test_the_same_key_moves_once_and_another_content_under_it_is_refused():
    record = StockRecordFactory(stock=3)
    first = send(Way.DISPATCHED, record, 1, key="k")
    assert send(Way.DISPATCHED, record, 1, key="k") == first
    with pytest.raises(IdempotencyConflict):
        send(Way.DISPATCHED, record, 2, key="k")
    assert places(record) == {"shelf": 2, "transit:fair-12": 1}


def test_held_units_do_not_travel():

    record = StockRecordFactory(stock=1)
    services.hold([(record, 1)], reference="KB-1", expires_at=timezone.now() + timedelta(minutes=5))
    with pytest.raises(InsufficientStock):
        send(Way.DISPATCHED, record, 1)
    assert places(record) == {"held": 1}


def test_what_is_made_to_order_does_not_travel_and_still_comes_home_if_it_did():
    ordered = MadeToOrderFactory().stockrecords.get()
    for way in travel.IN:
        with pytest.raises(NotTracked):
            send(way, ordered, 1)
    assert places(ordered) == {}
    record = at_stall(1)
    record.product.made_to_order, record.product.lead_time_days = True, 14
    record.product.save()
    send(Way.SENT_BACK, record, 1)
    send(Way.SHELVED, record, 1)
    assert places(record) == {"shelf": 1}


def test_two_fairs_do_not_see_each_other():
    record = at_stall(1)
    travel.open_places("fair-13")
    with pytest.raises(InsufficientStock):
        send(Way.STALL_SOLD, record, 1, reference="fair-13")
    assert travel.at_stalls("fair-13") == {}
    assert travel.journeys("fair-13") == {}


def test_a_sale_takes_from_the_stall_first_and_the_rest_from_unexplained():
    record = at_stall(1)
    splits = travel.sell_at_stall([(record, 3)], reference=FAIR, key="sale:a")
    assert splits == {record.pk: Split(1, 2)}
    assert places(record) == {"sold": 3, "unexplained": -2}
    assert travel.sell_at_stall([(record, 3)], reference=FAIR, key="sale:a") == splits
    with pytest.raises(IdempotencyConflict):
        travel.sell_at_stall([(record, 1)], reference=FAIR, key="sale:a")
    assert places(record) == {"sold": 3, "unexplained": -2}


def test_a_sale_does_not_take_what_is_on_the_shelf_or_in_transit():
    record = StockRecordFactory(stock=2)
    send(Way.DISPATCHED, record, 1)
    assert travel.sell_at_stall([(record, 1)], reference=FAIR, key="sale:a") == {record.pk: Split(0, 1)}
    assert places(record) == {"shelf": 1, "transit:fair-12": 1, "sold": 1, "unexplained": -1}


def test_two_lines_of_one_piece_are_sold_as_their_sum():
    record = at_stall(3)
    assert travel.sell_at_stall([(record, 1), (record, 1)], reference=FAIR, key="s") == {record.pk: Split(2, 0)}


def test_a_journey_tells_where_everything_brought_went():
    record = at_stall(9, sent=10, stock=12)
    send(Way.MISSING, record, 1)
    travel.sell_at_stall([(record, 4)], reference=FAIR, key="sale:a")
    send(Way.TAKEN_BACK, record, 1)
    send(Way.SPOILT, record, 1)
    send(Way.STALL_DAMAGED, record, 1)
    send(Way.STALL_GIFTED, record, 1)
    send(Way.LOST, record, 1)
    send(Way.SENT_BACK, record, 2)
    send(Way.SHELVED, record, 1)
    [journey] = travel.journeys(FAIR).values()
    assert journey == Journey(
        brought=10, transit=0, stall=1, sold=2, returned=2, damaged=2, gifted=1, unexplained=2, waiting=1
    )
    assert journey.brought == sum(journey[1:8])
    assert travel.waiting(record.pk, FAIR) == 1
    assert travel.moves_so_far(FAIR) == 11


def test_what_was_given_up_before_the_fair_was_not_brought():
    record = StockRecordFactory(stock=2)
    send(Way.DISPATCHED, record, 2)
    send(Way.UNPACKED, record, 2)
    send(Way.BROUGHT, record, 3)
    send(Way.WITHDRAWN, record, 3)
    assert travel.journeys(FAIR) == {record.pk: Journey(*[0] * 9)}
    assert places(record) == {"shelf": 2}
    assert queries.balances(record.pk)["outside"] == -2


def test_a_surplus_is_owed_by_unexplained_and_the_journey_still_adds_up():
    record = at_stall(2)
    send(Way.SURPLUS, record, 1)
    [journey] = travel.journeys(FAIR).values()
    assert (journey.brought, journey.stall, journey.unexplained) == (2, 3, -1)
    assert journey.brought == sum(journey[1:8])


def test_journeys_take_one_query_however_many_pieces(django_assert_num_queries):
    for _number in range(3):
        at_stall(1)
    with django_assert_num_queries(1):
        assert len(travel.journeys(FAIR)) == 3


@pytest.mark.parametrize(
    ("shelf", "brought", "sold", "expected"),
    [
        (2, 0, 1, (1, 0)),
        (0, 2, 1, (0, 1)),
        (1, 2, 0, (1, 2)),
        (1, 2, 1, (1, 1)),
        (2, 1, 2, (1, 0)),
    ],
)
def test_units_of_the_shop_go_to_its_shelf_and_the_makers_to_the_maker(shelf, brought, sold, expected):
    record = StockRecordFactory(stock=shelf)
    if shelf:
        send(Way.DISPATCHED, record, shelf)
    if brought:
        send(Way.BROUGHT, record, brought)
    send(Way.ARRIVED, record, shelf + brought)
    if sold:
        travel.sell_at_stall([(record, sold)], reference=FAIR, key="sale:a")
    send(Way.SENT_BACK, record, shelf + brought - sold)
    assert travel.going_home(FAIR, [record.pk]) == {record.pk: expected}


def test_a_surplus_goes_the_way_of_the_others_of_its_kind():
    of_shop, of_maker = at_stall(1), StockRecordFactory()
    send(Way.BROUGHT, of_maker, 1)
    send(Way.ARRIVED, of_maker, 1)
    for record in (of_shop, of_maker):
        send(Way.SURPLUS, record, 1, key=f"s{record.pk}")
        send(Way.SENT_BACK, record, 2, key=f"b{record.pk}")
    assert travel.going_home(FAIR, [of_shop.pk, of_maker.pk]) == {of_shop.pk: (2, 0), of_maker.pk: (0, 2)}


def test_units_that_went_home_before_are_not_shared_out_again():
    record = StockRecordFactory(stock=1)
    send(Way.DISPATCHED, record, 1)
    send(Way.BROUGHT, record, 1)
    send(Way.ARRIVED, record, 2)
    send(Way.SENT_BACK, record, 1, key="b1")
    assert travel.going_home(FAIR, [record.pk]) == {record.pk: (1, 0)}
    send(Way.SHELVED, record, 1)
    assert travel.going_home(FAIR, [record.pk]) == {}
    send(Way.SENT_BACK, record, 1, key="b2")
    assert travel.going_home(FAIR, [record.pk]) == {record.pk: (0, 1)}


def test_what_the_books_could_not_explain_goes_back_to_where_it_was_taken():
    record = at_stall(1)
    travel.sell_at_stall([(record, 3)], reference=FAIR, key="sale:a")
    send(Way.UNSOLD, record, 2)
    [journey] = travel.journeys(FAIR).values()
    assert (journey.sold, journey.unexplained, journey.stall) == (1, 0, 0)
    assert journey.brought == sum(journey[1:8])


@pytest.mark.parametrize(
    ("way", "place"),
    [(Way.SENT_BACK, "returned:fair-12"), (Way.STALL_DAMAGED, "damaged"), (Way.STALL_GIFTED, "gifted")],
)
def test_a_slip_at_the_stall_is_undone_once(way, place):
    record = at_stall(3)
    [slip] = send(way, record, 2)
    assert places(record) == {"stall:fair-12": 1, place: 2}
    back = travel.undo(slip, note="Salah ketik")
    assert travel.undo(slip, note="Salah ketik") == back
    assert (back.reason, back.note, back.reference) == ("undone", "Salah ketik", FAIR)
    assert places(record) == {"stall:fair-12": 3}
    [journey] = travel.journeys(FAIR).values()
    assert journey == Journey(
        brought=3, transit=0, stall=3, sold=0, returned=0, damaged=0, gifted=0, unexplained=0, waiting=0
    )
    assert list(differences(connection)) == []


def test_what_has_gone_on_meanwhile_is_not_undone():
    record = at_stall(1)
    [sent_back] = send(Way.SENT_BACK, record, 1)
    send(Way.SHELVED, record, 1)
    with pytest.raises(InsufficientStock):
        travel.undo(sent_back)
    assert places(record) == {"shelf": 1}


def test_a_sale_or_a_hand_over_is_not_a_slip():
    record = at_stall(1)
    with pytest.raises(ValueError, match="is not undone"):
        travel.undo(Move.objects.get(reason=Way.DISPATCHED))
    assert places(record) == {"stall:fair-12": 1}


def test_what_one_fair_leaves_unexplained_is_not_mixed_with_another():
    record = at_stall(3)
    travel.open_places("fair-13")
    send(Way.LOST, record, 2)
    travel.sell_at_stall([(record, 1)], reference="fair-13", key="sale:b")
    assert (travel.unexplained(record.pk, FAIR), travel.unexplained(record.pk, "fair-13")) == (2, -1)
    assert travel.unexplained(record.pk, "fair-14") == 0
