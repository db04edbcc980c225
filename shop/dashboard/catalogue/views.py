"""What ``get_class("dashboard.catalogue.views", …)`` finds before Oscar's own."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
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

    def clean(self, form, formsets):
        """Refuse to show shoppers a piece that they could not judge or buy."""
        if not form.is_valid() or not form.cleaned_data.get("is_public"):
            return True
        missing = []
        if not self._has_price(formsets["stockrecord_formset"]):
            missing.append(_("It has no price yet: fill in one under Stock and pricing."))
        if not form.instance.is_child and not self._has_picture(formsets["image_formset"]):
            missing.append(_("It has no picture with a description yet: add one under Images."))
        for message in missing:
            form.add_error("is_public", message)
        return not missing

    def _has_price(self, formset):
        if self.object and self.object.is_parent:
            return self.object.children.filter(stockrecords__price__gt=0).exists()
        return any((record.get("price") or 0) > 0 for record in _kept(formset))

    def _has_picture(self, formset):
        return any(
            row.get("original") and (row["original"].description_ind or row.get("alt_ind")) for row in _kept(formset)
        )

    @transaction.atomic
    def forms_valid(self, form, formsets):
        response = super().forms_valid(form, formsets)
        put_on_shelf(self.object)
        return response


def _kept(formset):
    """What each row says that is neither empty nor about to be deleted."""
    rows = [form.cleaned_data for form in formset.forms if form.is_valid()]
    return [row for row in rows if row and not row.get("DELETE")]


class PictureLookupView(ObjectLookupView):
    """Pictures by title or by what they show, for the picture field of a product, the newest first."""

    model = Picture

    def get_queryset(self):
        return Picture.objects.order_by("-created_at")

    def lookup_filter(self, qs, term):
        return qs.filter(
            Q(title__icontains=term) | Q(description_ind__icontains=term) | Q(description_en__icontains=term)
        )
