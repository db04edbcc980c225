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
        book = load_workbook(BytesIO(report.book(built.fair)))
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
    assert book["Profit and loss"].cell(book["Profit and loss"].max_row, 2).value == -2_975_000


def test_the_report_draws_its_charts():
    built = world.build()
    book = load_workbook(BytesIO(report.book(built.fair)))
    assert [len(sheet._charts) for sheet in book.worksheets][:6] == [0, 1, 1, 1, 1, 1]


def test_no_cell_from_a_buyer_begins_a_formula(client):
    built = world.build()
    with translation.override("en"):
        book = load_workbook(BytesIO(report.book(built.fair)))
    row = [cell.value for cell in book["Enquiries"][2]]
    assert row[3] == "'+6591234567"
    assert row[6] == "'=HYPERLINK(1)"
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
