"""Errors of a form, shown on the page that follows the redirect.

A page that is rendered in answer to a POST breaks the back button: the browser asks whether to send the form again, or
shows an error page of its own. So a refused form is kept in the session, once, and the page is asked for anew.
"""

import time
from dataclasses import dataclass, field

from django.http import HttpResponseRedirect

KEY = "refused_form"
#: Seconds after which a refusal that no page has fetched is forgotten; what follows a redirect comes at once.
FRESH_FOR = 60
_MOST = 1000
_MOST_NAMES = 100


class SeeOther(HttpResponseRedirect):
    """The answer to a POST whose result is read at ``Location`` (RFC 9110, 15.4.4)."""

    status_code = 303


@dataclass(frozen=True)
class Refusal:
    """What was sent and was not accepted. ``problem`` is what only the service knew, ``problem_url`` where it is put
    right; a form finds its own errors again.

    ``unchecked``: the form was sent for its next list only, and nothing in it is to be marked.
    """

    sent: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    problem_url: str = ""
    unchecked: bool = False


def refuse(
    request, *, problem: str = "", problem_url: str = "", unchecked: bool = False, fragment: str = ""
) -> HttpResponseRedirect:
    """Keep what this request sent for the next GET of its own address, and lead there."""
    names = list(request.POST)[:_MOST_NAMES]
    request.session[KEY] = {
        "path": request.path,
        "at": int(time.time()),
        "sent": {name[:_MOST]: request.POST[name][:_MOST] for name in names if name != "csrfmiddlewaretoken"},
        "problem": problem,
        "problem_url": problem_url,
        "unchecked": unchecked,
    }
    return SeeOther(request.get_full_path() + (f"#{fragment}" if fragment else ""))


def take_refusal(request) -> Refusal | None:
    """The refusal kept for this address, which is forgotten with that: a second visit shows no old errors."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    if kept["at"] < time.time() - FRESH_FOR:
        return None
    return Refusal(kept["sent"], kept["problem"], kept["problem_url"], kept["unchecked"])
