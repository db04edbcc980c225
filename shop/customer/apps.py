from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView
from oscar.apps.customer import apps


def _to(name: str):
    """Oscar's address of something that allauth does: whoever has the old one is led on, with its ``?next=``."""
    return RedirectView.as_view(pattern_name=name, query_string=True)


class CustomerConfig(apps.CustomerConfig):
    """Reduces Oscar's account to orders, addresses and the name; signing in belongs to allauth alone.

    Two sign-in forms mean two sets of rules for passwords, confirmation and rate limits, and the weaker one counts.
    """

    name = "shop.customer"

    def ready(self):
        """Oscar's own looks up the views that are gone; its receivers for sign-in and stock alerts stay unused."""

    def get_urls(self):
        from . import views

        return self.post_process_urls(
            [
                path("login/", _to("account_login"), name="login"),
                path("logout/", _to("account_logout"), name="logout"),
                path("register/", _to("account_signup"), name="register"),
                path("change-password/", _to("account_change_password"), name="change-password"),
                path("", login_required(views.SummaryView.as_view()), name="summary"),
                path("profil/", login_required(views.ProfileView.as_view()), name="profile-view"),
                path("pesanan/", login_required(views.OrderListView.as_view()), name="order-list"),
                path("pesanan/<str:order_number>/", login_required(views.OrderView.as_view()), name="order"),
                path("alamat/", login_required(views.AddressListView.as_view()), name="address-list"),
                path("alamat/baru/", login_required(views.AddressView.as_view()), name="address-create"),
                path("alamat/<int:pk>/", login_required(views.AddressView.as_view()), name="address-detail"),
                path("alamat/<int:pk>/hapus/", login_required(views.AddressDeleteView.as_view()), name="address-delete"),
                path("alamat/<int:pk>/utama/", login_required(views.AddressDefaultView.as_view()), name="address-default"),
            ]
        )
