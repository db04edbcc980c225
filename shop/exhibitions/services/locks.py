"""The order in which the rows of a fair are locked: the fair, then a packing list, then stock in primary-key order.

The till's inbox takes the fair first too, so a sale and a count never wait for each other in a ring, and a step of the
fair cannot change under a verb that has just looked at it.
"""

from typing import Any

from shop.exhibitions.errors import WrongStep
from shop.exhibitions.models import Consignment, Fair


def lock_fair(fair_id: int, *steps: Any) -> Fair:
    """The fair, locked until the transaction ends. Raises ``WrongStep`` unless it stands at one of ``steps``."""
    fair = Fair.objects.select_for_update(no_key=True).get(pk=fair_id)
    if steps and fair.status not in steps:
        raise WrongStep(status=fair.get_status_display())
    return fair


def lock_list(consignment: Consignment, *steps: Any) -> tuple[Fair, Consignment]:
    """Fair and packing list, locked in that order. Raises ``WrongStep``."""
    fair = lock_fair(consignment.fair_id, *steps)
    locked = Consignment.objects.select_for_update(no_key=True).select_related("maker").get(pk=consignment.pk)
    return fair, locked
