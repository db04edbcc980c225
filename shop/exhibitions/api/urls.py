"""The till's API. The version is part of the address: devices in the field update when they can, not when we do."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from . import views

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="till-api-schema"),
    path("till/pair/", views.PairView.as_view(), name="till-api-pair"),
    path("till/catalogue/", views.CatalogueView.as_view(), name="till-api-catalogue"),
    path("till/events/", views.EventsView.as_view(), name="till-api-events"),
    path("till/heartbeat/", views.HeartbeatView.as_view(), name="till-api-heartbeat"),
]
