"""What can go wrong when paying, said so that a shopper knows what to do next."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.catalogue.templatetags.money import rupiah


class PaymentError(Exception):
    """Base of all refusals of this room. ``str(error)`` is fit to show to a person, in their language."""


class BasketEmpty(PaymentError):
    def __str__(self):
        return _("Your basket is empty.")


class BasketNotOpen(PaymentError):
    """The basket is frozen or ordered, and no attempt of it can be gone on with."""

    def __str__(self):
        return _("This basket has been ordered or is being paid for already.")


class TotalChanged(PaymentError):
    """Prices, vouchers or couriers are no longer as shown; the shopper must agree again."""

    def __init__(self, shown: Decimal, now: Decimal):
        self.shown, self.now = shown, now
        super().__init__(shown, now)

    def __str__(self):
        return _("The total has changed from %(shown)s to %(now)s. Please check it and order again.") % {
            "shown": rupiah(self.shown),
            "now": rupiah(self.now),
        }


class NotAvailable(PaymentError):
    """A line cannot be bought (any more): sold out, taken off sale, or in too great a number."""

    def __init__(self, title: str, reason: str = ""):
        self.title, self.reason = title, reason
        super().__init__(title, reason)

    def __str__(self):
        return _("“%(title)s” is no longer available in this quantity. Please adjust your basket.") % {
            "title": self.title
        }


class VoucherTaken(PaymentError):
    def __init__(self, code: str):
        self.code = code
        super().__init__(code)

    def __str__(self):
        return _("The voucher %(code)s has been used already.") % {"code": self.code}


class TooMuchOpen(PaymentError):
    """The shopper keeps too much off sale without having paid. ``attempt`` is the open one when it is theirs to see."""

    attempt: Any = None


class TooManyOpen(TooMuchOpen):
    """``until`` is when the first of the open ones ends."""

    def __init__(self, attempt: Any, *, until: datetime):
        self.attempt, self.until = attempt, until
        super().__init__(attempt, until)

    def __str__(self):
        if self.attempt is not None:
            return _(
                "Your order %(number)s is still waiting to be paid. Please pay or cancel it first; then you can order "
                "again."
            ) % {"number": self.attempt.order_number}
        return _(
            "Too many orders from you, or from the connection you share, are still waiting to be paid. Please pay or "
            "cancel one of them first, or order again after %(time)s WIB."
        ) % {"time": date_format(timezone.localtime(self.until), "j F, H:i")}


class TooManyHeld(TooMuchOpen):
    """``limit`` is in pieces."""

    def __init__(self, attempt: Any, limit: int):
        self.attempt, self.limit = attempt, limit
        super().__init__(attempt, limit)

    def __str__(self):
        return _(
            "We keep at most %(count)d unpaid pieces for one shopper at a time. Please order fewer, pay or cancel what "
            "is waiting, or ask us on WhatsApp."
        ) % {"count": self.limit}


class GatewayNotOffered(PaymentError):
    def __str__(self):
        return _("This way to pay is not offered for this order. Please choose another.")


class AttemptNotOpen(PaymentError):
    """The attempt has ended, or its time is nearly over, so that no payment can be begun any more."""

    def __str__(self):
        return _("This payment can no longer be started. Please go back to your basket and order again.")


class OrderNotPlaced(PaymentError):
    """The money is there and the order failed on our side: the attempt stays paid, staff see it, it is tried again."""

    def __str__(self):
        return _("Your payment has arrived. Your order takes a little longer than usual; we send you an e-mail.")


class WrongTransferAmount(PaymentError):
    """The money that came is not the amount asked for; staff must look before anything is ordered."""

    def __init__(self, expected: Decimal, received: Decimal):
        self.expected, self.received = expected, received
        super().__init__(expected, received)

    def __str__(self):
        return _(
            "The amount received (%(received)s) is not the amount to pay (%(expected)s). Nothing was confirmed."
        ) % {
            "received": rupiah(self.received),
            "expected": rupiah(self.expected),
        }


class NotRefundable(PaymentError):
    """Nothing was paid, or less is left than should be given back."""

    def __init__(self, left: Decimal):
        self.left = left
        super().__init__(left)

    def __str__(self):
        return _("At most %(left)s of this payment can be refunded.") % {"left": rupiah(self.left)}


class GatewayError(PaymentError):
    """The payment gateway did not do what was asked. ``detail`` is for the log, never for the shopper."""

    message = gettext_lazy("The payment service does not answer at the moment. Please try again in a minute.")

    def __init__(self, detail: str = ""):
        self.detail = detail
        super().__init__(detail)

    def __str__(self):
        return str(self.message)


class GatewayUnavailable(GatewayError):
    """No answer, or none to rely on: the call may or may not have been carried out. Ask again later."""


class GatewayRefused(GatewayError):
    """The gateway understood and said no; asking the same again will not help."""

    message = gettext_lazy("The payment service refused the request. Please choose another way to pay, or contact us.")
