"""Payments: the attempt a shopper makes, what the gateway told us about it, and the money given back.

Every rule that matters is backed by a constraint here, because webhooks, browsers, staff and the scheduler all write.
"""

import secrets
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """An unguessable name for an address: whoever holds it may see the attempt, so it is never the order number."""
    return secrets.token_urlsafe(24)


class PaymentAttempt(models.Model):
    """One try to pay for one basket, from the hold to the order or the refund.

    What the shopper saw (lines, prices, vouchers, couriers, address) is kept in ``snapshot``, and the order is made
    from that alone: between paying and ordering a price may change, but not what was agreed. At most one order comes
    of it.
    """

    class Status(models.TextChoices):
        RESERVED = "reserved", _("Reserved")
        AWAITING_PAYMENT = "awaiting_payment", _("Awaiting payment")
        PAID = "paid", _("Paid")
        ORDERED = "ordered", _("Ordered")
        EXPIRED = "expired", _("Expired")
        FAILED = "failed", _("Failed")
        REFUND_DUE = "refund_due", _("Refund due")
        REFUNDED = "refunded", _("Refunded")

    class Progress(models.TextChoices):
        DECLINED = "declined", _("Declined, can be tried again")
        PROCESSING = "processing", _("Money under way")

    #: Stock is held and the shopper can still pay.
    OPEN = (Status.RESERVED, Status.AWAITING_PAYMENT)
    #: The basket belongs to this attempt and to no other.
    LIVE = (*OPEN, Status.PAID)
    #: Ended without money; a late payment may still arrive.
    CLOSED = (Status.EXPIRED, Status.FAILED)
    #: The money has come.
    TAKEN = (Status.PAID, Status.ORDERED, Status.REFUND_DUE, Status.REFUNDED)

    key = models.CharField(_("Key"), max_length=43, unique=True, default=new_key, editable=False)
    order_number = models.CharField(_("Order number"), max_length=32, unique=True)
    status = models.CharField(
        _("Status"), max_length=20, choices=Status.choices, default=Status.RESERVED, db_index=True
    )
    gateway = models.CharField(_("Gateway"), max_length=32)
    gateway_reference = models.CharField(_("Gateway's reference"), max_length=255, blank=True)
    gateway_url = models.TextField(_("Payment page"), blank=True)
    #: When the gateway was first asked to make the payment. Without it a lost answer could not be told from a call
    #: that was never made, and the payment would be made twice.
    gateway_called_at = models.DateTimeField(_("Gateway asked at"), null=True, blank=True)
    #: What the shopper can be told of an open payment, from the last fresh read.
    progress = models.CharField(_("Progress"), max_length=12, choices=Progress.choices, blank=True)
    #: The last fresh read of the gateway, so that reconciling takes turns.
    checked_at = models.DateTimeField(_("Checked at"), null=True, blank=True)

    amount = models.DecimalField(_("Order total (Rp)"), max_digits=12, decimal_places=2)
    #: What the shopper is asked to pay: the total plus, for a transfer, the code that tells it from all others.
    payable = models.DecimalField(_("Amount to pay (Rp)"), max_digits=12, decimal_places=2)
    transfer_code = models.PositiveSmallIntegerField(_("Transfer code"), null=True, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="IDR")
    #: Given back, or on its way back: raised when a refund is decided, before the gateway is asked.
    refund_total = models.DecimalField(_("Refunded (Rp)"), max_digits=12, decimal_places=2, default=Decimal(0))

    email = models.EmailField(_("E-mail"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("User")
    )
    basket = models.ForeignKey(
        "basket.Basket", models.SET_NULL, null=True, related_name="payment_attempts", verbose_name=_("Basket")
    )
    vouchers: models.ManyToManyField = models.ManyToManyField(
        "voucher.Voucher", blank=True, related_name="+", verbose_name=_("Vouchers")
    )
    snapshot = models.JSONField(_("What was agreed"))
    language = models.CharField(_("Language"), max_length=7, default="id")
    source = models.CharField(_("Source"), max_length=64, blank=True)
    terms_version = models.CharField(_("Terms version"), max_length=64, blank=True)

    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Updated"), auto_now=True)
    expires_at = models.DateTimeField(_("Expires"), db_index=True)
    paid_at = models.DateTimeField(_("Paid"), null=True, blank=True)
    order = models.OneToOneField(
        "order.Order", models.PROTECT, null=True, blank=True, related_name="payment_attempt", verbose_name=_("Order")
    )
    last_error = models.TextField(_("Last error"), blank=True)
    #: Something a person must look at: the gateway's answer did not match, or a refund was refused.
    needs_attention = models.BooleanField(_("Needs attention"), default=False, db_index=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Payment attempt")
        verbose_name_plural = _("Payment attempts")
        permissions = [("confirm_transfer", _("Can confirm transfers"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="ordered", order__isnull=False) | (~Q(status="ordered") & Q(order__isnull=True)),
                name="payment_ordered_has_an_order",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reserved", "awaiting_payment", "expired", "failed"], paid_at__isnull=True)
                | Q(status__in=["paid", "ordered", "refund_due", "refunded"], paid_at__isnull=False),
                name="payment_status_agrees_with_paid_at",
            ),
            models.CheckConstraint(
                condition=Q(status="reserved") | Q(status__in=["expired", "failed"]) | ~Q(gateway_reference=""),
                name="payment_awaited_has_a_reference",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(transfer_code__isnull=True, payable=F("amount"))
                | Q(
                    # Said outright: a comparison with NULL is neither true nor false, and a CHECK lets that pass.
                    transfer_code__isnull=False,
                    transfer_code__gte=1,
                    transfer_code__lte=999,
                    payable=F("amount") + F("transfer_code"),
                ),
                name="payment_payable_is_amount_and_code",
            ),
            models.CheckConstraint(
                condition=Q(refund_total__gte=0, refund_total__lte=F("payable")), name="payment_refund_within_payable"
            ),
            models.CheckConstraint(
                condition=Q(refund_total=0) | Q(paid_at__isnull=False), name="payment_refund_of_money_taken"
            ),
            models.CheckConstraint(
                condition=~Q(status="refunded") | Q(refund_total=F("payable")), name="payment_refunded_in_full"
            ),
            models.UniqueConstraint(
                fields=("basket",),
                condition=Q(status__in=["reserved", "awaiting_payment", "paid", "ordered"]),
                name="payment_one_live_attempt_a_basket",
            ),
            models.UniqueConstraint(
                fields=("gateway", "gateway_reference"),
                condition=~Q(gateway_reference=""),
                name="payment_reference_once",
            ),
            models.UniqueConstraint(
                fields=("gateway", "payable"),
                condition=Q(status__in=["reserved", "awaiting_payment"], transfer_code__isnull=False),
                name="payment_transfer_amount_once",
            ),
        ]

    def __str__(self):
        return self.order_number

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def refundable(self) -> Decimal:
        """What can still be given back, in rupiah."""
        return self.payable - self.refund_total if self.paid_at else Decimal(0)

    @property
    def can_be_written_off(self) -> bool:
        """A person may say that it is settled: it is in question, and no money of it is in our books."""
        return self.needs_attention and self.paid_at is None

    @property
    def overdue(self) -> bool:
        return self.expires_at <= timezone.now()


class OpenClaim(models.Model):
    """One identity of the shopper of an open attempt, as a keyed digest, and its numbered place among the open ones.

    Removed when the attempt is not open any more: nobody's address is kept longer than pieces are. See
    ``shop.payment.limits``.
    """

    class Kind(models.TextChoices):
        SESSION = "session", _("Session")
        ACCOUNT = "account", _("Account")
        EMAIL = "email", _("E-mail")
        ADDRESS = "address", _("Client address")

    attempt = models.ForeignKey(
        PaymentAttempt, models.CASCADE, related_name="claims", verbose_name=_("Payment attempt")
    )
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind.choices)
    digest = models.CharField(_("Keyed digest"), max_length=64)
    place = models.PositiveSmallIntegerField(_("Place"))
    units = models.PositiveIntegerField(_("Pieces held"))

    class Meta:
        verbose_name = _("Open claim")
        verbose_name_plural = _("Open claims")
        constraints = [
            models.UniqueConstraint(fields=("digest", "place"), name="payment_claim_place_once"),
            models.UniqueConstraint(fields=("attempt", "kind"), name="payment_claim_once_a_kind"),
        ]

    def __str__(self):
        return f"{self.attempt}: {self.kind} {self.place}"


class PaymentEvent(models.Model):
    """What happened to an attempt: told by a gateway, or done by us. Only ever added.

    A gateway sends an event twice and late; its id, unique per gateway, is how the second one is seen.
    """

    attempt = models.ForeignKey(
        PaymentAttempt, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("Payment attempt")
    )
    gateway = models.CharField(_("Gateway"), max_length=32)
    kind = models.CharField(_("Kind"), max_length=100)
    gateway_event_id = models.CharField(_("Gateway's event id"), max_length=255, blank=True)
    payload_digest = models.CharField(_("Digest of what was sent (SHA-256)"), max_length=64, blank=True)
    detail = models.TextField(_("Detail"), blank=True)
    at = models.DateTimeField(_("At"), default=timezone.now, db_index=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("Payment event")
        verbose_name_plural = _("Payment events")
        constraints = [
            models.UniqueConstraint(
                fields=("gateway", "gateway_event_id"), condition=~Q(gateway_event_id=""), name="payment_event_once"
            ),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.kind}"

    def save(self, *args, **kwargs):
        """Refuses a change: an edited event would no longer tell what happened."""
        if self.pk and not self._state.adding:
            raise TypeError("Payment events are only added, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Payment events are only added, never removed.")


class TransferReceipt(models.Model):
    """Staff saw the money on the shop's bank account. For a transfer this is what a gateway's answer is elsewhere."""

    attempt = models.OneToOneField(
        PaymentAttempt, models.PROTECT, related_name="transfer_receipt", verbose_name=_("Payment attempt")
    )
    amount = models.DecimalField(_("Amount received (Rp)"), max_digits=12, decimal_places=2)
    reference = models.CharField(_("Bank's reference"), max_length=128, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Confirmed by")
    )
    at = models.DateTimeField(_("At"), default=timezone.now)

    class Meta:
        verbose_name = _("Transfer receipt")
        verbose_name_plural = _("Transfer receipts")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_receipt_amount_positive")]

    def __str__(self):
        return f"{self.attempt}: {self.amount}"


class Refund(models.Model):
    """Money given back. The row is committed before the gateway is asked, so a crash in between refunds once, not
    never and not twice."""

    class Status(models.TextChoices):
        DUE = "due", _("Due")
        PENDING = "pending", _("On its way")
        SUCCEEDED = "succeeded", _("Refunded")
        FAILED = "failed", _("Failed")

    UNFINISHED = (Status.DUE, Status.PENDING)

    attempt = models.ForeignKey(
        PaymentAttempt, models.PROTECT, related_name="refunds", verbose_name=_("Payment attempt")
    )
    amount = models.DecimalField(_("Amount (Rp)"), max_digits=12, decimal_places=2)
    #: What the gateway tells one refund by. The same for every try.
    idempotency_key = models.CharField(_("Idempotency key"), max_length=100, unique=True)
    gateway_reference = models.CharField(_("Gateway's reference"), max_length=255, blank=True)
    status = models.CharField(_("Status"), max_length=12, choices=Status.choices, default=Status.DUE, db_index=True)
    reason = models.CharField(_("Reason"), max_length=200)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Decided by")
    )
    called_at = models.DateTimeField(_("Gateway asked at"), null=True, blank=True)
    last_error = models.TextField(_("Last error"), blank=True)
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Updated"), auto_now=True)

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("Refund")
        verbose_name_plural = _("Refunds")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            models.UniqueConstraint(
                fields=("gateway_reference",), condition=~Q(gateway_reference=""), name="refund_reference_once"
            ),
        ]

    def __str__(self):
        return f"{self.attempt}: {self.amount} {self.status}"


from oscar.apps.payment.models import *  # noqa: E402, F403
