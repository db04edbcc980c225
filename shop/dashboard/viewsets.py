"""Shop data that Wagtail's admin edits: makers, crafts, motifs, places, couriers and their rates.

Oscar's dashboard has no pages for them, and Wagtail's bring the picture chooser and both languages side by side. Who
may do what is Django's permissions of each model; an editor has none of them and sees nothing of this.
"""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from shop.artisans.models import Maker
from shop.crafts.models import Craft, Motif, Regency
from shop.shipping.models import Courier, Rate


def both(name: str, label: Any) -> FieldRowPanel:
    """A translated field in both languages, side by side."""
    return FieldRowPanel(
        [FieldPanel(f"{name}_ind", heading=_("Indonesian")), FieldPanel(f"{name}_en", heading=_("English"))],
        heading=label,
    )


class DeleteView(generic.DeleteView):
    """Says why something in use stays, where Wagtail's would answer with a server error."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, _("“%(name)s” is in use and cannot be deleted.") % {"name": self.object})
            return redirect(self.get_success_url())


class ShopDataViewSet(ModelViewSet):
    """Nothing is copied: each of them is one thing in the world, and the copy would have its slug."""

    copy_view_enabled = False
    delete_view_class = DeleteView


class MakerForm(WagtailAdminModelForm):
    """Brings a new maker its partner, the party that stock and order lines belong to: neither is without the other."""

    def save(self, commit: bool = True) -> Any:
        if self.instance.partner_id is None:
            self.instance.partner = get_model("partner", "Partner").objects.create(name=self.instance.name)
        return super().save(commit)


class MakerViewSet(ShopDataViewSet):
    model = Maker
    name = "makers"
    icon = "group"
    menu_label = _("Makers")
    list_display = ["name", "regency", "village", "is_public"]
    list_filter = ["regency", "crafts", "is_public"]
    search_fields = ["name", "person", "village"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldRowPanel([FieldPanel("person"), FieldPanel("since")]),
            both("role", _("Role")),
            FieldPanel("crafts"),
            FieldRowPanel([FieldPanel("regency"), FieldPanel("village")]),
            FieldPanel("whatsapp"),
            FieldPanel("portrait"),
            both("story", _("Story")),
            both("quote", _("Quote")),
            FieldPanel("is_public"),
        ],
        base_form_class=MakerForm,
    )


class CraftViewSet(ShopDataViewSet):
    model = Craft
    name = "crafts"
    icon = "tag"
    menu_label = _("Crafts")
    list_display = ["name", "slug", "position"]
    panels = [
        both("name", _("Name")),
        FieldPanel("slug"),
        both("summary", _("Summary")),
        FieldPanel("picture"),
        FieldPanel("position"),
    ]


class MotifViewSet(ShopDataViewSet):
    model = Motif
    name = "motifs"
    icon = "grid"
    menu_label = _("Motifs")
    list_display = ["name", "craft", "certainty"]
    list_filter = ["craft", "certainty"]
    search_fields = ["name_ind", "name_en"]
    panels = [
        both("name", _("Name")),
        FieldPanel("slug"),
        FieldPanel("craft"),
        both("meaning", _("Meaning")),
        FieldPanel("certainty"),
        both("source_note", _("Sources")),
        FieldPanel("picture"),
    ]


class RegencyViewSet(ShopDataViewSet):
    model = Regency
    name = "regencies"
    icon = "site"
    menu_label = _("Regencies")
    list_display = ["name", "code"]
    form_fields = ["name", "code", "slug"]


class CourierViewSet(ShopDataViewSet):
    model = Courier
    name = "couriers"
    icon = "arrow-right-full"
    menu_label = _("Couriers")
    list_display = ["name", "kind", "is_active", "is_sample"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
        FieldPanel("kind"),
        MultiFieldPanel(
            [FieldPanel("volumetric_divisor"), FieldPanel("minimum_grams"), FieldPanel("tolerance_grams")],
            heading=_("How weight is reckoned"),
        ),
        FieldRowPanel([FieldPanel("is_active"), FieldPanel("is_sample"), FieldPanel("position")]),
    ]


class RateViewSet(ShopDataViewSet):
    model = Rate
    name = "rates"
    icon = "order"
    menu_label = _("Delivery rates")
    list_display = ["courier", "country", "region", "first_kg", "next_kg", "days_min", "days_max"]
    list_filter = ["courier", "country"]
    search_fields = ["region"]
    panels = [
        FieldPanel("courier"),
        FieldRowPanel(
            [
                FieldPanel("country", help_text=_("Two letters; empty for every country without a rate of its own.")),
                FieldPanel(
                    "region", help_text=_("Beginning of the official code, such as 19.71; empty for all of it.")
                ),
            ]
        ),
        FieldRowPanel([FieldPanel("first_kg"), FieldPanel("next_kg")]),
        FieldRowPanel([FieldPanel("days_min"), FieldPanel("days_max")]),
    ]


class ShopDataGroup(ModelViewSetGroup):
    menu_label = _("Makers and couriers")
    menu_icon = "group"
    menu_order = 350
    items = (MakerViewSet, CraftViewSet, MotifViewSet, RegencyViewSet, CourierViewSet, RateViewSet)
