"""Taking in what a lost or shut-out device has kept, from the file that it exported."""

from dataclasses import dataclass
from typing import Any

from shop.exhibitions.errors import MayNotImport, NotAnExport, OtherDevice
from shop.exhibitions.models import Device
from shop.exhibitions.wire.answers import Answer, Status
from shop.exhibitions.wire.json import NotJson, read_json

from .inbox import take

#: Characters: a week of a busy stall is a tenth of it.
MOST_TEXT = 20 * 1024 * 1024


@dataclass(frozen=True)
class Import:
    """What became of a file. One answer an event, in the file's order."""

    answers: list[Answer]

    @property
    def created(self) -> int:
        return sum(answer.status == Status.CREATED for answer in self.answers)

    @property
    def duplicate(self) -> int:
        return sum(answer.status == Status.DUPLICATE for answer in self.answers)

    @property
    def refused(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.status == Status.REFUSED]


def import_file(device: Device, text: str, *, actor: Any) -> Import:
    """Take every event of an exported file, marked late, however the device stands. The same file again is no harm.

    The file is what the till would have sent: ``{"device": {"id": 7, …}, "events": [Event, …]}``; a list of events
    alone will do. Sales come before what refers to them, whatever their order in the file. Raises ``MayNotImport``,
    ``NotAnExport``, ``OtherDevice``.
    """
    if not actor.has_perm("exhibitions.change_fair"):
        raise MayNotImport
    told = _read(text)
    events = told if isinstance(told, list) else told.get("events")
    if not isinstance(events, list):
        raise NotAnExport
    named = told.get("device") if isinstance(told, dict) else None
    if isinstance(named, dict) and named.get("id") not in (None, device.pk):
        raise OtherDevice
    answers: dict[int, Answer] = {}
    for number in sorted(range(len(events)), key=lambda number: _turn(events[number])):
        answers[number] = take(device, events[number], clock=device.skew_seconds, imported_by=actor)
    # What it kept is in this file. A device that still lives says within a minute what it has left.
    Device.objects.filter(pk=device.pk).update(waiting=0)
    return Import([answers[number] for number in range(len(events))])


def _read(text: str) -> Any:
    if len(text) > MOST_TEXT:
        raise NotAnExport
    try:
        told = read_json(text)
    except NotJson as error:
        raise NotAnExport from error
    if not isinstance(told, list | dict):
        raise NotAnExport
    return told


def _turn(event: Any) -> int:
    """What others refer to comes first."""
    return 0 if isinstance(event, dict) and event.get("kind") in ("sale", "day_open") else 1
