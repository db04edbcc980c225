from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from shop.catalogue.filters import first_slug
from shop.catalogue.queries import browsable, cards, ordered
from shop.catalogue.whatsapp import question_about_maker
from shop.paging import ForgivingPages

from .queries import craft_options, public_makers, regency_options

#: Pieces on a maker's own page; the rest is one link away, in the shop's list narrowed to the maker.
PIECES_SHOWN = 12


class MakerListView(ForgivingPages, ListView):
    """All makers, narrowed by craft and regency through the address, so that a list can be shared."""

    template_name = "artisans/list.html"
    context_object_name = "makers"
    paginate_by = 24

    def get_queryset(self):
        self.craft = first_slug(self.request, "craft")
        self.regency = first_slug(self.request, "regency")
        makers = public_makers()
        if self.craft:
            makers = makers.filter(pk__in=public_makers().filter(crafts__slug=self.craft).values("pk"))
        if self.regency:
            makers = makers.filter(regency__slug=self.regency)
        return makers.order_by("name", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        here = reverse("artisans:list")
        return context | {
            "crumbs": [(_("Makers"), here)],
            "action": here,
            "craft_options": craft_options(chosen=self.craft),
            "regency_options": regency_options(chosen=self.regency),
            "chosen_craft": self.craft,
            "chosen_regency": self.regency,
            "active_filters": bool(self.craft) + bool(self.regency),
        }


class MakerView(DetailView):
    """A maker: who, where, since when, in whose words, and what can be bought."""

    template_name = "artisans/detail.html"
    context_object_name = "maker"

    def get_queryset(self):
        return public_makers()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        maker = self.object
        return context | {
            "pieces": cards(ordered(browsable().filter(maker=maker), "newest")[:PIECES_SHOWN]),
            "pieces_shown": PIECES_SHOWN,
            "whatsapp": question_about_maker(maker, self.request),
            "crumbs": [(_("Makers"), reverse("artisans:list")), (maker.name, maker.get_absolute_url())],
        }
