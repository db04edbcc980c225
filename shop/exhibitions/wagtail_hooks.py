from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .desk import urls


@hooks.register("register_admin_urls")
def register_desk():
    return [path("pameran/", include(urls))]


class FairsMenuItem(MenuItem):
    """Shown to those who may look at fairs."""

    def is_shown(self, request):
        return request.user.has_perm("exhibitions.view_fair")


@hooks.register("register_admin_menu_item")
def register_fairs():
    return FairsMenuItem(_("Fairs"), reverse("fairdesk:index"), name="fairs", icon_name="calendar-alt", order=60)
