"""The verbs of paying. Each is in the module of its chapter; this is the door to all of them.

* ``reservation``: ``available_gateways``, ``reserve``
* ``finalizing``: ``start``, ``finalize``, ``expire``, ``cancel``
* ``refunds``: ``refund``, ``confirm_refund``, ``retry_refunds``
* ``transfers``: ``confirm_transfer``, ``write_off``
* ``reconcile``: ``reconcile``, ``expire_overdue``
"""

from .finalizing import cancel, expire, finalize, start
from .reconcile import expire_overdue, reconcile
from .refunds import confirm_refund, refund, retry_refunds
from .reservation import available_gateways, reserve
from .transfers import confirm_transfer, write_off

__all__ = [
    "available_gateways",
    "cancel",
    "confirm_refund",
    "confirm_transfer",
    "expire",
    "expire_overdue",
    "finalize",
    "reconcile",
    "refund",
    "reserve",
    "retry_refunds",
    "start",
    "write_off",
]
