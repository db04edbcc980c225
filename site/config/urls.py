"""Every address of the site. The fixed names are promised to others: do not rename them."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from config import views

urlpatterns = [
    path("kelola/toko/", apps.get_app_config("dashboard").urls),
    path("kelola/", include(wagtailadmin_urls)),
    path("saya/ringkas/", views.visitor, name="visitor"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("toko/keranjang/", apps.get_app_config("basket").urls),
    path("toko/checkout/", apps.get_app_config("checkout").urls),
    path("cari/", apps.get_app_config("search").urls),
    path("akun/", include("allauth.urls")),
    path("akun/", apps.get_app_config("customer").urls),
    path("toko/", apps.get_app_config("catalogue").urls),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
