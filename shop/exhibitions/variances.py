"""What a closing count leaves open, read against what the books have at the stall now."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.core.loading import get_model

from shop.stock import travel

from .models import CountLine, Fair


class Variance(NamedTuple):
    """A piece that keeps the count from being booked. ``line`` is None while it was not counted.

    ``expected`` is what the books have at the stall now; ``unnamed`` units were neither counted nor named. ``is_stale``
    says that something moved since it was counted, so it is to be counted again.
    """

    stockrecord: Any
    line: CountLine | None
    expected: int
    unnamed: int
    is_stale: bool

    @property
    def words(self) -> str:
        """What is to be done about it, for who counts."""
        if self.line is None:
            return _("Not counted yet.")
        if self.is_stale:
            return _("Something moved since it was counted. Count it again.")
        if self.unnamed > 0:
            return ngettext(
                "%(n)d unit is not named: damaged, gifted or lost?",
                "%(n)d units are not named: damaged, gifted or lost?",
                self.unnamed,
            ) % {"n": self.unnamed}
        return ngettext(
            "%(n)d unit is named too many: counted and named together are more than expected.",
            "%(n)d units are named too many: counted and named together are more than expected.",
            -self.unnamed,
        ) % {"n": -self.unnamed}


def open_variances(fair: Fair) -> list[Variance]:
    """Pieces not counted, counted against other books, or with units that nobody has named. Empty: it can be booked."""
    there = travel.at_stalls(fair.reference)
    lines = {line.stockrecord_id: line for line in fair.count_lines.filter(booked_at=None)}
    records = (
        get_model("partner", "StockRecord")
        .objects.filter(Q(pk__in=there) | Q(pk__in=lines))
        .select_related("product__parent", "product__maker")
        .order_by("product__maker__name", "pk")
    )
    moved = travel.last_moves_at_stall(fair.reference, lines) if lines else {}
    found = (
        _variance(record, lines.get(record.pk), there.get(record.pk, 0), _since(fair, moved.get(record.pk)))
        for record in records
    )
    return [variance for variance in found if variance is not None]


def _since(fair: Fair, moved: datetime | None) -> datetime | None:
    """From when a count says something: the stall was closed, and nothing came or went since.

    Figures alone do not tell. One unit that was sold and another that came back leave the figure as it was, and at a
    stall that was open again people bought what the books have not heard of.
    """
    return max((moment for moment in (fair.counting_at, moved) if moment is not None), default=None)


def stall_stands(fair: Fair) -> bool:
    """Units can still come to the stall: nothing of it is counted for good yet, and the fair is not over."""
    over = (Fair.Status.SETTLED, Fair.Status.CANCELLED)
    return fair.status not in over and not fair.count_lines.filter(booked_at__isnull=False).exists()


def count_is_booked(fair: Fair) -> bool:
    """Nothing is at the stall any more in the books and no count waits. An empty stall needs no count."""
    waits = fair.count_lines.filter(booked_at=None).exists()
    return not waits and not travel.at_stalls(fair.reference)


def _variance(record: Any, line: CountLine | None, expected: int, since: datetime | None) -> Variance | None:
    if line is None:
        return Variance(record, None, expected, expected, False) if expected else None
    unnamed = expected - line.counted - line.damaged - line.gifted - line.lost
    named_too_much = unnamed < 0 and (line.damaged or line.gifted or line.lost)
    is_stale = line.expected != expected or (since is not None and line.counted_at < since)
    if unnamed > 0 or named_too_much or is_stale:
        return Variance(record, line, expected, unnamed, is_stale)
    return None
