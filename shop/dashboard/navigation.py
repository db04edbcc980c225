"""The dashboard's menu, and who sees which entry of it. Read by the settings, so it imports nothing that needs them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

#: Replaces Oscar's menu: pages are Wagtail's, and its reviews and message templates are not used.
NAVIGATION: list[dict[str, Any]] = [
    {"label": _("Today"), "icon": "fas fa-list", "url_name": "dashboard:index"},
    {
        "label": _("Orders"),
        "icon": "fas fa-shopping-cart",
        "children": [
            {"label": _("Orders"), "url_name": "dashboard:order-list"},
            {"label": _("Transfers"), "url_name": "dashboard:transfer-list"},
            {"label": _("Refunds and problems"), "url_name": "dashboard:refund-list"},
        ],
    },
    {
        "label": _("Catalogue"),
        "icon": "fas fa-sitemap",
        "children": [
            {"label": _("Products and stock"), "url_name": "dashboard:catalogue-product-list"},
            {"label": _("Low stock"), "url_name": "dashboard:stock-alert-list"},
            {"label": _("Categories"), "url_name": "dashboard:catalogue-category-list"},
            {"label": _("Product types"), "url_name": "dashboard:catalogue-class-list"},
            {"label": _("Attribute choices"), "url_name": "dashboard:catalogue-attribute-option-group-list"},
            {"label": _("Partners"), "url_name": "dashboard:partner-list"},
        ],
    },
    {
        "label": _("Makers and couriers"),
        "icon": "fas fa-hands-helping",
        "children": [
            {"label": _("Makers"), "url_name": "makers:index"},
            {"label": _("Crafts"), "url_name": "crafts:index"},
            {"label": _("Motifs"), "url_name": "motifs:index"},
            {"label": _("Couriers"), "url_name": "couriers:index"},
            {"label": _("Delivery rates"), "url_name": "rates:index"},
        ],
    },
    {
        "label": _("Offers"),
        "icon": "fas fa-bullhorn",
        "children": [
            {"label": _("Offers"), "url_name": "dashboard:offer-list"},
            {"label": _("Vouchers"), "url_name": "dashboard:voucher-list"},
            {"label": _("Voucher sets"), "url_name": "dashboard:voucher-set-list"},
            {"label": _("Product ranges"), "url_name": "dashboard:range-list"},
        ],
    },
    {"label": _("Customers"), "icon": "fas fa-users", "url_name": "dashboard:users-index"},
    {"label": _("Reports"), "icon": "fas fa-chart-bar", "url_name": "dashboard:reports-index"},
    {"label": _("Pages and pictures"), "icon": "fas fa-file-alt", "url_name": "wagtailadmin_home"},
]

#: What Wagtail's own views ask for; Oscar's function knows only the dashboard's addresses.
ELSEWHERE = {
    "makers:index": "artisans.view_maker",
    "crafts:index": "crafts.view_craft",
    "motifs:index": "crafts.view_motif",
    "couriers:index": "shipping.view_courier",
    "rates:index": "shipping.view_rate",
    "wagtailadmin_home": "wagtailadmin.access_admin",
}


def may_open(user: Any, url_name: str | None, url_args: Any = None, url_kwargs: Any = None) -> bool:
    """Whether the entry is shown: by the rule of the view behind it, so that no entry leads to a refusal."""
    from oscar.apps.dashboard.nav import default_access_fn

    if url_name in ELSEWHERE:
        return user.has_perms(["wagtailadmin.access_admin", ELSEWHERE[url_name]])
    return default_access_fn(user, url_name, url_args, url_kwargs)
