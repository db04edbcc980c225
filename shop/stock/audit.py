"""Every figure derived again from the ledger, so that a difference is found here and not by a buyer.

Each check is one statement over whole tables: the moves and the figure they should give are stacked side by side, and
where the two sums differ is a difference. The same SQL runs on PostgreSQL and SQLite.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection as default_connection
from oscar.core.loading import get_model

from shop import append_only


class Difference(NamedTuple):
    """``expected`` is what the ledger says, ``found`` what is kept beside it, both in units."""

    sku: str
    figure: str
    expected: int
    found: int

    def __str__(self) -> str:
        return f"{self.sku}: {self.figure} should be {self.expected}, is {self.found}"


#: Name of the figure, and a statement that gives (stock record, place or '', expected, found) for each difference.
CHECKS: tuple[tuple[str, str], ...] = (
    (
        "num_in_stock",
        """
        SELECT record, '', SUM(expected), SUM(found) FROM (
            SELECT stockrecord_id AS record, quantity AS expected, 0 AS found
              FROM stock_move WHERE target_id IN ('shelf', 'held', 'ordered')
            UNION ALL
            SELECT stockrecord_id, -quantity, 0 FROM stock_move WHERE source_id IN ('shelf', 'held', 'ordered')
            UNION ALL
            SELECT id, 0, num_in_stock FROM partner_stockrecord
        ) AS stacked GROUP BY record HAVING SUM(expected) <> SUM(found) ORDER BY record
        """,
    ),
    (
        "num_allocated",
        """
        SELECT record, '', SUM(expected), SUM(found) FROM (
            SELECT stockrecord_id AS record, quantity AS expected, 0 AS found
              FROM stock_move WHERE target_id IN ('held', 'ordered')
            UNION ALL
            SELECT stockrecord_id, -quantity, 0 FROM stock_move WHERE source_id IN ('held', 'ordered')
            UNION ALL
            SELECT id, 0, num_allocated FROM partner_stockrecord
        ) AS stacked GROUP BY record HAVING SUM(expected) <> SUM(found) ORDER BY record
        """,
    ),
    (
        "balance of {place}",
        """
        SELECT record, place, SUM(expected), SUM(found) FROM (
            SELECT stockrecord_id AS record, target_id AS place, quantity AS expected, 0 AS found FROM stock_move
            UNION ALL
            SELECT stockrecord_id, source_id, -quantity, 0 FROM stock_move
            UNION ALL
            SELECT stockrecord_id, place_id, 0, quantity FROM stock_balance
        ) AS stacked GROUP BY record, place HAVING SUM(expected) <> SUM(found) ORDER BY record, place
        """,
    ),
    (
        "units in active holds",
        """
        SELECT record, '', SUM(expected), SUM(found) FROM (
            SELECT stockrecord_id AS record, quantity AS expected, 0 AS found FROM stock_move WHERE target_id = 'held'
            UNION ALL
            SELECT stockrecord_id, -quantity, 0 FROM stock_move WHERE source_id = 'held'
            UNION ALL
            SELECT line.stockrecord_id, 0, line.quantity FROM stock_holdline line
              JOIN stock_hold ON stock_hold.id = line.hold_id WHERE stock_hold.status = 'active'
        ) AS stacked GROUP BY record HAVING SUM(expected) <> SUM(found) ORDER BY record
        """,
    ),
    (
        "units allocated on order lines",
        """
        SELECT record, '', SUM(expected), SUM(found) FROM (
            SELECT stockrecord_id AS record, quantity AS expected, 0 AS found
              FROM stock_move WHERE target_id = 'ordered'
            UNION ALL
            SELECT stockrecord_id, -quantity, 0 FROM stock_move WHERE source_id = 'ordered'
            UNION ALL
            SELECT line.stockrecord_id, 0, line.num_allocated FROM order_line line
              JOIN partner_stockrecord record ON record.id = line.stockrecord_id
              JOIN catalogue_product product ON product.id = record.product_id
              LEFT JOIN catalogue_product parent ON parent.id = product.parent_id
              JOIN catalogue_productclass class
                ON class.id = COALESCE(product.product_class_id, parent.product_class_id)
             WHERE (class.track_stock AND NOT product.made_to_order)
                OR EXISTS (SELECT 1 FROM stock_balance WHERE stockrecord_id = record.id AND place_id = 'ordered')
        ) AS stacked GROUP BY record HAVING SUM(expected) <> SUM(found) ORDER BY record
        """,
    ),
)


def differences(connection: Any = default_connection) -> Iterator[Difference]:
    """Every figure that the ledger does not explain. Read in one transaction: a sale in between looks like one."""
    for name in append_only.missing(connection, "stock_move"):
        yield Difference("stock_move", f"trigger {name}", 1, 0)
    for figure, statement in CHECKS:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            rows = cursor.fetchall()
        skus = _skus(row[0] for row in rows)
        for record, place, expected, found in rows:
            yield Difference(skus[record], figure.format(place=place), int(expected), int(found))


def _skus(record_ids: Iterator[int]) -> dict[int, str]:
    records = get_model("partner", "StockRecord").objects.filter(pk__in=list(record_ids))
    return dict(records.values_list("pk", "partner_sku"))
