"""What leaves a stall without being sold, and what was written down by mistake."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection

from shop.exhibitions import audit
from shop.exhibitions.errors import (
    BadFigure,
    CodeStoodForAnother,
    CountIsBooked,
    ReasonIsMissing,
    TooFew,
    WrongStep,
)
from shop.exhibitions.models import Fair, StallMove
from shop.exhibitions.services import counting, packing
from shop.exhibitions.tests.books import places
from shop.exhibitions.tests.factories import FairFactory
from shop.exhibitions.tests.stall import piece
from shop.stock.audit import differences

pytestmark = pytest.mark.django_db

Step = Fair.Status
PRICE = Decimal(300000)
CODE = UUID("01890000-0000-7000-8000-000000000001")


@pytest.mark.parametrize(("verb", "place"), [("send_back", "returned:{}"), ("damage", "damaged"), ("gift", "gifted")])
def test_a_slip_of_the_pen_at_the_stall_is_undone_with_a_reason(verb, place, curator):
    fair = FairFactory(status=Step.OPEN)
    record = piece(fair, 10)
    done = getattr(packing, verb)(fair, record, 9, reason="Ibu Menteri", code=CODE, actor=curator)
    assert places(record) == {f"stall:{fair.reference}": 1, place.format(fair.reference): 9}
    with pytest.raises(ReasonIsMissing):
        packing.undo_stall_move(done, reason=" ", actor=curator)
    for _time in range(2):
        packing.undo_stall_move(done, reason="Seharusnya 1", actor=curator)
    assert (done.undone_reason, done.undone_by, done.undone_at is not None) == ("Seharusnya 1", curator, True)
    assert places(record) == {f"stall:{fair.reference}": 10}
    assert list(audit.of_units(fair)) == []
    assert list(differences(connection)) == []


def test_what_went_home_or_was_counted_for_good_is_not_undone(curator):
    fair = FairFactory(status=Step.OPEN)
    record = piece(fair, 3)
    home = packing.send_back(fair, record, 1, reason="Pesanan", code=CODE, actor=curator)
    gift = packing.gift(fair, record, 1, reason="Tamu", code=uuid4(), actor=curator)
    counting.shelve(fair, actor=curator)
    with pytest.raises(TooFew):
        packing.undo_stall_move(home, reason="Salah", actor=curator)
    Fair.objects.update(status=Step.COUNTING)
    counting.count(fair, record, counted=1, actor=curator)
    counting.book_count(fair, actor=curator)
    with pytest.raises(CountIsBooked):
        packing.undo_stall_move(gift, reason="Salah", actor=curator)
    assert not StallMove.objects.filter(undone_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("verb", "place", "kind"),
    [
        (packing.send_back, "returned:{}", "sent_back"),
        (packing.damage, "damaged", "damaged"),
        (packing.gift, "gifted", "gifted"),
    ],
)
def test_units_leave_the_stall_once_for_their_code(verb, place, kind, curator):
    fair = FairFactory()
    record = piece(fair, 3)
    moved = verb(fair, record, 2, reason="Rusak", code=CODE, actor=curator)
    assert verb(fair, record, 2, reason="Rusak", code=CODE, actor=curator) == moved
    assert places(record) == {f"stall:{fair.reference}": 1, place.format(fair.reference): 2}
    assert (moved.kind, moved.quantity, moved.reason, moved.actor) == (kind, 2, "Rusak", curator)
    with pytest.raises(CodeStoodForAnother):
        verb(fair, record, 1, reason="Rusak", code=CODE, actor=curator)
    with pytest.raises(TooFew) as refusal:
        verb(fair, record, 2, reason="Rusak", code=uuid4(), actor=curator)
    assert [counts[1:] for counts in refusal.value.pieces] == [(2, 1)]
    assert StallMove.objects.count() == 1


def test_a_code_of_one_verb_is_not_for_another(curator):
    fair = FairFactory()
    record = piece(fair, 3)
    packing.gift(fair, record, 1, reason="Sampel", code=CODE, actor=curator)
    with pytest.raises(CodeStoodForAnother):
        packing.damage(fair, record, 1, reason="Sampel", code=CODE, actor=curator)


def test_units_leave_the_stall_with_a_reason_and_while_somebody_is_there(curator):
    fair = FairFactory()
    record = piece(fair, 3)
    with pytest.raises(ReasonIsMissing):
        packing.gift(fair, record, 1, reason=" ", code=CODE, actor=curator)
    with pytest.raises(BadFigure):
        packing.gift(fair, record, 0, reason="Sampel", code=CODE, actor=curator)
    Fair.objects.update(status=Step.COUNTING)
    counting.count(fair, record, counted=3, actor=curator)
    counting.book_count(fair, actor=curator)
    with pytest.raises(CountIsBooked):
        packing.gift(fair, record, 1, reason="Sampel", code=CODE, actor=curator)
    Fair.objects.update(status=Step.SETTLED)
    with pytest.raises(WrongStep):
        packing.gift(fair, record, 1, reason="Sampel", code=CODE, actor=curator)
    assert not StallMove.objects.exists()
