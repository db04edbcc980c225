"""What makers hand over for a fair, list by list, and what leaves the stall other than by a sale."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fair import Fair


class Consignment(models.Model):
    """One packing list of one maker. The first brings the fair its pieces, later ones are top-ups.

    ``draft`` can be changed; ``handed_over`` has been signed and its pieces are in transit; ``received`` has been
    counted at the stall. A list is not changed after it was signed: what differs on arrival is a discrepancy.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Packing list")
        HANDED_OVER = "handed_over", _("Handed over")
        RECEIVED = "received", _("Received at the stall")
        CANCELLED = "cancelled", _("Cancelled")

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="consignments", verbose_name=_("Fair"))
    maker = models.ForeignKey("artisans.Maker", models.PROTECT, related_name="consignments", verbose_name=_("Maker"))
    number = models.PositiveSmallIntegerField(_("Number"))
    status = models.CharField(_("Status"), max_length=16, choices=Status, default=Status.DRAFT)
    note = models.CharField(_("Note"), max_length=255, blank=True)
    signed_by = models.CharField(_("Signed by"), max_length=120, blank=True)
    handed_over_at = models.DateTimeField(_("Handed over"), null=True, blank=True)
    handed_over_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Taken by")
    )
    received_at = models.DateTimeField(_("Received"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Counted by")
    )
    #: The terms as they were signed. None while the list is a draft.
    commission_percent = models.DecimalField(
        _("Commission (%)"), max_digits=5, decimal_places=2, null=True, editable=False
    )
    shared_cost_percent = models.DecimalField(
        _("Shared costs borne by makers (%)"), max_digits=5, decimal_places=2, null=True, editable=False
    )
    created_at = models.DateTimeField(_("Created"), default=timezone.now, editable=False)

    class Meta:
        ordering = ("number",)
        default_permissions = ()
        verbose_name = _("Packing list")
        verbose_name_plural = _("Packing lists")
        constraints = [
            models.UniqueConstraint(fields=("fair", "number"), name="consignment_number_once"),
            models.CheckConstraint(
                condition=~Q(status__in=("handed_over", "received"))
                | (~Q(signed_by="") & Q(handed_over_at__isnull=False)),
                name="consignment_handed_over_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fair_id}-{self.number} {self.maker}"


class ConsignmentLine(models.Model):
    """So many units of one piece on a packing list, at the price the stall asks (rupiah)."""

    class Origin(models.TextChoices):
        SHELF = "shelf", _("From the shop's shelf")
        BROUGHT = "brought", _("Brought for the fair only")

    consignment = models.ForeignKey(Consignment, models.CASCADE, related_name="lines", verbose_name=_("Packing list"))
    stockrecord = models.ForeignKey("partner.StockRecord", models.PROTECT, related_name="+", verbose_name=_("Piece"))
    origin = models.CharField(_("From"), max_length=16, choices=Origin, default=Origin.SHELF)
    quantity = models.PositiveIntegerField(_("Packed"), validators=[MinValueValidator(1)])
    #: None until it was counted at the stall.
    received = models.PositiveIntegerField(_("Arrived"), null=True, blank=True)
    price = models.DecimalField(
        _("Price at the fair (Rp)"), max_digits=12, decimal_places=0, validators=[MinValueValidator(1)]
    )
    note = models.CharField(_("Note"), max_length=255, blank=True)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        verbose_name = _("Line of a packing list")
        verbose_name_plural = _("Lines of a packing list")
        constraints = [
            models.UniqueConstraint(fields=("consignment", "stockrecord", "origin"), name="consignment_piece_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="consignment_line_of_something"),
            models.CheckConstraint(condition=Q(price__gt=0), name="consignment_price_above_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.stockrecord_id}"


class StallMove(models.Model):
    """Units that left the stall without being sold: sent back early, damaged, gifted. A plain record beside the ledger.

    ``code`` comes from the form, so that a double click is one move. A slip of the pen is undone with a reason until
    the count is booked; it stays readable.
    """

    class Kind(models.TextChoices):
        SENT_BACK = "sent_back", _("Sent back early")
        DAMAGED = "damaged", _("Damaged")
        GIFTED = "gifted", _("Gifted")

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="stall_moves", verbose_name=_("Fair"))
    stockrecord = models.ForeignKey("partner.StockRecord", models.PROTECT, related_name="+", verbose_name=_("Piece"))
    kind = models.CharField(_("What happened"), max_length=16, choices=Kind)
    quantity = models.PositiveIntegerField(_("Quantity"), validators=[MinValueValidator(1)])
    reason = models.CharField(_("Why"), max_length=255)
    code = models.UUIDField(unique=True, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Who"))
    created_at = models.DateTimeField(_("When"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("Undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Undone by")
    )
    undone_reason = models.CharField(_("Why it was undone"), max_length=255, blank=True)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        verbose_name = _("Move from the stall")
        verbose_name_plural = _("Moves from the stall")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stall_move_of_something"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason="")),
                name="stall_move_undone_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.kind}"
