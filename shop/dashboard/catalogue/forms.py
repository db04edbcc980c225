"""What ``get_class("dashboard.catalogue.forms", …)`` finds before Oscar's own."""

from .stock_forms import StockRecordForm

__all__ = ["StockRecordForm"]
