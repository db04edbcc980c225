"""Changing a fair, and on what terms its makers take part.

What a maker has signed is not changed behind their back, and what a statement was reckoned with holds still while it
stands: else the paper, the statement and the report would each tell another story.
"""

from typing import Any

from django.db import transaction

from shop.exhibitions.dues import BROUGHT, standing
from shop.exhibitions.errors import MakersAreTold, TermsAreSigned
from shop.exhibitions.models import Fair, FairMaker

from .locks import lock_fair


@transaction.atomic
def change_fair(fair: Fair, **fields: Any) -> Fair:
    """Change what is planned of a fair. Raises ``MakersAreTold``, ``TermsAreSigned``."""
    locked = lock_fair(fair.pk)
    changed = {name for name, value in fields.items() if getattr(locked, name) != value}
    if changed & {"commission_percent", "shared_cost_percent"}:
        _must_not_be_told(locked)
        own = locked.participations.filter(commission_percent__isnull=False).values("maker")
        bound = locked.consignments.filter(status__in=BROUGHT)
        _must_not_be_signed(bound if "shared_cost_percent" in changed else bound.exclude(maker__in=own))
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*fields])
    return locked


@transaction.atomic
def change_maker(row: FairMaker, **fields: Any) -> FairMaker:
    """Change on what terms a maker takes part. Raises ``MakersAreTold``, ``TermsAreSigned``."""
    fair = lock_fair(row.fair_id)
    locked = FairMaker.objects.select_for_update(no_key=True).get(pk=row.pk)
    usual = fair.commission_percent
    before, after = (
        usual if percent is None else percent
        for percent in (locked.commission_percent, fields.get("commission_percent", locked.commission_percent))
    )
    if before != after:
        _must_not_be_told(fair, maker=locked.maker_id)
        _must_not_be_signed(fair.consignments.filter(status__in=BROUGHT, maker=locked.maker_id))
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*fields])
    return locked


def _must_not_be_told(fair: Fair, **only: Any) -> None:
    if standing(fair).filter(**only).exists():
        raise MakersAreTold


def _must_not_be_signed(lists: Any) -> None:
    signed = lists.select_related("maker").first()
    if signed is not None:
        raise TermsAreSigned(maker=signed.maker)
