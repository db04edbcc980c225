from django.urls import path

from . import views

app_name = "order"

urlpatterns = [
    path("lacak/", views.TrackView.as_view(), name="track"),
    path("checkout/pesanan/<slug:access_key>/", views.OrderView.as_view(), name="detail"),
    path("checkout/pesanan/<slug:access_key>/cetak/", views.PrintView.as_view(), name="print"),
]
