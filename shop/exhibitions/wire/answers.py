"""What the server says to each event: counted, counted before, or refused with a code and words fit to be shown."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.exhibitions.errors import FairError


class Status(models.TextChoices):
    """A device lets go of an event on ``created`` and ``duplicate`` alone."""

    CREATED = "created", pgettext_lazy("event", "Counted")
    DUPLICATE = "duplicate", pgettext_lazy("event", "Counted before")
    REFUSED = "refused", pgettext_lazy("event", "Refused")


class Code(models.TextChoices):
    """Why an event was refused. The label is what the cashier reads."""

    UNKNOWN_KIND = "unknown_kind", _("The server does not know this kind of entry. Update the till.")
    BAD_ID = "bad_id", _("This entry has no proper number of its own.")
    BAD_FIELD = "bad_field", _("A part of this entry is missing or not as it should be.")
    CONTENT_DIFFERS = "content_differs", _("An entry with this number was counted before, and it said something else.")
    WRONG_FAIR = "wrong_fair", _("This belongs to another fair.")
    UNKNOWN_ITEM = "unknown_item", _("This fair never had the piece.")
    UNKNOWN_CASHIER = "unknown_cashier", _("Nobody knows the cashier of this entry.")
    DOES_NOT_ADD_UP = "does_not_add_up", _("The amounts do not add up.")
    SALE_UNKNOWN = "sale_unknown", _("The sale has not reached the server yet. The till tries again.")
    REVERSES_TOO_MUCH = "reverses_too_much", _("More would be taken back than this sale has left.")
    DAY_UNKNOWN = "day_unknown", _("The opening of this day has not reached the server yet. The till tries again.")
    DAY_CLOSED = "day_closed", _("This day was closed before.")
    SERVER_ERROR = "server_error", _("The server could not take this entry. It is kept; tell the curator.")


#: What it refers to may still be on another device: the event stays in the queue and is sent again.
RETRYABLE = frozenset({Code.SALE_UNKNOWN, Code.DAY_UNKNOWN})


class Refused(FairError):
    """One event cannot be taken. ``where`` names the part that is wrong (``data.lines[0].quantity``), for whoever
    mends the app; people read the words alone."""

    def __init__(self, code: Code, where: str = ""):
        self.code = code
        self.where = where
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.code.label)


@dataclass(frozen=True)
class Answer:
    """What one event is told. ``echo`` is a sale as the books have it, for the device to compare."""

    id: str
    status: Status
    code: str = ""
    message: str = ""
    where: str = ""
    echo: dict[str, Any] | None = field(default=None)

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "status": self.status.value,
            "code": self.code,
            "message": self.message,
            "where": self.where,
            "echo": self.echo,
        }
