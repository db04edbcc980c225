from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .viewsets import ShopDataGroup


@hooks.register("register_admin_viewset")
def register_shop_data():
    return ShopDataGroup()


class DashboardMenuItem(MenuItem):
    """The way from Wagtail's admin to orders and stock, for those whom the dashboard lets in."""

    def is_shown(self, request):
        return request.user.is_staff


@hooks.register("register_admin_menu_item")
def register_dashboard_link():
    return DashboardMenuItem(
        _("Orders and stock"), reverse("dashboard:index"), name="shop", icon_name="clipboard-list", order=50
    )
