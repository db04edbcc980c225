"""A fair, who takes part, what it costs, and who stands behind its till."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERCENT = (MinValueValidator(0), MaxValueValidator(100))


class Fair(models.Model):
    """One stall at one fair, from the plan to the last rupiah.

    ``reference`` (``fair-12``) is how stock and settlement know it.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("fair", "Planned")
        PACKING = "packing", pgettext_lazy("fair", "Packing")
        IN_TRANSIT = "in_transit", pgettext_lazy("fair", "In transit")
        OPEN = "open", pgettext_lazy("fair", "Open")
        COUNTING = "counting", pgettext_lazy("fair", "Counting")
        SETTLED = "settled", pgettext_lazy("fair", "Settled")
        CANCELLED = "cancelled", pgettext_lazy("fair", "Cancelled")

    #: What may follow what; ``services.fairs`` walks these ways and no other. Back only while nothing depends on it.
    WAYS = {
        Status.PLANNED: (Status.PACKING, Status.CANCELLED),
        Status.PACKING: (Status.IN_TRANSIT, Status.PLANNED, Status.CANCELLED),
        Status.IN_TRANSIT: (Status.OPEN, Status.PACKING, Status.CANCELLED),
        Status.OPEN: (Status.COUNTING,),
        Status.COUNTING: (Status.SETTLED, Status.OPEN),
        Status.SETTLED: (),
        Status.CANCELLED: (),
    }
    #: Pieces of the fair are away from the shop.
    AWAY = (Status.PACKING, Status.IN_TRANSIT, Status.OPEN, Status.COUNTING)
    #: Pieces may be packed and handed over; while it is open that is a top-up.
    TAKES_PIECES = (Status.PACKING, Status.IN_TRANSIT, Status.OPEN)

    name = models.CharField(_("Name"), max_length=120)
    slug = models.SlugField(_("Slug"), max_length=80, unique=True)
    city = models.CharField(_("City"), max_length=80)
    venue = models.CharField(_("Venue"), max_length=120)
    address = models.CharField(_("Address"), max_length=255, blank=True)
    stall = models.CharField(_("Stall"), max_length=40, blank=True)
    map_url = models.URLField(_("Link to a map"), blank=True)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    status = models.CharField(_("Status"), max_length=16, choices=Status, default=Status.PLANNED, db_index=True)
    #: Percent of a sold line that the council keeps, unless the maker's own row says otherwise.
    commission_percent = models.DecimalField(
        _("Commission (%)"), max_digits=5, decimal_places=2, default=Decimal(10), validators=PERCENT
    )
    #: Percent of the shared costs that makers bear together, each by what they sold.
    shared_cost_percent = models.DecimalField(
        _("Share of the costs that makers bear (%)"), max_digits=5, decimal_places=2, default=0, validators=PERCENT
    )
    target_revenue = models.DecimalField(_("Target: takings (Rp)"), max_digits=14, decimal_places=0, default=0)
    target_pieces = models.PositiveIntegerField(_("Target: pieces"), default=0)
    #: The merchant's static QRIS text; the till makes one with the amount of each sale from it.
    qris_payload = models.TextField(_("QRIS text of the merchant"), blank=True)
    receipt_note = models.CharField(_("Last line of the receipt"), max_length=120, blank=True)
    opened_at = models.DateTimeField(_("Opened"), null=True, blank=True)
    counting_at = models.DateTimeField(_("Closed for counting"), null=True, blank=True)
    settled_at = models.DateTimeField(_("Settled"), null=True, blank=True)
    created_at = models.DateTimeField(_("Created"), default=timezone.now, editable=False)
    #: Calendars of visitors go by it: an entry that is not newer does not replace the one they have.
    changed_at = models.DateTimeField(_("Changed"), auto_now=True)

    class Meta:
        ordering = ("-starts_on", "name")
        permissions = [("use_till", _("Can pair a device and sell at a fair"))]
        verbose_name = _("Fair")
        verbose_name_plural = _("Fairs")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="fair_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(commission_percent__range=(0, 100), shared_cost_percent__range=(0, 100)),
                name="fair_percent_within_hundred",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        return f"fair-{self.pk}"


class FairMaker(models.Model):
    """A maker who takes part."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="participations", verbose_name=_("Fair"))
    maker = models.ForeignKey("artisans.Maker", models.PROTECT, related_name="fairs", verbose_name=_("Maker"))
    #: None takes the fair's.
    commission_percent = models.DecimalField(
        _("Commission (%)"), max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )
    attends = models.BooleanField(_("Comes along"), default=False)
    note = models.CharField(_("Note"), max_length=255, blank=True)

    class Meta:
        ordering = ("maker__name",)
        default_permissions = ()
        verbose_name = _("Maker at a fair")
        verbose_name_plural = _("Makers at a fair")
        constraints = [models.UniqueConstraint(fields=("fair", "maker"), name="fair_maker_once")]

    def __str__(self) -> str:
        return str(self.maker)


class FairCost(models.Model):
    """What the fair costs the council, in rupiah. ``is_shared`` costs are borne in part by makers."""

    class Kind(models.TextChoices):
        RENT = "rent", _("Rent of the stall")
        TRANSPORT = "transport", _("Transport")
        PER_DIEM = "per_diem", _("Per diem")
        LODGING = "lodging", _("Lodging")
        OTHER = "other", pgettext_lazy("cost", "Other")

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="costs", verbose_name=_("Fair"))
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    amount = models.DecimalField(_("Amount (Rp)"), max_digits=14, decimal_places=0, validators=[MinValueValidator(1)])
    spent_on = models.DateField(_("Day"), default=timezone.localdate)
    is_shared = models.BooleanField(_("Shared by makers"), default=False)
    note = models.CharField(_("Note"), max_length=255, blank=True)
    #: Comes from the form, so that a double click is one cost.
    code = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        ordering = ("spent_on", "pk")
        default_permissions = ()
        verbose_name = _("Cost of a fair")
        verbose_name_plural = _("Costs of a fair")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="fair_cost_of_something")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class Cashier(models.Model):
    """Somebody who sells at a fair. The PIN names them on each sale; it is no lock (see docs/adr/0062).

    ``pin`` is Django's ``pbkdf2_sha256$iterations$salt$hash``: the device checks it without a network.
    """

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="cashiers", verbose_name=_("Fair"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Account")
    )
    name = models.CharField(_("Name"), max_length=60)
    pin = models.CharField(max_length=128, editable=False)
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ("name",)
        default_permissions = ()
        verbose_name = _("Cashier")
        verbose_name_plural = _("Cashiers")
        constraints = [
            models.UniqueConstraint(fields=("fair", "name"), name="cashier_name_once"),
            models.UniqueConstraint(fields=("fair", "user"), condition=Q(user__isnull=False), name="cashier_user_once"),
        ]

    def __str__(self) -> str:
        return self.name
