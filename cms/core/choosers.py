"""Choosers of the shop's things in the page editor: a search on the server, a page of results at a time.

Wagtail's generic chooser asks no permission of its own, so that anybody let into the admin could read the whole
catalogue, drafts included; these ask for the right to work on pages.
"""

from django.core.exceptions import PermissionDenied
from django.forms import CharField, TextInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permissions import page_permission_policy

from shop import public

#: What stands beside the title in a list of results: (heading, attribute or callable).
COLUMNS = {
    public.PRODUCT_MODEL: ((_("Maker"), "maker"), (_("SKU"), "sku"), (_("Standing"), public.standing)),
    public.MAKER_MODEL: ((_("Person"), "person"), (_("Regency"), "regency")),
    public.MOTIF_MODEL: ((_("Craft"), "craft"),),
    public.CRAFT_MODEL: (),
}


class PageEditorsOnly:
    """Refuses whoever may not add, change or publish any page."""

    def dispatch(self, request, *args, **kwargs):
        if not page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class WordsForm(BaseFilterForm):
    """Only holds what was typed; the view narrows the list, because it knows the model."""

    q = CharField(label=_("Search"), required=False, widget=TextInput(attrs={"placeholder": _("Search")}))

    def filter(self, objects):
        words = self.cleaned_data["q"].strip()
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return public.for_choosing(objects.model, words)


class ShopList(PageEditorsOnly):
    per_page = 12
    filter_form_class = WordsForm

    @property
    def columns(self):
        extra = COLUMNS[self.model_class._meta.label]
        return [
            *super().columns,
            *(Column(f"extra{i}", label=label, accessor=read) for i, (label, read) in enumerate(extra)),
        ]

    def get_object_list(self):
        return public.for_choosing(self.model_class)

    def can_create(self):
        """The shop's things are made in the dashboard, never in passing from a page."""
        return False


class ChooseView(ShopList, views.ChooseView):
    pass


class ChooseResultsView(ShopList, views.ChooseResultsView):
    pass


class ChosenView(PageEditorsOnly, views.ChosenView):
    pass


class ChosenMultipleView(PageEditorsOnly, views.ChosenMultipleView):
    pass


class CreateView(PageEditorsOnly, views.CreateView):
    def can_create(self):
        return False


class ShopChooserViewSet(ChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = CreateView


class ProductChooserViewSet(ShopChooserViewSet):
    model = public.PRODUCT_MODEL
    icon = "tag"
    choose_one_text = _("Choose a piece")
    choose_another_text = _("Choose another piece")


class MakerChooserViewSet(ShopChooserViewSet):
    model = public.MAKER_MODEL
    icon = "user"
    choose_one_text = _("Choose a maker")
    choose_another_text = _("Choose another maker")


class MotifChooserViewSet(ShopChooserViewSet):
    model = public.MOTIF_MODEL
    icon = "snippet"
    choose_one_text = _("Choose a motif")
    choose_another_text = _("Choose another motif")


class CraftChooserViewSet(ShopChooserViewSet):
    model = public.CRAFT_MODEL
    icon = "folder-open-1"
    choose_one_text = _("Choose a craft")
    choose_another_text = _("Choose another craft")


product_chooser = ProductChooserViewSet("product_chooser")
maker_chooser = MakerChooserViewSet("maker_chooser")
motif_chooser = MotifChooserViewSet("motif_chooser")
craft_chooser = CraftChooserViewSet("craft_chooser")

VIEWSETS = (product_chooser, maker_chooser, motif_chooser, craft_chooser)
