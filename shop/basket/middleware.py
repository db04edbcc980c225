"""Remembers how a shopper came, so that a campaign or a printed code can be seen to sell."""

import re

from django.http import HttpRequest

SESSION_KEY = "source"
_VALID = re.compile(r"[A-Za-z0-9._-]{1,64}")
#: What programs that read pages call themselves. A shared link is opened by the preview of every chat it is sent to.
_PROGRAM = re.compile(r"(?<!cu)bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|curl|wget|python", re.I)


class SourceMiddleware:
    """Keeps ``?source=…`` of any address in the session; ``shop.basket`` copies it to the line added next.

    The last way of coming wins: whoever saw a banner a month ago and today scans the code on a label bought because of
    the label. The mark is opaque; anything but 1 to 64 letters, digits, dots, hyphens and underscores is ignored. The
    session is touched only when there is a new mark, so that every other page stays the same for everybody, and only
    for a person who looks at the page: a row for every crawler and link preview would be most of the table.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        source = request.GET.get("source", "")
        if _VALID.fullmatch(source) and _is_seen(request) and request.session.get(SESSION_KEY) != source:
            request.session[SESSION_KEY] = source
        return self.get_response(request)


def _is_seen(request: HttpRequest) -> bool:
    """Whether somebody has the page before them, as far as the request tells."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return (
        request.method == "GET"
        and not purpose.startswith(("prefetch", "prerender"))
        and not _PROGRAM.search(request.headers.get("User-Agent", ""))
    )
