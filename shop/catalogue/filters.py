"""What a shopper narrows a list of pieces by: read from the address, applied to a queryset, and written back as
choices.

Everything is in the address, so a narrowed list can be shared, bookmarked and reached without JavaScript.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from shop.artisans.models import Maker
from shop.catalogue.templatetags.money import rupiah
from shop.crafts.models import Craft, Motif, Regency
from shop.rupiah import digits

from . import queries

#: No piece costs more; figures beyond are slips of the finger, and would not fit the column.
HIGHEST_PRICE = Decimal(9_999_999_999)
STATUSES = ("ready", "order")
SORTS = ("newest", "price", "-price")
#: Facets a shopper can tick several of, and the lookup each one means.
FACETS: dict[str, tuple[Any, str | None, str]] = {
    "regency": (Regency, "maker__regency__slug__in", "makers__products"),
    "motif": (Motif, None, "products"),
    "maker": (Maker, "maker__slug__in", "products"),
}


def slugs(values: list[str]) -> list[str]:
    """Those that can be slugs, each once. Anything else (PostgreSQL refuses a NUL, for one) fits no piece and is left
    out."""
    return [value for value in dict.fromkeys(values) if re.fullmatch(r"[-\w]{1,50}", value)]


def first_slug(request: HttpRequest, name: str) -> str:
    """The one choice of a parameter of the address; '' when there is none."""
    return next(iter(slugs(request.GET.getlist(name))), "")


@dataclass(frozen=True)
class Option:
    """One choice. ``count`` is the pieces it leads to, with all other filters as they are."""

    value: str
    label: str
    count: int | None
    checked: bool


@dataclass
class Filters:
    query: QueryDict
    chosen: dict[str, list[str]] = field(init=False)

    def __post_init__(self):
        self.chosen = {name: slugs(self.query.getlist(name)) for name in FACETS}

    @cached_property
    def price_min(self) -> Decimal | None:
        return self._price("min")

    @cached_property
    def price_max(self) -> Decimal | None:
        return self._price("max")

    def _price(self, name: str) -> Decimal | None:
        """Whole rupiah as people write them, with or without dots; None for what is no price."""
        price = digits(self.query.get(name, ""))
        return min(Decimal(price), HIGHEST_PRICE) if price and price.isdigit() and len(price) <= 10 else None

    @cached_property
    def status(self) -> str:
        status = self.query.get("status", "")
        return status if status in STATUSES else ""

    @cached_property
    def sort(self) -> str:
        sort = self.query.get("sort", "")
        return sort if sort in SORTS else SORTS[0]

    @cached_property
    def count_active(self) -> int:
        return sum(map(len, self.chosen.values())) + sum(
            1 for one in (self.price_min, self.price_max, self.status) if one not in (None, "")
        )

    def narrow(self, products: QuerySet, *, but_for: str = "") -> QuerySet:
        """Apply all filters, or all but one facet's, which is what that facet's own counts are made of."""
        for name, (_model, lookup, _path) in FACETS.items():
            chosen = self.chosen[name]
            if not chosen or name == but_for:
                continue
            if lookup:
                products = products.filter(**{lookup: chosen})
            else:
                # A join would show a piece once for each of its motifs.
                through = queries.Product.motifs.through
                products = products.filter(
                    Exists(through.objects.filter(product=OuterRef("pk"), motif__slug__in=chosen))
                )
        if self.price_min is not None or self.price_max is not None:
            products = queries.with_price(products)
            if self.price_min is not None:
                products = products.filter(list_price__gte=self.price_min)
            if self.price_max is not None:
                products = products.filter(list_price__lte=self.price_max)
        if self.status == "order":
            products = products.filter(made_to_order=True)
        elif self.status == "ready":
            products = queries.with_availability(products).filter(list_available=True, made_to_order=False)
        return products

    def options(self, name: str, products: QuerySet) -> list[Option]:
        """The choices of one facet, each with its count. One query."""
        model, _lookup, path = FACETS[name]
        counted = Count(path, filter=Q(**{f"{path}__in": _ids(self.narrow(products, but_for=name))}), distinct=True)
        rows = model.objects.annotate(pieces=counted).filter(Q(pieces__gt=0) | Q(slug__in=self.chosen[name]))
        return [Option(row.slug, row.name, row.pieces, row.slug in self.chosen[name]) for row in rows]

    def facets(self, products: QuerySet) -> dict[str, list[Option]]:
        return {name: self.options(name, products) for name in FACETS}

    def craft_options(self, products: QuerySet, *, chosen: str = "") -> list[Option]:
        """Crafts with what they hold under the present filters. ``products`` must not be narrowed to a craft."""
        counted = Count("products", filter=Q(products__in=_ids(self.narrow(products))), distinct=True)
        return [
            Option(craft.slug, craft.name, craft.pieces, craft.slug == chosen)
            for craft in Craft.objects.annotate(pieces=counted)
        ]

    def chips(self, facets: dict[str, list[Option]]) -> list[tuple[str, str]]:
        """(what is filtered by, the address without it) for every active filter."""
        chips = [
            (option.label, self._without(name, option.value))
            for name, options in facets.items()
            for option in options
            if option.checked
        ]
        if self.price_min is not None:
            chips.append((_("from %(price)s") % {"price": rupiah(self.price_min)}, self._without("min")))
        if self.price_max is not None:
            chips.append((_("up to %(price)s") % {"price": rupiah(self.price_max)}, self._without("max")))
        if self.status:
            label = _("Ready now") if self.status == "ready" else _("Made to order")
            chips.append((label, self._without("status")))
        return chips

    def _without(self, name: str, value: str | None = None) -> str:
        query = self.query.copy()
        query.pop("page", None)
        kept = [one for one in query.getlist(name) if value is not None and one != value]
        query.setlist(name, kept)
        return f"?{query.urlencode()}"

    @property
    def cleared(self) -> str:
        """The address without filters: a search keeps its words, every list keeps its order."""
        query = QueryDict(mutable=True)
        for name in ("q", "sort"):
            if self.query.get(name):
                query[name] = self.query.get(name, "")
        return f"?{query.urlencode()}"

    @property
    def carried(self) -> str:
        """The filters as they are, for links to another craft's list."""
        query = self.query.copy()
        for name in ("page", "q", "craft"):
            query.pop(name, None)
        return f"?{query.urlencode()}" if query else ""


def _ids(products: QuerySet) -> QuerySet:
    return products.order_by().values("pk")
