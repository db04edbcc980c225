from django.apps import apps
from django.urls import include, path
from django.views.generic import RedirectView
from oscar.apps.dashboard import apps as oscar_apps
from oscar.core.loading import get_class


class DashboardConfig(oscar_apps.DashboardConfig):
    """Oscar's dashboard without its flat pages and its own sign-in.

    Replaces Oscar's URL list: pages are Wagtail's, and everybody signs in at the one account page, so
    the dashboard must not offer a second door with weaker rules; its old addresses lead to the one door.
    """

    name = "shop.dashboard"

    def ready(self):
        self.index_view = get_class("dashboard.views", "IndexView")
        self.rooms = {
            prefix: apps.get_app_config(label)
            for prefix, label in (
                ("catalogue", "catalogue_dashboard"),
                ("reports", "reports_dashboard"),
                ("orders", "orders_dashboard"),
                ("users", "users_dashboard"),
                ("partners", "partners_dashboard"),
                ("offers", "offers_dashboard"),
                ("ranges", "ranges_dashboard"),
                ("vouchers", "vouchers_dashboard"),
                ("comms", "communications_dashboard"),
                ("shipping", "shipping_dashboard"),
            )
        }
        self.configure_permissions()

    def get_urls(self):
        urls = [
            path("", self.index_view.as_view(), name="index"),
            path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="login"),
            path("logout/", RedirectView.as_view(pattern_name="account_logout"), name="logout"),
        ]
        urls += [path(f"{prefix}/", include(room.urls[0])) for prefix, room in self.rooms.items()]
        return self.post_process_urls(urls)
