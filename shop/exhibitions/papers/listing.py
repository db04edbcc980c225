"""Fairs side by side, for whoever plans the next year."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from . import sheets


def fairs(rows: Iterable[Any]) -> bytes:
    """An XLSX of fairs that come from ``queries.fair_list``."""
    made = sheets.book()
    heads = [
        _("Name"),
        _("City"),
        _("Venue"),
        _("First day"),
        _("Last day"),
        _("Status"),
        _("Makers"),
        _("Units at the stall"),
        _("Takings"),
        _("Unresolved discrepancies"),
    ]
    sheets.fill(
        made,
        _("Fairs"),
        heads,
        (
            [
                fair.name,
                fair.city,
                fair.venue,
                fair.starts_on,
                fair.ends_on,
                fair.get_status_display(),
                fair.maker_count,
                fair.stall_units,
                fair.takings,
                fair.open_discrepancies,
            ]
            for fair in rows
        ),
    )
    return sheets.saved(made)
