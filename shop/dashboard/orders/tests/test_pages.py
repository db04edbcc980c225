"""The pages of orders: what they show, what it costs, and what of Oscar's is gone from them."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Line, Order, Parcel
from shop.payment.tests.factories import figures, user
from shop.stock.models import Move

from .factories import curator, ordered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff(client):
    someone = curator()
    client.force_login(someone)
    return someone


def detail(order):
    return reverse("dashboard:order-detail", kwargs={"number": order.number})


OSCARS_ACTIONS = [
    {"order_action": "change_order_status", "new_status": "Shipped"},
    {"order_action": "create_order_payment_event", "amount": "1", "payment_event_type": "paid"},
    {"order_action": "delete_note", "note_id": "1"},
    {"line_action": "change_line_statuses", "new_status": "Shipped"},
    {"line_action": "create_shipping_event", "shipping_event_type": "shipped"},
    {"line_action": "create_payment_event", "payment_event_type": "paid"},
]


@pytest.mark.parametrize("action", OSCARS_ACTIONS, ids=lambda action: next(iter(action.values())))
def test_oscars_action_on_an_order_is_refused_and_changes_nothing(client, staff, action):
    cloth = ProductFactory(stock=1)
    order = ordered(cloth, actor=staff)
    order.notes.create(user=staff, message="Tetap", note_type="Info")
    line = order.lines.get()
    response = client.post(detail(order), {**action, "selected_line": line.pk, f"selected_line_qty_{line.pk}": "1"})
    assert response.status_code == 405
    assert Order.objects.get(pk=order.pk).status == "Paid"
    assert Line.objects.get(pk=line.pk).status == "Waiting"
    assert order.notes.count() == 1
    assert not order.shipping_events.exists()
    assert not order.payment_events.exists()
    assert figures(cloth) == (1, 1)


def test_oscars_bulk_change_of_states_is_refused(client, staff):
    order = ordered(actor=staff)
    response = client.post(
        reverse("dashboard:order-list"),
        {"action": "change_order_statuses", "selected_order": order.pk, "new_status": "Shipped"},
    )
    assert response.status_code == 405
    assert Order.objects.get(pk=order.pk).status == "Paid"


def test_nothing_of_oscars_actions_is_offered(client, staff):
    order = ordered(actor=staff)
    pages = client.get(detail(order)).content + client.get(reverse("dashboard:order-list")).content
    for word in (
        b"new_status",
        b"order_action",
        b"line_action",
        b"payment_event",
        b"shipping_event",
        b"selected_order",
    ):
        assert word not in pages


def test_a_step_without_a_token_is_refused(staff):
    order = ordered(actor=staff)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff)
    address = reverse("dashboard:parcel-pack", kwargs={"number": order.number, "parcel_number": 1})
    assert strict.post(address).status_code == 403
    assert Parcel.objects.get(order=order).status == "waiting"


def test_a_step_is_not_taken_by_a_get(client, staff):
    order = ordered(actor=staff)
    for name in ("parcel-pack", "parcel-ship", "parcel-cancel"):
        client.get(reverse(f"dashboard:{name}", kwargs={"number": order.number, "parcel_number": 1}))
    for name in ("order-cancel", "order-refund"):
        client.get(reverse(f"dashboard:{name}", kwargs={"number": order.number}))
    assert Parcel.objects.get(order=order).status == "waiting"


def test_a_parcel_of_another_order_is_not_found(client, staff):
    order = ordered(actor=staff)
    address = reverse("dashboard:parcel-pack", kwargs={"number": order.number, "parcel_number": 2})
    assert client.post(address).status_code == 404


def test_the_list_is_narrowed_by_state_by_what_waits_and_by_words(client, staff):
    first = ordered(ProductFactory(stock=1, maker__name="Tenun Ibu Ida"), actor=staff)
    second = ordered(ProductFactory(stock=1), actor=staff, email="lain@demo.test")
    client.post(reverse("dashboard:parcel-pack", kwargs={"number": second.number, "parcel_number": 1}))

    def shown(**query):
        return [order.number for order in client.get(reverse("dashboard:order-list"), query).context["orders"]]

    assert shown() == [second.number, first.number]
    assert shown(status="Packing") == [second.number]
    assert shown(waiting="pack") == [first.number]
    assert shown(waiting="send") == [second.number]
    assert shown(q=first.number[-5:].lower()) == [first.number]
    assert shown(q="lain@demo") == [second.number]
    assert shown(q="ibu ida") == [first.number]
    assert shown(q="tidak ada") == []


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_with_more_orders(client, staff):
    ordered(actor=staff)
    address = reverse("dashboard:order-list")
    queries_of(client, address)
    few = queries_of(client, address)
    for _more in range(3):
        ordered(ProductFactory(stock=1), ProductFactory(stock=1), actor=staff)
    assert queries_of(client, address) == few


def test_an_order_costs_the_same_with_more_parcels(client, staff):
    small = ordered(actor=staff)
    big = ordered(*(ProductFactory(stock=1) for _each in range(4)), actor=staff)
    queries_of(client, detail(small))
    assert queries_of(client, detail(big)) == queries_of(client, detail(small))


def test_the_page_tells_who_did_what_and_where_the_pieces_are(client, staff):
    order = ordered(actor=staff)
    client.post(reverse("dashboard:parcel-pack", kwargs={"number": order.number, "parcel_number": 1}))
    client.post(reverse("dashboard:order-note", kwargs={"number": order.number}), {"message": "Minta bungkus kado"})
    client.post(reverse("dashboard:order-note", kwargs={"number": order.number}), {"message": "Minta bungkus kado"})
    context = client.get(detail(order)).context
    assert [(entry.who, entry.text) for entry in context["history"] if entry.who] == [
        (staff.email, "Minta bungkus kado"),
        (staff.email, f"Paket {order.number}-1 dikemas."),
    ]
    [places] = context["stock"]
    assert [move.target_id for move in places.moves] == ["held", "ordered"]
    assert [(balance.place_id, balance.quantity) for balance in places.places] == [("ordered", 1)]
    assert context["whatsapp"].startswith("https://wa.me/6281234567890?text=Halo")


def test_the_slip_names_sender_and_recipient_and_no_price(client, staff):
    cloth = ProductFactory(stock=1, title_ind="Kain Cual Limar")
    order = ordered(cloth, actor=staff)
    page = client.get(reverse("dashboard:parcel-slip", kwargs={"number": order.number, "parcel_number": 1}))
    text = page.content.decode()
    for word in (cloth.maker.name, "Rahma Yulianti", "Jalan Merdeka 1", "Kain Cual Limar", f"{order.number}-1"):
        assert word in text
    assert "Rp" not in text
    assert "250" not in text.replace(order.number, "")


def correct(client, order, **changes):
    address = order.shipping_address
    data = {
        "first_name": address.first_name,
        "last_name": address.last_name,
        "phone_number": str(address.phone_number),
        "line1": address.line1,
        "postcode": address.postcode,
        "notes": "",
    }
    return client.post(
        reverse("dashboard:order-shipping-address", kwargs={"number": order.number}), {**data, **changes}
    )


def test_an_address_is_corrected_until_a_parcel_has_left(client, staff):
    order = ordered(actor=staff)
    correct(client, order, line1="Jalan Merdeka 10", line4="Jakarta", country="MY")
    order.shipping_address.refresh_from_db()
    assert (order.shipping_address.line1, order.shipping_address.line4) == ("Jalan Merdeka 10", "Pangkalpinang")
    assert order.shipping_address.country_id == "ID"
    client.post(
        reverse("dashboard:parcel-ship", kwargs={"number": order.number, "parcel_number": 1}),
        {"courier": "JNE", "tracking_number": "X"},
    )
    correct(client, order, line1="Jalan Lain 2")
    order.shipping_address.refresh_from_db()
    assert order.shipping_address.line1 == "Jalan Merdeka 10"


@pytest.mark.parametrize(
    ("language", "subjects"),
    [
        ("id", ["Pesanan {}: terima kasih", "Pesanan {}: paket dalam perjalanan"]),
        ("en", ["Order {}: thank you", "Order {}: a parcel is on its way"]),
    ],
)
def test_the_shopper_is_told_in_their_own_language_and_not_of_packing(client, staff, language, subjects):
    order = ordered(actor=staff, language=language, user=user("en@demo.test"), email="en@demo.test")
    step = {"number": order.number, "parcel_number": 1}
    client.post(reverse("dashboard:parcel-pack", kwargs=step))
    client.post(reverse("dashboard:parcel-ship", kwargs=step), {"courier": "JNE", "tracking_number": "CGK-123"})
    told = [message for message in mail.outbox if message.subject.startswith(subjects[0][:5])][-2:]
    assert [message.subject for message in told] == [subject.format(order.number) for subject in subjects]
    assert all(message.to == ["en@demo.test"] for message in told)
    assert "CGK-123" in told[1].body
    assert "CGK-123" in told[1].alternatives[0].content


@pytest.mark.parametrize(
    ("language", "subjects"),
    [
        ("id", ["Pesanan {}: dibatalkan", "Pesanan {}: pengembalian uang"]),
        ("en", ["Order {}: cancelled", "Order {}: your refund"]),
    ],
)
def test_the_shopper_reads_why_it_was_cancelled_and_that_money_has_left(client, staff, language, subjects):
    order = ordered(actor=staff, language=language)
    mail.outbox.clear()
    client.post(
        reverse("dashboard:order-cancel", kwargs={"number": order.number}), {"reason": "Benang sobek", "sure": "on"}
    )
    [cancelled] = mail.outbox
    assert cancelled.subject == subjects[0].format(order.number)
    assert "Benang sobek" in cancelled.body
    refund = order.payment_attempt.refunds.get()
    client.post(reverse("dashboard:refund-done", kwargs={"pk": refund.pk}), {"reference": "KELUAR-8"})
    assert mail.outbox[-1].subject == subjects[1].format(order.number)
    assert Move.objects.filter(reference=order.number, source="ordered", target="shelf", actor=staff).count() == 1
