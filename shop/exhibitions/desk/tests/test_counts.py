"""The closing count by its page: nobody overwrites anybody, nothing typed is lost, and it says what holds it up."""

import pytest

from shop.catalogue.tests.factories import ProductFactory
from shop.dashboard.orders.tests.factories import curator
from shop.exhibitions.desk.views.counts import PER_PAGE
from shop.exhibitions.models import CountLine, Fair
from shop.exhibitions.services import counting
from shop.exhibitions.services.inbox import take
from shop.exhibitions.tests.stall import line, open_stall, piece
from shop.stock import travel

from .desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


@pytest.fixture
def desk(client, stall):
    desk = Desk(client, stall.fair)
    desk.curator = curator()
    client.force_login(desk.curator)
    return desk


@pytest.fixture
def record(stall):
    return stall.piece(5)


def close(stall):
    Fair.objects.filter(pk=stall.fair.pk).update(status="counting")


def figures():
    return dict(CountLine.objects.values_list("stockrecord", "counted"))


def row(page, record):
    found = [piece for group in page.context["makers"] for piece in (*group["pieces"], *group["gone"])]
    return next(piece for piece in found if piece.record == record)


def test_a_figure_that_is_none_is_said_beside_its_piece_and_nothing_is_saved(desk, stall, record):
    other = stall.piece(1)
    close(stall)
    page = desk.count({f"counted_{record.pk}": "tiga", f"counted_{other.pk}": "1"})
    assert page.status_code == 200
    assert row(page, record).error
    assert not row(page, other).error
    assert 'value="tiga"' in page.content.decode()
    assert row(page, other).inputs[0]["value"] == "1"
    assert figures() == {}


@pytest.mark.parametrize("field", ["note", "lost", "damaged"])
def test_what_is_typed_without_a_count_is_not_dropped(field, desk, stall, record):
    close(stall)
    page = desk.count({f"{field}_{record.pk}": "2"})
    assert page.status_code == 200
    assert row(page, record).error
    assert f'name="{field}_{record.pk}" value="2"' in page.content.decode()


def test_saving_one_piece_leaves_the_others_as_somebody_else_counted_them(desk, stall, record):
    other = stall.piece(1)
    close(stall)
    counting.count(stall.fair, record, counted=5, actor=desk.curator)
    old = desk.get("count")
    counting.count(stall.fair, record, counted=4, lost=1, actor=desk.curator)
    assert desk.count({f"counted_{other.pk}": "1"}, old).status_code == 302
    assert figures() == {record.pk: 4, other.pk: 1}


def test_an_old_page_is_refused_beside_the_piece_that_was_counted_meanwhile(desk, stall, record):
    close(stall)
    old = desk.get("count")
    counting.count(stall.fair, record, counted=4, lost=1, actor=desk.curator)
    page = desk.count({f"counted_{record.pk}": "5"}, old)
    assert page.status_code == 200
    assert row(page, record).error
    assert row(page, record).inputs[0]["value"] == "5"
    assert figures() == {record.pk: 4}
    assert desk.count({}, page).status_code == 302
    assert figures() == {record.pk: 5}


def test_a_late_sale_asks_for_a_new_count_until_there_is_one(desk, stall, record):
    other = stall.piece(1)
    close(stall)
    desk.count({f"counted_{record.pk}": "5", f"counted_{other.pk}": "1"})
    take(stall.device, stall.sale(line(record)))
    page = desk.get("count")
    stale = row(page, record)
    assert stale.inputs[0]["value"] == ""
    assert "5" in stale.told
    desk.count({f"note_{other.pk}": "di rak atas"}, page)
    assert [one.stockrecord for one in counting.open_variances(stall.fair)] == [record]
    desk.count({f"counted_{record.pk}": "5"})
    assert counting.open_variances(stall.fair) == []
    assert CountLine.objects.get(stockrecord=record).expected == 4


def test_named_too_much_is_marked_with_the_words_of_the_block(desk, stall, record):
    close(stall)
    desk.count({f"counted_{record.pk}": "5", f"damaged_{record.pk}": "1"})
    page = desk.get("count")
    [variance] = counting.open_variances(stall.fair)
    assert row(page, record).told == variance.words
    assert variance.words in page.content.decode()
    assert page.context["can_book"] is False


def test_a_piece_that_should_be_gone_can_be_counted_and_need_not_be(desk, stall, record):
    rung_up = stall.piece(1)
    take(stall.device, stall.sale(line(rung_up)))
    close(stall)
    page = desk.get("count")
    assert row(page, rung_up).is_gone
    desk.count({f"counted_{record.pk}": "4", f"lost_{record.pk}": "1"}, page)
    assert desk.get("count").context["can_book"] is True
    desk.count({f"counted_{rung_up.pk}": "1"})
    desk.do("count_book")
    told = travel.journeys(stall.fair.reference)
    assert (told[rung_up.pk].returned, told[rung_up.pk].unexplained) == (1, -1)
    assert (told[record.pk].returned, told[record.pk].unexplained) == (4, 1)


def test_what_never_came_to_the_stall_is_not_asked_for(desk, stall, record):
    never_came = ProductFactory(stock=1).stockrecords.get()
    travel.move(travel.Way.DISPATCHED, [(never_came, 1)], reference=stall.fair.reference, key="x")
    close(stall)
    page = desk.get("count")
    assert [piece.record for group in page.context["makers"] for piece in (*group["pieces"], *group["gone"])] == [
        record
    ]


def test_a_maker_of_two_hundred_and_fifty_pieces_is_counted_page_by_page(desk, stall):
    maker = stall.piece(1).partner.maker
    for _each in range(249):
        piece(stall.fair, 1, maker=maker)
    close(stall)
    seen = 0
    for number in range(1, 4):
        page = desk.client.get(desk.address("count"), {"p": number})
        [group] = page.context["makers"]
        assert len(group["pieces"]) <= PER_PAGE
        fields = {"then": "next"}
        for one in group["pieces"]:
            fields[f"shown_{one.record.pk}"] = one.token
            fields |= {field["name"]: field["value"] for field in (*one.inputs, one.note)}
            fields[f"counted_{one.record.pk}"] = "1"
        response = desk.client.post(f"{desk.address('count')}?p={number}", fields)
        assert response.status_code == 302, number
        assert response.url.endswith(f"?p={number + 1}")
        seen += len(group["pieces"])
    assert seen == CountLine.objects.count() == 250
    assert counting.open_variances(stall.fair) == []
