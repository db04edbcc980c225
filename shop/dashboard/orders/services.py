"""A verb that needs two rooms: calling off what is left of an order and paying back all of it."""

from typing import Any

from shop.order import statuses
from shop.order.models import Order, Parcel
from shop.order.services import cancel_order
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, Refund


def refund_in_full(order: Order, *, reason: str, actor: Any) -> list[Refund]:
    """Give back everything the shopper paid. What has not left is cancelled first, so that nothing is sent unpaid.

    The refunds this took: the worth of what was cancelled may be one, and the rest another. Each half may be repeated:
    a second call finds the parcels cancelled and gives the refunds made before. Empty when nothing was left to give
    back. Raises ``TransitionRefused`` when a parcel left meanwhile, ``NotRefundable``, and ``GatewayUnavailable`` when
    the gateway did not answer: the refund is decided then and is tried again.
    """
    known = set(Refund.objects.filter(attempt__order=order).values_list("pk", flat=True))
    cancelled = None
    if order.parcels.filter(status__in=(Parcel.Status.WAITING, Parcel.Status.PACKED)).exists():
        cancelled = cancel_order(order, reason=reason, actor=actor)
    if cancelled is None or cancelled.status != statuses.CANCELLED:
        # Else cancelling has paid back all there was; asking again at once would only be refused again.
        attempt = PaymentAttempt.objects.get(order=order)
        if attempt.refundable > 0:
            payments.refund(attempt, reason=reason[:200], actor=actor)
    refunds = Refund.objects.filter(attempt__order=order).select_related("attempt")
    return list(refunds.exclude(pk__in=known)) or list(refunds.exclude(status=Refund.Status.FAILED))
