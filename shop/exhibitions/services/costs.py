"""What a fair costs. Shared costs are on the makers' statements, so they hold still while one of those stands."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from shop.exhibitions.dues import NOTHING, standing
from shop.exhibitions.errors import CodeStoodForAnother, MakersAreTold
from shop.exhibitions.models import Fair, FairCost

from .locks import lock_fair

#: What a form tells of a cost.
TOLD = ("kind", "amount", "spent_on", "is_shared", "note")


@transaction.atomic
def write_down(fair: Fair, *, code: UUID, **told: Any) -> FairCost:
    """Enter a cost (``TOLD``); the same ``code`` again is the same cost.

    Raises ``MakersAreTold``, and ``CodeStoodForAnother`` when the code came with other figures before.
    """
    locked = lock_fair(fair.pk)
    earlier = FairCost.objects.filter(code=code).first()
    if earlier is not None:
        if earlier.fair_id != locked.pk or any(getattr(earlier, name) != told[name] for name in told):
            raise CodeStoodForAnother
        return earlier
    cost = FairCost(fair=locked, code=code, **told)
    _must_not_change_shares(locked, NOTHING, _shared(cost))
    cost.save()
    return cost


@transaction.atomic
def change(cost: FairCost, **told: Any) -> FairCost:
    """Put a cost right. Raises ``MakersAreTold`` when that would change what makers bear."""
    fair = lock_fair(cost.fair_id)
    locked = FairCost.objects.select_for_update(no_key=True).get(pk=cost.pk)
    before = _shared(locked)
    for name, value in told.items():
        setattr(locked, name, value)
    _must_not_change_shares(fair, before, _shared(locked))
    locked.save(update_fields=[*told])
    return locked


@transaction.atomic
def remove(cost: FairCost) -> None:
    """Take a cost out. Again is no harm. Raises ``MakersAreTold``."""
    fair = lock_fair(cost.fair_id)
    there = FairCost.objects.filter(pk=cost.pk).first()
    if there is not None:
        _must_not_change_shares(fair, _shared(there), NOTHING)
        there.delete()


def _shared(cost: FairCost) -> Decimal:
    return cost.amount if cost.is_shared else NOTHING


def _must_not_change_shares(fair: Fair, before: Decimal, after: Decimal) -> None:
    if before != after and standing(fair).exists():
        raise MakersAreTold
