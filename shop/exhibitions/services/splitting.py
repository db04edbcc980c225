"""Resolving a part of a discrepancy: what was answered stands in a row of its own, the rest stays open."""

from datetime import datetime
from typing import Any

from shop.exhibitions.models import Discrepancy


def resolve_part(
    discrepancy: Discrepancy, units: int, *, resolution: str, at: datetime, note: str = "", by: Any = None
) -> Discrepancy:
    """Resolve so many units of it (of a missing one as well as of one too many). The resolved row comes back.

    Nothing is lost by the split: the two quantities add up to the first. The caller has locked the row and seen that
    it has the units.
    """
    rest = abs(discrepancy.quantity) - units
    if rest:
        sign = 1 if discrepancy.quantity > 0 else -1
        Discrepancy.objects.create(
            fair_id=discrepancy.fair_id,
            kind=discrepancy.kind,
            stockrecord_id=discrepancy.stockrecord_id,
            quantity=sign * rest,
            sale_id=discrepancy.sale_id,
            event_id=discrepancy.event_id,
            detail=discrepancy.detail,
            created_at=discrepancy.created_at,
            resolution=discrepancy.resolution,
            resolved_at=discrepancy.resolved_at,
            resolved_by_id=discrepancy.resolved_by_id,
            note=discrepancy.note,
        )
        discrepancy.quantity = sign * units
    discrepancy.resolution = resolution
    discrepancy.resolved_at = at
    discrepancy.resolved_by = by
    discrepancy.note = note.strip()[:255] or discrepancy.note
    discrepancy.save(update_fields=["quantity", "resolution", "resolved_at", "resolved_by", "note"])
    return discrepancy
