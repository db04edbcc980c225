from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.utils import timezone

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import reconcile, services
from shop.payment.errors import AttemptNotOpen, GatewayUnavailable
from shop.payment.gateways.stripe import StripeGateway
from shop.payment.models import PaymentAttempt, PaymentEvent
from shop.payment.tasks import expire_overdue, reconcile_attempts, retry_refunds

from .factories import basket_of, figures, overdue, staff, started

pytestmark = pytest.mark.django_db


def aged(attempt, minutes=2):
    PaymentAttempt.objects.filter(pk=attempt.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))


def test_server_killed_between_payment_and_webhook_is_healed(sandbox):
    sandbox.webhooks(mode="drop")
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    aged(attempt)
    assert services.reconcile()["ordered"] == 1
    assert Order.objects.get().number == attempt.order_number


def test_attempts_of_this_minute_are_left_to_browser_and_webhook(sandbox):
    attempt = started()
    with patch("shop.payment.reconcile.finalize") as asked:
        services.reconcile()
    asked.assert_not_called()
    aged(attempt)
    PaymentAttempt.objects.update(checked_at=timezone.now())
    with patch("shop.payment.reconcile.finalize") as asked:
        services.reconcile()
    asked.assert_not_called()


def test_abandoned_attempt_is_ended_and_its_piece_for_sale(sandbox):
    product = ProductFactory(stock=1)
    overdue(started(basket_of(product)))
    expire_overdue.call()
    assert PaymentAttempt.objects.get().status == "expired"
    assert figures(product) == (1, 0)


def test_one_attempt_without_an_answer_does_not_keep_the_others_waiting(sandbox):
    first, second = started(), started()
    for attempt in (first, second):
        sandbox.pay(attempt.gateway_reference)
        aged(attempt)
    fetch = StripeGateway.fetch

    def first_is_down(gateway, attempt):
        if attempt.pk == first.pk:
            raise GatewayUnavailable("down")
        return fetch(gateway, attempt)

    with patch.object(StripeGateway, "fetch", first_is_down):
        counts = services.reconcile()
    assert (counts["unanswered"], counts["ordered"]) == (1, 1)


def test_money_for_an_attempt_that_ended_is_found_among_the_notices(sandbox):
    """Nobody looks at an ended attempt again, so a webhook that was lost must be read back."""
    attempt = overdue(started())
    with patch.object(StripeGateway, "close", return_value=type("S", (), {"state": "closed"})()):
        services.expire(attempt.pk)
    sandbox.pay(attempt.gateway_reference)
    assert services.reconcile()["notices"] >= 1
    assert PaymentAttempt.objects.get().status == "ordered"
    kept = PaymentEvent.objects.exclude(gateway_event_id="").count()
    assert services.reconcile()["notices"] == 0
    assert PaymentEvent.objects.exclude(gateway_event_id="").count() == kept


def test_notices_of_two_days_ago_are_read_and_the_known_ones_cost_one_query(sandbox, django_assert_max_num_queries):
    for number in range(3):
        sandbox.pay(started(email=f"tamu{number}@demo.test").gateway_reference)
    moment = timezone.now() + timedelta(days=2)
    assert reconcile._read_notices(moment) >= 3
    with django_assert_max_num_queries(1):
        assert reconcile._read_notices(moment) == 0


def test_one_notice_that_breaks_does_not_keep_the_others_waiting(sandbox):
    attempts = [overdue(started()) for _ in range(2)]
    with patch.object(StripeGateway, "close", return_value=type("S", (), {"state": "closed"})()):
        services.expire_overdue()
    for attempt in attempts:
        sandbox.pay(attempt.gateway_reference)
    broken = next(iter(StripeGateway().events_since(timezone.now() - timedelta(hours=1)))).attempt_key

    def first_breaks(attempt_id):
        if PaymentAttempt.objects.get(pk=attempt_id).key == broken:
            raise RuntimeError("broken")
        return services.finalize(attempt_id)

    with patch("shop.payment.reconcile.finalize", first_breaks):
        services.reconcile()
    assert PaymentAttempt.objects.get(key=broken).status == "expired"
    assert PaymentAttempt.objects.exclude(key=broken).get().status == "ordered"


def test_operators_settle_everything_at_once(sandbox):
    paid, gone = started(), overdue(started())
    sandbox.pay(paid.gateway_reference)
    out = StringIO()
    call_command("reconcile_payments", stdout=out)
    assert "ordered: 1" in out.getvalue()
    assert "expired: 1" in out.getvalue()
    assert PaymentAttempt.objects.get(pk=gone.pk).status == "expired"


def test_operators_are_told_what_needs_a_person(sandbox):
    attempt = started()
    sandbox.pay(attempt.gateway_reference)
    PaymentAttempt.objects.update(order_number="KB-OTHER")
    out = StringIO()
    call_command("reconcile_payments", stdout=out)
    assert "needs a person: KB-OTHER" in out.getvalue()


def test_ended_payment_that_was_written_off_asks_for_nobody_again(sandbox):
    attempt = overdue(started())
    with patch.object(StripeGateway, "close", return_value=type("S", (), {"state": "closed"})()):
        services.expire(attempt.pk)
    sandbox.pay(attempt.gateway_reference)
    PaymentAttempt.objects.update(order_number="KB-OTHER")
    assert services.finalize(attempt.pk).needs_attention
    services.write_off(attempt, actor=staff(), reason="Dikembalikan lewat Stripe")
    after = services.finalize(attempt.pk)
    assert (after.status, after.needs_attention) == ("expired", False)
    assert after.events.filter(kind="written_off", detail__endswith="Dikembalikan lewat Stripe").count() == 1
    with pytest.raises(AttemptNotOpen):
        services.write_off(attempt, actor=None, reason="Sekali lagi")


def test_scheduled_tasks_run_on_nothing(sandbox):
    for scheduled in (expire_overdue, reconcile_attempts, retry_refunds):
        scheduled.call()
    assert not PaymentEvent.objects.exists()
