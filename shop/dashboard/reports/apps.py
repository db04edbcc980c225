from oscar.apps.dashboard.reports import apps


class ReportsDashboardConfig(apps.ReportsDashboardConfig):
    """Reports for whoever may see orders. Oscar asks for the right to see its visitor analytics, which are not kept."""

    name = "shop.dashboard.reports"

    def configure_permissions(self):
        self.permissions_map = {"reports-index": ["is_staff", "order.view_order"]}
