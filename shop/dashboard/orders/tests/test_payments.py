from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import services
from shop.payment.models import PaymentAttempt, Refund, TransferReceipt
from shop.payment.tests.factories import figures, overdue

from .factories import curator, ordered, transfer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff(client):
    user = curator()
    client.force_login(user)
    return user


def post(client, name, pk, **data):
    return client.post(reverse(f"dashboard:{name}", kwargs={"pk": pk}), data)


def test_a_wrong_amount_is_refused_with_what_was_typed_and_places_no_order(client, staff):
    attempt = transfer()
    response = post(client, "transfer-confirm", attempt.pk, received="270.000", reference="BCA-77")
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["received"]
    assert 'value="270.000"' in response.content.decode()
    assert 'value="BCA-77"' in response.content.decode()
    assert not Order.objects.exists()
    assert not TransferReceipt.objects.exists()


def test_an_amount_is_taken_as_people_write_it(client, staff):
    attempt = transfer()
    written = f"Rp {attempt.payable:,.0f}".replace(",", ".") + ",00"
    response = post(client, "transfer-confirm", attempt.pk, received=written, reference="BCA-1")
    assert response.url == reverse("dashboard:order-detail", kwargs={"number": attempt.order_number})


def test_confirming_twice_makes_one_order(client, staff):
    attempt = transfer()
    for _click in range(2):
        post(client, "transfer-confirm", attempt.pk, received=f"{attempt.payable:.0f}", reference="BCA-1")
    assert Order.objects.count() == 1
    assert TransferReceipt.objects.get().actor == staff


def test_late_money_for_pieces_that_are_gone_is_noted_and_to_be_sent_back(client, staff):
    cloth = ProductFactory(stock=1)
    attempt = transfer(cloth)
    services.expire(overdue(attempt).pk)
    ordered(cloth, actor=staff)
    assert attempt in client.get(reverse("dashboard:transfer-list"), {"ended": "on"}).context["attempts"]
    response = post(client, "transfer-confirm", attempt.pk, received=f"{attempt.payable:.0f}", reference="BCA-9")
    assert response.url == reverse("dashboard:refund-list")
    [due] = client.get(response.url).context["by_hand"]
    assert (due.attempt, due.amount) == (attempt, attempt.payable)


def test_closing_a_transfer_frees_its_pieces_and_keeps_who_and_why(client, staff):
    cloth = ProductFactory(stock=1)
    attempt = transfer(cloth)
    for _click in range(2):
        post(client, "transfer-close", attempt.pk, reason="Pembeli batal")
    attempt.refresh_from_db()
    assert attempt.status == "expired"
    assert figures(cloth) == (1, 0)
    assert attempt.events.filter(detail=f"closed by {staff}: Pembeli batal").count() == 1


def test_a_refund_sent_by_hand_is_noted_once_and_told_once(client, staff):
    order = ordered(actor=staff)
    client.post(reverse("dashboard:order-refund", kwargs={"number": order.number}), {"reason": "Rusak", "sure": "on"})
    [due] = client.get(reverse("dashboard:refund-list")).context["by_hand"]
    mail.outbox.clear()
    for _click in range(2):
        post(client, "refund-done", due.pk, reference="KELUAR-1")
    due.refresh_from_db()
    assert (due.status, due.gateway_reference, due.actor) == ("succeeded", "KELUAR-1", staff)
    assert [message.subject for message in mail.outbox] == [f"Pesanan {order.number}: pengembalian uang"]
    assert client.get(reverse("dashboard:refund-list")).context["by_hand"] == []


def test_a_bank_reference_stands_beside_one_refund_only(client, staff):
    orders = [ordered(actor=staff), ordered(ProductFactory(stock=1), actor=staff)]
    for order in orders:
        services.refund(order, reason="Rusak", actor=staff)
    first, second = Refund.objects.order_by("pk")
    post(client, "refund-done", first.pk, reference="KELUAR-1")
    response = post(client, "refund-done", second.pk, reference="KELUAR-1")
    assert list(response.context["form"].errors) == ["reference"]
    second.refresh_from_db()
    assert second.status == "due"


def test_a_payment_that_does_not_match_is_listed_and_can_be_ended_by_hand(client, staff):
    cloth = ProductFactory(stock=1)
    attempt = transfer(cloth)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(needs_attention=True, last_error="amount is 1, not 2")
    assert client.get(reverse("dashboard:refund-list")).context["problems"] == [attempt]
    for _click in range(2):
        post(client, "attempt-write-off", attempt.pk, reason="Diselesaikan lewat telepon")
    attempt.refresh_from_db()
    assert (attempt.status, attempt.needs_attention) == ("failed", False)
    assert figures(cloth) == (1, 0)


@pytest.mark.parametrize("name", ["transfer-confirm", "transfer-close", "attempt-ask"])
def test_staff_are_told_when_a_paid_payment_cannot_be_ordered(client, staff, name):
    attempt = transfer()
    data = {"received": f"{attempt.payable:.0f}", "reference": "BCA-1", "reason": "Pembeli batal"}
    if name != "transfer-confirm":
        TransferReceipt.objects.create(attempt=attempt, amount=attempt.payable, actor=staff)
    with patch("shop.payment.finalizing.place_order", side_effect=RuntimeError("broken")):
        response = post(client, name, attempt.pk, **data)
    assert (response.status_code, response.url) == (302, reverse("dashboard:refund-list"))
    page = client.get(response.url)
    [told] = page.context["messages"]
    assert (told.level_tag, attempt.order_number in str(told)) == ("warning", True)
    assert page.context["problems"] == [attempt]
    assert reverse("dashboard:attempt-refund", kwargs={"pk": attempt.pk}) in page.content.decode()


def test_an_ended_payment_with_a_problem_can_be_marked_as_settled(client, staff):
    attempt = transfer()
    services.expire(overdue(attempt).pk)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(needs_attention=True, last_error="amount is 1, not 2")
    page = client.get(reverse("dashboard:refund-list")).content.decode()
    assert reverse("dashboard:attempt-write-off", kwargs={"pk": attempt.pk}) in page
    post(client, "attempt-write-off", attempt.pk, reason="Diselesaikan lewat telepon")
    attempt.refresh_from_db()
    assert (attempt.status, attempt.needs_attention) == ("expired", False)
    assert client.get(reverse("dashboard:refund-list")).context["problems"] == []


def test_an_open_payment_without_a_problem_is_not_ended_by_hand(client, staff):
    attempt = transfer()
    post(client, "attempt-write-off", attempt.pk, reason="Salah klik")
    attempt.refresh_from_db()
    assert attempt.status == "awaiting_payment"


def test_transfers_are_found_by_amount_number_and_email(client, staff):
    one, other = transfer(), transfer(ProductFactory(stock=1), email="lain@demo.test")
    address = reverse("dashboard:transfer-list")
    for text in (f"{one.payable:.0f}", f"Rp{one.payable:,.0f}".replace(",", "."), one.order_number[-5:], "rahma@"):
        assert list(client.get(address, {"q": text}).context["attempts"]) == [one], text
    assert set(client.get(address).context["attempts"]) == {one, other}


def test_transfers_that_end_first_stand_in_front(client, staff):
    later, sooner = transfer(), transfer(ProductFactory(stock=1))
    PaymentAttempt.objects.filter(pk=sooner.pk).update(expires_at=timezone.now() + timedelta(minutes=5))
    assert list(client.get(reverse("dashboard:transfer-list")).context["attempts"]) == [sooner, later]


def test_money_is_not_moved_by_whoever_may_only_look(client):
    from django.contrib.auth.models import Permission

    from .factories import person

    looker = person("lihat@demo.test", is_staff=True)
    looker.user_permissions.set(
        Permission.objects.filter(codename__in=["view_order", "view_paymentattempt", "change_order"])
    )
    attempt = transfer()
    order = ordered(ProductFactory(stock=1))
    client.force_login(looker)
    assert (
        post(client, "transfer-confirm", attempt.pk, received=f"{attempt.payable:.0f}", reference="x").status_code
        == 403
    )
    assert post(client, "transfer-close", attempt.pk, reason="x").status_code == 403
    for name in ("order-cancel", "order-refund"):
        address = reverse(f"dashboard:{name}", kwargs={"number": order.number})
        assert client.post(address, {"reason": "x", "sure": "on"}).status_code == 403
    for name in ("parcel-pack", "parcel-ship", "parcel-cancel"):
        address = reverse(f"dashboard:{name}", kwargs={"number": order.number, "parcel_number": 1})
        assert client.post(address, {"courier": "x", "tracking_number": "x", "reason": "x"}).status_code == 403
    page = client.get(reverse("dashboard:order-detail", kwargs={"number": order.number})).content.decode()
    for name in ("pack", "ship", "cancel", "refund"):
        assert f"/{name}/" not in page
    assert not Refund.objects.exists()
    assert Decimal(order.total_incl_tax) == Decimal("270000")
