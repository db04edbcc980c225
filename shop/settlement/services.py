"""The verbs of the books. Nothing else in the house writes what makers are owed.

Amounts are rupiah (``Decimal``). Each verb opens its own transaction block and happens whole or not at all. The rooms
that sell (``exhibitions``, later ``order``) call them with plain figures; this room knows makers and nobody else.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from .accounts import account, clearing, commission, costs, paid_out, payable, takings
from .errors import (
    EntryConflict,
    PayoutIsTakenBack,
    PaysTooMuch,
    ProofIsKnown,
    ReasonMissing,
    StatementNotOpen,
    Unbalanced,
)
from .models import Account, Entry, Payout, Posting, Statement, StatementLine
from .queries import left_to_pay, payouts

NOTHING = Decimal(0)


class SoldLine(NamedTuple):
    """A line as a statement will tell it. ``amount`` is what the buyer paid for it; below nought when taken back."""

    happened_on: date
    title: str
    sku: str
    source: str
    quantity: int
    amount: Decimal
    commission_percent: Decimal
    commission: Decimal


@transaction.atomic
def post(
    kind: str,
    postings: Mapping[str, Decimal],
    *,
    reference: str,
    key: str,
    occurred_at: datetime | None = None,
    memo: str = "",
    actor: Any = None,
) -> Entry | None:
    """Write one entry: rupiah by account code, debit above nought. Nothing to write gives None.

    The same key again gives back the earlier entry; with other postings it raises ``EntryConflict``. Accounts must
    exist (``accounts.account`` opens them). Raises ``Unbalanced``.
    """
    wanted = {code: Decimal(amount) for code, amount in postings.items() if amount}
    if sum(wanted.values()) != 0:
        raise Unbalanced(f"{reference}: {wanted}")
    if not wanted:
        return None
    try:
        with transaction.atomic():
            entry = Entry.objects.create(
                kind=kind,
                reference=reference,
                memo=memo[:255],
                occurred_at=occurred_at or timezone.now(),
                actor=actor,
                idempotency_key=key,
            )
    except IntegrityError:
        return _same_entry(key, wanted)
    Posting.objects.bulk_create(
        Posting(entry=entry, account_id=code, amount=amount) for code, amount in sorted(wanted.items())
    )
    return entry


@transaction.atomic
def book_takings(
    tenders: Mapping[str, Decimal], *, reference: str, key: str, occurred_at: datetime, memo: str = ""
) -> Entry | None:
    """Money came in for a sale (or went back, below nought): rupiah by tender, such as ``cash`` and ``qris``.

    It waits in the reference's clearing account until statements say whose it is.
    """
    sums = {takings(reference, tender): Decimal(amount) for tender, amount in tenders.items()}
    total = sum(sums.values(), NOTHING)
    kind = Entry.Kind.TAKINGS if total >= 0 else Entry.Kind.GIVEN_BACK
    postings = {account(code, Account.Kind.TAKINGS): amount for code, amount in sums.items()}
    postings[account(clearing(reference), Account.Kind.CLEARING)] = -total
    return post(kind, postings, reference=reference, key=key, occurred_at=occurred_at, memo=memo)


@transaction.atomic
def issue_statement(
    maker: Any, lines: Iterable[SoldLine], *, reference: str, shared_costs: Decimal = NOTHING, actor: Any = None
) -> Statement:
    """Tell a maker what they are due for ``reference`` and book it. With nothing left to pay it is paid at once.

    Raises ``StatementNotOpen`` when one stands already: reopen that one first.
    """
    told = list(lines)
    earlier = Statement.objects.select_for_update(no_key=True).filter(maker=maker, reference=reference)
    version = max((statement.version for statement in earlier), default=0) + 1
    gross = sum((line.amount for line in told), NOTHING)
    fee = sum((line.commission for line in told), NOTHING)
    try:
        with transaction.atomic():
            statement = Statement.objects.create(
                number=f"{reference}-{maker.pk}-{version}".upper(),
                maker=maker,
                reference=reference,
                version=version,
                gross=gross,
                commission=fee,
                costs=shared_costs,
                due=gross - fee - shared_costs,
                issued_by=actor,
            )
    except IntegrityError as error:
        raise StatementNotOpen(f"{reference} is settled with {maker} already") from error
    StatementLine.objects.bulk_create(
        StatementLine(statement=statement, position=position, **line._asdict()) for position, line in enumerate(told, 1)
    )
    statement.entry = post(
        Entry.Kind.STATEMENT,
        {
            account(clearing(reference), Account.Kind.CLEARING): gross,
            account(payable(maker), Account.Kind.PAYABLE, maker): -statement.due,
            account(commission(), Account.Kind.COMMISSION): -fee,
            account(costs(reference), Account.Kind.COSTS): -shared_costs,
        },
        reference=reference,
        key=f"statement:{statement.number}",
        memo=statement.number,
        actor=actor,
    )
    if not left_to_pay(statement):
        statement.status = Statement.Status.PAID
    statement.save(update_fields=["entry", "status"])
    return statement


@transaction.atomic
def reopen_statement(statement: Statement, *, reason: str, actor: Any) -> Statement:
    """Take a statement back so that a corrected version can follow. The old one stays readable, with the reason.

    Payouts already made count against the next version. Raises ``ReasonMissing``, ``StatementNotOpen``.
    """
    if not reason.strip():
        raise ReasonMissing("A maker who has read the old statement is owed a reason")
    locked = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    if locked.status == Statement.Status.REOPENED:
        raise StatementNotOpen(f"{locked.number} was reopened before")
    if locked.entry is not None:
        post(
            Entry.Kind.REVERSAL,
            {posting.account_id: -posting.amount for posting in locked.entry.postings.all()},
            reference=locked.reference,
            key=f"reopen:{locked.number}",
            memo=reason.strip(),
            actor=actor,
        )
    locked.status = Statement.Status.REOPENED
    locked.reopen_reason = reason.strip()[:255]
    locked.reopened_at = timezone.now()
    locked.reopened_by = actor
    locked.save(update_fields=["status", "reopen_reason", "reopened_at", "reopened_by"])
    return locked


@transaction.atomic
def pay_out(
    statement: Statement, *, amount: Decimal, method: str, paid_on: date, proof: str, key: str, actor: Any
) -> Payout:
    """Record money that went to the maker. Never more than the statement still owes: raises ``PaysTooMuch``.

    Raises ``StatementNotOpen``, and ``ProofIsKnown`` for a transfer or receipt that is written down already.
    """
    return _pay(statement, Decimal(amount), Entry.Kind.PAYOUT, method, paid_on, proof, key, actor)


@transaction.atomic
def receive_back(
    statement: Statement, *, amount: Decimal, method: str, paid_on: date, proof: str, key: str, actor: Any
) -> Payout:
    """Record money that came back from the maker: paid too much before a correction, or costs above what was sold.

    Never more than that (``PaysTooMuch``). Raises ``StatementNotOpen``, ``ProofIsKnown``.
    """
    return _pay(statement, -Decimal(amount), Entry.Kind.CAME_BACK, method, paid_on, proof, key, actor)


@transaction.atomic
def take_back(payout: Payout, *, reason: str, actor: Any) -> Payout:
    """A payment that never was, or was otherwise, is undone by an opposite entry; the row stays readable.

    The same reason again is no harm. Raises ``ReasonMissing``, ``PayoutIsTakenBack``.
    """
    reason = reason.strip()[:255]
    if not reason:
        raise ReasonMissing("A payment that is taken back is owed a reason")
    _lock_statements(payout.statement)
    current = Payout.objects.select_related("entry").get(pk=payout.pk)
    if current.taken_back_at:
        if current.take_back_reason == reason:
            return current
        raise PayoutIsTakenBack(f"Payout {current.pk} was taken back before")
    current.take_back_entry = post(
        Entry.Kind.TAKEN_BACK,
        {posting.account_id: -posting.amount for posting in current.entry.postings.all()},
        reference=current.entry.reference,
        key=f"take-back:{current.pk}",
        memo=reason,
        actor=actor,
    )
    current.take_back_reason = reason
    current.taken_back_at = timezone.now()
    current.taken_back_by = actor
    current.save(update_fields=["take_back_entry", "take_back_reason", "taken_back_at", "taken_back_by"])
    _mark_paid(current.statement)
    return current


def _pay(
    statement: Statement, amount: Decimal, kind: str, method: str, paid_on: date, proof: str, key: str, actor: Any
) -> Payout:
    """``amount`` goes to the maker, or comes from them below nought."""
    locked = _lock_statements(statement)[statement.pk]
    again = Payout.objects.filter(entry__idempotency_key=key).first()
    if again is not None:
        if (again.statement_id, again.amount) != (locked.pk, amount):
            raise EntryConflict(f"Key {key} stood for another payout")
        return again
    if locked.status == Statement.Status.REOPENED:
        raise StatementNotOpen(f"{locked.number} was reopened")
    sign = -1 if kind == Entry.Kind.CAME_BACK else 1
    due = left_to_pay(locked) * sign
    if not 0 < amount * sign <= due:
        raise PaysTooMuch(due=due, asked=amount * sign)
    proof = proof.strip()
    same = payouts(locked.maker_id, locked.reference).filter(method=method, proof__iexact=proof, taken_back_at=None)
    if proof and same.exists():
        raise ProofIsKnown(f"{method} {proof} is written down already")
    entry = post(
        kind,
        {
            account(payable(locked.maker), Account.Kind.PAYABLE, locked.maker): amount,
            account(paid_out(method), Account.Kind.PAID_OUT): -amount,
        },
        reference=locked.reference,
        key=key,
        memo=proof,
        actor=actor,
    )
    assert entry is not None  # Of more than nothing.
    payout = Payout.objects.create(
        statement=locked, amount=amount, method=method, paid_on=paid_on, proof=proof, entry=entry, actor=actor
    )
    _mark_paid(locked)
    return payout


def _lock_statements(statement: Statement) -> dict[int, Statement]:
    """Every version of a maker's statement, locked in primary-key order: payments count for all of them together."""
    versions = Statement.objects.filter(maker=statement.maker_id, reference=statement.reference).order_by("pk")
    found = versions.select_for_update(no_key=True, of=("self",)).select_related("maker")
    return {version.pk: version for version in found}


def _mark_paid(statement: Statement) -> None:
    """Paid is who has nothing left to get and nothing to give back."""
    stands = Statement.objects.filter(maker=statement.maker_id, reference=statement.reference)
    for one in stands.exclude(status=Statement.Status.REOPENED):
        one.status = Statement.Status.ISSUED if left_to_pay(one) else Statement.Status.PAID
        one.save(update_fields=["status"])


def _same_entry(key: str, wanted: Mapping[str, Decimal]) -> Entry:
    earlier = Entry.objects.prefetch_related("postings").filter(idempotency_key=key).first()
    if earlier is None or {posting.account_id: posting.amount for posting in earlier.postings.all()} != dict(wanted):
        raise EntryConflict(f"Key {key} stood for other postings")
    return earlier
