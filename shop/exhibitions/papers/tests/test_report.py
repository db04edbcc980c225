"""The report as a spreadsheet, read back."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from shop.exhibitions.desk.tests import world
from shop.exhibitions.papers import report, sheets

pytestmark = pytest.mark.django_db


def test_the_report_has_its_sheets_and_figures():
    built = world.build()
    with translation.override("en"):
        book = load_workbook(BytesIO(report.book(built.fair, enquiries=True)))
    assert book.sheetnames == [
        "Summary",
        "Days",
        "Makers",
        "Crafts",
        "Campaigns",
        "Tenders",
        "Sell-through of makers",
        "Sell-through of crafts",
        "Profit and loss",
        "Enquiries",
    ]
    assert [cell.value for cell in book["Makers"][2]] == [built.maker.name, 250000, 1]
    assert [cell.value for cell in book["Tenders"][2]][1:] == [250000, 1]
    assert [cell.value for cell in book["Sell-through of makers"][2]][:3] == [built.maker.name, 6, 1]


def test_profit_and_loss_adds_up_to_its_result():
    built = world.build()
    with translation.override("en"):
        sheet = load_workbook(BytesIO(report.book(built.fair, enquiries=False)))["Profit and loss"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert rows == [
        ("Takings", 250_000),
        ("Due to makers", -225_000),
        ("Cost: Rent of the stall", -3_000_000),
        ("Result", -2_975_000),
        (None, None),
        ("Of which commission", 25_000),
        ("Of which costs borne by makers", 0),
    ]
    assert sum(amount for _item, amount in rows[:3]) == rows[3][1]


def test_the_report_draws_its_charts():
    built = world.build()
    book = load_workbook(BytesIO(report.book(built.fair, enquiries=True)))
    assert [len(sheet._charts) for sheet in book.worksheets][:6] == [0, 1, 1, 1, 1, 1]


def test_no_cell_from_a_buyer_begins_a_formula(client):
    built = world.build()
    with translation.override("en"):
        book = load_workbook(BytesIO(report.book(built.fair, enquiries=True)))
    phone, message = (book["Enquiries"][2][number] for number in (3, 6))
    assert [(cell.value, cell.data_type) for cell in (phone, message)] == [("+6591234567", "s"), ("=HYPERLINK(1)", "s")]
    assert phone.quotePrefix and message.quotePrefix
    assert not book["Enquiries"][2][2].quotePrefix
    kinds = {cell.data_type for sheet in book.worksheets for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds
    client.force_login(built.actor)
    answer = client.get(reverse("fairdesk:enquiries_csv", args=(built.fair.pk,))).content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(answer)))[1][6] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("words", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "|calc", "%0A"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(words):
    assert sheets.safe(words).startswith("'")


def test_plain_text_and_figures_stay_as_they_are():
    assert [sheets.safe(value) for value in ("Kain Cual", 5, None)] == ["Kain Cual", 5, None]
    assert sheets.safe("a\x00b") == "ab"
