"""Background work of payments. The first three are run by the scheduler (``settings.SCHEDULE``)."""

from datetime import datetime

from django_tasks import task

from shop.mailing import mail_task

from . import notifications, services
from .gateways.base import GatewayEvent
from .models import PaymentAttempt, Refund
from .reconcile import follow_event, is_known


@task()
def expire_overdue() -> None:
    services.expire_overdue()


@task()
def reconcile_attempts() -> None:
    services.reconcile()


@task()
def retry_refunds() -> None:
    services.retry_refunds()


@task(priority=50)
def follow_notice(gateway: str, event: dict, digest: str) -> None:
    """What a webhook told us. Ahead of e-mails: somebody may be waiting for the order page."""
    if not is_known(gateway, event["id"]):
        follow_event(gateway, GatewayEvent(**{**event, "at": datetime.fromisoformat(event["at"])}), digest)


@mail_task
def send_transfer_instructions(attempt_id: int) -> None:
    notifications.send_transfer_instructions(PaymentAttempt.objects.get(pk=attempt_id))


@mail_task
def send_refund_notice(refund_id: int) -> None:
    notifications.send_refund_notice(Refund.objects.select_related("attempt").get(pk=refund_id))
