from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView
from oscar.apps.customer import apps


def _own(view):
    """A page of somebody who is signed in."""
    return login_required(view.as_view())


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
                path("", _own(views.SummaryView), name="summary"),
                path("profil/", _own(views.ProfileView), name="profile-view"),
                path("pesanan/", _own(views.OrderListView), name="order-list"),
                path("pesanan/<slug:order_number>/", _own(views.OrderView), name="order"),
                path("alamat/", _own(views.AddressListView), name="address-list"),
                path("alamat/baru/", _own(views.AddressView), name="address-create"),
                path("alamat/<int:pk>/", _own(views.AddressView), name="address-detail"),
                path("alamat/<int:pk>/hapus/", _own(views.AddressDeleteView), name="address-delete"),
                path("alamat/<int:pk>/utama/", _own(views.AddressDefaultView), name="address-default"),
            ]
        )
