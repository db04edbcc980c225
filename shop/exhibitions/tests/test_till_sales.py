"""What a sale leaves in the books: lines, stock, takings, and what a curator must look at."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from shop.exhibitions.models import ConsignmentLine, Discrepancy, Fair, Sale, SaleLine, Tender, TillEvent
from shop.exhibitions.tests.stall import line, now, open_stall
from shop.settlement.models import Entry, Posting
from shop.stock import travel
from shop.stock.audit import differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


def statuses(answers):
    return [(answer["status"], answer["code"]) for answer in answers]


def discrepancies(kind=None):
    found = Discrepancy.objects.all() if kind is None else Discrepancy.objects.filter(kind=kind)
    return [(one.kind, one.quantity) for one in found.order_by("pk")]


def journey(stall, record):
    return travel.journeys(stall.fair.reference)[record.pk]


def test_a_sale_is_told_back_as_the_books_have_it(stall):
    first, second = stall.piece(3), stall.piece(1, price=90_000)
    sale = stall.sale(line(first, 2), line(second, 1, 90_000))
    (answer,) = stall.send(sale)
    assert answer == {
        "id": sale["id"],
        "status": "created",
        "code": "",
        "message": "",
        "where": "",
        "echo": {
            "total": 590_000,
            "lines": [
                {"item": first.pk, "quantity": 2, "total": 500_000},
                {"item": second.pk, "quantity": 1, "total": 90_000},
            ],
        },
    }


def test_a_sale_moves_units_from_the_stall_and_names_maker_and_cashier(stall):
    record = stall.piece(3)
    sale = stall.sale(line(record, 2), source="kampanye-tenun", note="Bungkus kado")
    stall.send(sale)
    assert (journey(stall, record).stall, journey(stall, record).sold) == (1, 2)
    kept = Sale.objects.get(pk=sale["id"])
    assert (kept.number, kept.total, kept.source, kept.note) == ("A-0001", 500_000, "kampanye-tenun", "Bungkus kado")
    assert (kept.cashier, kept.device, kept.fair, kept.is_late) == (stall.cashier, stall.device, stall.fair, False)
    sold = kept.lines.get()
    assert (sold.maker, sold.title, sold.sku) == (record.partner.maker, record.product.title_ind, record.partner_sku)
    assert (sold.quantity, sold.from_stall, sold.unit_price, sold.total) == (2, 2, 250_000, 500_000)
    assert discrepancies() == []
    assert list(differences(connection)) == []


def test_takings_are_booked_by_tender_when_it_happened(stall):
    record = stall.piece()
    tenders = [
        {"kind": "cash", "amount": 50_000, "received": 100_000, "reference": ""},
        {"kind": "qris", "amount": 150_000, "received": None, "reference": ""},
        {"kind": "transfer", "amount": 50_000, "reference": "BCA 123"},
    ]
    sale = stall.sale(line(record), tenders=tenders, at=now(hours=-3))
    stall.send(sale)
    entry = Entry.objects.get(idempotency_key=f"sale:{sale['id']}")
    reference = stall.fair.reference
    assert dict(entry.postings.values_list("account_id", "amount")) == {
        f"takings:{reference}:cash": Decimal(50_000),
        f"takings:{reference}:qris": Decimal(150_000),
        f"takings:{reference}:transfer": Decimal(50_000),
        f"clearing:{reference}": Decimal(-250_000),
    }
    assert (entry.memo, entry.occurred_at) == ("A-0001", parse_datetime(sale["at"]))
    kept = Tender.objects.order_by("pk").values_list("kind", "amount", "received", "reference")
    assert list(kept) == [
        ("cash", 50_000, 100_000, ""),
        ("qris", 150_000, None, ""),
        ("transfer", 50_000, None, "BCA 123"),
    ]


def test_the_same_sale_sent_again_is_a_duplicate_with_the_same_echo_and_changes_nothing(stall):
    record = stall.piece(2)
    sale = stall.sale(line(record))
    (first,) = stall.send(sale)
    reordered = dict(reversed(sale.items()))
    for _time in range(2):
        (again,) = stall.send(reordered)
        assert again == first | {"status": "duplicate"}
    assert (Sale.objects.count(), TillEvent.objects.count(), Entry.objects.count()) == (1, 1, 1)
    assert journey(stall, record).stall == 1


def test_the_same_sale_twice_in_one_batch_counts_once(stall):
    record = stall.piece(2)
    sale = stall.sale(line(record))
    assert statuses(stall.send(sale, sale)) == [("created", ""), ("duplicate", "")]
    assert journey(stall, record).sold == 1


def test_a_sale_of_what_the_books_say_is_gone_counts_and_opens_a_discrepancy(stall):
    record = stall.piece(1)
    assert statuses(stall.send(stall.sale(line(record, 3)))) == [("created", "")]
    assert SaleLine.objects.get().from_stall == 1
    assert journey(stall, record)._asdict() == {
        "brought": 1,
        "transit": 0,
        "stall": 0,
        "sold": 3,
        "returned": 0,
        "damaged": 0,
        "gifted": 0,
        "unexplained": -2,
        "waiting": 0,
    }
    assert discrepancies() == [("oversold", 2)]
    assert Discrepancy.objects.get().stockrecord == record
    assert list(differences(connection)) == []


def test_two_lines_of_one_piece_share_what_the_stall_has(stall):
    record = stall.piece(3)
    lines = (line(record, 2), line(record, 2, discount=50_000))
    stall.send(stall.sale(*lines, discount_reason="Dua sekaligus"))
    assert list(SaleLine.objects.values_list("position", "quantity", "from_stall")) == [(1, 2, 2), (2, 2, 1)]
    assert discrepancies() == [("oversold", 1)]


def test_two_devices_sell_the_last_unit_and_both_sales_stand(stall):
    record = stall.piece(1)
    other = stall.second_device()
    assert other.device.letter == "B"
    assert statuses(stall.send(stall.sale(line(record)))) == [("created", "")]
    assert statuses(other.send(other.sale(line(record)))) == [("created", "")]
    assert sorted(Sale.objects.values_list("number", flat=True)) == ["A-0001", "B-0001"]
    assert discrepancies() == [("oversold", 1)]
    assert journey(stall, record).unexplained == -1


def test_a_price_changed_meanwhile_is_no_riddle_and_the_sold_price_stands(stall):
    record = stall.piece(2)
    ConsignmentLine.objects.create(
        consignment=ConsignmentLine.objects.get(stockrecord=record).consignment,
        stockrecord=record,
        origin="shelf",
        quantity=1,
        received=1,
        price=300_000,
    )
    stall.send(stall.sale(line(record)), stall.sale(line(record, price=300_000)))
    assert list(SaleLine.objects.order_by("unit_price").values_list("unit_price", flat=True)) == [250_000, 300_000]
    assert discrepancies() == []


def test_a_price_the_fair_never_had_counts_and_is_to_be_looked_at(stall):
    record = stall.piece(3)
    stall.send(stall.sale(line(record, 2, price=200_000)))
    assert discrepancies() == [("unknown_price", 2)]
    assert Discrepancy.objects.get().detail == "A-0001 · Rp200.000"


@pytest.mark.parametrize("discount", [0, 1])
def test_a_reason_for_a_discount_excuses_no_price(stall, discount):
    sale = stall.sale(line(stall.piece(), price=1, discount=discount), discount_reason="Cacat kecil")
    stall.send(sale)
    assert discrepancies() == [("unknown_price", 1)]


def test_a_discount_is_no_price(stall):
    stall.send(stall.sale(line(stall.piece(), discount=249_999), discount_reason="Cacat kecil"))
    assert discrepancies() == []


def test_a_sale_with_everything_off_has_no_takings(stall):
    sale = stall.sale(line(stall.piece(), discount=250_000), discount_reason="Hadiah pembukaan", tenders=[])
    assert statuses(stall.send(sale)) == [("created", "")]
    assert (Sale.objects.get().total, Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize("status", [Fair.Status.COUNTING, Fair.Status.SETTLED])
def test_a_sale_after_closing_is_taken_as_late(stall, status):
    record = stall.piece(2)
    Fair.objects.filter(pk=stall.fair.pk).update(status=status)
    assert statuses(stall.send(stall.sale(line(record, 2)))) == [("created", "")]
    assert Sale.objects.get().is_late is True
    assert discrepancies() == [("late_sale", 2)]
    assert Posting.objects.get(account=f"takings:{stall.fair.reference}:cash").amount == 500_000


def test_a_clock_that_is_off_is_put_right_and_told_once_a_day(stall):
    record = stall.piece(2)
    ahead = {"hours": 30}
    sales = [stall.sale(line(record), at=now(**ahead)) for _time in range(2)]
    stall.send(*sales, sent_at=now(**ahead))
    for sale in Sale.objects.all():
        assert abs(sale.sold_at - timezone.now()) < timedelta(seconds=60)
        assert sale.event.device_time - sale.sold_at == timedelta(seconds=sale.event.skew_seconds)
        assert abs(sale.event.skew_seconds - 30 * 3600) < 60
        assert abs(sale.event.received_at - timezone.now()) < timedelta(seconds=60)
    ((kind, seconds),) = discrepancies()
    assert kind == "clock"
    assert abs(seconds - 30 * 3600) < 60
    stall.device.refresh_from_db()
    assert stall.device.skew_seconds == seconds


@pytest.mark.parametrize("off", [{"minutes": 5}, {"days": 400}, {"days": -45}, {"days": -4_000}])
def test_what_cannot_have_happened_then_counts_for_when_it_came_and_a_curator_is_told(stall, off):
    """The phone's clock was wrong when it sold and is right again: refused, the sale would be missing for ever."""
    sales = [stall.sale(at=now(**off)) for _time in range(2)]
    assert statuses(stall.send(*sales)) == [("created", "")] * 2
    for kept in Sale.objects.all():
        assert kept.sold_at == kept.event.received_at
        assert kept.event.device_time == parse_datetime(kept.event.payload["at"])
        assert Entry.objects.get(idempotency_key=f"sale:{kept.pk}").occurred_at == kept.event.received_at
    ((kind, seconds),) = discrepancies()
    assert kind == "clock"
    assert abs(seconds - timedelta(**off).total_seconds()) < 60


def test_a_time_that_its_clock_would_put_into_the_future_counts_for_when_it_came(stall):
    """Sold before the phone was started anew with a wrong clock."""
    stall.send(stall.sale(), sent_at=now(days=-4_000))
    kept = Sale.objects.get()
    assert kept.sold_at == kept.event.received_at


def test_a_fair_of_next_year_is_tried_out_today(stall):
    Fair.objects.update(starts_on="2099-01-01", ends_on="2099-01-02")
    sale = stall.sale()
    stall.send(sale)
    assert Sale.objects.get().sold_at == parse_datetime(sale["at"])
    assert discrepancies() == []


def test_a_clock_that_is_a_little_off_is_left_alone(stall):
    sale = stall.sale(at=now(seconds=100))
    stall.send(sale, sent_at=now(seconds=100))
    assert Sale.objects.get().sold_at == parse_datetime(sale["at"])
    assert discrepancies() == []


def test_a_device_left_for_a_week_counts_for_the_day_it_sold(stall):
    sale = stall.sale(at=now(days=-7))
    assert statuses(stall.send(sale)) == [("created", "")]
    assert Sale.objects.get().sold_at == parse_datetime(sale["at"])


def test_what_is_still_on_its_way_can_be_sold(stall):
    """The list has not been counted at the stall, and the piece is in the buyer's hand."""
    record = stall.piece(1)
    consignment = ConsignmentLine.objects.get(stockrecord=record).consignment
    consignment.status = "handed_over"
    consignment.save()
    assert statuses(stall.send(stall.sale(line(record)))) == [("created", "")]


def test_a_discount_keeps_its_reason(stall):
    sale = stall.sale(line(stall.piece(), discount=25_000), discount_reason="Pelanggan lama")
    stall.send(sale)
    kept = Sale.objects.get()
    assert (kept.subtotal, kept.discount, kept.discount_reason, kept.total) == (
        250_000,
        25_000,
        "Pelanggan lama",
        225_000,
    )
