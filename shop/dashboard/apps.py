from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponseRedirect
from django.urls import include, path
from django.utils.functional import cached_property
from django.views.generic import RedirectView
from django.views.generic.list import MultipleObjectMixin
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
        for prefix, room in self.rooms.items():
            patterns = _open(room.urls[0])
            for pattern in patterns:
                pattern.callback = forgiving(pattern.callback)
            urls.append(path(f"{prefix}/", include(patterns)))
        return self.post_process_urls(urls)


def forgiving(view: Callable[..., Any]) -> Callable[..., Any]:
    """Lead from a page that a list does not have (any more) to its last one.

    Django answers 404: whoever packed the last order of page 3 and loads it anew would think that the list is broken.
    ``shop.paging`` does it for lists of our own; this is for Oscar's as well, without a class of ours for each.
    """
    if not issubclass(getattr(view, "view_class", object), MultipleObjectMixin):
        return view

    @wraps(view)
    def shown(request: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.GET.get("page", "last") == "last":
                raise
            asked = request.GET.copy()
            asked["page"] = "last"
            return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")

    return shown


def _open(patterns):
    return [pattern for pattern in patterns if not pattern.name.startswith(SHUT)]
