"""Oscar's low-stock alerts, kept up by an explicit call instead of a save signal.

Oscar opens and closes them when a record is saved. The ledger writes without saving, so it asks here after the commit.
"""

from oscar.core.loading import get_model


def watch_threshold(record_id: int) -> None:
    """Open an alert when the record has fallen below its threshold, close it when it is above again."""
    StockRecord = get_model("partner", "StockRecord")
    StockAlert = get_model("partner", "StockAlert")
    record = StockRecord.objects.filter(pk=record_id, low_stock_threshold__isnull=False).first()
    if record is None:
        return
    alert = StockAlert.objects.filter(stockrecord=record, status=StockAlert.OPEN).first()
    if record.is_below_threshold and alert is None:
        StockAlert.objects.create(stockrecord=record, threshold=record.low_stock_threshold)
    elif not record.is_below_threshold and alert is not None:
        alert.close()
