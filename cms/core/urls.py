"""Wagtail's addresses, with pages found by ``cms.core.routing``."""

from django.urls import include, re_path
from wagtail import urls as wagtail_urls

from cms.core.routing import serve_page

urlpatterns = [
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    re_path("", include(wagtail_urls)),
]
