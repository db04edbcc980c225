"""The drawer in the morning and in the evening, and buyers who want to hear from us."""

import uuid

import pytest
from django.utils.dateparse import parse_datetime

from shop.exhibitions.models import CashDay, Discrepancy, Enquiry
from shop.exhibitions.tests.stall import open_stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


def opening(stall, amount=500_000, **changes):
    event = stall.event("day_open", {"day": "", "float": amount})
    event["data"]["day"] = event["id"]
    event["data"] |= changes
    return event


def closing(stall, day, expected=750_000, counted=750_000, **changes):
    data = {"day": day["id"], "expected": expected, "counted": counted, "note": ""}
    return stall.event("day_close", data | changes)


def enquiry(stall, **changes):
    data = {
        "kind": "export",
        "name": "Tanaka",
        "phone": "+81 90 0000 0000",
        "email": "",
        "country": "Jepang",
        "message": "200 lembar syal",
        "consent": True,
        "sale": None,
    }
    return stall.event("enquiry", data | changes)


def test_a_day_that_agrees_leaves_nothing_to_resolve(stall):
    day = opening(stall)
    close = closing(stall, day)
    assert [answer["status"] for answer in stall.send(day, close)] == ["created", "created"]
    kept = CashDay.objects.get(pk=day["id"])
    assert (kept.float_amount, kept.expected, kept.counted) == (500_000, 750_000, 750_000)
    assert (kept.opened_by, kept.closed_by, kept.device) == (stall.cashier, stall.cashier, stall.device)
    assert (kept.opened_at, kept.closed_at) == (parse_datetime(day["at"]), parse_datetime(close["at"]))
    assert not Discrepancy.objects.exists()


@pytest.mark.parametrize(("counted", "difference"), [(740_000, -10_000), (751_000, 1_000), (0, -750_000)])
def test_a_drawer_that_differs_is_to_be_resolved(stall, counted, difference):
    day = opening(stall)
    stall.send(day, closing(stall, day, counted=counted, note="Salah kembalian"))
    found = Discrepancy.objects.get()
    assert (found.kind, found.quantity) == ("cash", difference)
    assert found.detail == f"A HP Rina · {stall.cashier.name} · Salah kembalian"


def test_a_closing_waits_for_its_opening(stall):
    day = opening(stall)
    close = closing(stall, day)
    assert [answer["code"] for answer in stall.send(close, day, close)] == ["day_unknown", "", ""]
    assert CashDay.objects.get().closed_id == uuid.UUID(close["id"])


def test_a_day_is_closed_once(stall):
    day = opening(stall)
    codes = [answer["code"] for answer in stall.send(day, closing(stall, day), closing(stall, day, counted=1))]
    assert codes == ["", "", "day_closed"]
    assert CashDay.objects.get().counted == 750_000


def test_a_day_of_another_fair_is_not_closed(stall):
    elsewhere = open_stall()
    day = opening(elsewhere)
    elsewhere.send(day)
    assert stall.send(closing(stall, day))[0]["code"] == "wrong_fair"
    assert CashDay.objects.get().closed_id is None


@pytest.mark.parametrize(
    "change", [{"day": str(uuid.uuid4())}, {"float": -1}, {"float": 2_000_000_001}, {"float": "0"}]
)
def test_an_opening_that_is_not_as_agreed_is_refused(stall, change):
    assert stall.send(opening(stall, **change))[0]["code"] == "bad_field"
    assert not CashDay.objects.exists()


def test_an_enquiry_is_kept_with_the_time_of_consent(stall):
    sale = stall.sale()
    event = enquiry(stall, sale=sale["id"])
    assert [answer["status"] for answer in stall.send(sale, event)] == ["created", "created"]
    kept = Enquiry.objects.get()
    assert (kept.kind, kept.name, kept.country, kept.fair) == ("export", "Tanaka", "Jepang", stall.fair)
    assert (str(kept.sale_id), kept.consent_at) == (sale["id"], parse_datetime(event["at"]))


def test_an_enquiry_without_a_sale_is_kept(stall):
    stall.send(enquiry(stall, phone="", email="tanaka@example.com"))
    assert Enquiry.objects.get().email == "tanaka@example.com"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"consent": False}, "bad_field"),
        ({"consent": "true"}, "bad_field"),
        ({"phone": "", "email": ""}, "bad_field"),
        ({"email": "tanaka"}, "bad_field"),
        ({"name": ""}, "bad_field"),
        ({"kind": "spam"}, "bad_field"),
        ({"message": "x" * 2001}, "bad_field"),
        ({"sale": str(uuid.uuid4())}, "sale_unknown"),
    ],
)
def test_an_enquiry_that_may_not_be_kept_is_refused(stall, change, code):
    assert stall.send(enquiry(stall, **change))[0]["code"] == code
    assert not Enquiry.objects.exists()
