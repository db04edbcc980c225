"""The one order in which stock is locked.

Two transactions that take the same two rows in opposite orders wait for each other for ever. So whoever is going to
touch several stock records in one transaction through several verbs locks them here first: once, as late as possible,
in primary-key order. The verbs that take many lines (``hold``, ``commit_hold``, ``release_hold``) keep the order
themselves. A hold's own row comes before the stock rows: do not lock stock and then settle a hold.
"""

from collections.abc import Iterable

from oscar.core.loading import get_model


def lock_stock(record_ids: Iterable[int]) -> list:
    """Lock these stock records until the transaction ends and return them fresh, in primary-key order.

    Not ``FOR UPDATE`` but ``FOR NO KEY UPDATE``: inserting a move or a hold line takes a key-share lock on the record
    through its foreign key, and the stronger lock would deadlock with it. Must run inside a transaction.
    """
    records = get_model("partner", "StockRecord").objects
    return list(records.select_for_update(no_key=True).filter(pk__in=set(record_ids)).order_by("pk"))
