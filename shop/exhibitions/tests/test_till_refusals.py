"""What is refused, with which answer; nothing is lost, nothing counts twice, and the rest of the batch is kept."""

import json

import pytest
from django.utils import timezone

from shop.exhibitions.models import Discrepancy, RefusedEvent, Sale, SaleLine, TillEvent
from shop.exhibitions.services import devices, inbox
from shop.exhibitions.tests.stall import PRICE, batch, line, now, open_stall
from shop.settlement.models import Entry
from shop.stock import travel
from shop.stock.models import Move

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


def nothing_counted():
    return not (TillEvent.objects.exists() or Sale.objects.exists() or Entry.objects.exists())


def refused_for(stall, event, code, where=None):
    """Sent between two good sales: only this one is refused, and it is kept as it came."""
    record = stall.piece(2)
    moves = Move.objects.count()
    before, after = stall.sale(line(record)), stall.sale(line(record))
    answers = stall.send(before, event, after)
    assert [answer["status"] for answer in answers] == ["created", "refused", "created"]
    assert answers[1]["code"] == code
    assert answers[1]["message"]
    assert answers[1]["echo"] is None
    assert "data" not in answers[1]["message"]
    if where is not None:
        assert answers[1]["where"] == where
    assert {str(pk) for pk in Sale.objects.values_list("pk", flat=True)} >= {before["id"], after["id"]}
    assert Move.objects.count() == moves + 2
    kept = RefusedEvent.objects.get(device=stall.device, code=code)
    assert (kept.payload, kept.times, kept.settled_at) == (event, 1, None)
    return answers[1]


def test_the_same_id_with_other_content_is_refused_and_the_first_stands(stall):
    sale = stall.sale(line(stall.piece(3)))
    stall.send(sale)
    forged = json.loads(json.dumps(sale))
    forged["data"] |= {"note": "lain"}
    refused_for(stall, forged, "content_differs")
    assert Sale.objects.get(pk=sale["id"]).note == ""


def test_the_same_id_with_malformed_content_is_refused_as_differing(stall):
    sale = stall.sale()
    stall.send(sale)
    assert stall.send({"id": sale["id"]})[0]["code"] == "content_differs"


def test_another_fair_cannot_send_an_id_again(stall):
    """With the very content, too: what counted at one fair is nothing to another."""
    elsewhere = open_stall()
    sale = elsewhere.sale()
    elsewhere.send(sale)
    refused_for(stall, sale, "wrong_fair")
    assert Sale.objects.get(pk=sale["id"]).fair == elsewhere.fair


def test_a_phone_paired_anew_at_its_fair_sends_what_it_kept_without_doubling(stall):
    record = stall.piece(2)
    sent, kept = stall.sale(line(record)), stall.sale(line(record))
    stall.send(sent)
    devices.revoke(stall.device)
    anew = stall.second_device()
    assert [answer["status"] for answer in anew.send(sent, kept)] == ["duplicate", "created"]
    assert travel.at_stall(record.pk, stall.fair.reference) == 0


def test_a_cashier_of_another_fair_is_the_wrong_fair(stall):
    refused_for(stall, stall.sale(cashier=open_stall().cashier.pk), "wrong_fair", "cashier")


def test_a_piece_of_another_fair_is_refused(stall):
    elsewhere = open_stall()
    refused_for(stall, stall.sale(line(elsewhere.piece())), "unknown_item", "data.lines[0].item")


def test_a_piece_on_a_list_nobody_signed_is_refused(stall):
    record = stall.piece()
    stall.fair.consignments.update(status="cancelled")
    assert stall.send(stall.sale(line(record)))[0]["code"] == "unknown_item"


def test_a_cashier_nobody_knows_is_refused(stall):
    refused_for(stall, stall.sale(cashier=2**31 - 1), "unknown_cashier", "cashier")


UPPER = "4075E7E6-CFBB-41D8-83DC-2E7B3B238B7A"


@pytest.mark.parametrize("identity", [None, 7, "", "x", "A" * 36, "urn:uuid:0193", UPPER, ["x"]])
def test_an_event_without_a_proper_id_is_refused_and_kept(stall, identity):
    refused_for(stall, stall.sale(id=identity), "bad_id")


@pytest.mark.parametrize("kind", ["refund", None, 3, ["sale"], {}])
def test_a_kind_nobody_knows_is_refused(stall, kind):
    refused_for(stall, stall.sale(kind=kind), "unknown_kind")


@pytest.mark.parametrize("event", [None, 1, "sale", [], [1]])
def test_what_is_no_object_is_refused_and_kept(stall, event):
    refused_for(stall, event, "bad_field")


NUL, HALF = "a\x00b", "a\ud800b"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"number": ""}, "data.number"),
        ({"number": "A" * 25}, "data.number"),
        ({"number": 1}, "data.number"),
        ({"subtotal": "250000"}, "data.subtotal"),
        ({"subtotal": 250000.0}, "data.subtotal"),
        ({"subtotal": True}, "data.subtotal"),
        ({"subtotal": None}, "data.subtotal"),
        ({"total": -1}, "data.total"),
        ({"total": 10**12}, "data.total"),
        ({"lines": []}, "data.lines"),
        ({"lines": None}, "data.lines"),
        ({"tenders": {}}, "data.tenders"),
        ({"source": "a b"}, "data.source"),
        ({"source": "x" * 65}, "data.source"),
        ({"note": "x" * 256}, "data.note"),
        ({"at": "2026-11-24"}, "at"),
        ({"at": "2026-11-24T10:00:00"}, "at"),
        ({"at": "1969-11-24T10:00:00Z"}, "at"),
        ({"at": "2090-11-24T10:00:00Z"}, "at"),
        ({"at": "2026-02-30T10:00:00Z"}, "at"),
        ({"at": 1}, "at"),
        ({"cashier": "1"}, "cashier"),
        ({"cashier": 2**31}, "cashier"),
        ({"data": []}, "data"),
        ({"data": None}, "data"),
    ],
)
def test_a_field_that_is_not_as_agreed_is_refused_by_name(stall, change, where):
    refused_for(stall, stall.sale(**change), "bad_field", where)


@pytest.mark.parametrize("text", [NUL, HALF])
def test_text_that_no_database_keeps_is_refused_and_kept_with_a_mark(stall, text):
    answers = stall.send(stall.sale(note=text), stall.sale())
    assert [answer["code"] for answer in answers] == ["bad_field", ""]
    assert RefusedEvent.objects.get().payload["data"]["note"] in ("a\ufffdb", "a?b")


def test_a_number_without_end_is_refused_and_kept(stall):
    text = json.dumps(batch(stall.sale())).replace('"rev": 0', '"rev": 1e999')
    response = stall.post("events", text)
    assert response.json()["answers"][0]["code"] == "bad_field"
    assert RefusedEvent.objects.get().payload["data"]["rev"] == "inf"


def test_unknown_fields_are_refused_wherever_they_stand(stall):
    extra = stall.sale()
    extra["extra"] = 1
    assert stall.send(extra)[0]["code"] == "bad_field"
    for place in ("data", "lines", "tenders"):
        sale = stall.sale()
        holder = sale["data"] if place == "data" else sale["data"][place][0]
        holder["discuont"] = 1
        (answer,) = stall.send(sale)
        assert answer["code"] == "bad_field"
        assert answer["where"].endswith("discuont")
    assert nothing_counted()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("item", 0),
        ("item", 2**31),
        ("quantity", 0),
        ("quantity", 10_000),
        ("quantity", 1.5),
        ("price", "1"),
        ("total", -5),
    ],
)
def test_a_line_that_is_not_as_agreed_is_refused(stall, field, value):
    sale = stall.sale()
    sale["data"]["lines"][0][field] = value
    refused_for(stall, sale, "bad_field", f"data.lines[0].{field}")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"subtotal": PRICE + 1}, "data.subtotal"),
        ({"discount": 1}, "data.discount"),
        ({"total": PRICE - 1}, "data.total"),
        ({"tenders": []}, "data.tenders"),
        ({"tenders": [{"kind": "cash", "amount": PRICE - 1}]}, "data.tenders"),
        ({"tenders": [{"kind": "cash", "amount": PRICE, "received": PRICE - 1}]}, "data.tenders[0].received"),
    ],
)
def test_a_sale_that_does_not_add_up_is_refused(stall, change, where):
    refused_for(stall, stall.sale(**change), "does_not_add_up", where)


def test_a_line_that_does_not_add_up_is_refused(stall):
    record = stall.piece()
    refused_for(stall, stall.sale(line(record) | {"total": 1}), "does_not_add_up", "data.lines[0].total")


def test_a_discount_above_the_price_is_refused(stall):
    record = stall.piece()
    sale = stall.sale(line(record) | {"discount": PRICE + 1, "total": 0})
    assert stall.send(sale)[0]["code"] == "does_not_add_up"


def test_a_discount_without_a_reason_is_refused(stall):
    sale = stall.sale(line(stall.piece(), discount=1_000))
    refused_for(stall, sale, "bad_field", "data.discount_reason")


# What is kept


def test_a_refused_event_sent_again_is_kept_once_and_counted(stall):
    event = stall.sale(cashier=2**31 - 1)
    for _time in range(3):
        stall.send(event)
    kept = RefusedEvent.objects.get()
    assert (kept.times, kept.event_id, kept.payload) == (3, event["id"], event)


def test_two_refused_contents_of_one_id_are_both_kept(stall):
    first = stall.sale(cashier=2**31 - 1)
    second = first | {"at": now(hours=-1)}
    for event in (first, second, second):
        stall.send(event)
    kept = RefusedEvent.objects.order_by("pk")
    assert [(one.payload, one.times) for one in kept] == [(first, 1), (second, 2)]


def test_two_events_without_id_are_both_kept(stall):
    stall.send({"a": 1}, {"a": 2}, {"a": 1})
    assert [(one.payload, one.times) for one in RefusedEvent.objects.order_by("pk")] == [({"a": 1}, 2), ({"a": 2}, 1)]


def test_an_event_that_trips_the_server_is_refused_and_does_not_block_the_others(stall, monkeypatch, caplog):
    record = stall.piece(2)
    bad, good = stall.sale(line(record), number="A-BAD"), stall.sale(line(record))

    def trip(happening, told, count=inbox.HANDLERS["sale"]):
        if told["number"] == "A-BAD":
            count(happening, told)
            raise ZeroDivisionError
        return count(happening, told)

    monkeypatch.setitem(inbox.HANDLERS, TillEvent.Kind.SALE, trip)
    answers = stall.send(bad, good)
    assert [(answer["status"], answer["code"]) for answer in answers] == [("refused", "server_error"), ("created", "")]
    assert "could not be taken" in caplog.text
    assert SaleLine.objects.count() == 1
    assert travel.at_stall(record.pk, stall.fair.reference) == 1
    assert RefusedEvent.objects.get().payload == bad
    assert not Discrepancy.objects.exists()


def test_what_a_device_says_of_itself_is_noted(stall):
    stall.send(stall.sale(), {"id": "x"}, waiting=9, app_version="1.2.3")
    stall.device.refresh_from_db()
    assert (stall.device.waiting, stall.device.app_version) == (8, "1.2.3")
    assert abs((timezone.now() - stall.device.last_seen_at).total_seconds()) < 60
    response = stall.post("heartbeat", {"waiting": 3, "at": now()})
    assert response.status_code == 200
    stall.device.refresh_from_db()
    assert (stall.device.waiting, stall.device.app_version) == (3, "1.2.3")
