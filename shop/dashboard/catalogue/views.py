"""What ``get_class("dashboard.catalogue.views", …)`` finds before Oscar's own."""

from django.db import transaction
from django.db.models import Q
from oscar.apps.dashboard.catalogue import views
from oscar.views.generic import ObjectLookupView

from shop.catalogue.services import put_on_shelf
from shop.dashboard.history import KeepsHistory
from shop.pictures.models import Picture


class ProductDeleteView(KeepsHistory, views.ProductDeleteView):
    """Replaces Oscar's, which fails with a server error when the product has a stock history."""


class ProductCreateUpdateView(views.ProductCreateUpdateView):
    """Replaces Oscar's saving in pieces: product, pictures, stock records and shelf are saved together or not at
    all."""

    @transaction.atomic
    def forms_valid(self, form, formsets):
        response = super().forms_valid(form, formsets)
        put_on_shelf(self.object)
        return response


class PictureLookupView(ObjectLookupView):
    """Pictures by title or by what they show, for the picture field of a product, the newest first."""

    model = Picture

    def get_queryset(self):
        return Picture.objects.order_by("-created_at")

    def lookup_filter(self, qs, term):
        return qs.filter(
            Q(title__icontains=term) | Q(description_ind__icontains=term) | Q(description_en__icontains=term)
        )
