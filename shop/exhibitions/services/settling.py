"""The verbs that tell makers what they are due from a fair. Money itself is booked by ``shop.settlement``."""

from typing import Any

from django.db import transaction

from shop.exhibitions.dues import (
    NOTHING,
    Due,
    due_of,
    lines_by_maker,
    makers_to_settle_with,
    reckon,
    shared_costs,
    sold_lines,
    standing,
    told_by_maker,
)
from shop.exhibitions.errors import AlreadySettled, CountIsMissing, ReasonIsMissing, StatementIsReopened
from shop.exhibitions.models import Fair
from shop.exhibitions.variances import count_is_booked
from shop.settlement.errors import ReasonMissing, StatementNotOpen
from shop.settlement.models import Statement
from shop.settlement.services import SoldLine, issue_statement, reopen_statement

from .locks import lock_fair

__all__ = ["may_be_settled", "reopen", "reopen_all", "settle_all", "settle_maker", "shared_costs", "sold_lines"]

#: Once the stall is closed. A statement of a settled fair may have been reopened, for a sale that came late.
AFTER_CLOSING = (Fair.Status.COUNTING, Fair.Status.SETTLED)


def may_be_settled(fair: Fair) -> bool:
    """Whether the stall is closed and its count booked. Once a fair is settled it was."""
    return fair.status == Fair.Status.SETTLED or (fair.status == Fair.Status.COUNTING and count_is_booked(fair))


@transaction.atomic
def settle_maker(fair: Fair, maker: Any, *, actor: Any) -> Statement:
    """Issue a maker's statement. One that stands and says what would be reckoned now is the answer to a second click.

    Raises ``WrongStep``, ``CountIsMissing``, and ``AlreadySettled`` when one stands that says otherwise.
    """
    locked = _lock_counted(fair)
    lines = sold_lines(locked, maker)
    due = due_of(lines, shared_costs(locked).get(maker.pk, NOTHING))
    told = told_by_maker(locked).get(maker.pk)
    if told is None:
        return _issue(locked, maker, lines, due, actor)
    if told != due:
        raise AlreadySettled(maker=maker)
    return standing(locked).get(maker=maker)


@transaction.atomic
def settle_all(fair: Fair, *, actor: Any, reason: str = "") -> list[Statement]:
    """Issue the statement of every maker who has none, and tell all anew whose statement says otherwise by now.

    All at once: costs are shared, so that correcting one statement alone would charge the makers together more than the
    costs, or less. Old versions stay readable with ``reason``. Those that are new come back.

    Raises ``WrongStep``, ``CountIsMissing``, and ``ReasonIsMissing`` when somebody is to be told anew.
    """
    locked = _lock_counted(fair)
    told, due, lines = told_by_maker(locked), reckon(locked), lines_by_maker(locked)
    new = [maker for maker in makers_to_settle_with(locked) if told.get(maker.pk) != due[maker.pk]]
    for statement in standing(locked).filter(maker__in=[maker for maker in new if maker.pk in told]):
        reopen(statement, reason=reason, actor=actor)
    return [_issue(locked, maker, lines.get(maker.pk, []), due[maker.pk], actor) for maker in new]


@transaction.atomic
def reopen_all(fair: Fair, *, reason: str, actor: Any) -> list[Statement]:
    """Take every statement of a fair back, so that what all of them were reckoned with can be changed.

    Raises ``ReasonIsMissing``.
    """
    locked = lock_fair(fair.pk)
    return [reopen(statement, reason=reason, actor=actor) for statement in standing(locked).order_by("pk")]


@transaction.atomic
def reopen(statement: Statement, *, reason: str, actor: Any) -> Statement:
    """Take a statement back so that a corrected one can follow; the old one stays readable with the reason.

    The same reason again is no harm. Raises ``ReasonIsMissing``, ``StatementIsReopened``.
    """
    current = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    if current.status == Statement.Status.REOPENED and current.reopen_reason == reason.strip()[:255]:
        return current
    try:
        return reopen_statement(current, reason=reason, actor=actor)
    except ReasonMissing as error:
        raise ReasonIsMissing from error
    except StatementNotOpen as error:
        raise StatementIsReopened from error


def _lock_counted(fair: Fair) -> Fair:
    """Before the count is booked the stall may open again, and whatever was told would have to be told anew."""
    locked = lock_fair(fair.pk, *AFTER_CLOSING)
    if not may_be_settled(locked):
        raise CountIsMissing
    return locked


def _issue(fair: Fair, maker: Any, lines: list[SoldLine], due: Due, actor: Any) -> Statement:
    return issue_statement(maker, lines, reference=fair.reference, shared_costs=due.costs, actor=actor)
