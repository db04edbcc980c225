"""What pages of the desk are made of: tables that become cards on a phone, links, and the tabs of a fair."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

PER_PAGE = 25


class Link(NamedTuple):
    """``kind``: '' for a plain link, else primary, secondary or danger for a button."""

    label: Any
    url: str
    kind: str = ""


class Column(NamedTuple):
    label: Any
    is_figure: bool = False


class Row(NamedTuple):
    """``is_sum`` marks the row that adds up the others."""

    cells: Sequence[Any]
    links: Sequence[Link] = ()
    is_sum: bool = False


class Told(NamedTuple):
    """A row with each cell's label beside it: on a phone the head of the table is not seen."""

    told: list[tuple[Any, bool, Any]]
    links: Sequence[Link]
    is_sum: bool


class Table:
    """``page`` is set when only a part of the rows is shown."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Row], empty: Any = "", page: Any = None):
        self.columns = columns
        self.rows = [
            Told(
                [(column.label, column.is_figure, cell) for column, cell in zip(columns, row.cells, strict=True)],
                row.links,
                row.is_sum,
            )
            for row in rows
        ]
        self.has_links = any(row.links for row in self.rows)
        self.empty = empty
        self.page = page


class Section(NamedTuple):
    """A headed part of a page: words, buttons and a table, each of them optional."""

    heading: Any = ""
    text: Any = ""
    links: Sequence[Link] = ()
    table: Table | None = None
    facts: Sequence[tuple[Any, Any]] = ()
    #: A bound form of what its table is narrowed by.
    filters: Any = None


def figure(label: Any) -> Column:
    return Column(label, True)


def paged(rows: Any, number: Any) -> Any:
    """One page of ``rows``; a number that is none, or too high, is the nearest page."""
    return Paginator(rows, PER_PAGE).get_page(number)


def tag(words: Any, tone: str = "plain") -> Any:
    """A state in a frame. ``tone`` (good, bad, warn, plain) only colours what the words say already."""
    return format_html('<span class="desk-tag desk-tag--{}">{}</span>', tone, words)


#: (heading, ((label, page), …)): the first page of each is where its tab leads.
TABS: tuple[tuple[Any, tuple[tuple[Any, str], ...]], ...] = (
    (_("Overview"), ((_("Overview"), "overview"),)),
    (_("Plan"), ((_("Makers"), "makers"), (_("Cashiers"), "cashiers"), (_("Costs"), "costs"))),
    (_("Packing"), ((_("Packing lists"), "lists"), (_("Labels and cards"), "papers"))),
    (_("Devices"), ((_("Devices"), "devices"), (_("Refused"), "refused"))),
    (
        _("Running day"),
        (
            (_("Sales"), "sales"),
            (_("Stall"), "stall"),
            (_("Discrepancies"), "discrepancies"),
            (_("Drawers"), "drawers"),
        ),
    ),
    (_("Counting"), ((_("Closing count"), "count"), (_("Coming home"), "returns"))),
    (_("Settlement"), ((_("Settlement"), "settlement"),)),
    (_("Report"), ((_("Report"), "report"), (_("Enquiries"), "enquiries"))),
)
