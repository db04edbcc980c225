"""A mail server that is away does not cost the shopper an e-mail."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from shop.catalogue.tests.factories import ProductFactory
from shop.checkout.tests.factories import paid_order
from shop.order.tasks import send_confirmation_email

pytestmark = pytest.mark.django_db


class FlakyBackend(EmailBackend):
    failures_left = 0

    def send_messages(self, messages):
        if FlakyBackend.failures_left:
            FlakyBackend.failures_left -= 1
            raise SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


@pytest.fixture
def order(client, django_user_model, settings):
    staff = django_user_model.objects.create_user(email="kurator@contoh.id", password="rahasia-sekali")
    made = paid_order(client, staff, ProductFactory(stock=1))
    mail.outbox.clear()
    settings.EMAIL_BACKEND = f"{__name__}.FlakyBackend"
    return made


@pytest.fixture
def queue(order, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return DBTaskResult.objects.filter(task_path="shop.order.tasks.send_confirmation_email").order_by("run_after")


def run(row):
    arguments = row.args_kwargs
    row.task.call(*arguments["args"], **arguments["kwargs"])


def test_email_that_fails_once_is_sent_later(order, queue):
    FlakyBackend.failures_left = 1
    send_confirmation_email.call(order.pk)
    assert mail.outbox == []
    row = queue.get()
    assert timedelta(minutes=1) < row.run_after - timezone.now() <= timedelta(minutes=2)
    run(row)
    assert [message.to for message in mail.outbox] == [[order.email]]
    assert queue.count() == 1


def test_third_failure_is_the_last_and_the_delay_grows(order, queue):
    FlakyBackend.failures_left = 3
    send_confirmation_email.call(order.pk)
    run(queue.get())
    first, second = queue
    assert second.run_after - first.run_after > timedelta(minutes=15)
    with pytest.raises(SMTPServerDisconnected):
        run(second)
    assert queue.count() == 2
    assert (mail.outbox, FlakyBackend.failures_left) == ([], 0)


def test_queue_that_cannot_wait_fails_at_once(order):
    FlakyBackend.failures_left = 1
    result = send_confirmation_email.enqueue(order.pk)
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is SMTPServerDisconnected
