"""The whole way of a sale through the dashboard, by the buttons a curator presses."""

from decimal import Decimal
from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.order.models import Order, Parcel
from shop.order.services import ship_parcel
from shop.payment.gateways.base import RefundResult, RefundState
from shop.payment.gateways.stripe import StripeGateway
from shop.payment.models import PaymentAttempt, Refund
from shop.payment.tests.factories import figures, sandbox  # noqa: F401 - the fixture
from shop.stock.models import Move

from .factories import curator, ordered, paid_by_card, person, transfer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff(client):
    user = curator()
    client.force_login(user)
    return user


def press(client, name, data=None, **kwargs):
    return client.post(reverse(f"dashboard:{name}", kwargs=kwargs), data or {})


def letters():
    """The subjects of what was sent since the last call."""
    subjects = [message.subject for message in mail.outbox]
    mail.outbox.clear()
    return subjects


def books_are_clean():
    out = StringIO()
    call_command("check_stock", stdout=out)
    return out.getvalue()


def test_transfer_is_confirmed_packed_and_sent(client, staff):
    cloth, bespoke = ProductFactory(stock=3), MadeToOrderFactory()
    attempt = transfer(cloth, bespoke)
    assert figures(cloth) == (3, 1)
    letters()

    press(client, "transfer-confirm", {"received": f"{attempt.payable:.0f}", "reference": "BCA-1"}, pk=attempt.pk)
    order = Order.objects.get(number=attempt.order_number)
    assert letters() == [f"Pesanan {order.number}: terima kasih"]
    first, second = order.parcels.order_by("number")

    press(client, "parcel-pack", number=order.number, parcel_number=1)
    assert Order.objects.get(pk=order.pk).status == "Packing"
    assert letters() == []

    press(client, "parcel-ship", {"courier": "JNE", "tracking_number": "CGK1"}, number=order.number, parcel_number=1)
    press(client, "parcel-ship", {"courier": "Pos", "tracking_number": "P-2"}, number=order.number, parcel_number=2)
    assert len(letters()) == 2
    assert Order.objects.get(pk=order.pk).status == "Shipped"
    assert figures(cloth) == (2, 0)
    moves = Move.objects.filter(reference=order.number).order_by("pk").values_list("source", "target", "actor")
    assert list(moves) == [("shelf", "held", None), ("held", "ordered", None), ("ordered", "sold", staff.pk)]
    books_are_clean()


def test_a_double_click_packs_and_sends_once(client, staff):
    cloth = ProductFactory(stock=2)
    order = ordered(cloth, actor=staff)
    letters()
    for _click in range(2):
        press(client, "parcel-pack", number=order.number, parcel_number=1)
        press(
            client, "parcel-ship", {"courier": "JNE", "tracking_number": "CGK1"}, number=order.number, parcel_number=1
        )
    assert len(letters()) == 1
    assert figures(cloth) == (1, 0)
    assert Move.objects.filter(reference=order.number, target="sold").count() == 1
    assert order.notes.count() == 2


def test_another_number_for_a_parcel_that_left_is_refused(client, staff):
    order = ordered(actor=staff)
    for number in ("CGK1", "CGK2"):
        press(
            client, "parcel-ship", {"courier": "JNE", "tracking_number": number}, number=order.number, parcel_number=1
        )
    assert Parcel.objects.get(order=order).tracking_number == "CGK1"


def test_a_wrong_number_is_corrected_from_the_orders_page(client, staff):
    order = ordered(actor=staff)
    step = {"number": order.number, "parcel_number": 1}
    address = reverse("dashboard:parcel-tracking", kwargs=step)
    page = reverse("dashboard:order-detail", kwargs={"number": order.number})
    assert address not in client.get(page).content.decode()
    press(client, "parcel-tracking", {"courier": "JNE", "tracking_number": "CGK2"}, **step)
    assert Parcel.objects.get(order=order).tracking_number == ""
    press(client, "parcel-ship", {"courier": "JNE", "tracking_number": "CGK1"}, **step)
    letters()
    assert address in client.get(page).content.decode()
    assert 'value="CGK1"' in client.get(address).content.decode()
    response = client.post(address, {"courier": "JNE", "tracking_number": "CGK2"}, follow=True)
    assert Parcel.objects.get(order=order).tracking_number == "CGK2"
    assert letters() == [f"Pesanan {order.number}: nomor resi diperbaiki"]
    assert any("JNE CGK1 menjadi JNE CGK2" in entry.text for entry in response.context["history"])


def test_a_number_is_corrected_only_by_whoever_may_send(client):
    order = ordered()
    step = {"number": order.number, "parcel_number": 1}
    ship_parcel(order.parcels.get(), courier="JNE", tracking_number="CGK1", actor=curator("lain@demo.test"))
    onlooker = person("lihat@demo.test", is_staff=True)
    onlooker.user_permissions.add(Permission.objects.get(codename="view_order"))
    client.force_login(onlooker)
    assert press(client, "parcel-tracking", {"courier": "JNE", "tracking_number": "CGK2"}, **step).status_code == 403
    assert Parcel.objects.get(order=order).tracking_number == "CGK1"


def test_a_missing_number_is_said_beside_its_field_and_nothing_leaves(client, staff):
    cloth = ProductFactory(stock=1)
    order = ordered(cloth, actor=staff)
    response = press(
        client, "parcel-ship", {"courier": "Kurir Kita", "tracking_number": " "}, number=order.number, parcel_number=1
    )
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["tracking_number"]
    assert 'value="Kurir Kita"' in response.content.decode()
    assert Parcel.objects.get(order=order).status == "waiting"
    assert figures(cloth) == (1, 1)


def test_card_order_is_cancelled_once_and_paid_back_once(client, staff, sandbox):  # noqa: F811
    cloth = ProductFactory(stock=1)
    order = paid_by_card(sandbox, cloth)
    assert figures(cloth) == (1, 1)
    letters()
    for _click in range(2):
        press(client, "order-cancel", {"reason": "Kain rusak", "sure": "on"}, number=order.number)
    attempt = PaymentAttempt.objects.get(order=order)
    assert Order.objects.get(pk=order.pk).status == "Cancelled"
    assert figures(cloth) == (1, 0)
    assert [(refund.amount, refund.status) for refund in attempt.refunds.all()] == [(Decimal("270000"), "succeeded")]
    assert sorted(letters()) == [f"Pesanan {order.number}: dibatalkan", f"Pesanan {order.number}: pengembalian uang"]
    paid_back = sandbox.client().v1.refunds.list({"limit": 10}).data
    assert [refund.amount for refund in paid_back] == [27000000]
    books_are_clean()


def test_refund_in_full_cancels_what_has_not_left_and_pays_back_once(client, staff, sandbox):  # noqa: F811
    sent, waiting = ProductFactory(stock=1), ProductFactory(stock=1)
    order = paid_by_card(sandbox, sent, waiting)
    number = order.parcels.get(lines__product=sent).number
    press(client, "parcel-ship", {"courier": "JNE", "tracking_number": "X1"}, number=order.number, parcel_number=number)
    for _click in range(2):
        press(client, "order-refund", {"reason": "Hilang di jalan", "sure": "on"}, number=order.number)
    attempt = PaymentAttempt.objects.get(order=order)
    assert attempt.refund_total == attempt.payable == Decimal("540000")
    assert sorted(refund.amount for refund in attempt.refunds.all()) == [Decimal("270000"), Decimal("270000")]
    assert set(attempt.refunds.values_list("status", flat=True)) == {"succeeded"}
    assert figures(sent) == (0, 0)
    assert figures(waiting) == (1, 0)
    assert Order.objects.get(pk=order.pk).status == "Shipped"
    books_are_clean()


def test_refund_in_full_in_two_parts_tells_staff_the_sum_and_is_in_the_history(client, staff, sandbox):  # noqa: F811
    sent, waiting = ProductFactory(stock=1), ProductFactory(stock=1)
    order = paid_by_card(sandbox, sent, waiting)
    number = order.parcels.get(lines__product=sent).number
    press(client, "parcel-ship", {"courier": "JNE", "tracking_number": "X1"}, number=order.number, parcel_number=number)
    client.get(reverse("dashboard:order-detail", kwargs={"number": order.number}))  # Where it says that it was sent.
    address = reverse("dashboard:order-refund", kwargs={"number": order.number})
    page = client.post(address, {"reason": "Hilang di jalan", "sure": "on"}, follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert told == ["Rp540.000 sudah dikembalikan; pembeli sudah diberi tahu."]
    history = [entry.text for entry in page.context["history"]]
    assert history.count("Pengembalian Rp270.000 diputuskan: Hilang di jalan") == 2
    assert history.count("Pengembalian Rp270.000 sudah dikirim.") == 2


def test_refunds_that_stand_differently_are_told_each_and_in_all(client, staff, sandbox):  # noqa: F811
    sent, waiting = ProductFactory(stock=1), ProductFactory(stock=1)
    order = paid_by_card(sandbox, sent, waiting)
    number = order.parcels.get(lines__product=sent).number
    press(client, "parcel-ship", {"courier": "JNE", "tracking_number": "X1"}, number=order.number, parcel_number=number)
    client.get(reverse("dashboard:order-detail", kwargs={"number": order.number}))  # Where it says that it was sent.
    give = StripeGateway.refund

    def first_is_slow(gateway, due):
        if due.idempotency_key.startswith("cancel-order"):
            return RefundResult(RefundState.PENDING, reference="re_slow")
        return give(gateway, due)

    address = reverse("dashboard:order-refund", kwargs={"number": order.number})
    with patch.object(StripeGateway, "refund", first_is_slow):
        page = client.post(address, {"reason": "Hilang", "sure": "on"}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "Pengembaliannya Rp540.000 seluruhnya, dalam 2 bagian:",
        "Rp270.000 sedang dikembalikan.",
        "Rp270.000 sudah dikembalikan; pembeli sudah diberi tahu.",
    ]


def test_what_the_gateway_refused_is_told_and_asked_for_again_in_full(client, staff, sandbox):  # noqa: F811
    order = paid_by_card(sandbox)
    address = reverse("dashboard:order-refund", kwargs={"number": order.number})
    said = []
    for answer in ("failed", "succeeded", "succeeded"):
        sandbox.refunds(answer)
        page = client.post(address, {"reason": "Rusak", "sure": "on"}, follow=True)
        said.append([str(message) for message in page.context["messages"]])
    assert said[0] == ["Layanan pembayaran menolak mengembalikan Rp270.000. Lihat 'Pengembalian dan masalah'."]
    assert said[1:] == [["Rp270.000 sudah dikembalikan; pembeli sudah diberi tahu."]] * 2
    attempt = PaymentAttempt.objects.get(order=order)
    assert (attempt.refund_total, attempt.needs_attention, attempt.last_error) == (Decimal("270000"), False, "")
    assert [refund.status for refund in attempt.refunds.all()] == ["failed", "succeeded"]
    given = [made for made in sandbox.client().v1.refunds.list({"limit": 10}).data if made.status == "succeeded"]
    assert [made.amount for made in given] == [27_000_000]
    history = [entry.text for entry in page.context["history"]]
    assert "Pengembalian Rp270.000 gagal; bisa diminta lagi." in history


def test_a_refund_the_gateway_refuses_can_be_asked_for_again(client, staff, sandbox):  # noqa: F811
    order = paid_by_card(sandbox)
    sandbox.refunds("failed")
    press(client, "order-refund", {"reason": "Rusak", "sure": "on"}, number=order.number)
    attempt = PaymentAttempt.objects.get(order=order)
    assert (attempt.refund_total, attempt.needs_attention) == (Decimal(0), True)
    sandbox.refunds("succeeded")
    press(client, "order-refund", {"reason": "Rusak", "sure": "on"}, number=order.number)
    attempt.refresh_from_db()
    assert attempt.refund_total == Decimal("270000")
    assert sorted(attempt.refunds.values_list("status", flat=True)) == ["failed", "succeeded"]


def test_one_parcel_is_cancelled_and_the_other_still_comes(client, staff):
    stays, goes = ProductFactory(stock=1), ProductFactory(stock=1)
    order = ordered(stays, goes, actor=staff)
    number = order.parcels.get(lines__product=goes).number
    letters()
    for _click in range(2):
        press(client, "parcel-cancel", {"reason": "Habis"}, number=order.number, parcel_number=number)
    assert (figures(stays), figures(goes)) == ((1, 1), (1, 0))
    assert [refund.amount for refund in Refund.objects.all()] == [Decimal("270000")]
    assert letters() == [f"Pesanan {order.number}: satu paket dibatalkan"]


def test_an_order_is_not_cancelled_without_a_reason_and_a_tick(client, staff):
    cloth = ProductFactory(stock=1)
    order = ordered(cloth, actor=staff)
    response = press(client, "order-cancel", {"reason": ""}, number=order.number)
    assert sorted(response.context["form"].errors) == ["reason", "sure"]
    assert Order.objects.get(pk=order.pk).status == "Paid"
    assert figures(cloth) == (1, 1)
    assert not Refund.objects.exists()
