"""A curator takes a fair from its plan to its report, by the pages alone."""

import uuid
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.dashboard.orders.tests.factories import curator
from shop.exhibitions.models import Cashier, Consignment, Discrepancy, Fair, FairCost, PairingCode
from shop.exhibitions.services.inbox import take
from shop.exhibitions.tests.factories import CashierFactory, DeviceFactory, FairFactory
from shop.exhibitions.tests.stall import Stall, line
from shop.settlement.models import Payout, Statement
from shop.settlement.queries import left_to_pay

from . import world
from .desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(curator())
    return Desk(client)


def plan(desk, **changes):
    fields = {
        "name": "Inacraft 2027",
        "city": "Jakarta",
        "venue": "Balai Sidang",
        "starts_on": "2027-02-03",
        "ends_on": "2027-02-07",
        "commission_percent": "10",
        "shared_cost_percent": "50",
        "target_revenue": "10.000.000",
        "target_pieces": "20",
        **changes,
    }
    return desk.send("add", **fields)


def test_a_fair_from_plan_to_report(desk):
    assert plan(desk).status_code == 302
    fair = desk.fair = Fair.objects.get()
    assert (fair.slug, fair.status, fair.target_revenue) == ("inacraft-2027-2027", "planned", Decimal(10_000_000))

    maker = MakerFactory(person="Ibu Rohana")
    record = ProductFactory(maker=maker, stock=3, price=250_000).stockrecords.get()
    desk.do("maker_add", maker=maker.pk, commission_percent="", note="")
    desk.do("cashier_add", name="Rina", pin="1234")
    desk.do("cost_add", kind="rent", amount="100.000", spent_on="2027-02-01", is_shared="on")
    desk.do("move", "packing")
    desk.do("list_add", maker=maker.pk)
    packing_list = Consignment.objects.get()
    desk.do("list_pack", packing_list.pk, record.pk, quantity="3", price="300.000", origin="shelf")
    desk.do("list_piece", packing_list.pk, title_ind="Gelang resam", quantity="2", price="50000")
    assert "Gelang resam" in desk.get("list", packing_list.pk).content.decode()
    desk.do("list_hand_over", packing_list.pk, signed_by="Ibu Rohana")
    record.refresh_from_db()
    assert record.num_in_stock == 0
    assert desk.get("list_sheet", packing_list.pk).content.startswith(b"%PDF")

    desk.do("move", "in_transit")
    on_list, brought = packing_list.lines.order_by("pk")
    counted = {f"line_{on_list.pk}": "2", f"line_{brought.pk}": "2"}
    desk.do("list_receive", packing_list.pk, **counted)
    missing = Discrepancy.objects.get()
    assert (missing.kind, missing.quantity) == ("missing", 1)
    desk.do("discrepancy_resolve", missing.pk, resolution="found", note="Tertinggal di mobil")
    desk.do("move", "open")

    cashier = Cashier.objects.get()
    stall = Stall(fair, cashier, DeviceFactory(fair=fair), "")
    assert take(stall.device, stall.sale(line(record, 1, 300_000))).status == "created"
    sales = desk.get("sales").content.decode()
    assert "A-0001" in sales or f"{stall.device.letter}-0001" in sales
    desk.do("stall_move", brought.stockrecord_id, kind="gifted", quantity="1", reason="Untuk Ibu Menteri")

    desk.do("move", "counting")
    shelf, gift = f"{record.pk}", f"{brought.stockrecord_id}"
    assert desk.count({f"counted_{shelf}": "2", f"counted_{gift}": "0"}).status_code == 302
    assert desk.send("count_book").status_code == 200  # one bangle is not named yet
    desk.count({f"lost_{gift}": "1"})
    desk.do("count_book")
    desk.do("shelve")
    record.refresh_from_db()
    assert record.num_in_stock == 2

    desk.do("settle_all")
    statement = Statement.objects.get()
    assert (statement.gross, statement.commission, statement.costs, statement.due) == (300_000, 30_000, 50_000, 220_000)
    pay = {"method": "cash", "paid_on": "2027-02-10", "proof": "KW-1"}
    refused = desk.send("statement_pay", statement.pk, amount="220.001", **pay)
    assert refused.status_code == 200
    assert "220.000" in refused.content.decode()
    desk.do("statement_pay", statement.pk, amount="220.000", **pay)
    assert left_to_pay(statement) == 0
    desk.do("move", "settled")
    assert fair.status == Fair.Status.SETTLED
    report = load_workbook(BytesIO(desk.get("report_xlsx").content))
    assert "Rp300.000" in desk.get("report").content.decode()
    assert report.sheetnames[0]


def test_a_double_click_enters_a_cost_once(desk):
    desk.fair = FairFactory()
    code = uuid.uuid4()
    fields = {"kind": "rent", "amount": "100000", "spent_on": "2026-12-01"}
    for _click in range(2):
        assert desk.send("cost_add", code=code, **fields).status_code == 302
    assert FairCost.objects.count() == 1


def test_a_form_that_was_refused_may_be_sent_again(desk):
    desk.fair = FairFactory()
    code = uuid.uuid4()
    assert desk.send("cashier_add", code=code, name="Rina", pin="12").status_code == 200
    CashierFactory(fair=desk.fair, name="Rina")
    assert desk.send("cashier_add", code=code, name="Rina", pin="4321").status_code == 200
    assert desk.send("cashier_add", code=code, name="Budi", pin="4321").status_code == 302


def test_a_form_without_its_code_does_nothing(desk):
    desk.fair = FairFactory()
    fields = {"kind": "rent", "amount": "100000", "spent_on": "2026-12-01"}
    assert desk.client.post(desk.address("cost_add"), fields).status_code == 200
    assert FairCost.objects.count() == 0


def test_a_fair_that_ends_before_it_starts_is_refused_beside_the_field(desk):
    response = plan(desk, ends_on="2027-02-01")
    assert response.context["form"].errors.keys() == {"ends_on"}
    assert Fair.objects.count() == 0


@pytest.mark.parametrize("payload", ["bukan QRIS", "00020101021126", "0002010102115802ID6304FFFF"])
def test_a_qris_that_nobody_could_pay_is_refused(desk, payload):
    response = plan(desk, qris_payload=payload)
    assert response.context["form"].errors.keys() == {"qris_payload"}


def test_editing_keeps_slug_and_status(desk):
    plan(desk)
    desk.fair = Fair.objects.get()
    fields = desk.get("edit").context["form"].initial
    told = {name: value for name, value in fields.items() if value is not None}
    told |= {"starts_on": "2027-02-03", "ends_on": "2027-02-08", "slug": "", "venue": "JCC"}
    desk.do("edit", **told)
    assert (desk.fair.venue, desk.fair.slug, desk.fair.ends_on) == ("JCC", "inacraft-2027-2027", date(2027, 2, 8))


def test_a_step_that_is_not_ready_is_refused_with_what_is_left(desk):
    desk.fair = FairFactory(status="packing")
    response = desk.send("move", "in_transit")
    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 1
    desk.fair.refresh_from_db()
    assert desk.fair.status == Fair.Status.PACKING


def test_planned_fairs_are_cancelled_at_once_and_others_left_alone(desk):
    planned, running = FairFactory(status="planned"), FairFactory(status="open")
    chosen = {"fair": [planned.pk, running.pk]}
    asked = desk.client.get(desk.address("bulk"), {"action": "cancel", **chosen})
    assert (asked.context["planned"], asked.context["others"]) == ([planned], [running])
    planned.refresh_from_db()
    assert planned.status == "planned"
    desk.client.post(desk.address("bulk"), chosen)
    planned.refresh_from_db()
    running.refresh_from_db()
    assert (planned.status, running.status) == ("cancelled", "open")


def test_chosen_fairs_are_exported(desk):
    fairs = [FairFactory(name="=Pameran"), FairFactory()]
    response = desk.client.get(desk.address("bulk"), {"action": "export", "fair": [fair.pk for fair in fairs]})
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet.max_row == 3
    assert "=Pameran" in [cell.value for cell in sheet["A"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "open"}, {"Pekan Bali"}),
        ({"year": "2025"}, {"Pekan Medan"}),
        ({"city": "Medan"}, {"Pekan Medan"}),
        ({"search": "bali"}, {"Pekan Bali"}),
        ({}, {"Pekan Bali", "Pekan Medan"}),
    ],
)
def test_the_list_is_narrowed_by_its_filters(desk, asked, found):
    FairFactory(name="Pekan Bali", city="Denpasar", starts_on=date(2026, 5, 1))
    FairFactory(name="Pekan Medan", city="Medan", starts_on=date(2025, 5, 1), status="planned")
    page = desk.client.get(desk.address("index"), asked).context["page"]
    assert {fair.name for fair in page} == found


def test_a_pairing_code_is_shown_with_its_way_to_the_till(desk):
    desk.fair = FairFactory()
    desk.do("device_code")
    code = PairingCode.objects.get()
    page = desk.get("device_pair", code.pk)
    assert code.code in page.content.decode()
    assert page.context["address"].endswith(f"/kasir/?kode={code.code}")
    assert "<svg" in page.context["qr"]


def test_what_a_shut_out_device_exported_is_imported_once(desk):
    built = world.build()
    desk.fair = built.fair
    desk.do("device_revoke", built.stall.device.pk)
    import json

    event = built.stall.sale(line(built.record))
    event["data"]["number"] = "A-0099"
    text = json.dumps({"device": {"id": built.stall.device.pk}, "events": [event]})
    for _time in range(2):
        file = SimpleUploadedFile("kasir.json", text.encode(), "application/json")
        desk.do("device_import", built.stall.device.pk, file=file)
    assert built.fair.sales.filter(number="A-0099", is_late=True).count() == 1


def test_a_statement_is_reopened_with_a_reason_and_stays_readable(desk):
    built = world.build()
    desk.fair = built.fair
    assert desk.send("statement_reopen", built.statement.pk, reason=" ").status_code == 200
    desk.do("statement_reopen", built.statement.pk, reason="Retur tertinggal")
    assert "Retur tertinggal" in desk.get("statement", built.statement.pk).content.decode()
    assert Payout.objects.count() == 1


def test_two_who_switch_a_cashier_off_leave_them_off(desk):
    desk.fair = FairFactory()
    cashier = CashierFactory(fair=desk.fair)
    promised = desk.get("cashier_switch", cashier.pk).context["form"].initial
    for _curator in range(2):
        desk.do("cashier_switch", cashier.pk, **promised)
    cashier.refresh_from_db()
    assert not cashier.is_active


def test_a_list_is_received_once_and_what_differs_is_kept(desk):
    built = world.build()
    desk.fair = built.fair
    line_of_list = built.signed.lines.get()
    name = f"line_{line_of_list.pk}"
    assert desk.send("list_receive", built.signed.pk).context["form"].errors.keys() == {name}
    desk.do("list_receive", built.signed.pk, **{name: "0"})
    again = desk.send("list_receive", built.signed.pk, **{name: "1"})
    assert again.status_code == 200
    assert len(again.context["form"].non_field_errors()) == 1
    line_of_list.refresh_from_db()
    assert line_of_list.received == 0


def test_an_enquiry_is_answered_once(desk):
    built = world.build()
    desk.fair = built.fair
    enquiry = built.fair.enquiries.get()
    desk.do("enquiry_answered", enquiry.pk)
    first = built.fair.enquiries.get().answered_at
    desk.do("enquiry_answered", enquiry.pk)
    assert built.fair.enquiries.get().answered_at == first
