from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from shop.catalogue.filters import Filters, first_slug
from shop.catalogue.queries import ordered
from shop.catalogue.views import PieceListView

from . import queries


class SearchView(PieceListView):
    """What the words in the address find, with the same filters as the shop's own list."""

    template_name = "oscar/search/results.html"

    @cached_property
    def words(self) -> str:
        return queries.cleaned(self.request.GET.get("q", ""))

    @cached_property
    def craft(self) -> str:
        return first_slug(self.request, "craft")

    @cached_property
    def matching(self):
        return queries.matching(self.words)

    def pieces(self):
        return self.matching.filter(craft__slug=self.craft) if self.craft else self.matching

    def order(self, pieces, filters: Filters):
        if self.request.GET.get("sort"):
            return ordered(pieces, filters.sort)
        return queries.by_relevance(pieces, self.words)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "words": self.words,
            "chosen_craft": self.craft,
            "crafts": context["filters"].craft_options(self.matching, chosen=self.craft),
            "crumbs": [(_("Shop"), reverse("catalogue:index")), (_("Search"), self.request.path)],
        }
