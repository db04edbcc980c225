from datetime import date
from decimal import Decimal

from shop.settlement.services import SoldLine

FAIR = "fair-12"


def sold(amount=250_000, *, percent=10, quantity=1, **told):
    """A line of a statement with its commission in whole rupiah."""
    fields = {
        "happened_on": date(2026, 11, 24),
        "title": "Kain cual",
        "sku": "KB-1",
        "source": "A-0001",
        "quantity": quantity,
        "amount": Decimal(amount),
        "commission_percent": Decimal(percent),
        "commission": Decimal(amount * percent // 100),
    }
    return SoldLine(**{**fields, **told})
