"""What ``get_class("dashboard.catalogue.formsets", …)`` finds before Oscar's own."""

from oscar.apps.dashboard.catalogue import formsets

from .stock_forms import KeepsStockHistory


class StockRecordFormSet(KeepsStockHistory, formsets.StockRecordFormSet):
    """Replaces Oscar's, which deletes a stock record with all that happened to it."""
