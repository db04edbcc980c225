"""E-mails about orders, sent in the background: a slow mail server must not keep a shopper waiting."""

import logging
from decimal import Decimal

from django_tasks import task
from oscar.core.loading import get_model

from shop.mailing import mail_task
from shop.payment.errors import GatewayError

from . import notifications

logger = logging.getLogger(__name__)


@mail_task
def send_confirmation_email(order_id: int) -> None:
    notifications.send_confirmation(_order(order_id))


@mail_task
def send_shipped_email(parcel_id: int) -> None:
    parcels = get_model("order", "Parcel").objects.select_related("order", "partner")
    notifications.send_shipped(parcels.get(pk=parcel_id))


@mail_task
def send_tracking_email(parcel_id: int, wrong: str) -> None:
    """``wrong`` is the number the shopper was told before."""
    parcels = get_model("order", "Parcel").objects.select_related("order", "partner")
    notifications.send_tracking(parcels.get(pk=parcel_id), wrong=wrong)


@mail_task
def send_cancelled_email(order_id: int, parcel_ids: list[int], reason: str) -> None:
    notifications.send_cancelled(_order(order_id), parcel_ids=parcel_ids, reason=reason)


@mail_task
def send_refunded_email(order_id: int, amount: str) -> None:
    """``amount`` is rupiah as text, because a task's arguments are JSON."""
    notifications.send_refunded(_order(order_id), Decimal(amount))


@task()
def carry_out_refund(refund_id: int) -> None:
    """Ask the gateway for a refund decided with a cancellation. Unanswered, it stays due and is tried again."""
    from shop.payment.refunds import carry_out

    try:
        carry_out(refund_id)
    except GatewayError as error:
        logger.warning("Refund %s waits: %s", refund_id, error.detail)


def _order(order_id: int):
    return get_model("order", "Order").objects.get(pk=order_id)
