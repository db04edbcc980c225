"""What the books say, in the figures that tests compare."""

from django.db import connection

from shop.stock import travel
from shop.stock.audit import differences
from shop.stock.queries import balances


def places(record):
    """Units by place, the world outside left out."""
    return {place: units for place, units in balances(record.pk).items() if units and place != "outside"}


def adds_up(fair):
    """Brought = sold + returned + damaged + gifted + unexplained, for every piece, and the ledger with it."""
    journeys = travel.journeys(fair.reference)
    return all(one.brought == sum(one[1:8]) for one in journeys.values()) and not list(differences(connection))


def discrepancies(fair):
    """Kind, units and answer of each, the oldest first."""
    return list(fair.discrepancies.order_by("pk").values_list("kind", "quantity", "resolution"))
