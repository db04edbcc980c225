"""From an address to its page in two queries, however deep it lies.

Wagtail walks the tree with two queries a level, then asks for the ancestors again to check who may see the page, and
the language switch asks for the translations: a campaign's budget would be spent before the first picture. One query
finds the whole line from home to the page by stored path, whether any of it is restricted, and the page's twins.
Whatever it does not find (a page type with addresses of its own, a site without a tree in this language) is left to
Wagtail.
"""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve


def _tree_of(site: Site) -> str | None:
    """The stored path of the home page in the active language."""
    for root in Site.get_site_root_paths():
        if root.site_id == site.pk and root.language_code == get_language():
            return root.root_path
    return None


def find_page(request: HttpRequest, path: str) -> Page | None:
    """The live page at ``path`` (without its language), specific, with its ancestors; None when Wagtail should look."""
    site = Site.find_for_request(request)
    tree = _tree_of(site) if site else None
    if tree is None:
        return None
    places = [tree]
    for part in filter(None, path.split("/")):
        places.append(f"{places[-1]}{part}/")
    restrictions = PageViewRestriction.objects.filter(page_id=Coalesce(OuterRef("alias_of_id"), OuterRef("pk")))
    itself = Page.objects.filter(url_path=places[-1]).values("translation_key")
    rows = list(
        Page.objects.filter(Q(url_path__in=places) | Q(translation_key__in=itself))
        .select_related("locale")
        .annotate(is_restricted=Exists(restrictions))
    )
    line = {row.url_path: row for row in rows if row.url_path in places}
    found = line.get(places[-1])
    if found is None or not found.live:
        return None
    page = found.specific
    page.locale = found.locale
    page.found_line = [line[place] for place in places if place in line]
    page.found_twins = [
        row for row in rows if row.live and row.pk != page.pk and row.translation_key == page.translation_key
    ]
    return page


def serve_page(request: HttpRequest, path: str):
    """Wagtail's own view, with the page already found where that is possible."""
    page = find_page(request, path)
    if page is not None:
        # Where Wagtail keeps the route it found, by its own documentation of ``Page.route_for_request``.
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    return serve(request, path)
