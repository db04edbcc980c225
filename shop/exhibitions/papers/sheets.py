"""What spreadsheets share: heads, widths, and cells that a spreadsheet cannot mistake for a formula.

A cell of an XLSX says of itself that it is text; a CSV cannot, so there an apostrophe stands before what would run.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HEAD = PatternFill("solid", fgColor="6B1220")
MONEY = "#,##0;[Red]-#,##0"
#: What makes a cell of text a formula, in one program or another. Buyers' names come from anybody.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def plain(value: Any) -> Any:
    """``value`` as a cell may hold it."""
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))


def runs(words: Any) -> bool:
    """Whether a spreadsheet that is told nothing else would take these words for a formula."""
    return isinstance(words, str) and (words.startswith(FORMULA) or words.lstrip().startswith(FORMULA))


def safe(value: Any) -> Any:
    """``value`` for a CSV: text that would be a formula gets an apostrophe, as a person would type it."""
    words = plain(value)
    return f"'{words}" if runs(words) else words


def book() -> Workbook:
    made = Workbook()
    made.remove(made.active)
    return made


def fill(made: Workbook, title: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Worksheet:
    """A sheet with a head that stays in sight. Text is text, figures are figures, money has its thousands."""
    sheet = made.create_sheet(title[:31])
    sheet.append([plain(head) for head in heads])
    for row in rows:
        sheet.append([plain(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
                cell.quotePrefix = runs(cell.value)
            elif isinstance(cell.value, Decimal):
                cell.number_format = MONEY
    for number, column in enumerate(sheet.iter_cols(), 1):
        longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=8)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(10, longest + 2), 48)
    sheet.freeze_panes = "A2"
    return sheet


def saved(made: Workbook) -> bytes:
    target = BytesIO()
    made.save(target)
    return target.getvalue()
