from django.apps import apps
from django.urls import include, path
from django.utils.functional import cached_property
from django.views.generic import RedirectView
from oscar.apps.dashboard import apps as oscar_apps
from oscar.core.loading import get_class

#: Where each room of the dashboard is mounted. Not among them: Oscar's pages and reviews (pages are Wagtail's, reviews
#: are off), its message templates (our e-mails are the theme's) and its shipping methods (we have couriers and rates).
ROOMS = (
    ("catalogue", "catalogue_dashboard"),
    ("reports", "reports_dashboard"),
    ("orders", "orders_dashboard"),
    ("users", "users_dashboard"),
    ("partners", "partners_dashboard"),
    ("offers", "offers_dashboard"),
    ("ranges", "ranges_dashboard"),
    ("vouchers", "vouchers_dashboard"),
)
#: Views of those rooms that stay shut, by the beginning of their names: a partner's users would get into the dashboard,
#: passwords are reset at the one account page, and nobody can ask for a stock alert.
SHUT = ("partner-user-", "user-password-reset", "user-alert-")


class DashboardConfig(oscar_apps.DashboardConfig):
    """Oscar's dashboard with only the rooms that do something here, and without its own sign-in.

    Replaces Oscar's URL list: everybody signs in at the one account page, so the dashboard must not offer a second door
    with weaker rules; its old addresses lead to the one door.
    """

    name = "shop.dashboard"

    def ready(self):
        self.index_view = get_class("dashboard.views", "IndexView")
        self.configure_permissions()

    @cached_property
    def rooms(self):
        return {prefix: apps.get_app_config(label) for prefix, label in ROOMS}

    def get_urls(self):
        urls = [
            path("", self.index_view.as_view(), name="index"),
            path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="login"),
            path("logout/", RedirectView.as_view(pattern_name="account_logout"), name="logout"),
        ]
        urls += [path(f"{prefix}/", include(_open(room.urls[0]))) for prefix, room in self.rooms.items()]
        return self.post_process_urls(urls)


def _open(patterns):
    return [pattern for pattern in patterns if not pattern.name.startswith(SHUT)]
