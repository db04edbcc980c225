"""What a shopper has typed so far, kept in the session: an error, a reload or the back button loses nothing."""

import re
from typing import Any

from django.db import transaction

from shop.payment.models import PaymentAttempt

KEY = "checkout"
ATTEMPT_KEY = "payment_attempt"

ADDRESS_NAMES = (
    "country",
    "full_name",
    "phone",
    "province",
    "regency",
    "district",
    "village",
    "line1",
    "line2",
    "city",
    "state",
    "postcode",
    "notes",
)
DETAILS_NAMES = ("email", "saved", *ADDRESS_NAMES)
DETAILS_CHECKS = ("keep_address",)
PAY_NAMES = ("gateway",)
PAY_CHECKS = ("terms",)
COURIER_PREFIX = "courier_"
_MOST = 1000
_MOST_PARCELS = 50


class Draft:
    """The session's copy of the checkout form, raw as it was typed; nothing in it has been checked."""

    def __init__(self, session) -> None:
        self.session = session
        self.values: dict[str, Any] = dict(session.get(KEY, {}))

    def get(self, name: str, default: str = "") -> str:
        return self.values.get(name, default)

    def remember(self, posted) -> None:
        """Take over what a form sent. A box of the same screen that is absent was not ticked."""
        is_pay = posted.get("part") == "pay"
        for name in PAY_NAMES if is_pay else DETAILS_NAMES:
            if name in posted:
                self.values[name] = posted[name][:_MOST]
        for name in PAY_CHECKS if is_pay else DETAILS_CHECKS:
            self.values[name] = "on" if name in posted else ""
        if is_pay:
            chosen = {k: v[:64] for k, v in posted.items() if re.fullmatch(rf"{COURIER_PREFIX}\d{{1,10}}", k)}
            couriers = {k: v for k, v in self.values.items() if k.startswith(COURIER_PREFIX)} | chosen
            others = {k: v for k, v in self.values.items() if not k.startswith(COURIER_PREFIX)}
            self.values = others | dict(list(couriers.items())[-_MOST_PARCELS:])
        self.save()

    def put(self, **values) -> None:
        self.values.update(values)
        self.save()

    def address(self) -> dict[str, str]:
        return {name: self.values[name] for name in ADDRESS_NAMES if name in self.values}

    def save(self) -> None:
        self.session[KEY] = self.values

    def finish(self) -> None:
        """The order is on its way to being paid. Name and address stay for a second try; consent is asked anew."""
        self.values.pop("terms", None)
        self.save()


def remember_beside(session, posted) -> None:
    """Write the draft into the session as it is now, under a lock, and nothing else of it.

    A session is saved as a whole. A draft on its way while the shopper presses 'pay' would write back the session of
    before, without the payment that was begun. One that comes after it is dropped: it would give consent again.
    """
    with transaction.atomic():
        row = session.model.objects.select_for_update().filter(session_key=session.session_key).first()
        if row is None:
            return
        fresh = row.get_decoded()
        attempt = _attempt_of(fresh)
        if attempt and str(attempt.basket_id) == posted.get("basket"):
            return
        Draft(fresh).remember(posted)
        row.session_data = session.encode(fresh)
        row.save(update_fields=["session_data"])


def running_attempt(request) -> PaymentAttempt | None:
    """The payment this visitor began and can still finish."""
    return _attempt_of(request.session)


def _attempt_of(session) -> PaymentAttempt | None:
    key = session.get(ATTEMPT_KEY)
    return PaymentAttempt.objects.filter(key=key, status__in=PaymentAttempt.LIVE).first() if key else None
