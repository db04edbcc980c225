"""Money on the desk: figures as people write them, what makers were told, and payments that were wrong."""

import uuid
from decimal import Decimal
from io import BytesIO

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.urls import reverse
from openpyxl import load_workbook

from shop.artisans.tests.factories import MakerFactory
from shop.dashboard.orders.tests.factories import curator, person
from shop.exhibitions.models import Fair, FairCost
from shop.exhibitions.services import counting
from shop.exhibitions.services.inbox import take
from shop.exhibitions.tests.stall import line, open_stall
from shop.rupiah import RupiahField
from shop.settlement.models import Payout, Statement
from shop.settlement.queries import left_to_pay
from shop.settlement.services import issue_statement
from shop.settlement.tests.factories import sold

from . import world
from .test_life_of_a_fair import Desk
from .test_queries import asked, more

pytestmark = pytest.mark.django_db


@pytest.fixture
def built():
    return world.build()


@pytest.fixture
def desk(client, built):
    client.force_login(built.actor)
    return Desk(client, built.fair)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1250000", 1_250_000),
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("Rp1.250.000,-", 1_250_000),
        ("Rp. 1.250.000", 1_250_000),
        ("IDR\u00a01,250,000", 1_250_000),
        ("rp 950", 950),
        ("950,00", 950),
    ],
)
def test_rupiah_are_read_as_people_write_them(typed, meant):
    assert RupiahField().clean(typed) == meant


@pytest.mark.parametrize(
    "typed", ["1.250.000,50", "1250.5", "1.250,5", "12.50", "1,25", "1.2500", "1.250,000", "abc", "1e6"]
)
def test_a_figure_that_could_be_read_a_hundredfold_is_refused(typed):
    with pytest.raises(forms.ValidationError) as refusal:
        RupiahField().clean(typed)
    assert refusal.value.messages == ["Tulis rupiah bulat tanpa sen, misalnya 1.250.000 atau 1250000."]


def test_shared_costs_hold_still_while_a_statement_stands_and_the_page_says_what_to_do(desk, built):
    cost = FairCost.objects.get()
    fields = {"kind": "rent", "amount": "5", "spent_on": "2026-12-01", "is_shared": "on"}
    for name, arguments, told in (
        ("cost_add", (), fields),
        ("cost_edit", (cost.pk,), fields),
        ("cost_remove", (cost.pk,), {}),
    ):
        page = desk.send(name, *arguments, **told)
        assert page.status_code == 200
        [error] = page.context["form"].non_field_errors()
        assert error.startswith("Pengrajin sudah punya rincian")
    assert [(one.pk, one.amount) for one in FairCost.objects.all()] == [(cost.pk, 3_000_000)]
    assert "semua rincian dibuka kembali" in desk.get("costs").content.decode()
    desk.do("cost_add", **{**fields, "is_shared": ""})
    desk.do("reopen_all", reason="Sewa salah")
    assert Statement.objects.get(reference=built.fair.reference).reopen_reason == "Sewa salah"
    desk.do("cost_edit", cost.pk, **fields)
    assert FairCost.objects.get(pk=cost.pk).amount == 5


def test_commission_holds_still_while_a_statement_stands(desk, built):
    built.fair.consignments.update(status="cancelled")
    row = built.fair.participations.get(maker=built.maker)
    for percent in ("20", "0"):
        assert desk.send("maker_edit", row.pk, commission_percent=percent, note="").status_code == 200
    desk.do("maker_edit", row.pk, commission_percent="10", note="Sama dengan pameran")
    told = {name: value for name, value in desk.get("edit").context["form"].initial.items() if value is not None}
    told |= {"starts_on": "2026-12-01", "ends_on": "2026-12-05"}
    assert desk.send("edit", **{**told, "shared_cost_percent": "1"}).status_code == 200
    desk.do("edit", **{**told, "venue": "JCC"})
    row.refresh_from_db()
    assert (row.commission_percent, desk.fair.venue, desk.fair.shared_cost_percent) == (10, "JCC", 0)


def test_a_cost_is_entered_once_however_long_ago_its_form_was_sent(desk):
    code = uuid.uuid4()
    fields = {"kind": "lodging", "amount": "100.000", "spent_on": "2026-12-01"}
    for _click in range(2):
        assert desk.send("cost_add", code=code, **fields).status_code == 302
        cache.clear()
    assert FairCost.objects.filter(kind="lodging").count() == 1
    other = desk.send("cost_add", code=code, **{**fields, "amount": "200.000"})
    assert len(other.context["form"].non_field_errors()) == 1


def test_a_payment_is_written_down_once_however_long_ago_its_form_was_sent(desk, built):
    code = uuid.uuid4()
    fields = {"amount": "5.000", "method": "cash", "paid_on": "2026-12-10", "proof": "KW-2"}
    for _click in range(2):
        assert desk.send("statement_pay", built.statement.pk, code=code, **fields).status_code == 302
        cache.clear()
    assert Payout.objects.filter(proof="KW-2").count() == 1
    twice = desk.send("statement_pay", built.statement.pk, **fields)
    assert "Lihat daftar pembayaran" in twice.content.decode()
    assert Payout.objects.filter(proof="KW-2").count() == 1


def test_a_wrong_payment_is_taken_back_with_a_reason(desk, built):
    payout = Payout.objects.get()
    assert desk.send("payout_take_back", payout.pk, reason=" ").status_code == 200
    desk.do("payout_take_back", payout.pk, reason="Salah orang")
    assert left_to_pay(built.statement) == 225_000
    page = desk.get("statement", built.statement.pk).content.decode()
    assert "Salah orang" in page
    assert desk.send("payout_take_back", payout.pk, reason="Lain").status_code == 200


def test_money_that_is_to_come_back_is_said_and_written_down(desk, built):
    Fair.objects.update(status="settled")
    maker = MakerFactory()
    statement = issue_statement(
        maker, [sold(100_000)], reference=built.fair.reference, shared_costs=Decimal(120_000), actor=built.actor
    )
    page = desk.get("statement", statement.pk).content.decode()
    assert "Uang harus kembali" in page
    assert "Rp30.000" in page
    assert reverse("fairdesk:statement_pay", args=(built.fair.pk, statement.pk)) not in page
    assert "1 pengrajin harus mengembalikan uang" in desk.get("overview").content.decode()
    fields = {"method": "cash", "paid_on": "2026-12-10", "proof": "KW-9"}
    refused = desk.send("statement_pay_back", statement.pk, amount="30.001", **fields)
    assert "Rp30.000" in refused.context["form"].non_field_errors()[0]
    desk.do("statement_pay_back", statement.pk, amount="30.000", **fields)
    statement.refresh_from_db()
    assert (statement.status, left_to_pay(statement)) == ("paid", 0)
    assert "mengembalikan uang" not in desk.get("overview").content.decode()


def test_a_maker_with_nothing_left_is_no_one_to_pay(desk, built):
    Fair.objects.update(status="settled")
    payment = {"method": "cash", "paid_on": "2026-12-10", "proof": "KW-3"}
    assert "Bayar 1 pengrajin" in desk.get("overview").content.decode()
    desk.do("statement_pay", built.statement.pk, amount="224.000", **payment)
    assert "Semua pengrajin sudah dibayar" in desk.get("overview").content.decode()


def test_stale_statements_are_told_anew_by_one_button_that_asks_why(client):
    stall = open_stall()
    actor = curator("dunia@demo.test")
    client.force_login(actor)
    desk = Desk(client, stall.fair)
    record = stall.piece(units=2)
    take(stall.device, stall.sale(line(record)))
    late = stall.sale(line(record))
    Fair.objects.update(status="counting")
    counting.count(stall.fair, record, counted=1, actor=actor)
    counting.book_count(stall.fair, actor=actor)
    assert "reason" not in desk.get("settle_all").context["form"].fields
    desk.do("settle_all")
    take(stall.device, late)
    assert "Rincian sekarang berbeda" in desk.get("settlement").content.decode()
    assert desk.send("settle_all", reason=" ").status_code == 200
    desk.do("settle_all", reason="Penjualan terlambat")
    assert list(Statement.objects.order_by("version").values_list("gross", "status", "reopen_reason")) == [
        (250_000, "reopened", "Penjualan terlambat"),
        (500_000, "issued", ""),
    ]


def test_nobody_is_settled_with_before_the_count_is_booked(desk, built):
    Fair.objects.update(status="counting")
    page = desk.send("settle_all")
    assert page.context["form"].non_field_errors() == ["Bagi hasil dibuat setelah hitungan dibukukan."]
    assert Statement.objects.filter(reference=built.fair.reference).count() == 1


def guest(client, *codenames):
    user = get_user_model().objects.filter(email="tamu@demo.test").first() or person("tamu@demo.test")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", "view_fair", *codenames)))
    client.force_login(user)


def test_who_may_only_see_fairs_sees_no_money(client, built):
    guest(client)
    address = {
        name: reverse(f"fairdesk:{name}", args=(built.fair.pk,)) for name in ("overview", "report", "report_xlsx")
    }
    address |= {name: reverse(f"fairdesk:{name}", args=(built.fair.pk,)) for name in ("costs", "drawers")}
    opened = {name for name, url in address.items() if client.get(url).status_code == 200}
    assert opened == {"overview"}
    assert "Rp" not in client.get(address["overview"]).content.decode()
    index = client.get(reverse("fairdesk:index")).content.decode()
    assert "Rp" not in index
    assert "export" not in index
    bulk = client.get(reverse("fairdesk:bulk"), {"action": "export", "fair": built.fair.pk})
    assert bulk.status_code == 302
    assert "attachment" not in bulk.headers.get("Content-Disposition", "")


def test_who_may_not_see_enquiries_gets_a_report_without_names(client, built):
    address = reverse("fairdesk:report_xlsx", args=(built.fair.pk,))
    sheets = {}
    for name, codenames in (("without", ()), ("with", ("view_enquiry",))):
        guest(client, "view_sale", "view_statement", *codenames)
        sheets[name] = load_workbook(BytesIO(client.get(address).content)).sheetnames
    assert set(sheets["with"]) - set(sheets["without"]) == {"Permintaan"}


def test_the_report_asks_as_often_for_many_makers_as_for_few(client, built):
    client.force_login(built.actor)
    addresses = [reverse(f"fairdesk:{name}", args=(built.fair.pk,)) for name in ("report", "report_xlsx", "settlement")]
    more(built)
    few = [asked(client, address) for address in addresses]
    for _each in range(3):
        more(built)
    assert [asked(client, address) for address in addresses] == few
