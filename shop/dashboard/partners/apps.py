from django.urls import path
from oscar.apps.dashboard.partners import apps


class PartnersDashboardConfig(apps.PartnersDashboardConfig):
    """Oscar's partner pages, and beside them the stock of a partner's records: counting it and reading its ledger."""

    name = "shop.dashboard.partners"

    def configure_permissions(self):
        super().configure_permissions()
        self.permissions_map |= {
            "stock-adjust": ["is_staff", "stock.adjust_stock"],
            "stock-ledger": ["is_staff", "stock.view_move"],
        }

    def get_urls(self):
        from shop.stock.views import AdjustStockView, LedgerView

        stock = [
            path("stock/<int:pk>/", AdjustStockView.as_view(), name="stock-adjust"),
            path("stock/<int:pk>/ledger/", LedgerView.as_view(), name="stock-ledger"),
        ]
        return self.post_process_urls(stock) + super().get_urls()
