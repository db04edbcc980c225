from django.urls import path

from . import views

app_name = "payment"

urlpatterns = [
    path("<slug:key>/", views.AttemptView.as_view(), name="attempt"),
    path("<slug:key>/kembali/", views.ReturnView.as_view(), name="return"),
    path("<slug:key>/mulai/", views.StartView.as_view(), name="start"),
    path("<slug:key>/batal/", views.CancelView.as_view(), name="cancel"),
    path("<slug:key>/keranjang/", views.BasketBackView.as_view(), name="basket"),
    path("<slug:key>/keadaan/", views.StateView.as_view(), name="state"),
]
