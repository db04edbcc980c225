"""What the states of an order are called. Which follows which is in the settings (Oscar's pipeline)."""

from django.utils.translation import gettext_lazy as _

PAID = "Paid"
PACKING = "Packing"
PARTLY_SHIPPED = "Partly shipped"
SHIPPED = "Shipped"
CANCELLED = "Cancelled"

LABELS = {
    PAID: _("Paid"),
    PACKING: _("Being packed"),
    PARTLY_SHIPPED: _("Partly sent"),
    SHIPPED: _("Sent"),
    CANCELLED: _("Cancelled"),
}

#: What a shopper may expect next.
NEXT = {
    PAID: _("The makers have been told. You get an e-mail with the tracking number as soon as a parcel leaves."),
    PACKING: _("Your pieces are being packed. You get an e-mail with the tracking number as soon as a parcel leaves."),
    PARTLY_SHIPPED: _("A part is on its way; the rest follows in a parcel of its own."),
    SHIPPED: _("Everything is on its way. The courier calls the number you gave when they cannot find the house."),
    CANCELLED: _("This order was cancelled. What you paid is being returned the way it came."),
}

#: How loud a state is shown: a modifier of the theme's badge.
TONE = {PAID: "sea", PACKING: "sea", PARTLY_SHIPPED: "sea", SHIPPED: "good", CANCELLED: "quiet"}
