"""What is reckoned at a fair's end: the count of what is left, and everything that does not agree."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fair import Fair
from .till import Sale, TillEvent


class CountLine(models.Model):
    """The closing count of one piece. What was expected and not counted must be named: damaged, gifted or lost.

    The line can be changed until the count is booked (``booked_at``); from then on differences are discrepancies.
    """

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="count_lines", verbose_name=_("Fair"))
    stockrecord = models.ForeignKey("partner.StockRecord", models.PROTECT, related_name="+", verbose_name=_("Piece"))
    #: What the books had at the stall when it was counted.
    expected = models.PositiveIntegerField(_("Expected"))
    counted = models.PositiveIntegerField(_("Counted"))
    damaged = models.PositiveIntegerField(_("Damaged"), default=0)
    gifted = models.PositiveIntegerField(_("Gifted"), default=0)
    lost = models.PositiveIntegerField(_("Lost"), default=0)
    note = models.CharField(_("Note"), max_length=255, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Counted by"))
    counted_at = models.DateTimeField(_("Counted"), default=timezone.now)
    booked_at = models.DateTimeField(_("Booked"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        verbose_name = _("Line of the count")
        verbose_name_plural = _("Lines of the count")
        constraints = [
            models.UniqueConstraint(fields=("fair", "stockrecord"), name="count_piece_once"),
            # Named before it is booked. More counted than expected is booked as found (surplus).
            models.CheckConstraint(
                condition=Q(booked_at__isnull=True)
                | Q(counted__gt=F("expected"), damaged=0, gifted=0, lost=0)
                | Q(expected=F("counted") + F("damaged") + F("gifted") + F("lost")),
                name="count_variance_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counted} of {self.expected}"

    @property
    def variance(self) -> int:
        """Counted less expected."""
        return self.counted - self.expected


class Discrepancy(models.Model):
    """Something that does not agree and needs a person. It is resolved with words, never deleted."""

    class Kind(models.TextChoices):
        MISSING = "missing", _("Missing on arrival")
        SURPLUS = "surplus", _("More arrived than listed")
        OVERSOLD = "oversold", _("Sold, though the books had none left")
        LATE_SALE = "late_sale", _("Sale sent after closing")
        CLOCK = "clock", _("The device's clock is wrong")
        UNKNOWN_PRICE = "unknown_price", _("Sold at a price the fair never had")
        COUNT = "count", _("Variance of the count")
        CASH = "cash", _("Drawer differs from the books")

    class Resolution(models.TextChoices):
        EXPLAINED = "explained", _("Explained")
        FOUND = "found", _("Found again")
        DAMAGED = "damaged", _("Damaged")
        GIFTED = "gifted", _("Gifted")
        LOST = "lost", _("Lost")

    #: Answers that take units out of ``unexplained``. The others are words alone.
    MOVED = (Resolution.FOUND, Resolution.DAMAGED, Resolution.GIFTED)

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="discrepancies", verbose_name=_("Fair"))
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Piece")
    )
    #: Units for pieces, rupiah for cash, seconds for clocks.
    quantity = models.IntegerField(_("Difference"), default=0)
    sale = models.ForeignKey(
        Sale, models.PROTECT, null=True, blank=True, related_name="discrepancies", verbose_name=_("Sale")
    )
    event = models.ForeignKey(TillEvent, models.PROTECT, null=True, blank=True, related_name="+")
    detail = models.CharField(_("Detail"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("Since"), default=timezone.now, editable=False)
    resolution = models.CharField(_("Resolution"), max_length=16, choices=Resolution, blank=True)
    resolved_at = models.DateTimeField(_("Resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Resolved by")
    )
    note = models.CharField(_("Note"), max_length=255, blank=True)

    class Meta:
        ordering = ("resolved_at", "pk")
        default_permissions = ()
        verbose_name = _("Discrepancy")
        verbose_name_plural = _("Discrepancies")
        constraints = [
            models.CheckConstraint(
                condition=Q(resolution="", resolved_at__isnull=True)
                | (~Q(resolution="") & Q(resolved_at__isnull=False)),
                name="discrepancy_resolved_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity}"

    @property
    def missing_units(self) -> int:
        """Units that it says are gone, and that may be found."""
        if self.kind == self.Kind.MISSING:
            return self.quantity
        return max(0, -self.quantity) if self.kind == self.Kind.COUNT else 0
