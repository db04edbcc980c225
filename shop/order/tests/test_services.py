from decimal import Decimal

import pytest
from django.core import mail
from oscar.core.loading import get_model

from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.checkout.tests.factories import paid_order
from shop.order import services
from shop.order.errors import TransitionRefused
from shop.payment.models import Refund
from shop.stock import services as stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user(email="kurator@contoh.id", password="rahasia-sekali")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Runs what follows a commit, as it would be outside a test's transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def figures(product):
    record = product.stockrecords.get()
    return record.num_in_stock, record.num_allocated


def parcel_of(order):
    return order.parcels.get()


def test_an_order_is_packed_and_sent_and_the_shopper_is_told(client, staff, commit):
    product = ProductFactory(stock=3)
    order = paid_order(client, staff, product)
    assert figures(product) == (3, 1)
    services.pack_parcel(parcel_of(order), actor=staff)
    order.refresh_from_db()
    assert (order.status, parcel_of(order).status, order.lines.get().status) == ("Packing", "packed", "Packed")
    assert figures(product) == (3, 1)
    mail.outbox.clear()
    with commit():
        services.ship_parcel(parcel_of(order), courier="Kurir Nusantara", tracking_number="KN123", actor=staff)
    order.refresh_from_db()
    assert (order.status, parcel_of(order).status, order.lines.get().status) == ("Shipped", "shipped", "Shipped")
    assert figures(product) == (2, 0)
    (message,) = mail.outbox
    assert "KN123" in message.body
    assert [change.new_status for change in order.status_changes.order_by("pk")] == ["Packing", "Shipped"]
    assert order.notes.count() == 2
    assert {note.user for note in order.notes.all()} == {staff}


def test_sending_twice_sends_once(client, staff, commit):
    product = ProductFactory(stock=3)
    order = paid_order(client, staff, product)
    mail.outbox.clear()
    for _ in range(2):
        with commit():
            services.ship_parcel(parcel_of(order), courier="K", tracking_number="KN123", actor=staff)
    assert figures(product) == (2, 0)
    assert len(mail.outbox) == 1
    assert order.notes.count() == 1


def test_a_parcel_that_left_gets_no_other_number_and_is_not_cancelled(client, staff):
    product = ProductFactory(stock=3)
    order = paid_order(client, staff, product)
    services.ship_parcel(parcel_of(order), courier="K", tracking_number="KN123", actor=staff)
    refusals = (
        lambda: services.ship_parcel(parcel_of(order), courier="K", tracking_number="LAIN", actor=staff),
        lambda: services.pack_parcel(parcel_of(order), actor=staff),
        lambda: services.cancel_parcel(parcel_of(order), reason="x", actor=staff),
        lambda: services.cancel_order(order, reason="x", actor=staff),
    )
    for refused in refusals:
        with pytest.raises(TransitionRefused):
            refused()
    assert figures(product) == (2, 0)
    assert parcel_of(order).tracking_number == "KN123"
    assert not Refund.objects.exists()


def test_cancelling_an_order_frees_its_pieces_and_pays_everything_back(client, staff, commit):
    product = ProductFactory(stock=3)
    order = paid_order(client, staff, product)
    attempt = order.payment_attempt
    mail.outbox.clear()
    for _ in range(2):
        with commit():
            services.cancel_order(order, reason="Kain rusak saat dikemas", actor=staff)
    order.refresh_from_db()
    attempt.refresh_from_db()
    assert (order.status, parcel_of(order).status, order.lines.get().status) == ("Cancelled", "cancelled", "Cancelled")
    assert figures(product) == (3, 0)
    assert Refund.objects.get().amount == attempt.payable
    assert attempt.payable == order.total_incl_tax + attempt.transfer_code
    (message,) = [m for m in mail.outbox if "Kain rusak saat dikemas" in m.body]
    assert order.number in message.subject


def test_cancelling_one_parcel_pays_back_its_share_and_the_rest_goes_on(client, staff, commit):
    first, second = ProductFactory(stock=1, price=Decimal("100000")), ProductFactory(stock=1, price=Decimal("300000"))
    order = paid_order(client, staff, first, second)
    one, two = order.parcels.order_by("pk")
    with commit():
        services.cancel_parcel(two, reason="Habis", actor=staff)
    order.refresh_from_db()
    assert order.status == "Paid"
    assert (figures(first), figures(second)) == ((1, 1), (1, 0))
    assert Refund.objects.get().amount == Decimal("312000")
    services.ship_parcel(one, courier="K", tracking_number="1", actor=staff)
    order.refresh_from_db()
    assert order.status == "Shipped"


def test_an_order_is_partly_sent_between_its_parcels(client, staff):
    order = paid_order(client, staff, ProductFactory(stock=1), ProductFactory(stock=1))
    one, two = order.parcels.order_by("pk")
    services.ship_parcel(one, courier="K", tracking_number="1", actor=staff)
    order.refresh_from_db()
    assert order.status == "Partly shipped"
    services.cancel_order(order, reason="Habis", actor=staff)
    order.refresh_from_db()
    assert order.status == "Shipped"
    assert Refund.objects.get().amount == Decimal("262000")


def test_cancelling_the_last_parcel_pays_back_the_rest(client, staff, commit):
    order = paid_order(client, staff, ProductFactory(stock=1), ProductFactory(stock=1))
    one, two = order.parcels.order_by("pk")
    for parcel in (one, two):
        with commit():
            services.cancel_parcel(parcel, reason="Habis", actor=staff)
    order.refresh_from_db()
    assert order.status == "Cancelled"
    assert sum(Refund.objects.values_list("amount", flat=True)) == order.payment_attempt.payable


def test_pieces_made_to_order_are_sent_without_a_move_of_stock(client, staff):
    product = MadeToOrderFactory()
    order = paid_order(client, staff, product)
    services.ship_parcel(parcel_of(order), courier="K", tracking_number="1", actor=staff)
    assert figures(product) == (0, 0)
    assert get_model("stock", "Move").objects.count() == 0


def test_units_of_an_order_leave_the_stock_though_the_piece_is_made_to_order_now(client, staff):
    product = ProductFactory(stock=3)
    order = paid_order(client, staff, product)
    product.made_to_order, product.lead_time_days = True, 14
    product.save()
    services.ship_parcel(parcel_of(order), courier="K", tracking_number="1", actor=staff)
    assert figures(product) == (2, 0)


def test_order_of_a_piece_made_to_order_is_sent_without_a_move_though_it_has_stock_now(client, staff):
    product = MadeToOrderFactory()
    order = paid_order(client, staff, product)
    product.made_to_order = False
    product.save()
    stock.receive(product.stockrecords.get(), 2, key="received")
    services.ship_parcel(parcel_of(order), courier="K", tracking_number="1", actor=staff)
    assert figures(product) == (2, 0)


def test_the_ledger_names_the_order_for_each_move(client, staff):
    order = paid_order(client, staff, ProductFactory(stock=1))
    services.ship_parcel(parcel_of(order), courier="K", tracking_number="1", actor=staff)
    move = get_model("stock", "Move").objects.latest("pk")
    assert (move.reference, move.quantity, move.reason) == (order.number, 1, "shipped")


def test_who_waits_for_a_parcel_that_left_is_not_told_that_the_order_is_gone(client, staff, commit):
    sent, gone = ProductFactory(stock=1, title_ind="Kain Cual"), ProductFactory(stock=1, title_ind="Kopiah Resam")
    order = paid_order(client, staff, sent, gone)
    one, two = order.parcels.order_by("pk")
    services.ship_parcel(one, courier="Kurir Kita", tracking_number="KK-77", actor=staff)
    mail.outbox.clear()
    with commit():
        services.cancel_order(order, reason="Habis", actor=staff)
    [told] = [message for message in mail.outbox if "Habis" in message.body]
    assert told.subject == f"Pesanan {order.number}: satu paket dibatalkan"
    for body in (told.body, told.alternatives[0].content):
        assert f"Pesanan {order.number} tidak jadi dikirim" not in body
        called_off, under_way = body.split("Alasannya")[0], body.split("perjalanan")[1]
        assert "Kopiah Resam" in called_off and two.partner.name in called_off
        assert "Kain Cual" in under_way and "KK-77" in under_way
        assert "Kopiah Resam" not in under_way


def test_parcels_that_are_still_to_come_are_told_beside_the_cancelled_one(client, staff, commit):
    stays, gone = ProductFactory(stock=1, title_ind="Kain Cual"), ProductFactory(stock=1, title_ind="Kopiah Resam")
    order = paid_order(client, staff, stays, gone)
    mail.outbox.clear()
    with commit():
        services.cancel_parcel(order.parcels.order_by("pk")[1], reason="Habis", actor=staff)
    [told] = [message for message in mail.outbox if "Habis" in message.body]
    assert "Kain Cual" in told.body.split("Habis")[1]
    assert "Kopiah Resam" not in told.body.split("Habis")[1]


def test_several_parcels_of_a_larger_order_are_cancelled_in_one_mail(client, staff, commit):
    order = paid_order(client, staff, *(ProductFactory(stock=1) for _ in range(3)))
    services.ship_parcel(order.parcels.first(), courier="K", tracking_number="1", actor=staff)
    mail.outbox.clear()
    with commit():
        services.cancel_order(order, reason="Habis", actor=staff)
    assert [m.subject for m in mail.outbox if "Habis" in m.body] == [
        f"Pesanan {order.number}: beberapa paket dibatalkan"
    ]


def test_refund_of_a_cancelled_parcel_is_in_the_orders_history(client, staff, commit):
    order = paid_order(client, staff, ProductFactory(stock=1), ProductFactory(stock=1))
    with commit():
        services.cancel_parcel(order.parcels.order_by("pk")[1], reason="Habis", actor=staff)
    [note] = [note for note in order.notes.all() if "Rp262.000" in note.message]
    assert (note.message, note.user) == ("Pengembalian Rp262.000 diputuskan: Habis", staff)


def test_a_wrong_tracking_number_is_corrected_once_and_the_shopper_is_told(client, staff, commit):
    product = ProductFactory(stock=3)
    order = paid_order(client, staff, product)
    services.ship_parcel(parcel_of(order), courier="Kurir Kita", tracking_number="SALAH-1", actor=staff)
    mail.outbox.clear()
    for _ in range(2):
        with commit():
            services.correct_tracking(parcel_of(order), courier="Kurir Kita", tracking_number="BENAR-2", actor=staff)
    parcel = parcel_of(order)
    assert (parcel.status, parcel.tracking_number, figures(product)) == ("shipped", "BENAR-2", (2, 0))
    [told] = mail.outbox
    assert told.subject == f"Pesanan {order.number}: nomor resi diperbaiki"
    for body in (told.body, told.alternatives[0].content):
        assert "BENAR-2" in body and "SALAH-1" in body
    note = order.notes.latest("pk")
    assert "Kurir Kita SALAH-1 menjadi Kurir Kita BENAR-2" in note.message
    assert note.user == staff


def test_tracking_of_a_parcel_that_has_not_left_is_not_corrected(client, staff, commit):
    order = paid_order(client, staff, ProductFactory(stock=3))
    mail.outbox.clear()
    with pytest.raises(TransitionRefused), commit():
        services.correct_tracking(parcel_of(order), courier="K", tracking_number="1", actor=staff)
    assert parcel_of(order).tracking_number == ""
    assert (mail.outbox, order.notes.count()) == ([], 0)
