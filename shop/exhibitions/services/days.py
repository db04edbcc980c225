"""Opening and closing a drawer."""

from decimal import Decimal
from typing import Any

from shop.exhibitions.models import CashDay, Discrepancy
from shop.exhibitions.wire.answers import Code, Refused

from .happening import Happening


def open_day(happening: Happening, told: dict[str, Any]) -> None:
    """Raises ``Refused`` (``bad_field``) for a day that bears another id than its event."""
    if told["day"] != happening.event.pk:
        raise Refused(Code.BAD_FIELD, "data.day")
    CashDay.objects.create(
        id=happening.event.pk,
        opened=happening.event,
        fair=happening.fair,
        device=happening.device,
        opened_by=happening.cashier,
        opened_at=happening.at,
        float_amount=Decimal(told["float"]),
    )


def close_day(happening: Happening, told: dict[str, Any]) -> None:
    """What was counted is kept beside what was expected; a difference waits for a curator.

    Raises ``Refused``: ``day_unknown`` (its opening may still come), ``wrong_fair``, ``day_closed``.
    """
    day = CashDay.objects.filter(pk=told["day"]).first()
    if day is None:
        raise Refused(Code.DAY_UNKNOWN, "data.day")
    if day.fair_id != happening.fair.pk:
        raise Refused(Code.WRONG_FAIR, "data.day")
    if day.closed_id:
        raise Refused(Code.DAY_CLOSED, "data.day")
    day.closed = happening.event
    day.closed_by = happening.cashier
    day.closed_at = happening.at
    day.expected = Decimal(told["expected"])
    day.counted = Decimal(told["counted"])
    day.note = told.get("note", "")
    day.save(update_fields=["closed", "closed_by", "closed_at", "expected", "counted", "note"])
    difference = told["counted"] - told["expected"]
    if difference:
        detail = " · ".join(filter(None, (str(happening.device), happening.cashier.name, day.note)))
        happening.discrepancy(Discrepancy.Kind.CASH, difference, detail=detail[:255]).save()
