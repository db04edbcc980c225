"""Where every unit is, and how it came there.

``Move`` is the truth. ``Balance`` and Oscar's two figures on ``StockRecord`` are projections of it, written by
``shop.stock.ledger`` in the same transaction and re-derived by ``manage.py check_stock``.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.append_only import AppendOnly

from .errors import LedgerIsAppendOnly


class Place(models.Model):
    """Somewhere a unit can be. Its primary key reads as what it is (``shelf``, ``stall:fair-12``).

    ``reference`` names one among several places of a kind, in words that only their owner understands.
    """

    class Kind(models.TextChoices):
        OUTSIDE = "outside", _("Outside")
        WORKSHOP = "workshop", _("Workshop")
        SHELF = "shelf", _("Shelf")
        HELD = "held", _("Held for a payment")
        ORDERED = "ordered", _("Ordered")
        TRANSIT = "transit", _("In transit")
        STALL = "stall", _("Stall")
        SOLD = "sold", _("Sold")
        RETURNED = "returned", _("Returned")
        DAMAGED = "damaged", _("Damaged")
        GIFTED = "gifted", _("Gifted")
        UNEXPLAINED = "unexplained", _("Unexplained")

    #: Units come into being from ``outside``; ``unexplained`` is where books and pieces disagree. Nothing else may owe.
    MAY_GO_NEGATIVE = (Kind.OUTSIDE.value, Kind.UNEXPLAINED.value)

    code = models.CharField(_("Code"), max_length=80, primary_key=True)
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    reference = models.CharField(_("Reference"), max_length=63, blank=True)

    class Meta:
        ordering = ("code",)
        default_permissions = ()
        verbose_name = _("Place")
        verbose_name_plural = _("Places")
        constraints = [
            models.UniqueConstraint(fields=("kind", "reference"), name="stock_place_once"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=("outside", "unexplained")) | models.Q(reference=""),
                name="stock_place_that_may_owe_is_one",
            ),
        ]

    def __str__(self) -> str:
        label = str(self.get_kind_display())
        return f"{label} ({self.reference})" if self.reference else label


class Move(AppendOnly):
    """So many units went from one place to another: a row of the append-only ledger."""

    refusal = LedgerIsAppendOnly

    class Reason(models.TextChoices):
        RECEIVED = "received", _("Received from the maker")
        HELD = "held", _("Held for a payment")
        COMMITTED = "committed", _("Ordered")
        RELEASED = "released", _("Hold released")
        EXPIRED = "expired", _("Hold expired")
        ALLOCATED = "allocated", _("Allocated to an order")
        SHIPPED = "shipped", _("Shipped")
        CANCELLED = "cancelled", _("Order cancelled")
        COUNTED = "counted", _("Counted")
        DAMAGED = "damaged", _("Damaged")
        GIFTED = "gifted", _("Gifted")
        RETURNED = "returned", _("Returned by the buyer")
        # The ways of pieces that travel to a fair; ``shop.stock.travel`` says from where to where each leads.
        DISPATCHED = "dispatched", _("Packed for a fair")
        BROUGHT = "brought", _("Brought for the fair only")
        UNPACKED = "unpacked", _("Unpacked again")
        WITHDRAWN = "withdrawn", _("Taken back before the fair")
        ARRIVED = "arrived", _("Arrived at the stall")
        MISSING = "missing", _("Missing on arrival")
        SURPLUS = "surplus", _("At the stall without being listed")
        STALL_SOLD = "stall_sold", _("Sold at the stall")
        OVERSOLD = "oversold", _("Sold at the stall, unknown to the books")
        TAKEN_BACK = "taken_back", _("Taken back from a buyer at the stall")
        RETURNED_HOME = "returned_home", _("Taken back from a buyer after the fair")
        SPOILT = "spoilt", _("Taken back damaged from a buyer")
        UNSOLD = "unsold", _("Sale undone that the books could not explain")
        SENT_BACK = "sent_back", _("Sent back from the fair")
        SHELVED = "shelved", _("On the shelf again after the fair")
        GIVEN_BACK = "given_back", _("Given back to the maker")
        STALL_DAMAGED = "stall_damaged", _("Damaged at the stall")
        STALL_GIFTED = "stall_gifted", _("Gifted at the stall")
        LOST = "lost", _("Lost at the stall")
        FOUND = "found", _("Found again")
        FOUND_AT_STALL = "found_at_stall", _("Found again, at the stall")
        FOUND_DAMAGED = "found_damaged", _("Found damaged")
        FOUND_GIFTED = "found_gifted", _("Found to be a gift")
        UNDONE = "undone", _("Undone: written down by mistake")

    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, related_name="moves", verbose_name=_("Stock record")
    )
    source = models.ForeignKey(
        Place, models.PROTECT, related_name="+", db_index=False, verbose_name=pgettext_lazy("place", "From")
    )
    target = models.ForeignKey(
        Place, models.PROTECT, related_name="+", db_index=False, verbose_name=pgettext_lazy("place", "To")
    )
    quantity = models.PositiveIntegerField(_("Quantity"))
    reason = models.CharField(_("Reason"), max_length=16, choices=Reason)
    note = models.CharField(_("Note"), max_length=255, blank=True)
    #: The order, hold or fair it was for, in the words of whoever asked.
    reference = models.CharField(_("Reference"), max_length=128, blank=True, db_index=True)
    # PROTECT: taking the name off a move would be an update of the ledger. A person who leaves is deactivated.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who")
    )
    idempotency_key = models.CharField(max_length=160, unique=True)
    #: What the key stands for; the same key with other content is refused.
    content = models.CharField(max_length=255)
    created_at = models.DateTimeField(_("When"), default=timezone.now, editable=False)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ("view",)
        permissions = [("adjust_stock", _("Can adjust stock"))]
        verbose_name = _("Stock move")
        verbose_name_plural = _("Stock moves")
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="stock_move_of_something"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="stock_move_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.source_id} → {self.target_id}"


class Balance(models.Model):
    """How many units of a stock record are in a place: the sum of its moves, kept so that it can be guarded.

    Oscar's two figures cannot tell held from ordered and know no stall. The CHECK here is what stops a stall, or the
    orders, from giving away a unit they do not have.
    """

    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, related_name="balances", verbose_name=_("Stock record")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="balances", verbose_name=_("Place"))
    quantity = models.IntegerField(_("Quantity"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("Balance")
        verbose_name_plural = _("Balances")
        constraints = [
            models.UniqueConstraint(fields=("stockrecord", "place"), name="stock_balance_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=0) | models.Q(place__in=("outside", "unexplained")),
                name="stock_balance_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} in {self.place_id}"


class Hold(models.Model):
    """Units kept for somebody who is about to pay, all of them or none, until ``expires_at``.

    Holds expire so that an abandoned payment cannot keep a one-off cloth off sale. Stock does not let them go by
    itself: whoever made the hold must first know that no money is under way (see ``queries.overdue_holds``). A hold of
    nothing but pieces made to order has no lines and is a hold all the same.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        COMMITTED = "committed", _("Ordered")
        RELEASED = "released", _("Released")
        EXPIRED = "expired", _("Expired")

    #: In the caller's words, for example the payment attempt's order number.
    reference = models.CharField(_("Reference"), max_length=128)
    status = models.CharField(_("Status"), max_length=16, choices=Status, default=Status.ACTIVE)
    expires_at = models.DateTimeField(_("Expires at"))
    created_at = models.DateTimeField(_("Created at"), default=timezone.now, editable=False)
    settled_at = models.DateTimeField(_("Settled at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("pk",)
        default_permissions = ("view",)
        verbose_name = _("Hold")
        verbose_name_plural = _("Holds")
        constraints = [
            # A released reference may hold again (paid after expiry); a live one may not.
            models.UniqueConstraint(
                fields=("reference",),
                condition=models.Q(status__in=("active", "committed")),
                name="stock_hold_once_alive",
            ),
            models.CheckConstraint(
                condition=models.Q(status="active", settled_at__isnull=True)
                | (~models.Q(status="active") & models.Q(settled_at__isnull=False)),
                name="stock_hold_settled_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=("expires_at",), condition=models.Q(status="active"), name="stock_hold_overdue"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.status})"


class HoldLine(models.Model):
    """So many units of one stock record within a hold."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="lines", verbose_name=_("Hold"))
    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, related_name="hold_lines", verbose_name=_("Stock record")
    )
    quantity = models.PositiveIntegerField(_("Quantity"))

    class Meta:
        default_permissions = ()
        verbose_name = _("Line of a hold")
        verbose_name_plural = _("Lines of a hold")
        constraints = [
            models.UniqueConstraint(fields=("hold", "stockrecord"), name="stock_hold_line_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="stock_hold_line_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.stockrecord_id}"
