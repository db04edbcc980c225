"""Whether a piece can be bought, and in which words a page says so.

Oscar's own ``Unavailable`` and ``Available`` stay as they are. What is shown here is polite; the hold decides.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.apps.partner import availability


class MadeToOrder(availability.Base):
    """The maker begins when the order is there. ``lead_time_days`` is from payment to sending.

    Has no ``num_available``: nobody counts what does not exist yet.
    """

    code = "madetoorder"

    def __init__(self, lead_time_days: int):
        self.lead_time_days = lead_time_days

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        return True, ""

    @property
    def short_message(self) -> str:
        return _("Made to order")

    @property
    def message(self) -> str:
        return ngettext(
            "Made to order, ready to send in %(days)d day",
            "Made to order, ready to send in %(days)d days",
            self.lead_time_days,
        ) % {"days": self.lead_time_days}


class StockRequired(availability.StockRequired):
    """As many as lie on the shelf.

    Replaces Oscar's wording, and tells the last piece apart: most of what is sold here exists once.
    """

    CODE_LAST_PIECE = "lastpiece"

    @property
    def code(self) -> str:
        return self.CODE_LAST_PIECE if self.num_available == 1 else super().code

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        if self.num_available <= 0:
            return False, _("This piece is sold out.")
        if quantity > self.num_available:
            reason = ngettext(
                "Only %(count)d can be bought.", "At most %(count)d can be bought.", self.num_available
            ) % {"count": self.num_available}
            return False, reason
        return True, ""

    @property
    def short_message(self) -> str:
        if self.num_available <= 0:
            return _("Sold out")
        return _("Only 1 left") if self.num_available == 1 else _("In stock")

    @property
    def message(self) -> str:
        if self.num_available <= 1:
            return self.short_message
        return _("In stock, %(count)d pieces") % {"count": self.num_available}
