"""Opening and closing a drawer, and reckoning what should be in it."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shop.exhibitions.models import CashDay, Discrepancy, ReversalTender, Tender
from shop.exhibitions.wire.answers import Code, Refused

from .happening import Happening
from .titles import LANGUAGE_OF_BOOKS

NOTHING = Decimal(0)
#: Rupiah that ``Discrepancy.quantity`` holds. A drawer that differs by more is wrong all the same.
MOST_DIFFERENCE = 2**31 - 1


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
    """What was counted is kept beside what the books expect; a difference waits for a curator.

    What the device expects is kept too and not believed: it is the one thing whoever takes from a drawer can write.
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
    day.told = Decimal(told["expected"])
    day.counted = Decimal(told["counted"])
    day.note = told.get("note", "")
    day.save(update_fields=["closed", "closed_by", "closed_at", "told", "counted", "note"])
    _reckon(day)


def reckon_anew(happening: Happening, cash_day: Any, number: str) -> None:
    """A sale or reversal of a day has been counted. Where the day was closed before, its figure is another one now."""
    day = CashDay.objects.filter(pk=cash_day, fair=happening.fair, closed__isnull=False).first() if cash_day else None
    if day is not None:
        _reckon(day, number)


def _reckon(day: CashDay, number: str = "") -> None:
    """Keep what should be in the drawer, and tell a curator of what nobody has explained yet.

    The fair is locked. ``number`` is the receipt that came late.
    """
    came = Tender.objects.filter(sale__fair=day.fair_id, sale__cash_day=day.pk)
    went = ReversalTender.objects.filter(reversal__sale__fair=day.fair_id, reversal__cash_day=day.pk)
    day.expected = day.float_amount + _cash(came) - _cash(went)
    day.save(update_fields=["expected"])
    found = list(Discrepancy.objects.filter(kind=Discrepancy.Kind.CASH, event=day.closed_id))
    waiting = next((one for one in found if not one.resolution), None)
    left = int((day.counted or NOTHING) - day.expected) - sum(one.quantity for one in found if one.resolution)
    left = max(-MOST_DIFFERENCE, min(MOST_DIFFERENCE, left))
    if waiting is None:
        waiting = Discrepancy(fair_id=day.fair_id, kind=Discrepancy.Kind.CASH, event_id=day.closed_id)
        waiting.detail = " · ".join(filter(None, (str(day.device), str(day.closed_by), day.note)))[:255]
    if left or waiting.pk:
        waiting.quantity = left
        if not left:
            _agrees(waiting, number)
        waiting.save()


def _agrees(waiting: Discrepancy, number: str) -> None:
    waiting.resolution = Discrepancy.Resolution.EXPLAINED
    waiting.resolved_at = timezone.now()
    with translation.override(LANGUAGE_OF_BOOKS):
        waiting.note = _("Agrees since %(number)s came.") % {"number": number}


def _cash(tenders: Any) -> Decimal:
    return tenders.filter(kind=Tender.Kind.CASH).aggregate(total=Sum("amount"))["total"] or NOTHING
