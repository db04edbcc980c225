"""The verbs for pieces on their way to a stall, and for what leaves it other than by a sale.

A packing list is changed while it is a draft; once signed it is what the maker has in writing, and whatever differs
from it is a discrepancy. Quantities are whole units, prices whole rupiah.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from shop.exhibitions.dues import terms_of
from shop.exhibitions.errors import (
    BadFigure,
    CodeStoodForAnother,
    CountIncomplete,
    CountIsBooked,
    EmptyList,
    LineIsGone,
    ListIsFixed,
    MadeToOrder,
    NotSigned,
    OtherMaker,
    ReasonIsMissing,
    ReceivedOtherwise,
    TooFew,
)
from shop.exhibitions.models import Consignment, ConsignmentLine, CountLine, Discrepancy, Fair, FairMaker, StallMove
from shop.stock import travel
from shop.stock.errors import InsufficientStock, NotTracked
from shop.stock.locks import lock_stock
from shop.stock.models import Move
from shop.stock.queries import available

from .locks import lock_fair, lock_list

Status = Consignment.Status
Origin = ConsignmentLine.Origin
Way = travel.Way

#: Steps at which packing lists are written.
BEFORE_COUNTING = (Fair.Status.PLANNED, *Fair.TAKES_PIECES)
#: Steps at which pieces can still come in, or go back from where they are on the way.
ON_THE_WAY = (*Fair.TAKES_PIECES, Fair.Status.COUNTING)
#: Steps at which somebody is at the stall.
AT_THE_STALL = (Fair.Status.IN_TRANSIT, Fair.Status.OPEN, Fair.Status.COUNTING)


@transaction.atomic
def start_list(fair: Fair, maker: Any, *, note: str = "") -> Consignment:
    """A new packing list of a maker, who takes part from then on. An empty draft of theirs is used again, so that a
    double click makes no second one. Raises ``WrongStep``."""
    locked = lock_fair(fair.pk, *BEFORE_COUNTING)
    FairMaker.objects.get_or_create(fair=locked, maker=maker)
    empty = locked.consignments.filter(maker=maker, status=Status.DRAFT, lines=None).first()
    if empty is not None:
        if note.strip() and note.strip() not in empty.note:
            empty.note = _both(empty.note, note)
            empty.save(update_fields=["note"])
        return empty
    number = (locked.consignments.aggregate(last=Max("number"))["last"] or 0) + 1
    return Consignment.objects.create(fair=locked, maker=maker, number=number, note=note[:255])


@transaction.atomic
def pack(
    consignment: Consignment, stockrecord: Any, *, quantity: int, price: Decimal, origin: str = Origin.SHELF
) -> ConsignmentLine:
    """Put a piece on a draft list, or change how many and at what price. Whether so many are free is decided when
    they are handed over.

    Raises ``WrongStep``, ``ListIsFixed``, ``MadeToOrder``, ``OtherMaker``, ``BadFigure``.
    """
    _fair, locked = lock_list(consignment, *BEFORE_COUNTING)
    _must_be_draft(locked)
    _must_be_whole(quantity, price)
    if not stockrecord.can_track_allocations:
        raise MadeToOrder(sku=stockrecord.partner_sku)
    if stockrecord.partner_id != locked.maker.partner_id:
        raise OtherMaker(title=stockrecord.product.get_title(), maker=locked.maker)
    line, _is_new = ConsignmentLine.objects.update_or_create(
        consignment=locked,
        stockrecord=stockrecord,
        origin=Origin(origin),
        defaults={"quantity": quantity, "price": price},
    )
    return line


@transaction.atomic
def change_line(line: ConsignmentLine, *, quantity: int, price: Decimal, origin: str) -> tuple[ConsignmentLine, int]:
    """Change a line of a draft, also where its units come from: the three that were on the shelf are brought after all.

    If the piece stands on another line of that origin, the two become one; how many units that one had comes back
    beside the line (0 when there was none). Raises ``WrongStep``, ``ListIsFixed``, ``BadFigure``, ``LineIsGone``.
    """
    _fair, locked = lock_list(line.consignment, *BEFORE_COUNTING)
    _must_be_draft(locked)
    _must_be_whole(quantity, price)
    kept = locked.lines.select_related("stockrecord__product__parent").filter(pk=line.pk).first()
    if kept is None:
        raise LineIsGone
    other = locked.lines.filter(stockrecord=kept.stockrecord_id, origin=Origin(origin)).exclude(pk=kept.pk).first()
    joined = other.quantity if other is not None else 0
    if other is not None:
        other.delete()
    kept.quantity, kept.price, kept.origin = quantity + joined, price, Origin(origin)
    kept.save(update_fields=["quantity", "price", "origin"])
    return kept, joined


@transaction.atomic
def unpack(line: ConsignmentLine) -> None:
    """Take a line off a draft list. Again is no harm. Raises ``ListIsFixed``."""
    _fair, locked = lock_list(line.consignment)
    _must_be_draft(locked)
    locked.lines.filter(pk=line.pk).delete()


@transaction.atomic
def hand_over(consignment: Consignment, *, signed_by: str, actor: Any) -> Consignment:
    """The maker signs, and the pieces are on their way: nobody can buy them online from now on.

    All of them or none. A list that was handed over by the same hand comes back as it is. Raises ``WrongStep``,
    ``NotSigned``, ``EmptyList``, ``ListIsFixed``, ``MadeToOrder``, and ``TooFew`` naming the pieces that somebody else
    was quicker to buy.
    """
    fair, locked = lock_list(consignment)
    name = signed_by.strip()[:120]
    if locked.status in (Status.HANDED_OVER, Status.RECEIVED) and locked.signed_by == name:
        return _refreshed(consignment)
    lock_fair(fair.pk, *Fair.TAKES_PIECES)
    _must_be_draft(locked)
    if not name:
        raise NotSigned
    lines = _lines(locked)
    if not lines:
        raise EmptyList
    FairMaker.objects.get_or_create(fair=fair, maker=locked.maker)
    locked.status = Status.HANDED_OVER
    locked.signed_by = name
    locked.handed_over_at = timezone.now()
    locked.handed_over_to = actor
    locked.commission_percent, locked.shared_cost_percent = terms_of(fair, locked.maker)
    signed = ("status", "signed_by", "handed_over_at", "handed_over_to", "commission_percent", "shared_cost_percent")
    locked.save(update_fields=signed)
    try:
        _travel(locked, lines, {Origin.SHELF: Way.DISPATCHED, Origin.BROUGHT: Way.BROUGHT}, actor)
    except NotTracked as error:
        raise MadeToOrder(sku=_untracked(lines)) from error
    except InsufficientStock as error:
        raise TooFew(_short_of(lines, error)) from error
    return _refreshed(consignment)


@transaction.atomic
def cancel(consignment: Consignment, *, actor: Any, reason: str = "") -> Consignment:
    """Give a list up before it was received; what was handed over goes back to the shelf or to the maker.

    Again is no harm. Raises ``WrongStep``, ``ListIsFixed`` once it was received.
    """
    fair, locked = lock_list(consignment)
    if locked.status == Status.CANCELLED:
        return _refreshed(consignment)
    lock_fair(fair.pk, Fair.Status.PLANNED, *ON_THE_WAY)
    if locked.status == Status.RECEIVED:
        raise ListIsFixed(status=locked.get_status_display())
    if locked.status == Status.HANDED_OVER:
        ways = {Origin.SHELF: Way.UNPACKED, Origin.BROUGHT: Way.WITHDRAWN}
        _travel(locked, _lines(locked), ways, actor, note=reason)
    locked.status = Status.CANCELLED
    locked.note = _both(locked.note, reason)
    locked.save(update_fields=["status", "note"])
    return _refreshed(consignment)


@transaction.atomic
def receive(consignment: Consignment, counted: Mapping[int, int], *, actor: Any) -> Consignment:
    """Count a list at the stall: units by line id, every line of it, 0 where nothing came.

    What came is at the stall; what is missing, or came without being listed, is a discrepancy. The same figures again
    change nothing. Raises ``WrongStep``, ``CountIncomplete``, ``BadFigure``, ``ReceivedOtherwise``, ``ListIsFixed``,
    ``CountIsBooked``.
    """
    fair, locked = lock_list(consignment)
    lines = _lines(locked)
    _must_be_complete(lines, counted)
    if locked.status == Status.RECEIVED:
        if any(line.received != counted[line.pk] for line in lines):
            raise ReceivedOtherwise
        return _refreshed(consignment)
    lock_fair(fair.pk, *AT_THE_STALL)
    if locked.status != Status.HANDED_OVER:
        raise ListIsFixed(status=locked.get_status_display())
    _must_not_be_booked(fair)
    locked.status = Status.RECEIVED
    locked.received_at = timezone.now()
    locked.received_by = actor
    locked.save(update_fields=["status", "received_at", "received_by"])
    for line in lines:
        line.received = counted[line.pk]
    ConsignmentLine.objects.bulk_update(lines, ["received"])
    Discrepancy.objects.bulk_create(_differences(fair, locked, lines))
    lock_stock(line.stockrecord_id for line in lines)
    for way, units in (
        (Way.ARRIVED, lambda line: min(line.quantity, line.received)),
        (Way.MISSING, lambda line: max(0, line.quantity - line.received)),
        (Way.SURPLUS, lambda line: max(0, line.received - line.quantity)),
    ):
        moved = [(line.stockrecord, units(line)) for line in lines if units(line)]
        travel.move(way, moved, reference=fair.reference, key=f"consignment:{locked.pk}:{way}", actor=actor)
    return _refreshed(consignment)


def send_back(fair: Fair, stockrecord: Any, quantity: int, *, reason: str, code: UUID, actor: Any) -> StallMove:
    """Units that go home before the fair ends. They wait to be shelved (``counting.shelve``)."""
    return _from_stall(fair, stockrecord, quantity, StallMove.Kind.SENT_BACK, Way.SENT_BACK, reason, code, actor)


def damage(fair: Fair, stockrecord: Any, quantity: int, *, reason: str, code: UUID, actor: Any) -> StallMove:
    """Units that nobody can sell any more."""
    return _from_stall(fair, stockrecord, quantity, StallMove.Kind.DAMAGED, Way.STALL_DAMAGED, reason, code, actor)


def gift(fair: Fair, stockrecord: Any, quantity: int, *, reason: str, code: UUID, actor: Any) -> StallMove:
    """Units that were given away."""
    return _from_stall(fair, stockrecord, quantity, StallMove.Kind.GIFTED, Way.STALL_GIFTED, reason, code, actor)


@transaction.atomic
def undo_stall_move(done: StallMove, *, reason: str, actor: Any) -> StallMove:
    """Ten were written down as gifted and it was one: the units are at the stall again, until the count is booked.

    Again is no harm. Raises ``WrongStep``, ``CountIsBooked``, ``ReasonIsMissing``, and ``TooFew`` when the units have
    gone home meanwhile.
    """
    fair = lock_fair(done.fair_id)
    locked = StallMove.objects.select_for_update(no_key=True, of=("self",)).get(pk=done.pk)
    if locked.undone_at is None:
        lock_fair(fair.pk, Fair.Status.OPEN, Fair.Status.COUNTING)
        _must_not_be_booked(fair)
        if not reason.strip():
            raise ReasonIsMissing
        locked.undone_at, locked.undone_by, locked.undone_reason = timezone.now(), actor, reason.strip()[:255]
        locked.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        move = Move.objects.get(idempotency_key=f"stall:{locked.code}:{locked.stockrecord_id}")
        try:
            travel.undo(move, actor=actor, note=locked.undone_reason)
        except InsufficientStock as error:
            title = locked.stockrecord.product.get_title()
            raise TooFew([(title, locked.quantity, error.available)]) from error
    done.refresh_from_db()
    return done


@transaction.atomic
def _from_stall(
    fair: Fair, stockrecord: Any, quantity: int, kind: str, way: str, reason: str, code: UUID, actor: Any
) -> StallMove:
    """The same ``code`` again is the same move. Raises ``WrongStep``, ``BadFigure``, ``ReasonIsMissing``,
    ``CountIsBooked``, ``CodeStoodForAnother``, ``TooFew``."""
    locked = lock_fair(fair.pk)
    earlier = StallMove.objects.filter(code=code).first()
    wanted = (locked.pk, stockrecord.pk, kind, quantity)
    if earlier is not None:
        if (earlier.fair_id, earlier.stockrecord_id, earlier.kind, earlier.quantity) != wanted:
            raise CodeStoodForAnother
        return earlier
    lock_fair(fair.pk, Fair.Status.OPEN, Fair.Status.COUNTING)
    _must_not_be_booked(locked)
    if quantity < 1:
        raise BadFigure
    if not reason.strip():
        raise ReasonIsMissing
    done = StallMove.objects.create(
        fair=locked,
        stockrecord=stockrecord,
        kind=kind,
        quantity=quantity,
        reason=reason.strip()[:255],
        code=code,
        actor=actor,
    )
    try:
        travel.move(
            way,
            [(stockrecord, quantity)],
            reference=locked.reference,
            key=f"stall:{code}",
            actor=actor,
            note=done.reason,
        )
    except InsufficientStock as error:
        raise TooFew([(stockrecord.product.get_title(), quantity, error.available)]) from error
    return done


def _travel(
    consignment: Consignment, lines: list[ConsignmentLine], ways: Mapping[Any, str], actor: Any, note: str = ""
) -> None:
    """Move the lines of a list, each by the way of its origin, all or none."""
    with transaction.atomic():
        lock_stock(line.stockrecord_id for line in lines)
        for origin, way in ways.items():
            moved = [(line.stockrecord, line.quantity) for line in lines if line.origin == origin]
            travel.move(
                way,
                moved,
                reference=consignment.fair.reference,
                key=f"consignment:{consignment.pk}:{way}",
                actor=actor,
                note=note.strip()[:255],
            )


def _lines(consignment: Consignment) -> list[ConsignmentLine]:
    related = ("stockrecord__product__parent", "stockrecord__product__product_class")
    return list(consignment.lines.select_related(*related))


def _both(note: str, more: str) -> str:
    """What was noted before stays: the reason of a cancelled list is no reason to forget why it was written."""
    return " · ".join(filter(None, (note.strip(), more.strip())))[:255]


def _must_be_whole(quantity: int, price: Decimal) -> None:
    if quantity < 1 or price < 1 or price % 1:
        raise BadFigure


def _must_be_draft(consignment: Consignment) -> None:
    if consignment.status != Status.DRAFT:
        raise ListIsFixed(status=consignment.get_status_display())


def _must_not_be_booked(fair: Fair) -> None:
    if CountLine.objects.filter(fair=fair, booked_at__isnull=False).exists():
        raise CountIsBooked


def _must_be_complete(lines: list[ConsignmentLine], counted: Mapping[int, int]) -> None:
    if {line.pk for line in lines} != set(counted):
        raise CountIncomplete
    if any(isinstance(units, bool) or not isinstance(units, int) or units < 0 for units in counted.values()):
        raise BadFigure


def _short_of(lines: Iterable[ConsignmentLine], error: InsufficientStock) -> list[tuple[str, int, int]]:
    """Every piece of the list that the shelf has too few of; at least the one that was refused."""
    wanted = [line for line in lines if line.origin == Origin.SHELF]
    there = available(line.stockrecord_id for line in wanted)
    there[error.record_id] = min(there[error.record_id], error.available)
    return [
        (line.stockrecord.product.get_title(), line.quantity, there[line.stockrecord_id])
        for line in wanted
        if there[line.stockrecord_id] < line.quantity
    ]


def _untracked(lines: Iterable[ConsignmentLine]) -> str:
    return next(line.stockrecord.partner_sku for line in lines if not line.stockrecord.can_track_allocations)


def _differences(fair: Fair, consignment: Consignment, lines: list[ConsignmentLine]) -> list[Discrepancy]:
    found = []
    for line in lines:
        surplus = (line.received or 0) - line.quantity
        if surplus:
            kind = Discrepancy.Kind.SURPLUS if surplus > 0 else Discrepancy.Kind.MISSING
            detail = f"#{consignment.number}"
            found.append(
                Discrepancy(fair=fair, kind=kind, stockrecord=line.stockrecord, quantity=abs(surplus), detail=detail)
            )
    return found


def _refreshed(consignment: Consignment) -> Consignment:
    consignment.refresh_from_db()
    return consignment
