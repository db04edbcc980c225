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


def payouts(maker_id: int, reference: str) -> QuerySet[Payout]:
    """All payments of a maker for a reference, taken back or not, whichever version of the statement they are on."""
    return Payout.objects.filter(statement__maker=maker_id, statement__reference=reference).select_related("statement")


def paid_so_far(maker_id: int, reference: str) -> Decimal:
    """Money that went to a maker for a reference, less what came back from them."""
    paid = payouts(maker_id, reference).filter(taken_back_at=None)
    return paid.aggregate(total=Sum("amount"))["total"] or NOTHING


def left_to_pay(statement: Statement) -> Decimal:
    """What is due and not paid. Below nought: so much is to come back from the maker."""
    return statement.due - paid_so_far(statement.maker_id, statement.reference)


def left_by_maker(reference: str) -> dict[int, Decimal]:
    """``left_to_pay`` of every standing statement of a reference, by maker id, in two queries."""
    stands = Statement.objects.filter(reference=reference).exclude(status=Statement.Status.REOPENED)
    left = dict(stands.order_by().values_list("maker", "due"))
    paid = Payout.objects.filter(statement__reference=reference, taken_back_at=None).order_by()
    for maker, amount in paid.values_list("statement__maker").annotate(Sum("amount")):
        if maker in left:
            left[maker] -= amount
    return left
