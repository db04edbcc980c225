from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import timezone
from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.tests.factories import CraftFactory
from shop.exhibitions import queries
from shop.exhibitions.errors import BadFigure, BadPin, NameMissing, NameTaken, NotYet, WrongStep
from shop.exhibitions.models import Consignment, Fair, RefusedEvent
from shop.exhibitions.services import counting, fairs, inbox, packing, settling
from shop.exhibitions.tests.factories import CashierFactory, FairFactory, FairMakerFactory
from shop.exhibitions.tests.stall import open_stall
from shop.stock.models import Move, Place

pytestmark = pytest.mark.django_db

Step = Fair.Status


def planned(**fields):
    fields = {"name": "Inacraft", "city": "Jakarta", "venue": "JCC", "starts_on": date(2027, 2, 3), **fields}
    return fairs.plan(ends_on=date(2027, 2, 7), **fields)


def packed(fair, *, stock=2, quantity=1, maker=None):
    """A draft list of one piece from the shelf, and the piece."""
    maker = maker or MakerFactory()
    record = ProductFactory(maker=maker, stock=stock).stockrecords.get()
    consignment = packing.start_list(fair, maker)
    packing.pack(consignment, record, quantity=quantity, price=Decimal(300000))
    return consignment, record


def knows(pin, cashier):
    return PBKDF2PasswordHasher().verify(pin, cashier.pin)


def blocking(fair, step, curator):
    with pytest.raises(NotYet) as refusal:
        fairs.move_on(fair, step, actor=curator)
    return [item.text for item in refusal.value.todo], str(refusal.value)


def test_a_planned_fair_has_its_places_and_a_slug_of_its_own():
    first, second = planned(), planned()
    assert (first.status, first.slug, second.slug) == ("planned", "inacraft-2027", "inacraft-2027-2")
    assert Place.objects.filter(reference=first.reference).count() == 3


def test_a_fair_goes_from_the_plan_to_the_last_rupiah(curator):
    fair = planned()
    consignment, record = packed(fair)
    fairs.move_on(fair, Step.PACKING, actor=curator)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    fairs.move_on(fair, Step.IN_TRANSIT, actor=curator)
    packing.receive(consignment, {consignment.lines.get().pk: 1}, actor=curator)
    fairs.move_on(fair, Step.OPEN, actor=curator)
    assert fair.opened_at is not None
    fairs.move_on(fair, Step.COUNTING, actor=curator)
    assert fair.counting_at is not None
    counting.count(fair, record, counted=1, actor=curator)
    counting.book_count(fair, actor=curator)
    settling.settle_all(fair, actor=curator)
    fairs.move_on(fair, Step.SETTLED, actor=curator)
    assert (fair.status, fair.settled_at is not None) == ("settled", True)
    counting.shelve(fair, actor=curator)
    record.refresh_from_db()
    assert record.num_in_stock == 2


@pytest.mark.parametrize("step", [Step.OPEN, Step.IN_TRANSIT, Step.COUNTING, Step.SETTLED])
def test_no_step_is_left_out(step, curator):
    fair = planned()
    with pytest.raises(WrongStep):
        fairs.move_on(fair, step, actor=curator)
    assert Fair.objects.get().status == "planned"


@pytest.mark.parametrize("status", [Step.SETTLED, Step.CANCELLED])
def test_from_the_end_no_way_leads_on(status, curator):
    fair = FairFactory(status=status)
    for step in Step:
        if step != status:
            with pytest.raises(WrongStep):
                fairs.move_on(fair, step, actor=curator)


def test_a_double_click_on_the_next_step_is_no_harm(curator):
    fair = FairFactory(status=Step.OPEN)
    first = fairs.move_on(fair, Step.COUNTING, actor=curator).counting_at
    assert fairs.move_on(fair, Step.COUNTING, actor=curator).counting_at == first


def test_a_stale_page_does_not_decide(curator):
    fair = FairFactory(status=Step.OPEN)
    stale = Fair.objects.get()
    fairs.move_on(fair, Step.COUNTING, actor=curator)
    with pytest.raises(WrongStep):
        fairs.move_on(stale, Step.IN_TRANSIT, actor=curator)


def test_nothing_is_packed_for_nobody(curator):
    fair = planned()
    assert blocking(fair, Step.PACKING, curator)[0] == ["Tentukan pengrajin yang ikut serta."]
    FairMakerFactory(fair=fair)
    assert fairs.move_on(fair, Step.PACKING, actor=curator).status == "packing"


def test_a_fair_does_not_leave_with_an_open_list_or_with_none(curator):
    fair = FairFactory(status=Step.PACKING)
    assert len(blocking(fair, Step.IN_TRANSIT, curator)[0]) == 1
    consignment, _record = packed(fair)
    texts, shown = blocking(fair, Step.IN_TRANSIT, curator)
    assert len(texts) == 2
    assert shown == " ".join(texts)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    assert fairs.move_on(fair, Step.IN_TRANSIT, actor=curator).status == "in_transit"


def test_a_fair_that_left_too_early_goes_back_to_packing_with_what_is_handed_over(curator):
    fair = FairFactory(status=Step.PACKING)
    consignment, _record = packed(fair)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    fairs.move_on(fair, Step.IN_TRANSIT, actor=curator)
    assert fairs.move_on(fair, Step.PACKING, actor=curator).status == "packing"
    fairs.move_on(fair, Step.IN_TRANSIT, actor=curator)
    packing.receive(consignment, {consignment.lines.get().pk: 1}, actor=curator)
    assert len(blocking(fair, Step.PACKING, curator)[0]) == 1


def test_a_fair_is_called_off_on_the_way_once_its_lists_are_cancelled(curator):
    fair = FairFactory(status=Step.PACKING)
    consignment, record = packed(fair)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    fairs.move_on(fair, Step.IN_TRANSIT, actor=curator)
    assert len(blocking(fair, Step.CANCELLED, curator)[0]) == 1
    packing.cancel(consignment, actor=curator)
    assert fairs.move_on(fair, Step.CANCELLED, actor=curator).status == "cancelled"
    record.refresh_from_db()
    assert record.num_in_stock == 2


@pytest.mark.parametrize("step", [Step.PACKING, Step.CANCELLED])
def test_no_way_back_is_open_once_something_was_sold(step, curator):
    stall = open_stall(status=Step.IN_TRANSIT)
    assert inbox.take(stall.device, stall.sale()).status == "created"
    assert blocking(stall.fair, step, curator)[0]
    assert Fair.objects.get().status == "in_transit"


def test_a_stall_is_not_opened_again_under_standing_statements(curator):
    stall = open_stall()
    inbox.take(stall.device, stall.sale())
    Fair.objects.update(status=Step.COUNTING)
    [statement] = settling.settle_all(stall.fair, actor=curator)
    assert len(blocking(stall.fair, Step.OPEN, curator)[0]) == 1
    settling.reopen(statement, reason="Stan dibuka lagi", actor=curator)
    assert fairs.move_on(stall.fair, Step.OPEN, actor=curator).status == "open"


def test_the_books_are_not_closed_over_a_refused_sale(curator):
    stall = open_stall(status=Step.COUNTING)
    assert inbox.take(stall.device, {**stall.sale(), "cashier": 999_999}).status == "refused"
    counting_left = [item for item in queries.todo(stall.fair) if item.url_name == "refused"]
    assert [(item.count, item.blocks) for item in counting_left] == [(1, True)]
    with pytest.raises(NotYet):
        fairs.move_on(stall.fair, Step.SETTLED, actor=curator)
    RefusedEvent.objects.update(settled_at=timezone.now())
    with pytest.raises(NotYet) as refusal:
        fairs.move_on(stall.fair, Step.SETTLED, actor=curator)
    assert "refused" not in {item.url_name for item in refusal.value.todo}


def test_a_stall_does_not_open_before_what_was_handed_over_is_counted(curator):
    fair = FairFactory(status=Step.PACKING)
    consignment, _record = packed(fair)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    fairs.move_on(fair, Step.IN_TRANSIT, actor=curator)
    assert len(blocking(fair, Step.OPEN, curator)[0]) == 1
    packing.receive(consignment, {consignment.lines.get().pk: 1}, actor=curator)
    assert fairs.move_on(fair, Step.OPEN, actor=curator).status == "open"


def test_a_stall_closes_for_counting_whatever_is_left_to_do(curator):
    fair = FairFactory(status=Step.OPEN)
    packed(fair)
    assert fairs.move_on(fair, Step.COUNTING, actor=curator).status == "counting"


def test_a_stall_opens_again_until_a_count_is_booked(curator):
    fair = FairFactory(status=Step.OPEN)
    consignment, record = packed(fair)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    packing.receive(consignment, {consignment.lines.get().pk: 1}, actor=curator)
    fairs.move_on(fair, Step.COUNTING, actor=curator)
    counting.count(fair, record, counted=1, actor=curator)
    assert fairs.move_on(fair, Step.OPEN, actor=curator).counting_at is None
    fairs.move_on(fair, Step.COUNTING, actor=curator)
    counting.count(fair, record, counted=1, actor=curator)
    counting.book_count(fair, actor=curator)
    assert blocking(fair, Step.OPEN, curator)[1] == "Hitungan 1 karya sudah dibukukan."


def test_a_fair_is_not_settled_while_anything_is_open(curator):
    fair = FairFactory(status=Step.OPEN)
    consignment, record = packed(fair, stock=3, quantity=2)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    packing.receive(consignment, {consignment.lines.get().pk: 1}, actor=curator)
    top_up, _other = packed(fair)
    fairs.move_on(fair, Step.COUNTING, actor=curator)
    left = {(item.url_name, item.count) for item in queries.left_before(fair, Step.SETTLED)}
    assert left == {("lists", 1), ("count", 1), ("discrepancies", 1), ("settlement", 1)}
    with pytest.raises(NotYet):
        fairs.move_on(fair, Step.SETTLED, actor=curator)
    packing.cancel(top_up, actor=curator)
    counting.count(fair, record, counted=1, actor=curator)
    counting.book_count(fair, actor=curator)
    counting.resolve(fair.discrepancies.get(), resolution="lost", actor=curator)
    assert [item.url_name for item in queries.left_before(fair, Step.SETTLED)] == ["settlement"]
    settling.settle_all(fair, actor=curator)
    assert fairs.move_on(fair, Step.SETTLED, actor=curator).status == "settled"


@pytest.mark.parametrize("step", [Step.PLANNED, Step.CANCELLED])
def test_a_fair_is_not_called_off_while_pieces_are_on_their_way(step, curator):
    fair = FairFactory(status=Step.PACKING)
    consignment, record = packed(fair)
    draft, _other = packed(fair)
    packing.hand_over(consignment, signed_by="Rohana", actor=curator)
    assert blocking(fair, step, curator)[1] == "Batalkan 1 daftar yang sudah diserahkan."
    packing.cancel(consignment, actor=curator)
    assert fairs.move_on(fair, step, actor=curator).status == step
    draft.refresh_from_db()
    assert draft.status == (Consignment.Status.CANCELLED if step == Step.CANCELLED else Consignment.Status.DRAFT)
    record.refresh_from_db()
    assert record.num_in_stock == 2


@pytest.mark.parametrize("step", [Step.PLANNED, Step.CANCELLED])
def test_a_fair_that_has_sold_something_is_not_called_off(step, curator):
    stall = open_stall(status=Step.PACKING)
    assert inbox.take(stall.device, stall.sale()).status == "created"
    stall.fair.consignments.update(status=Consignment.Status.CANCELLED)
    assert blocking(stall.fair, step, curator)[1] == "1 penjualan perlu diselesaikan dahulu."


@pytest.mark.parametrize("status", list(Step))
def test_every_step_says_what_is_left_to_do_and_what_blocks_comes_first(status):
    items = queries.todo(FairFactory(status=status))
    assert [item.blocks for item in items] == sorted((item.blocks for item in items), reverse=True)
    assert all(item.step == status and item.text and item.done == (not item.count) for item in items)


def test_a_cashier_is_known_by_a_hash_that_a_phone_can_check():
    fair = FairFactory()
    cashier = fairs.add_cashier(fair, name=" Rina ", pin="0412")
    algorithm, rounds, _salt, _hash = cashier.pin.split("$")
    assert (cashier.name, algorithm, rounds) == ("Rina", "pbkdf2_sha256", "100000")
    assert knows("0412", cashier)
    fairs.set_pin(cashier, "998877")
    cashier.refresh_from_db()
    assert (knows("998877", cashier), knows("0412", cashier)) == (True, False)


@pytest.mark.parametrize("pin", ["", "123", "1234567", "12a4", " 1234", "1234\n", "١٢٣٤"])
def test_a_pin_has_four_to_six_digits(pin):
    fair = FairFactory()
    with pytest.raises(BadPin):
        fairs.add_cashier(fair, name="Rina", pin=pin)
    assert not fair.cashiers.exists()
    cashier = CashierFactory(fair=fair)
    with pytest.raises(BadPin):
        fairs.set_pin(cashier, pin)


def test_a_cashier_is_added_once_and_no_other_takes_the_name(curator):
    fair = FairFactory()
    first = fairs.add_cashier(fair, name="Rina", pin="1234", user=curator)
    assert fairs.add_cashier(fair, name="Rina", pin="1234", user=curator) == first
    with pytest.raises(NameTaken):
        fairs.add_cashier(fair, name="Rina", pin="9999", user=curator)
    with pytest.raises(NameTaken):
        fairs.add_cashier(fair, name="Rina B", pin="1234", user=curator)
    with pytest.raises(NameMissing):
        fairs.add_cashier(fair, name=" ", pin="1234")
    assert fair.cashiers.count() == 1
    assert fairs.add_cashier(FairFactory(), name="Rina", pin="1234", user=curator) != first


def test_a_piece_for_the_fair_only_is_not_shown_by_the_shop(curator):
    fair, maker, craft = FairFactory(status=Step.PACKING), MakerFactory(), CraftFactory()
    usual = ProductFactory(craft=craft).product_class
    record = fairs.add_piece(
        fair, maker=maker, title_ind="Dompet cual", price=Decimal(85000), craft=craft, actor=curator
    )
    product = record.product
    assert (product.is_public, product.maker, product.craft, product.product_class) == (False, maker, craft, usual)
    assert (product.title_ind, product.title_en, record.partner) == ("Dompet cual", "Dompet cual", maker.partner)
    assert (record.num_in_stock, record.price, record.partner_sku) == (0, 85000, f"F{fair.pk}-{product.pk}")
    assert record.can_track_allocations
    assert not Move.objects.filter(stockrecord=record).exists()
    assert fair.participations.get().maker == maker
    again = fairs.add_piece(
        fair, maker=maker, title_ind="Dompet cual ", price=Decimal(85000), craft=craft, actor=curator
    )
    assert again == record
    other = fairs.add_piece(fair, maker=maker, title_ind="Dompet cual", price=Decimal(90000), actor=curator)
    assert other != record
    assert other.product.product_class.slug == "karya-pameran"


def test_a_piece_without_title_or_price_is_no_piece(curator):
    fair, maker = FairFactory(), MakerFactory()
    with pytest.raises(NameMissing):
        fairs.add_piece(fair, maker=maker, title_ind=" ", price=Decimal(1000), actor=curator)
    for price in (Decimal(0), Decimal(-1), Decimal("0.5")):
        with pytest.raises(BadFigure):
            fairs.add_piece(fair, maker=maker, title_ind="Dompet", price=price, actor=curator)
    with pytest.raises(WrongStep):
        fairs.add_piece(
            FairFactory(status=Step.COUNTING), maker=maker, title_ind="Dompet", price=Decimal(1000), actor=curator
        )
    assert not get_model("catalogue", "Product").objects.exists()
