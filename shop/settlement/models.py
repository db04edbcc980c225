"""What makers are owed and what became of the money taken: double entry, for fairs and, next, online sales.

``Entry`` and its ``Posting`` rows are the truth, append-only. A posting's amount is rupiah, debit above nought and
credit below; the postings of an entry add up to nought, so all books together always do.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.append_only import AppendOnly

from .errors import BooksAreAppendOnly


class Account(models.Model):
    """One account of the books. Its key reads as what it is: ``maker:7``, ``takings:fair-12:cash``, ``commission``."""

    class Kind(models.TextChoices):
        TAKINGS = "takings", _("Money taken")
        CLEARING = "clearing", _("Sales not settled yet")
        PAYABLE = "payable", _("Owed to a maker")
        COMMISSION = "commission", _("Commission")
        COSTS = "costs", _("Costs shared by makers")
        PAID_OUT = "paid_out", _("Money paid out")

    code = models.CharField(_("Code"), max_length=80, primary_key=True)
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    maker = models.ForeignKey(
        "artisans.Maker", models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("Maker")
    )

    class Meta:
        ordering = ("code",)
        default_permissions = ()
        verbose_name = _("Account")
        verbose_name_plural = _("Accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="payable", maker__isnull=False) | (~Q(kind="payable") & Q(maker__isnull=True)),
                name="settlement_account_of_maker_is_payable",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Entry(AppendOnly):
    """One event of the books with its postings: takings, a statement or payout, or what undoes one."""

    refusal = BooksAreAppendOnly

    class Kind(models.TextChoices):
        TAKINGS = "takings", _("Sale")
        GIVEN_BACK = "given_back", _("Sale undone")
        STATEMENT = "statement", _("Statement")
        REVERSAL = "reversal", _("Statement reopened")
        PAYOUT = "payout", _("Payout")
        TAKEN_BACK = "taken_back", _("Payout taken back")
        CAME_BACK = "came_back", _("Money that came back")

    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    #: The fair or order it belongs to, in the words of whoever asked: ``fair-12``.
    reference = models.CharField(_("Reference"), max_length=128, db_index=True)
    memo = models.CharField(_("Memo"), max_length=255, blank=True)
    #: When it happened in the world; ``created_at`` is when the books heard of it.
    occurred_at = models.DateTimeField(_("Happened"), default=timezone.now)
    created_at = models.DateTimeField(_("Booked"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who")
    )
    idempotency_key = models.CharField(max_length=160, unique=True)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ("view",)
        verbose_name = _("Entry")
        verbose_name_plural = _("Entries")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class Posting(AppendOnly):
    """One side of an entry: so many rupiah to (debit, above nought) or from (credit, below) an account."""

    refusal = BooksAreAppendOnly

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings", verbose_name=_("Entry"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings", verbose_name=_("Account"))
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)

    class Meta:
        default_permissions = ()
        verbose_name = _("Posting")
        verbose_name_plural = _("Postings")
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="settlement_posting_of_something"),
            models.UniqueConstraint(fields=("entry", "account"), name="settlement_posting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"


class Statement(models.Model):
    """What one maker is due from one fair, line by line, as it was told to them.

    A statement is never rewritten: reopening keeps the old one readable, reverses its entry and makes room for the next
    version. All amounts are rupiah; ``due = gross - commission - costs``.
    """

    class Status(models.TextChoices):
        ISSUED = "issued", _("To be paid")
        PAID = "paid", _("Paid")
        REOPENED = "reopened", _("Reopened")

    number = models.CharField(_("Number"), max_length=40, unique=True)
    maker = models.ForeignKey("artisans.Maker", models.PROTECT, related_name="statements", verbose_name=_("Maker"))
    reference = models.CharField(_("Reference"), max_length=128, db_index=True)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    status = models.CharField(_("Status"), max_length=16, choices=Status, default=Status.ISSUED)
    gross = models.DecimalField(_("Sold"), max_digits=14, decimal_places=2)
    commission = models.DecimalField(_("Commission"), max_digits=14, decimal_places=2)
    costs = models.DecimalField(_("Share of the costs"), max_digits=14, decimal_places=2)
    due = models.DecimalField(_("Due"), max_digits=14, decimal_places=2)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="statement", null=True, verbose_name=_("Entry"))
    issued_at = models.DateTimeField(_("Issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Issued by")
    )
    reopened_at = models.DateTimeField(_("Reopened"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Reopened by")
    )
    reopen_reason = models.CharField(_("Why it was reopened"), max_length=255, blank=True)

    class Meta:
        ordering = ("reference", "maker", "-version")
        default_permissions = ("view",)
        permissions = [("settle", _("Can settle with makers"))]
        verbose_name = _("Statement")
        verbose_name_plural = _("Statements")
        constraints = [
            models.UniqueConstraint(fields=("maker", "reference", "version"), name="settlement_statement_version"),
            models.UniqueConstraint(
                fields=("maker", "reference"),
                condition=~Q(status="reopened"),
                name="settlement_one_statement_stands",
            ),
            models.CheckConstraint(
                condition=Q(due=F("gross") - F("commission") - F("costs")), name="settlement_statement_adds_up"
            ),
            models.CheckConstraint(
                condition=~Q(status="reopened") | (Q(reopened_at__isnull=False) & ~Q(reopen_reason="")),
                name="settlement_reopened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class StatementLine(models.Model):
    """One sold (or taken back: below nought) line of a statement, in words that outlive the product."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="lines", verbose_name=_("Statement"))
    position = models.PositiveSmallIntegerField(_("Position"))
    happened_on = models.DateField(_("Day"))
    title = models.CharField(_("Piece"), max_length=255)
    sku = models.CharField(_("SKU"), max_length=128, blank=True)
    #: The receipt it was sold with.
    source = models.CharField(_("Receipt"), max_length=64, blank=True)
    quantity = models.IntegerField(_("Quantity"))
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    commission_percent = models.DecimalField(_("Commission (%)"), max_digits=5, decimal_places=2)
    commission = models.DecimalField(_("Commission"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ("position",)
        default_permissions = ()
        verbose_name = _("Line of a statement")
        verbose_name_plural = _("Lines of a statement")
        constraints = [
            models.UniqueConstraint(fields=("statement", "position"), name="settlement_line_position"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class Payout(models.Model):
    """Money that went to a maker for a statement, or (below nought) came back from them: when, how, and its proof.

    One written down by mistake is taken back by an opposite entry; the row stays, with the reason, and counts no more.
    """

    class Method(models.TextChoices):
        CASH = "cash", _("Cash")
        TRANSFER = "transfer", _("Bank transfer")
        EWALLET = "ewallet", _("E-wallet")

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="payouts", verbose_name=_("Statement"))
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    method = models.CharField(_("How"), max_length=16, choices=Method)
    paid_on = models.DateField(_("Paid on"))
    proof = models.CharField(_("Proof"), max_length=120, help_text=_("Number of the transfer or of the signed receipt"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="payout", verbose_name=_("Entry"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who")
    )
    created_at = models.DateTimeField(_("When"), default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField(_("Taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Taken back by"),
    )
    take_back_reason = models.CharField(_("Why it was taken back"), max_length=255, blank=True)
    take_back_entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, blank=True, related_name="payout_taken_back", verbose_name=_("Opposite entry")
    )

    class Meta:
        ordering = ("pk",)
        default_permissions = ("view",)
        verbose_name = _("Payout")
        verbose_name_plural = _("Payouts")
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="settlement_payout_of_something"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, take_back_reason="", take_back_entry__isnull=True)
                | (Q(taken_back_at__isnull=False, take_back_entry__isnull=False) & ~Q(take_back_reason="")),
                name="settlement_payout_taken_back_with_reason",
            ),
            # Two people who write one transfer down pay once.
            models.UniqueConstraint(
                fields=("statement", "method", "proof"),
                condition=Q(taken_back_at__isnull=True) & ~Q(proof=""),
                name="settlement_payout_proof_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.paid_on}"
