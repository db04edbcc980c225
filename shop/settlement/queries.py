"""Reads of the books. Amounts are rupiah."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from .models import Payout, Posting, Statement

NOTHING = Decimal(0)


def balance(code: str) -> Decimal:
    """Debit less credit of one account."""
    return Posting.objects.filter(account=code).aggregate(total=Sum("amount"))["total"] or NOTHING


def takings_by_tender(reference: str) -> dict[str, Decimal]:
    """Money taken for a reference by tender, what was given back taken off."""
    prefix = f"takings:{reference}:"
    sums = (
        Posting.objects.filter(account__code__startswith=prefix)
        .order_by()
        .values_list("account")
        .annotate(Sum("amount"))
    )
    return {code.removeprefix(prefix): total for code, total in sums}


def statements(reference: str) -> QuerySet[Statement]:
    """Every version of every maker's statement for a reference, with what lists show of it."""
    return Statement.objects.filter(reference=reference).select_related("maker").prefetch_related("lines", "payouts")


def standing_statement(maker: Any, reference: str) -> Statement | None:
    """The one version that counts; None before the first and while one is reopened."""
    stands = Statement.objects.filter(maker=maker, reference=reference)
    return stands.exclude(status=Statement.Status.REOPENED).first()


def paid_so_far(maker_id: int, reference: str) -> Decimal:
    """Money that went to a maker for a reference, whichever version of the statement it was paid on."""
    paid = Payout.objects.filter(statement__maker=maker_id, statement__reference=reference)
    return paid.aggregate(total=Sum("amount"))["total"] or NOTHING


def left_to_pay(statement: Statement) -> Decimal:
    """What is due and not paid. Below nought when an earlier version paid more than this one owes."""
    return statement.due - paid_so_far(statement.maker_id, statement.reference)
