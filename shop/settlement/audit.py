"""The books added up again, so that a difference is found here and not by a maker."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Sum

from shop import append_only

from .models import Account, Entry, Payout, Posting, Statement


def differences() -> Iterator[str]:
    """Every entry that does not balance, and every statement whose lines or entry say otherwise than it does."""
    for model in (Entry, Posting):
        for name in append_only.missing(connection, model._meta.db_table):
            yield f"trigger {name} is missing"
    unbalanced = Posting.objects.order_by().values("entry").annotate(total=Sum("amount")).exclude(total=0)
    for row in unbalanced:
        yield f"entry {row['entry']} adds up to {row['total']}, not to nought"
    for entry in Entry.objects.annotate(sides=Count("postings")).filter(sides__lt=2):
        yield f"entry {entry.pk} has {entry.sides} postings"
    sums = Statement.objects.annotate(lines_gross=Sum("lines__amount"), lines_fee=Sum("lines__commission"))
    for told in sums:
        if (told.lines_gross or 0, told.lines_fee or 0) != (told.gross, told.commission):
            yield f"statement {told.number} differs from its lines"
    for statement in Statement.objects.select_related("entry").prefetch_related("entry__postings"):
        postings = statement.entry.postings.all() if statement.entry else []
        booked = {posting.account_id: posting.amount for posting in postings}
        if booked.get(f"maker:{statement.maker_id}", 0) != -statement.due:
            yield f"statement {statement.number} differs from its entry"
    yield from _payouts()
    yield from _owed()


def _payouts() -> Iterator[str]:
    """A payment is what its entry says; one that was taken back has an entry that says the opposite."""
    for payout in Payout.objects.select_related("statement", "entry", "take_back_entry").prefetch_related(
        "entry__postings", "take_back_entry__postings"
    ):
        for entry, expected in ((payout.entry, payout.amount), (payout.take_back_entry, -payout.amount)):
            booked = {posting.account_id: posting.amount for posting in entry.postings.all()} if entry else None
            if booked is not None and booked.get(f"maker:{payout.statement.maker_id}") != expected:
                yield f"payout {payout.pk} differs from its entry"


def _owed() -> Iterator[str]:
    """What stands on a maker's account is what standing statements owe, less what was paid."""
    owed = _sums(Statement.objects.exclude(status=Statement.Status.REOPENED), "maker", "due")
    paid = _sums(Payout.objects.filter(taken_back_at=None), "statement__maker", "amount")
    booked = _sums(Posting.objects.filter(account__kind=Account.Kind.PAYABLE), "account__maker", "amount")
    for maker in sorted(owed.keys() | paid.keys() | booked.keys()):
        due = owed.get(maker, 0) - paid.get(maker, 0)
        if booked.get(maker, 0) != -due:
            yield f"account maker:{maker} owes {-booked.get(maker, 0)}, its statements {due}"


def _sums(rows: Any, key: str, amount: str) -> dict[int, Decimal]:
    return dict(rows.order_by().values_list(key).annotate(Sum(amount)))
