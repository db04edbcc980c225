"""Every address of the site. The fixed names are promised to others: do not rename them."""

from typing import cast

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.static import serve
from oscar.core.application import OscarConfig
from wagtail.admin import urls as wagtailadmin_urls

from accounts.views import admin_sign_in
from config import views
from shop.payment.webhooks import stripe_webhook


def oscar_urls(label: str) -> tuple:
    """The addresses of an Oscar app, ours or Oscar's own: each app's config makes its list."""
    return cast(OscarConfig, apps.get_app_config(label)).urls


urlpatterns = [
    path("kelola/toko/", oscar_urls("dashboard")),
    path("kelola/login/", admin_sign_in),
    path("kelola/", include(wagtailadmin_urls)),
    path("saya/ringkas/", views.visitor, name="visitor"),
    path("api/v1/", include("shop.exhibitions.api.urls")),
    path("kasir/", include("shop.exhibitions.views.till_urls")),
    path("webhooks/stripe/", stripe_webhook, name="stripe-webhook"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("toko/keranjang/", oscar_urls("basket")),
    path("toko/checkout/bayar/", include("shop.payment.urls")),
    path("toko/checkout/", oscar_urls("checkout")),
    path("toko/wilayah/", include("shop.address.urls")),
    path("toko/", include("shop.order.urls")),
    path("cari/", oscar_urls("search")),
    path("akun/", include("allauth.urls")),
    path("akun/", oscar_urls("customer")),
    path("", include("shop.customer.oscar_addresses")),
    path("toko/", oscar_urls("catalogue")),
    path("pengrajin/", include("shop.artisans.urls")),
    path("karya/", include("shop.exhibitions.urls")),
    path("pameran/", include("cms.fairs.urls")),
    path("", include("cms.core.urls")),
    prefix_default_language=False,
)
