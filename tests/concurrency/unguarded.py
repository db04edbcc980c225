"""The ledger as it would be without its guard: what the controls of race tests run, to show that they see one."""

from threading import Barrier
from typing import Any

from django.db import connection
from django.db.models import Q

from shop.partner.models import StockRecord
from shop.stock import ledger
from shop.stock.errors import InsufficientStock

from .threads import PATIENCE


def take_out_guard_and_constraints(monkeypatch: Any, buyers: int) -> None:
    """Let ``buyers`` threads all read the last unit as free before one of them writes, and nothing stop them then.

    The constraints are gone for good in this database: the test must be transactional, which gives the next a new one.
    """
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DROP CONSTRAINT stockrecord_allocated_within_stock")
        cursor.execute("ALTER TABLE stock_balance DROP CONSTRAINT stock_balance_not_negative")
    all_have_read = Barrier(buyers)

    def look_before_the_write(record: Any, source: str, quantity: int) -> Q:
        """Oscar's own check: read, find a unit free, and write later."""
        if source == ledger.SHELF:
            free = StockRecord.objects.get(pk=record.pk).net_stock_level
            all_have_read.wait(PATIENCE)
            if free < quantity:
                raise InsufficientStock(record_id=record.pk, sku="", place=source, requested=quantity, available=free)
        return Q()

    monkeypatch.setattr(ledger, "_guard", look_before_the_write)
    monkeypatch.setattr(ledger, "_floor", lambda place, quantity: Q())
