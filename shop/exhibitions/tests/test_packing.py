from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.exhibitions.errors import (
    BadFigure,
    CountIncomplete,
    CountIsBooked,
    EmptyList,
    LineIsGone,
    ListIsFixed,
    MadeToOrder,
    NotSigned,
    OtherMaker,
    ReceivedOtherwise,
    TooFew,
    WrongStep,
)
from shop.exhibitions.models import Consignment, ConsignmentLine, Discrepancy, Fair
from shop.exhibitions.services import counting, packing
from shop.exhibitions.tests.books import places
from shop.exhibitions.tests.factories import FairFactory
from shop.stock import services as stock
from shop.stock import travel
from shop.stock.audit import differences
from shop.stock.models import Move
from shop.stock.queries import balances

pytestmark = pytest.mark.django_db

Step = Fair.Status
PRICE = Decimal(300000)
CODE = UUID("01890000-0000-7000-8000-000000000001")


@pytest.fixture
def fair():
    return FairFactory(status=Step.PACKING)


@pytest.fixture
def maker():
    return MakerFactory()


@pytest.fixture
def draft(fair, maker):
    return packing.start_list(fair, maker)


def record_of(maker, stock=2, **fields):
    return ProductFactory(maker=maker, stock=stock, **fields).stockrecords.get()


def handed_over(draft, curator, *lines):
    for record, quantity, origin in lines:
        packing.pack(draft, record, quantity=quantity, price=PRICE, origin=origin)
    return packing.hand_over(draft, signed_by="Rohana", actor=curator)


def received(draft, curator, record, *, quantity=2, counted=2, origin="shelf"):
    handed_over(draft, curator, (record, quantity, origin))
    Fair.objects.update(status=Step.OPEN)
    packing.receive(draft, {draft.lines.get().pk: counted}, actor=curator)


def test_lists_of_a_fair_are_numbered_and_a_double_click_makes_one(fair, maker):
    first = packing.start_list(fair, maker)
    assert packing.start_list(fair, maker) == first
    packing.pack(first, record_of(maker), quantity=1, price=PRICE)
    second, third = packing.start_list(fair, maker), packing.start_list(fair, MakerFactory())
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert packing.start_list(FairFactory(status=Step.PACKING), maker).number == 1
    assert fair.participations.count() == 2


@pytest.mark.parametrize("status", [Step.COUNTING, Step.SETTLED, Step.CANCELLED])
def test_nothing_is_packed_after_the_stall_closed(status, draft, maker):
    Fair.objects.update(status=status)
    with pytest.raises(WrongStep):
        packing.start_list(draft.fair, maker)
    with pytest.raises(WrongStep):
        packing.pack(draft, record_of(maker), quantity=1, price=PRICE)
    assert not draft.lines.exists()


def test_packing_again_changes_the_line(draft, maker):
    record = record_of(maker)
    line = packing.pack(draft, record, quantity=1, price=PRICE)
    assert packing.pack(draft, record, quantity=2, price=Decimal(310000)) == line
    brought = packing.pack(draft, record, quantity=1, price=PRICE, origin="brought")
    told = draft.lines.values_list("pk", "origin", "quantity", "price")
    assert list(told) == [(line.pk, "shelf", 2, 310000), (brought.pk, "brought", 1, 300000)]
    packing.unpack(line)
    packing.unpack(line)
    assert draft.lines.get() == brought
    assert places(record) == {"shelf": 2}


def test_where_a_line_comes_from_is_changed_without_a_second_line(draft, maker):
    record = record_of(maker, 3)
    line = packing.pack(draft, record, quantity=3, price=PRICE)
    changed, joined = packing.change_line(line, quantity=2, price=Decimal(310000), origin="brought")
    assert (changed.pk, joined) == (line.pk, 0)
    assert list(draft.lines.values_list("origin", "quantity", "price")) == [("brought", 2, 310000)]


def test_two_lines_that_come_from_one_place_become_one(draft, maker):
    record = record_of(maker, 3)
    shelf = packing.pack(draft, record, quantity=2, price=PRICE)
    packing.pack(draft, record, quantity=1, price=PRICE, origin="brought")
    changed, joined = packing.change_line(shelf, quantity=2, price=Decimal(310000), origin="brought")
    assert (changed.pk, joined) == (shelf.pk, 1)
    assert list(draft.lines.values_list("origin", "quantity", "price")) == [("brought", 3, 310000)]


def test_a_line_is_changed_while_its_list_is_a_draft_and_there(draft, maker, curator):
    line = packing.pack(draft, record_of(maker), quantity=1, price=PRICE)
    with pytest.raises(BadFigure):
        packing.change_line(line, quantity=0, price=PRICE, origin="shelf")
    gone = packing.pack(draft, record_of(maker), quantity=1, price=PRICE)
    packing.unpack(gone)
    with pytest.raises(LineIsGone):
        packing.change_line(gone, quantity=1, price=PRICE, origin="shelf")
    packing.hand_over(draft, signed_by="Rohana", actor=curator)
    with pytest.raises(ListIsFixed):
        packing.change_line(line, quantity=2, price=PRICE, origin="shelf")
    assert draft.lines.get().quantity == 1


def test_notes_of_a_list_are_kept_beside_what_is_noted_later(fair, maker, curator):
    first = packing.start_list(fair, maker, note="Ambil di Mentok")
    again = packing.start_list(fair, maker, note="Sebelum Jumat")
    assert packing.start_list(fair, maker, note="Sebelum Jumat") == again == first
    assert again.note == "Ambil di Mentok · Sebelum Jumat"
    assert packing.cancel(first, actor=curator, reason="Pengrajin sakit").note == (
        "Ambil di Mentok · Sebelum Jumat · Pengrajin sakit"
    )


@pytest.mark.parametrize(("quantity", "price"), [(0, 1), (-1, 1), (1, 0), (1, -5), (1, Decimal("0.5"))])
def test_a_line_is_of_something_at_a_price(quantity, price, draft, maker):
    with pytest.raises(BadFigure):
        packing.pack(draft, record_of(maker), quantity=quantity, price=Decimal(price))
    assert not draft.lines.exists()


def test_a_list_holds_pieces_of_its_maker_that_have_a_stock(draft, maker):
    with pytest.raises(OtherMaker) as refusal:
        packing.pack(draft, record_of(MakerFactory(), title_ind="Dompet"), quantity=1, price=PRICE)
    assert str(refusal.value) == f"Dompet bukan karya {maker.name}."
    with pytest.raises(MadeToOrder):
        packing.pack(draft, MadeToOrderFactory(maker=maker).stockrecords.get(), quantity=1, price=PRICE)
    assert not draft.lines.exists()


def test_handed_over_pieces_are_on_their_way_and_not_for_sale(draft, maker, curator):
    shelf, brought = record_of(maker, stock=3), record_of(maker, stock=0)
    handed_over(draft, curator, (shelf, 2, "shelf"), (brought, 4, "brought"))
    reference = draft.fair.reference
    assert places(shelf) == {"shelf": 1, f"transit:{reference}": 2}
    assert places(brought) == {f"transit:{reference}": 4}
    assert (draft.status, draft.signed_by, draft.handed_over_to) == ("handed_over", "Rohana", curator)
    assert draft.handed_over_at is not None
    assert set(Move.objects.filter(reference=reference).values_list("reason", "actor")) == {
        ("dispatched", curator.pk),
        ("brought", curator.pk),
    }
    assert list(differences(connection)) == []


def test_a_second_click_hands_nothing_over_again(draft, maker, curator):
    record = record_of(maker, stock=4)
    first = handed_over(draft, curator, (record, 2, "shelf")).handed_over_at
    assert packing.hand_over(draft, signed_by=" Rohana ", actor=curator).handed_over_at == first
    with pytest.raises(ListIsFixed):
        packing.hand_over(draft, signed_by="Somebody else", actor=curator)
    assert places(record) == {"shelf": 2, f"transit:{draft.fair.reference}": 2}


def test_all_of_a_list_goes_or_none_and_the_refusal_names_every_short_piece(draft, maker, curator):
    plenty = record_of(maker, stock=5)
    held, gone = record_of(maker, stock=1, title_ind="Selendang"), record_of(maker, stock=0, title_ind="Dompet")
    stock.hold([(held, 1)], reference="KB-1", expires_at=timezone.now() + timedelta(minutes=30))
    for record, quantity in ((plenty, 5), (held, 1), (gone, 2)):
        packing.pack(draft, record, quantity=quantity, price=PRICE)
    with pytest.raises(TooFew) as refusal:
        packing.hand_over(draft, signed_by="Rohana", actor=curator)
    assert refusal.value.pieces == [("Selendang", 1, 0), ("Dompet", 2, 0)]
    assert str(refusal.value) == "Selendang: diminta 1, tersedia 0. Dompet: diminta 2, tersedia 0."
    assert (places(plenty), places(held), places(gone)) == ({"shelf": 5}, {"held": 1}, {})
    draft.refresh_from_db()
    assert (draft.status, draft.signed_by) == ("draft", "")


def test_nobody_hands_over_nothing_or_without_a_name(draft, maker, curator):
    with pytest.raises(EmptyList):
        packing.hand_over(draft, signed_by="Rohana", actor=curator)
    packing.pack(draft, record_of(maker), quantity=1, price=PRICE)
    with pytest.raises(NotSigned):
        packing.hand_over(draft, signed_by="  ", actor=curator)
    assert Consignment.objects.get().status == "draft"


def test_what_became_made_to_order_meanwhile_is_not_handed_over(draft, maker, curator):
    record = record_of(maker)
    packing.pack(draft, record, quantity=1, price=PRICE)
    record.product.made_to_order, record.product.lead_time_days = True, 14
    record.product.save()
    with pytest.raises(MadeToOrder) as refusal:
        packing.hand_over(draft, signed_by="Rohana", actor=curator)
    assert record.partner_sku in str(refusal.value)
    assert places(record) == {"shelf": 2}


@pytest.mark.parametrize("status", [Step.PLANNED, Step.COUNTING, Step.SETTLED, Step.CANCELLED])
def test_pieces_are_handed_over_only_while_the_fair_takes_them(status, draft, maker, curator):
    record = record_of(maker)
    packing.pack(draft, record, quantity=1, price=PRICE)
    Fair.objects.update(status=status)
    with pytest.raises(WrongStep):
        packing.hand_over(draft, signed_by="Rohana", actor=curator)
    assert places(record) == {"shelf": 2}


def test_a_signed_list_is_not_changed(draft, maker, curator):
    record = record_of(maker)
    handed_over(draft, curator, (record, 1, "shelf"))
    with pytest.raises(ListIsFixed):
        packing.pack(draft, record, quantity=2, price=PRICE)
    with pytest.raises(ListIsFixed):
        packing.unpack(draft.lines.get())
    assert draft.lines.get().quantity == 1


def test_a_list_given_up_goes_back_where_its_pieces_came_from(draft, maker, curator):
    shelf, brought = record_of(maker), record_of(maker, stock=0)
    handed_over(draft, curator, (shelf, 2, "shelf"), (brought, 1, "brought"))
    packing.cancel(draft, reason="Sakit", actor=curator)
    packing.cancel(draft, actor=curator)
    assert (places(shelf), places(brought), balances(brought.pk)["outside"]) == ({"shelf": 2}, {}, 0)
    assert (draft.status, draft.note) == ("cancelled", "Sakit")
    assert Move.objects.filter(reference=draft.fair.reference).count() == 4
    Fair.objects.update(status=Step.IN_TRANSIT)
    with pytest.raises(ListIsFixed):
        packing.hand_over(draft, signed_by="Rina", actor=curator)
    with pytest.raises(ListIsFixed):
        packing.receive(draft, {line.pk: 0 for line in draft.lines.all()}, actor=curator)


def test_a_received_list_is_not_given_up(draft, maker, curator):
    record = record_of(maker)
    received(draft, curator, record)
    with pytest.raises(ListIsFixed):
        packing.cancel(draft, actor=curator)
    assert places(record) == {f"stall:{draft.fair.reference}": 2}


def test_what_is_missing_or_not_listed_is_a_discrepancy_and_not_overwritten(draft, maker, curator):
    right, short, over = (record_of(maker) for _ in range(3))
    handed_over(draft, curator, (right, 2, "shelf"), (short, 2, "shelf"), (over, 2, "brought"))
    Fair.objects.update(status=Step.IN_TRANSIT)
    counted = dict(zip(draft.lines.values_list("pk", flat=True), (2, 0, 3), strict=True))
    packing.receive(draft, counted, actor=curator)
    stall = f"stall:{draft.fair.reference}"
    assert places(right) == {stall: 2}
    assert places(short) == {"unexplained": 2}
    assert places(over) == {"shelf": 2, stall: 3, "unexplained": -1}
    assert list(draft.lines.values_list("quantity", "received")) == [(2, 2), (2, 0), (2, 3)]
    told = Discrepancy.objects.order_by("pk").values_list("kind", "quantity", "stockrecord", "resolution")
    assert list(told) == [("missing", 2, short.pk, ""), ("surplus", 1, over.pk, "")]
    assert (draft.status, draft.received_by) == ("received", curator)
    journeys = travel.journeys(draft.fair.reference)
    assert all(journey.brought == sum(journey[1:8]) for journey in journeys.values())


def test_counting_a_list_again_changes_nothing_and_other_figures_are_refused(draft, maker, curator):
    record = record_of(maker)
    received(draft, curator, record, counted=1)
    [line] = draft.lines.all()
    packing.receive(draft, {line.pk: 1}, actor=curator)
    with pytest.raises(ReceivedOtherwise):
        packing.receive(draft, {line.pk: 2}, actor=curator)
    assert places(record) == {f"stall:{draft.fair.reference}": 1, "unexplained": 1}
    assert Discrepancy.objects.count() == 1


def test_every_line_is_counted_with_a_whole_number(draft, maker, curator):
    first, second = record_of(maker), record_of(maker)
    handed_over(draft, curator, (first, 1, "shelf"), (second, 1, "shelf"))
    Fair.objects.update(status=Step.IN_TRANSIT)
    one, two = draft.lines.values_list("pk", flat=True)
    for counted in ({}, {one: 1}, {one: 1, two: 1, 0: 1}):
        with pytest.raises(CountIncomplete):
            packing.receive(draft, counted, actor=curator)
    for units in (-1, True, 1.5, None):
        with pytest.raises(BadFigure):
            packing.receive(draft, {one: 1, two: units}, actor=curator)
    assert places(first) == {"shelf": 1, f"transit:{draft.fair.reference}": 1}
    assert set(ConsignmentLine.objects.values_list("received", flat=True)) == {None}


def test_a_draft_is_not_received_nor_anything_before_it_left(draft, maker, curator):
    packing.pack(draft, record_of(maker), quantity=1, price=PRICE)
    [line] = draft.lines.all()
    with pytest.raises(WrongStep):
        packing.receive(draft, {line.pk: 1}, actor=curator)
    Fair.objects.update(status=Step.OPEN)
    with pytest.raises(ListIsFixed):
        packing.receive(draft, {line.pk: 1}, actor=curator)


def test_a_top_up_that_comes_after_the_count_is_booked_is_given_up_instead(draft, maker, curator):
    fair, record, late = draft.fair, record_of(maker), record_of(maker)
    received(draft, curator, record)
    top_up = handed_over(packing.start_list(fair, maker), curator, (late, 1, "shelf"))
    Fair.objects.update(status=Step.COUNTING)
    counting.count(fair, record, counted=2, actor=curator)
    counting.book_count(fair, actor=curator)
    with pytest.raises(CountIsBooked):
        packing.receive(top_up, {top_up.lines.get().pk: 1}, actor=curator)
    packing.cancel(top_up, actor=curator)
    assert places(late) == {"shelf": 2}
