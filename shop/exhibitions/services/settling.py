"""The verbs that tell makers what they are due from a fair. Money itself is booked by ``shop.settlement``."""

from typing import Any

from django.db import transaction

from shop.exhibitions.dues import NOTHING, makers_to_settle_with, shared_costs, sold_lines, standing, unsettled_makers
from shop.exhibitions.errors import AlreadySettled, ReasonIsMissing, StatementIsReopened
from shop.exhibitions.models import Fair
from shop.settlement.errors import ReasonMissing, StatementNotOpen
from shop.settlement.models import Statement
from shop.settlement.services import issue_statement, reopen_statement

from .locks import lock_fair

__all__ = ["reopen", "settle_all", "settle_maker", "shared_costs", "sold_lines"]

#: Once the stall is closed. A statement of a settled fair may have been reopened, for a sale that came late.
AFTER_CLOSING = (Fair.Status.COUNTING, Fair.Status.SETTLED)


@transaction.atomic
def settle_maker(fair: Fair, maker: Any, *, actor: Any) -> Statement:
    """Issue a maker's statement. One that stands and says what the till says is the answer to a second click.

    Raises ``WrongStep`` while the stall is open, ``AlreadySettled`` when one stands that says otherwise.
    """
    locked = lock_fair(fair.pk, *AFTER_CLOSING)
    lines = sold_lines(locked, maker)
    earlier = standing(locked).filter(maker=maker).first()
    if earlier is not None:
        if earlier.gross == sum((line.amount for line in lines), NOTHING):
            return earlier
        raise AlreadySettled(maker=maker)
    return issue_statement(
        maker,
        lines,
        reference=locked.reference,
        shared_costs=shared_costs(locked).get(maker.pk, NOTHING),
        actor=actor,
    )


@transaction.atomic
def settle_all(fair: Fair, *, actor: Any) -> list[Statement]:
    """Issue the statement of every maker who has none; those that are new come back.

    Raises ``WrongStep``, and ``AlreadySettled`` for a maker whose statement says otherwise than the till by now.
    """
    locked = lock_fair(fair.pk, *AFTER_CLOSING)
    told = set(standing(locked).values_list("maker", flat=True))
    stale = [maker for maker in unsettled_makers(locked) if maker.pk in told]
    if stale:
        raise AlreadySettled(maker=stale[0])
    missing = [maker for maker in makers_to_settle_with(locked) if maker.pk not in told]
    return [settle_maker(locked, maker, actor=actor) for maker in missing]


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
