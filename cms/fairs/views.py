"""A fair as an entry for the visitor's own calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from .calendars import calendar_of
from .queries import fair_page


def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    page = fair_page(slug, get_language() or "")
    if page is None:
        raise Http404
    response = HttpResponse(
        calendar_of(page, request.build_absolute_uri(page.get_url(request))),
        content_type="text/calendar; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return response
