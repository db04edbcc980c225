"""The report of a fair as a spreadsheet: what was taken, by whom and how, what it cost, who wants to hear from us."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.chart import BarChart, PieChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from shop.exhibitions.models import Enquiry, Fair
from shop.exhibitions.reporting import Figures, Taking, Through, figures

from . import sheets


def book(fair: Fair, *, enquiries: bool) -> bytes:
    """The XLSX, in the active language. Amounts are whole rupiah, what was given back taken off.

    ``enquiries`` adds the sheet of those who asked, with their numbers: not for everybody who may see figures.
    """
    told = figures(fair)
    made = sheets.book()
    _summary(made, fair, told)
    days = [(taking.key, taking.amount, taking.pieces) for taking in told.by_day]
    _bars(sheets.fill(made, _("Days"), [_("Day"), _("Takings"), _("Pieces")], days), _("Takings by day"))
    for title, head, takings in (
        (_("Makers"), _("Maker"), told.by_maker),
        (_("Crafts"), _("Craft"), told.by_craft),
        (_("Campaigns"), _("Source"), told.by_source),
    ):
        _bars(sheets.fill(made, title, [head, _("Takings"), _("Pieces")], _rows(takings)), title)
    tenders = sheets.fill(made, _("Tenders"), [_("Paid by"), _("Takings"), _("Payments")], _rows(told.by_tender))
    _pie(tenders, _("Takings by tender"))
    _through(made, _("Sell-through of makers"), _("Maker"), told.through_by_maker)
    _through(made, _("Sell-through of crafts"), _("Craft"), told.through_by_craft)
    _profit(made, told)
    if enquiries:
        _enquiries(made, fair)
    return sheets.saved(made)


def _summary(made: Workbook, fair: Fair, told: Figures) -> None:
    rows = [
        (_("Fair"), fair.name),
        (_("Place"), f"{fair.venue}, {fair.city}"),
        (_("First day"), fair.starts_on),
        (_("Last day"), fair.ends_on),
        (_("Takings"), told.takings),
        (_("Target: takings (Rp)"), told.revenue.wanted),
        (_("Pieces sold"), told.pieces),
        (_("Target: pieces"), told.pieces_target.wanted),
        (_("Sales"), told.sales),
        (_("Voids and returns"), told.reversals),
    ]
    sheets.fill(made, _("Summary"), [_("Figure"), _("Value")], rows)


def _rows(takings: list[Taking]) -> list[tuple[Any, ...]]:
    return [(taking.label or _("(none)"), taking.amount, taking.pieces) for taking in takings]


def _through(made: Workbook, title: str, head: str, rows: list[Through]) -> None:
    heads = [
        head,
        _("Brought"),
        _("Sold"),
        _("Returned"),
        _("Damaged"),
        _("Gifted"),
        _("Unexplained"),
        _("Sell-through (%)"),
    ]
    sheets.fill(
        made,
        title,
        heads,
        (
            (
                row.label or _("(none)"),
                row.journey.brought,
                row.journey.sold,
                row.journey.returned,
                row.journey.damaged,
                row.journey.gifted,
                row.journey.unexplained,
                row.percent,
            )
            for row in rows
        ),
    )


def profit_rows(told: Figures) -> list[tuple[Any, Any]]:
    """What was taken, what goes off it, and last what is left."""
    profit = told.profit
    rows: list[tuple[Any, Any]] = [(_("Takings"), profit.takings), (_("Due to makers"), -profit.due_to_makers)]
    if profit.untold:
        rows.append((_("Not on a statement yet"), -profit.untold))
    rows += [(_("Cost: %(kind)s") % {"kind": cost.label}, -cost.amount) for cost in told.costs]
    return [*rows, (_("Result"), profit.result)]


def _profit(made: Workbook, told: Figures) -> None:
    rows = profit_rows(told)
    rows += [(None, None), (_("Of which commission"), told.profit.commission)]
    rows.append((_("Of which costs borne by makers"), told.profit.borne_by_makers))
    sheets.fill(made, _("Profit and loss"), [_("Item"), _("Amount")], rows)


def _enquiries(made: Workbook, fair: Fair) -> None:
    heads = [
        _("Agreed"),
        _("Kind"),
        _("Name"),
        _("Phone"),
        _("E-mail"),
        _("Country"),
        _("Message"),
        _("Answered"),
    ]
    sheets.fill(made, _("Enquiries"), heads, enquiry_rows(fair))


def enquiry_rows(fair: Fair) -> list[list[Any]]:
    """One row an enquiry, as spreadsheet and CSV have it."""
    return [
        [
            _minute(enquiry.consent_at),
            enquiry.get_kind_display(),
            enquiry.name,
            enquiry.phone,
            enquiry.email,
            enquiry.country,
            enquiry.message,
            _minute(enquiry.answered_at),
        ]
        for enquiry in Enquiry.objects.filter(fair=fair)
    ]


def _minute(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _bars(sheet: Worksheet, title: str) -> None:
    if sheet.max_row < 2:
        return
    chart = BarChart()
    chart.type = "bar" if sheet.max_row > 8 else "col"
    _drawn(sheet, chart, title)


def _pie(sheet: Worksheet, title: str) -> None:
    if sheet.max_row >= 2:
        _drawn(sheet, PieChart(), title)


def _drawn(sheet: Worksheet, chart: Any, title: str) -> None:
    chart.title = title
    chart.width, chart.height = 20, max(8, min(20, sheet.max_row * 0.7))
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=sheet.max_row), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=sheet.max_row))
    if isinstance(chart, BarChart):
        chart.legend = None
    sheet.add_chart(chart, "F2")
