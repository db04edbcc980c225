from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from oscar.apps.catalogue import views as oscar_views
from oscar.core.loading import get_model

from shop.paging import page_of

from . import facts, queries, whereabouts
from .filters import Filters
from .whatsapp import question_about_product

Category = get_model("catalogue", "Category")
ProductCategory = get_model("catalogue", "ProductCategory")


class PieceListView(TemplateView):
    """A list of pieces with filters, order and pages, all from the address.

    Replaces Oscar's browse views, which ask a search engine and then the database again for every card.
    """

    def pieces(self):
        """All pieces of this list, before any filter."""
        return queries.browsable()

    def order(self, pieces, filters: Filters):
        return queries.ordered(pieces, filters.sort)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        filters = Filters(self.request.GET)
        pieces = self.pieces()
        paginator = Paginator(self.order(filters.narrow(pieces), filters), settings.OSCAR_PRODUCTS_PER_PAGE)
        page_obj = page_of(paginator, self.request.GET.get("page"))
        facets = filters.facets(pieces)
        return context | {
            "filters": filters,
            "facets": facets,
            "chips": filters.chips(facets),
            "page_obj": page_obj,
            "products": queries.cards(page_obj.object_list),
            "count": paginator.count,
            "action": self.request.path,
        }


class CatalogueView(PieceListView):
    template_name = "oscar/catalogue/browse.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "crafts": context["filters"].craft_options(queries.browsable()),
            "crumbs": [(_("Shop"), reverse("catalogue:index"))],
        }


class ProductCategoryView(PieceListView):
    """A shelf and all shelves below it, found by its path of slugs.

    Replaces Oscar's lookup by number: the address has none.
    """

    template_name = "oscar/catalogue/category.html"

    def get(self, request, *args, **kwargs):
        self.category = self.find(kwargs["category_slug"])
        return super().get(request, *args, **kwargs)

    def find(self, path: str):
        slugs = path.split("/")
        shelves = Category.objects.browsable().filter(slug=slugs[-1], depth=len(slugs)).select_related("craft__picture")
        for shelf in shelves:
            self.ancestors = [] if shelf.is_root() else list(shelf.get_ancestors())
            if [one.slug for one in self.ancestors] == slugs[:-1]:
                return shelf
        raise Http404(_("There is no such shelf."))

    def pieces(self):
        below = ProductCategory.objects.filter(product=OuterRef("pk"), category__path__startswith=self.category.path)
        return super().pieces().filter(Exists(below))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        craft = self.category.craft
        crumbs = [(_("Shop"), reverse("catalogue:index"))]
        crumbs += [(one.name, one.get_absolute_url()) for one in (*self.ancestors, self.category)]
        return context | {
            "category": self.category,
            "craft": craft,
            "crafts": context["filters"].craft_options(queries.browsable(), chosen=craft.slug if craft else ""),
            "crumbs": crumbs,
        }


class ProductDetailView(oscar_views.ProductDetailView):
    """A piece, its maker and its facts.

    Replaces three of Oscar's habits: it writes a row for every look at a page and sets a cookie with what was seen
    (so that no two visitors' pages were the same, and no page could be cached), and it asks for a stock alert, which
    needs the visitor's session.
    """

    template_name = "oscar/catalogue/detail.html"
    enforce_parent = True

    def get_object(self, queryset=None):
        if not hasattr(self, "object"):
            (self.object,) = queries.complete([get_object_or_404(queries.for_product_page(), pk=self.kwargs["pk"])])
        return self.object

    def is_viewable(self, product, request):
        """Everybody sees what is public; staff see the rest, to look at it before it is."""
        self.is_public = product.is_shown
        return self.is_public or request.user.is_staff

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if response.status_code == 200 and not self.is_public:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def send_signal(self, request, response, product):
        """Nobody is told: see the class."""

    def get_context_data(self, **kwargs):
        # Past Oscar's own, which builds the alert form.
        context = super(oscar_views.ProductDetailView, self).get_context_data(**kwargs)
        product = self.object
        whereabouts.mark([product, *product.children.all()] if product.is_parent else [product])
        return context | {
            "pictures": [image.original for image in product.images.all()],
            "variants": list(product.children.all()) if product.is_parent else [],
            "facts": facts.of(product),
            "whatsapp": question_about_product(product, self.request),
            "related": queries.others_of_maker(product, limit=4),
            "crumbs": self.crumbs(product),
        }

    def crumbs(self, product):
        crumbs = [(_("Shop"), reverse("catalogue:index"))]
        if product.craft:
            crumbs.append((product.craft.name, product.craft.get_absolute_url()))
        return [*crumbs, (product.get_title(), product.get_absolute_url())]
