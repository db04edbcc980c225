"""The drawer in the morning and in the evening, and buyers who want to hear from us."""

import uuid

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from shop.exhibitions.models import CashDay, Discrepancy, Enquiry
from shop.exhibitions.tests.stall import line, open_stall

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


def sold(stall, day, **changes):
    """One piece for Rp250.000, in cash unless ``tenders`` say otherwise."""
    return stall.sale(day=day["id"], **changes)


def differences():
    return list(Discrepancy.objects.filter(kind="cash").order_by("pk").values_list("quantity", "resolution"))


def test_a_day_that_agrees_leaves_nothing_to_resolve(stall):
    day = opening(stall)
    close = closing(stall, day)
    assert [answer["status"] for answer in stall.send(day, sold(stall, day), close)] == ["created"] * 3
    kept = CashDay.objects.get(pk=day["id"])
    assert (kept.float_amount, kept.expected, kept.told, kept.counted) == (500_000, 750_000, 750_000, 750_000)
    assert (kept.opened_by, kept.closed_by, kept.device) == (stall.cashier, stall.cashier, stall.device)
    assert (kept.opened_at, kept.closed_at) == (parse_datetime(day["at"]), parse_datetime(close["at"]))
    assert not Discrepancy.objects.exists()


@pytest.mark.parametrize(("counted", "difference"), [(740_000, -10_000), (751_000, 1_000), (0, -750_000)])
def test_a_drawer_that_differs_is_to_be_resolved(stall, counted, difference):
    day = opening(stall)
    stall.send(day, sold(stall, day), closing(stall, day, counted=counted, note="Salah kembalian"))
    found = Discrepancy.objects.get()
    assert (found.kind, found.quantity) == ("cash", difference)
    assert found.detail == f"A HP Rina · {stall.cashier.name} · Salah kembalian"


@pytest.mark.parametrize("told", [0, 100_000, 999_999_999_999])
def test_the_books_reckon_the_drawer_themselves(stall, told):
    """A phone that says "expected 100.000, counted 100.000" hides what is missing from nobody."""
    day = opening(stall)
    stall.send(day, sold(stall, day), closing(stall, day, expected=told, counted=100_000))
    kept = CashDay.objects.get()
    assert (kept.expected, kept.told, kept.counted) == (750_000, told, 100_000)
    assert differences() == [(-650_000, "")]


def test_only_cash_of_this_drawer_is_in_it(stall):
    other = stall.second_device()
    day, theirs = opening(stall), opening(other, 0)
    split = [{"kind": "cash", "amount": 50_000}, {"kind": "qris", "amount": 200_000}]
    mine = sold(stall, day, tenders=split)
    returned = stall.reversal(mine, {"line": 1, "quantity": 1, "amount": 30_000, "damaged": False}, day=day["id"])
    stall.send(day, mine, stall.sale(day=None), stall.sale(), returned)
    other.send(theirs, sold(other, theirs))
    by_qris = {"line": 1, "quantity": 1, "amount": 70_000, "damaged": False}
    more = sold(stall, day)
    stall.send(more, stall.reversal(more, by_qris, tender="qris", day=day["id"]))
    stall.send(closing(stall, day, counted=770_000))
    other.send(closing(other, theirs, counted=250_000))
    assert CashDay.objects.get(pk=day["id"]).expected == 500_000 + 50_000 - 30_000 + 250_000
    assert differences() == []


def test_a_day_whose_sales_come_late_is_reckoned_anew(stall):
    day = opening(stall)
    stall.send(day, closing(stall, day, expected=750_000, counted=750_000))
    assert differences() == [(250_000, "")]
    late = sold(stall, day)
    stall.send(late)
    assert CashDay.objects.get().expected == 750_000
    assert differences() == [(0, "explained")]
    assert Discrepancy.objects.get(kind="cash").note == "Cocok sejak A-0001 masuk."
    stall.send(stall.reversal(late, day=day["id"]))
    assert CashDay.objects.get().expected == 500_000
    assert differences() == [(0, "explained"), (250_000, "")]


def test_what_was_explained_before_is_not_asked_again(stall):
    day = opening(stall)
    stall.send(day, closing(stall, day, counted=480_000))
    found = Discrepancy.objects.get()
    found.resolution, found.resolved_at = "lost", timezone.now()
    found.save()
    stall.send(sold(stall, day))
    assert differences() == [(-20_000, "lost"), (-250_000, "")]
    stall.send(sold(stall, day))
    assert differences() == [(-20_000, "lost"), (-500_000, "")]


def test_a_difference_beyond_all_drawers_keeps_no_sale_out(stall):
    day = opening(stall)
    stall.send(day, closing(stall, day, counted=0))
    dear = stall.sale(line(stall.piece(), price=999_999_999_999), day=day["id"])
    assert [answer["status"] for answer in stall.send(dear)] == ["created"]
    assert differences() == [(-(2**31) + 1, "")]


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
