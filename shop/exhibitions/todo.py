"""What is left to do at each step of a fair. The desk shows it; ``services.fairs.move_on`` goes by what blocks."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.settlement.queries import left_by_maker
from shop.stock import travel

from .dues import standing, unsettled_makers
from .models import Consignment, Fair, RefusedEvent
from .variances import open_variances

Step = Fair.Status


class Todo(NamedTuple):
    """One thing of one step. ``text`` says what is left, or what is done; ``count`` is how many are left.

    ``url_name`` is a page of the desk that takes the fair's primary key. What does not ``block`` is good to do, and the
    fair goes on without it.
    """

    step: str
    text: str
    url_name: str
    count: int  # type: ignore[assignment]  # over tuple's own, which nobody asks for
    done: bool
    blocks: bool = True


def todo(fair: Fair) -> list[Todo]:
    """All things to do from the step where the fair stands, what blocks first."""
    writers = {
        Step.PLANNED: _planned,
        Step.PACKING: _packing,
        Step.IN_TRANSIT: _in_transit,
        Step.OPEN: _open,
        Step.COUNTING: _counting,
        Step.SETTLED: _settled,
    }
    write = writers.get(Step(fair.status))
    return sorted(write(fair), key=lambda item: not item.blocks) if write else []


def left_before(fair: Fair, step: str) -> list[Todo]:
    """What must be done before ``fair`` may go to ``step``. Going back is held up by what cannot be undone."""
    here = Step(fair.status)
    if step in (Step.PLANNED, Step.CANCELLED):
        signed = _lists(fair, Consignment.Status.HANDED_OVER) + _lists(fair, Consignment.Status.RECEIVED)
        sold = fair.sales.count()
        found = [
            _item(here, "lists", signed, _("No list is handed over."), _signed),
            _item(here, "settlement", sold, _("Nothing was sold."), _sold),
        ]
    elif step == Step.PACKING and here == Step.IN_TRANSIT:
        found = [
            _item(here, "lists", _lists(fair, Consignment.Status.RECEIVED), _("No list is received."), _received),
            _item(here, "settlement", fair.sales.count(), _("Nothing was sold."), _sold),
        ]
    elif step == Step.OPEN and here == Step.COUNTING:
        booked = fair.count_lines.filter(booked_at__isnull=False).count()
        found = [
            _item(here, "count", booked, _("No count is booked."), _booked),
            _item(here, "settlement", standing(fair).count(), _("No maker has a statement."), _told),
        ]
    else:
        found = [item for item in todo(fair) if item.blocks]
    return [item for item in found if not item.done]


def variances_left(fair: Fair) -> list[Todo]:
    """What keeps the count from being booked."""
    return [item for item in _variances(fair) if not item.done]


def _planned(fair: Fair) -> Iterator[Todo]:
    taking_part = fair.participations.count()
    yield Todo(
        Step.PLANNED,
        ngettext("%(count)d maker takes part.", "%(count)d makers take part.", taking_part) % {"count": taking_part}
        if taking_part
        else _("Say which makers take part."),
        "makers",
        0 if taking_part else 1,
        bool(taking_part),
    )


def _packing(fair: Fair) -> Iterator[Todo]:
    drafts = _lists(fair, Consignment.Status.DRAFT)
    yield _item(Step.PACKING, "lists", drafts, _("No packing list is left open."), _drafts)
    handed = _lists(fair, Consignment.Status.HANDED_OVER) + _lists(fair, Consignment.Status.RECEIVED)
    text = ngettext("%(count)d list is handed over.", "%(count)d lists are handed over.", handed) % {"count": handed}
    yield Todo(
        Step.PACKING, text if handed else _("Hand over at least one list."), "lists", 0 if handed else 1, bool(handed)
    )


def _in_transit(fair: Fair) -> Iterator[Todo]:
    waiting = _lists(fair, Consignment.Status.HANDED_OVER)
    yield _item(Step.IN_TRANSIT, "lists", waiting, _("Everything handed over is counted at the stall."), _receive)
    yield from _till(fair, Step.IN_TRANSIT)


def _open(fair: Fair) -> Iterator[Todo]:
    waiting = _lists(fair, Consignment.Status.HANDED_OVER)
    text = _("Everything handed over is counted at the stall.")
    yield _item(Step.OPEN, "lists", waiting, text, _receive, blocks=False)
    yield _discrepancies(fair, Step.OPEN, blocks=False)
    yield from _till(fair, Step.OPEN)
    yield from _unsent(fair, Step.OPEN)


def _counting(fair: Fair) -> Iterator[Todo]:
    waiting = _lists(fair, Consignment.Status.DRAFT) + _lists(fair, Consignment.Status.HANDED_OVER)
    yield _item(Step.COUNTING, "lists", waiting, _("No packing list is on its way."), _on_the_way)
    yield from _variances(fair)
    unbooked = fair.count_lines.filter(booked_at=None).count()
    yield _item(Step.COUNTING, "count", unbooked, _("The count is booked."), _to_book)
    yield _discrepancies(fair, Step.COUNTING)
    unsettled = len(unsettled_makers(fair))
    yield _item(Step.COUNTING, "settlement", unsettled, _("Every maker has a statement."), _to_settle)
    yield from _unsent(fair, Step.COUNTING)
    yield _shelves(fair, Step.COUNTING)


def _settled(fair: Fair) -> Iterator[Todo]:
    yield _shelves(fair, Step.SETTLED)
    left = left_by_maker(fair.reference).values()
    unpaid, owing = sum(one > 0 for one in left), sum(one < 0 for one in left)
    yield _item(Step.SETTLED, "settlement", unpaid, _("Every maker is paid."), _to_pay, blocks=False)
    yield _item(Step.SETTLED, "settlement", owing, _("No maker has money to give back."), _to_come_back, blocks=False)
    unsettled = len(unsettled_makers(fair))
    text = _("Every statement says what the till says.")
    yield _item(Step.SETTLED, "settlement", unsettled, text, _to_settle, blocks=False)
    yield _discrepancies(fair, Step.SETTLED, blocks=False)


def _variances(fair: Fair) -> Iterator[Todo]:
    variances = open_variances(fair)
    uncounted = sum(variance.line is None or variance.is_stale for variance in variances)
    yield _item(Step.COUNTING, "count", uncounted, _("Every piece at the stall is counted."), _to_count)
    unnamed = len(variances) - uncounted
    yield _item(Step.COUNTING, "count", unnamed, _("Every variance is named."), _to_name)


def _till(fair: Fair, step: str) -> Iterator[Todo]:
    cashiers = fair.cashiers.filter(is_active=True).count()
    yield Todo(
        step,
        _("There are cashiers.") if cashiers else _("Name those who sell, each with a PIN."),
        "cashiers",
        0 if cashiers else 1,
        bool(cashiers),
        False,
    )
    devices = fair.devices.filter(revoked_at=None).count()
    yield Todo(
        step,
        _("A device is paired.") if devices else _("Pair a device to sell with."),
        "devices",
        0 if devices else 1,
        bool(devices),
        False,
    )


def _unsent(fair: Fair, step: str) -> Iterator[Todo]:
    waiting = fair.devices.aggregate(total=Sum("waiting"))["total"] or 0
    yield _item(step, "devices", waiting, _("Every device has sent everything."), _to_send, blocks=False)
    refused = RefusedEvent.objects.filter(device__fair=fair, settled_at=None).count()
    text = _("Nothing the tills sent was refused.")
    yield _item(step, "refused", refused, text, _refused, blocks=step == Step.COUNTING)


def _discrepancies(fair: Fair, step: str, *, blocks: bool = True) -> Todo:
    unresolved = fair.discrepancies.filter(resolved_at=None).count()
    return _item(step, "discrepancies", unresolved, _("Every discrepancy is resolved."), _to_resolve, blocks=blocks)


def _shelves(fair: Fair, step: str) -> Todo:
    waiting = sum(journey.waiting for journey in travel.journeys(fair.reference).values())
    return _item(step, "returns", waiting, _("Everything that came back is at its place."), _to_shelve, blocks=False)


def _lists(fair: Fair, status: str) -> int:
    return fair.consignments.filter(status=status).count()


def _item(step: str, url_name: str, left: int, done: str, text: Any, *, blocks: bool = True) -> Todo:
    return Todo(step, text(left) if left else done, url_name, left, not left, blocks)


def _signed(n: int) -> str:
    return ngettext("Cancel %(n)d list that was handed over.", "Cancel %(n)d lists that were handed over.", n) % {
        "n": n
    }


def _sold(n: int) -> str:
    text = ngettext("%(n)d sale is to be settled.", "%(n)d sales are to be settled.", n)
    return text % {"n": n}


def _booked(n: int) -> str:
    return ngettext("The count of %(n)d piece is booked.", "The count of %(n)d pieces is booked.", n) % {"n": n}


def _received(n: int) -> str:
    return ngettext(
        "%(n)d list is counted at the stall already.", "%(n)d lists are counted at the stall already.", n
    ) % {"n": n}


def _told(n: int) -> str:
    return ngettext("Reopen %(n)d statement first.", "Reopen %(n)d statements first.", n) % {"n": n}


def _drafts(n: int) -> str:
    text = ngettext("Hand over or cancel %(n)d packing list.", "Hand over or cancel %(n)d packing lists.", n)
    return text % {"n": n}


def _receive(n: int) -> str:
    return ngettext("Count %(n)d list at the stall.", "Count %(n)d lists at the stall.", n) % {"n": n}


def _on_the_way(n: int) -> str:
    text = ngettext(
        "Receive or cancel %(n)d packing list that is not counted yet.",
        "Receive or cancel %(n)d packing lists that are not counted yet.",
        n,
    )
    return text % {"n": n}


def _to_count(n: int) -> str:
    return ngettext("Count %(n)d piece at the stall.", "Count %(n)d pieces at the stall.", n) % {"n": n}


def _to_name(n: int) -> str:
    return ngettext("Name what became of %(n)d piece.", "Name what became of %(n)d pieces.", n) % {"n": n}


def _to_book(n: int) -> str:
    return ngettext("Book the count of %(n)d piece.", "Book the count of %(n)d pieces.", n) % {"n": n}


def _to_resolve(n: int) -> str:
    return ngettext("Resolve %(n)d discrepancy.", "Resolve %(n)d discrepancies.", n) % {"n": n}


def _to_settle(n: int) -> str:
    return ngettext("Settle with %(n)d maker.", "Settle with %(n)d makers.", n) % {"n": n}


def _to_pay(n: int) -> str:
    return ngettext("Pay %(n)d maker.", "Pay %(n)d makers.", n) % {"n": n}


def _to_come_back(n: int) -> str:
    text = ngettext("%(n)d maker has money to give back.", "%(n)d makers have money to give back.", n)
    return text % {"n": n}


def _to_shelve(n: int) -> str:
    return ngettext("Put %(n)d unit back.", "Put %(n)d units back.", n) % {"n": n}


def _to_send(n: int) -> str:
    text = ngettext("%(n)d event waits on a device.", "%(n)d events wait on devices.", n)
    return text % {"n": n}


def _refused(n: int) -> str:
    return ngettext("Look at %(n)d refused event.", "Look at %(n)d refused events.", n) % {"n": n}
