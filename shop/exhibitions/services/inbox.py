"""The inbox of the till: every event counts once, and each for itself.

A device sends what it keeps until it is told, so the same event comes twice, from two tabs, or after a crash that ate
the answer. What decides is the insert of the event's row, whose primary key was made on the device; stock, lines,
takings and discrepancies are written in the same transaction or not at all. One event that cannot be taken leaves the
others be.
"""

import hashlib
import json
import logging
from datetime import datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from shop.exhibitions import faults
from shop.exhibitions.models import Cashier, Device, Discrepancy, Fair, TillEvent
from shop.exhibitions.wire.answers import Answer, Code, Refused, Status
from shop.exhibitions.wire.events import read
from shop.exhibitions.wire.fields import is_identity

from . import refusals
from .days import close_day, open_day
from .enquiries import keep_enquiry
from .happening import Happening
from .locks import lock_fair
from .reversals import count_reversal
from .sales import count_sale, echo_of

logger = logging.getLogger(__name__)

HANDLERS = {
    TillEvent.Kind.SALE: count_sale,
    TillEvent.Kind.REVERSAL: count_reversal,
    TillEvent.Kind.ENQUIRY: keep_enquiry,
    TillEvent.Kind.DAY_OPEN: open_day,
    TillEvent.Kind.DAY_CLOSE: close_day,
}
#: What comes after these steps is late.
CLOSED = (Fair.Status.COUNTING, Fair.Status.SETTLED, Fair.Status.CANCELLED)
#: Seconds that a clock may be off before its times are put right and a curator is told.
PATIENCE = 120
#: Nothing is sold so long before a fair and before its phone was paired.
EARLY = timedelta(days=30)
#: How often an event is tried when the database had to break a wait.
TRIES = 3


def take(device: Device, event: Any, *, clock: int = 0, app_version: str = "", imported_by: Any = None) -> Answer:
    """Count one event as it was received, once, and say what became of it. It never raises for what the event holds.

    ``clock`` is the device's clock less ours in seconds. With ``imported_by`` (a user) the event comes from an exported
    file instead of the device itself, and is late whenever it comes. Refused events are kept for a curator.
    """
    identity = event["id"] if isinstance(event, dict) and is_identity(event.get("id")) else ""
    try:
        if not isinstance(event, dict):
            raise Refused(Code.BAD_FIELD)
        if not identity:
            raise Refused(Code.BAD_ID)
        return _tried(device, event, clock=clock, app_version=app_version, imported_by=imported_by)
    except Refused as refusal:
        refused = refusal
    except OperationalError:
        # The database is away or busy: nothing is wrong with the event, so the whole batch is sent again.
        raise
    except Exception:
        # Whatever it is, it must not block what waits behind it on the device.
        logger.exception("Event %s of device %s could not be taken", identity, device.pk)
        refused = Refused(Code.SERVER_ERROR)
    refusals.keep(device, event, identity, refused.code)
    shown = identity or (str(event.get("id", ""))[:64] if isinstance(event, dict) else "")
    return Answer(shown, Status.REFUSED, refused.code.value, str(refused), refused.where)


def content_hash(event: dict[str, Any]) -> str:
    """SHA-256 of what the event says, however its fields were ordered."""
    told = {name: event.get(name) for name in ("id", "kind", "at", "cashier", "data")}
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _tried(device: Device, event: dict[str, Any], **circumstances: Any) -> Answer:
    """Two transactions may wait for each other in a way nobody foresaw; the database ends one, which begins anew."""
    for _time in range(TRIES - 1):
        try:
            return _count(device, event, **circumstances)
        except OperationalError:
            if connection.in_atomic_block:
                raise
    return _count(device, event, **circumstances)


def _count(device: Device, event: dict[str, Any], *, clock: int, app_version: str, imported_by: Any) -> Answer:
    digest = content_hash(event)
    earlier = _earlier(event["id"])
    if earlier is not None:
        return _again(earlier, device, digest)
    told = read(event)
    with transaction.atomic():
        row = _insert(
            TillEvent(
                id=told["id"],
                fair_id=device.fair_id,
                device=device,
                kind=told["kind"],
                content_hash=digest,
                payload=event,
                device_time=told["at"],
                skew_seconds=clock,
                app_version=app_version[:40],
            )
        )
        if row is None:
            return _again(TillEvent.objects.get(pk=told["id"]), device, digest)
        happening, off = _happening(row, device, told["cashier"], imported_by)
        echo = HANDLERS[TillEvent.Kind(told["kind"])](happening, told["data"])
        _watch_clock(happening, off)
        refusals.settle(device.fair_id, event["id"])
        faults.reach(faults.EVENT_WRITTEN)
    return Answer(event["id"], Status.CREATED, echo=echo)


def _insert(row: TillEvent) -> TillEvent | None:
    """The row, or None when the id is there already: a second sender waits here for the first."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _earlier(identity: str) -> TillEvent | None:
    return TillEvent.objects.filter(pk=identity).first()


def _again(earlier: TillEvent, device: Device, digest: str) -> Answer:
    """A phone that was paired anew sends what it kept as another device: that is the same event all the same."""
    if earlier.fair_id != device.fair_id:
        raise Refused(Code.WRONG_FAIR)
    if earlier.content_hash != digest:
        raise Refused(Code.CONTENT_DIFFERS)
    echo = echo_of(earlier.sale) if earlier.kind == TillEvent.Kind.SALE else None
    return Answer(str(earlier.pk), Status.DUPLICATE, echo=echo)


def _happening(row: TillEvent, device: Device, cashier_id: int, imported_by: Any) -> tuple[Happening, int]:
    """Lock the fair: its closing comes before this event or after it, and its units are taken back one by one.

    Seconds that the clock was off come back too, 0 when it is not worth a word.
    """
    fair = lock_fair(device.fair_id)
    cashier = Cashier.objects.filter(pk=cashier_id).first()
    if cashier is None:
        raise Refused(Code.UNKNOWN_CASHIER, "cashier")
    if cashier.fair_id != fair.pk:
        raise Refused(Code.WRONG_FAIR, "cashier")
    late = fair.status in CLOSED or imported_by is not None
    way = "" if imported_by is None else f"{device} ← {imported_by}"
    at, off = _when(row, fair, device)
    return Happening(row, fair, device, cashier, at, late, way), off


def _when(row: TillEvent, fair: Fair, device: Device) -> tuple[datetime, int]:
    """When it really happened, and how many seconds the clock was off.

    A clock that is a little off is left alone: its order of things is worth more. What it says is not believed when it
    cannot be, because it was another one that day (a phone that was started anew, put right since): then it happened
    when it came. It is never refused for its time, or a real sale would be missing until that day, or for ever.
    """
    clock = row.skew_seconds if abs(row.skew_seconds) > PATIENCE else 0
    at = row.device_time - timedelta(seconds=clock)
    begins = timezone.make_aware(datetime.combine(fair.starts_on, time.min))
    if min(begins, device.created_at) - EARLY <= at <= row.received_at + timedelta(seconds=PATIENCE):
        return at, clock
    return row.received_at, round((row.device_time - row.received_at).total_seconds())


def _watch_clock(happening: Happening, off: int) -> None:
    """Tell a curator once a day and device, not once a sale."""
    if not off:
        return
    told = Discrepancy.objects.filter(
        kind=Discrepancy.Kind.CLOCK, event__device=happening.device, created_at__date=timezone.localdate()
    )
    if not told.exists():
        happening.discrepancy(Discrepancy.Kind.CLOCK, off, detail=str(happening.device)).save()
