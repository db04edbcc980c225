"""What ``get_class("dashboard.catalogue.forms", …)`` finds before Oscar's own."""

from .product_forms import ProductForm, ProductImageForm
from .stock_forms import StockRecordForm

__all__ = ["ProductForm", "ProductImageForm", "StockRecordForm"]
