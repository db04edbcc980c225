from django.urls import path

from . import views

app_name = "payment"

urlpatterns = [
    path("<str:key>/", views.AttemptView.as_view(), name="attempt"),
    path("<str:key>/kembali/", views.ReturnView.as_view(), name="return"),
    path("<str:key>/mulai/", views.StartView.as_view(), name="start"),
    path("<str:key>/batal/", views.CancelView.as_view(), name="cancel"),
    path("<str:key>/keranjang/", views.BasketBackView.as_view(), name="basket"),
    path("<str:key>/keadaan/", views.StateView.as_view(), name="state"),
]
