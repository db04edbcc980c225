"""Which stock record sells a product, at what price, and whether it can be bought.

Neither makes a query of its own when product class and stock records came with the product, so a list of cards
costs the same however many there are.
"""

from typing import Any

from oscar.apps.partner import strategy

from .availability import MadeToOrder, StockRequired


class Default(strategy.UseFirstStockRecord, strategy.StockRequired, strategy.NoTax, strategy.Structured):
    """Fixed prices without tax.

    Replaces Oscar's default, which knows nothing of pieces made to order, and judges a basket line by the product's
    first stock record even when the line was put in from another.
    """

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        if stockrecord is None:
            return strategy.Unavailable()
        if product.made_to_order:
            return MadeToOrder(product.lead_time_days)
        if not product.get_product_class().track_stock:
            return strategy.Available()
        return StockRequired(stockrecord.net_stock_level)

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> strategy.PurchaseInfo:
        return self.fetch_for_product(line.product, stockrecord or line.stockrecord)


class Selector:
    """The one strategy for everybody: prices do not depend on who looks, or pages could not be the same for all.

    It is not given the request, of which Oscar's base asks who is signed in: that reads the session, and every page of
    the site would be marked as one visitor's own.
    """

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> Default:
        return Default()
