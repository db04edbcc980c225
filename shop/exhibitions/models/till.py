"""What the till sends, and the devices that may send it.

A device works for days without a network, so everything it did has an identity made there (UUIDv7) and comes as an
event. ``TillEvent`` is the inbox: its primary key is what makes an event count once, however often it is sent.
"""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .fair import Cashier, Fair


def new_pairing_code() -> str:
    """Eight digits, easy to read out at a noisy stall. It lives for minutes and counts once."""
    return f"{secrets.randbelow(10**8):08}"


class Device(models.Model):
    """A phone that may sell at one fair. Only a hash of its token is kept; revoking ends it at the next contact."""

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="devices", verbose_name=_("Fair"))
    name = models.CharField(_("Name"), max_length=60)
    #: Stands before its receipt numbers, so that two devices never give out the same one: ``A-0001``.
    letter = models.CharField(_("Letter"), max_length=3)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("Paired"), default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField(_("Last seen"), null=True, blank=True)
    #: What it said last: events not sent yet, its clock less ours in seconds, its version of the app.
    waiting = models.PositiveIntegerField(_("Waiting to be sent"), default=0)
    skew_seconds = models.IntegerField(_("Clock"), default=0)
    app_version = models.CharField(_("Version"), max_length=40, blank=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)

    class Meta:
        ordering = ("letter",)
        default_permissions = ()
        verbose_name = _("Device")
        verbose_name_plural = _("Devices")
        constraints = [models.UniqueConstraint(fields=("fair", "letter"), name="device_letter_once")]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class PairingCode(models.Model):
    """A code that turns one phone into a device of a fair, once and within minutes."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="pairing_codes", verbose_name=_("Fair"))
    code = models.CharField(_("Code"), max_length=8, unique=True, default=new_pairing_code)
    expires_at = models.DateTimeField(_("Valid until"))
    device = models.OneToOneField(Device, models.SET_NULL, null=True, blank=True, related_name="pairing_code")
    used_at = models.DateTimeField(_("Used"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Pairing code")
        verbose_name_plural = _("Pairing codes")

    def __str__(self) -> str:
        return self.code


class TillEvent(models.Model):
    """One thing that happened on a device, as it was sent, accepted once. Both its clock and ours are kept."""

    class Kind(models.TextChoices):
        SALE = "sale", _("Sale")
        REVERSAL = "reversal", _("Void or return")
        ENQUIRY = "enquiry", _("Enquiry")
        DAY_OPEN = "day_open", _("Day opened")
        DAY_CLOSE = "day_close", _("Day closed")

    id = models.UUIDField(primary_key=True)
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="events", verbose_name=_("Fair"))
    device = models.ForeignKey(Device, models.PROTECT, related_name="events", verbose_name=_("Device"))
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    #: SHA-256 of the canonical payload: the same id with another one is refused.
    content_hash = models.CharField(max_length=64)
    payload = models.JSONField(_("Content"))
    device_time = models.DateTimeField(_("Time on the device"))
    received_at = models.DateTimeField(_("Received"), default=timezone.now)
    skew_seconds = models.IntegerField(_("Clock"), default=0)
    app_version = models.CharField(_("Version"), max_length=40, blank=True)

    class Meta:
        ordering = ("received_at",)
        default_permissions = ()
        verbose_name = _("Event")
        verbose_name_plural = _("Events")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class RefusedEvent(models.Model):
    """An event that could not be taken, kept as it came so that no sale is lost on the way to a person."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="refused", verbose_name=_("Device"))
    event_id = models.CharField(max_length=64, blank=True)
    code = models.CharField(_("Reason"), max_length=40)
    payload = models.JSONField(_("Content"))
    times = models.PositiveIntegerField(_("Times sent"), default=1)
    first_at = models.DateTimeField(_("First"), default=timezone.now)
    last_at = models.DateTimeField(_("Last"), default=timezone.now)
    settled_at = models.DateTimeField(_("Settled"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=255, blank=True)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        verbose_name = _("Refused event")
        verbose_name_plural = _("Refused events")
        constraints = [
            models.UniqueConstraint(fields=("device", "event_id", "code"), name="refused_event_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.code}"


class Sale(models.Model):
    """One sale at the stall. Its key is the event's. Money in rupiah, as it was agreed at the stall."""

    id = models.UUIDField(primary_key=True)
    event = models.OneToOneField(TillEvent, models.PROTECT, related_name="sale", verbose_name=_("Event"))
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="sales", verbose_name=_("Fair"))
    device = models.ForeignKey(Device, models.PROTECT, related_name="sales", verbose_name=_("Device"))
    cashier = models.ForeignKey(Cashier, models.PROTECT, related_name="sales", verbose_name=_("Cashier"))
    number = models.CharField(_("Receipt"), max_length=24, db_index=True)
    subtotal = models.DecimalField(_("Subtotal"), max_digits=14, decimal_places=0)
    discount = models.DecimalField(_("Discount"), max_digits=14, decimal_places=0, default=0)
    discount_reason = models.CharField(_("Reason of the discount"), max_length=120, blank=True)
    total = models.DecimalField(_("Total"), max_digits=14, decimal_places=0)
    #: The campaign that brought the buyer (opaque, as in the shop).
    source = models.CharField(_("Source"), max_length=64, blank=True, db_index=True)
    note = models.CharField(_("Note"), max_length=255, blank=True)
    #: When it happened by the device's clock put right by its skew.
    sold_at = models.DateTimeField(_("Sold"), db_index=True)
    #: The ``CashDay`` whose drawer its cash lies in. No foreign key: the day's opening may come after the sale.
    cash_day = models.UUIDField(null=True, blank=True, db_index=True, editable=False)
    #: Sent after the stall was closed for counting.
    is_late = models.BooleanField(_("Late"), default=False)

    class Meta:
        ordering = ("-sold_at",)
        default_permissions = ("view",)
        verbose_name = _("Sale at a fair")
        verbose_name_plural = _("Sales at fairs")
        constraints = [
            models.CheckConstraint(condition=Q(total=F("subtotal") - F("discount")), name="fair_sale_adds_up"),
            models.CheckConstraint(condition=Q(total__gte=0, discount__gte=0), name="fair_sale_not_negative"),
            models.CheckConstraint(condition=Q(discount=0) | ~Q(discount_reason=""), name="fair_discount_has_reason"),
        ]

    def __str__(self) -> str:
        return self.number


class SaleLine(models.Model):
    """So many units of one piece, of one maker. ``total = unit_price * quantity - discount``, discount shared out."""

    sale = models.ForeignKey(Sale, models.PROTECT, related_name="lines", verbose_name=_("Sale"))
    position = models.PositiveSmallIntegerField(_("Position"))
    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, related_name="fair_lines", verbose_name=_("Piece")
    )
    maker = models.ForeignKey("artisans.Maker", models.PROTECT, related_name="fair_lines", verbose_name=_("Maker"))
    title = models.CharField(_("Title"), max_length=255)
    sku = models.CharField(_("SKU"), max_length=128)
    unit_price = models.DecimalField(_("Price"), max_digits=12, decimal_places=0)
    quantity = models.PositiveIntegerField(_("Quantity"))
    discount = models.DecimalField(_("Discount"), max_digits=14, decimal_places=0, default=0)
    total = models.DecimalField(_("Total"), max_digits=14, decimal_places=0)
    #: How it was booked: the rest came from ``unexplained``.
    from_stall = models.PositiveIntegerField(_("From the stall"), default=0)

    class Meta:
        ordering = ("position",)
        default_permissions = ()
        verbose_name = _("Line of a sale")
        verbose_name_plural = _("Lines of a sale")
        constraints = [
            models.UniqueConstraint(fields=("sale", "position"), name="fair_line_position"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="fair_line_of_something"),
            models.CheckConstraint(
                condition=Q(total=F("unit_price") * F("quantity") - F("discount")), name="fair_line_adds_up"
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="fair_line_not_negative"),
            models.CheckConstraint(condition=Q(from_stall__lte=F("quantity")), name="fair_line_from_stall_within"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class Tender(models.Model):
    """How (a part of) a sale was paid. ``amount`` is what counts towards the total; cash may be more, with change."""

    class Kind(models.TextChoices):
        CASH = "cash", _("Cash")
        QRIS = "qris", "QRIS"
        CARD = "card", pgettext_lazy("payment", "Card")
        TRANSFER = "transfer", _("Bank transfer")

    sale = models.ForeignKey(Sale, models.PROTECT, related_name="tenders", verbose_name=_("Sale"))
    kind = models.CharField(_("Paid by"), max_length=16, choices=Kind)
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=0)
    received = models.DecimalField(_("Received"), max_digits=14, decimal_places=0, null=True, blank=True)
    reference = models.CharField(_("Reference"), max_length=80, blank=True)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        verbose_name = _("Tender")
        verbose_name_plural = _("Tenders")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fair_tender_of_something"),
            models.CheckConstraint(
                condition=Q(received__isnull=True) | Q(received__gte=F("amount")), name="fair_tender_received_enough"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Reversal(models.Model):
    """A sale undone, whole or in part: ``void`` after a mistake, ``return`` when the buyer brings pieces back."""

    class Kind(models.TextChoices):
        VOID = "void", pgettext_lazy("sale", "Void")
        RETURN = "return", pgettext_lazy("sale", "Return")

    id = models.UUIDField(primary_key=True)
    event = models.OneToOneField(TillEvent, models.PROTECT, related_name="reversal", verbose_name=_("Event"))
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="reversals", verbose_name=_("Sale"))
    cashier = models.ForeignKey(Cashier, models.PROTECT, related_name="reversals", verbose_name=_("Cashier"))
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    reason = models.CharField(_("Reason"), max_length=120)
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=0)
    done_at = models.DateTimeField(_("When"), db_index=True)
    #: As of a sale: the drawer that cash was taken from.
    cash_day = models.UUIDField(null=True, blank=True, db_index=True, editable=False)
    is_late = models.BooleanField(_("Late"), default=False)

    class Meta:
        ordering = ("done_at",)
        default_permissions = ()
        verbose_name = _("Void or return")
        verbose_name_plural = _("Voids and returns")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="fair_reversal_not_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="fair_reversal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sale_id}"


class ReversalTender(models.Model):
    """How (a part of) the money went back: a void by the sale's own tenders, a return as it really was paid back."""

    reversal = models.ForeignKey(Reversal, models.PROTECT, related_name="tenders", verbose_name=_("Void or return"))
    kind = models.CharField(_("Paid back by"), max_length=16, choices=Tender.Kind)
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=0)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        verbose_name = _("Tender of a void or return")
        verbose_name_plural = _("Tenders of a void or return")
        constraints = [
            models.UniqueConstraint(fields=("reversal", "kind"), name="fair_reversal_tender_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fair_reversal_tender_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class ReversalLine(models.Model):
    """Units of one line taken back, and the rupiah given back for them."""

    reversal = models.ForeignKey(Reversal, models.PROTECT, related_name="lines", verbose_name=_("Void or return"))
    line = models.ForeignKey(SaleLine, models.PROTECT, related_name="reversed", verbose_name=_("Line of a sale"))
    quantity = models.PositiveIntegerField(_("Quantity"))
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=0)
    is_damaged = models.BooleanField(_("Damaged"), default=False)
    #: Units that lie nowhere new: the sale had taken them from ``unexplained``, or the closing count had them already.
    to_unexplained = models.PositiveIntegerField(_("To unexplained"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("Line of a void or return")
        verbose_name_plural = _("Lines of a void or return")
        constraints = [
            models.UniqueConstraint(fields=("reversal", "line"), name="fair_reversal_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0, amount__gte=0), name="fair_reversal_line_of_something"),
            models.CheckConstraint(
                condition=Q(to_unexplained__lte=F("quantity")), name="fair_reversal_to_unexplained_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"


class Enquiry(models.Model):
    """Somebody who wants to hear from us (contact, export, wholesale): only with consent, and for that alone."""

    class Kind(models.TextChoices):
        CONTACT = "contact", pgettext_lazy("enquiry", "Contact")
        EXPORT = "export", pgettext_lazy("enquiry", "Export")
        WHOLESALE = "wholesale", pgettext_lazy("enquiry", "Wholesale")

    id = models.UUIDField(primary_key=True)
    event = models.OneToOneField(TillEvent, models.PROTECT, related_name="enquiry", verbose_name=_("Event"))
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="enquiries", verbose_name=_("Fair"))
    sale = models.ForeignKey(
        Sale, models.PROTECT, null=True, blank=True, related_name="enquiries", verbose_name=_("Sale")
    )
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    name = models.CharField(_("Name"), max_length=120)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    country = models.CharField(_("Country"), max_length=60, blank=True)
    message = models.TextField(_("Message"), blank=True, max_length=2000)
    consent_at = models.DateTimeField(_("Agreed"))
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)

    class Meta:
        ordering = ("-consent_at",)
        default_permissions = ("view", "change")
        verbose_name = _("Enquiry")
        verbose_name_plural = _("Enquiries")
        constraints = [
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="fair_enquiry_can_be_answered"),
        ]

    def __str__(self) -> str:
        return self.name


class CashDay(models.Model):
    """One drawer on one day: what was in it in the morning and what was counted in the evening (rupiah)."""

    id = models.UUIDField(primary_key=True)
    opened = models.OneToOneField(TillEvent, models.PROTECT, related_name="day_opened", verbose_name=_("Event"))
    closed = models.OneToOneField(
        TillEvent, models.PROTECT, null=True, blank=True, related_name="day_closed", verbose_name=_("Event")
    )
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="cash_days", verbose_name=_("Fair"))
    device = models.ForeignKey(Device, models.PROTECT, related_name="cash_days", verbose_name=_("Device"))
    opened_by = models.ForeignKey(Cashier, models.PROTECT, related_name="+", verbose_name=_("Opened by"))
    closed_by = models.ForeignKey(
        Cashier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Closed by")
    )
    opened_at = models.DateTimeField(_("Opened"))
    closed_at = models.DateTimeField(_("Closed"), null=True, blank=True)
    float_amount = models.DecimalField(_("In the drawer at first"), max_digits=14, decimal_places=0)
    #: What the books say should be there (``services.days`` reckons it), what the device said, what was counted.
    expected = models.DecimalField(_("Expected"), max_digits=14, decimal_places=0, null=True, blank=True)
    told = models.DecimalField(_("Expected by the device"), max_digits=14, decimal_places=0, null=True, blank=True)
    counted = models.DecimalField(_("Counted"), max_digits=14, decimal_places=0, null=True, blank=True)
    note = models.CharField(_("Note"), max_length=255, blank=True)

    class Meta:
        ordering = ("-opened_at",)
        default_permissions = ()
        verbose_name = _("Day at the drawer")
        verbose_name_plural = _("Days at the drawer")

    def __str__(self) -> str:
        return f"{self.device_id} {self.opened_at:%Y-%m-%d}"
