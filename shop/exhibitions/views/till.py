"""The till's page and what it is made of. The page is the same for everybody; who sells is known on the device."""

import json
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from shop.exhibitions.errors import FairError
from shop.exhibitions.models import Fair
from shop.exhibitions.services import devices
from shop.exhibitions.till_files import ROOT, till_files
from shop.exhibitions.till_texts import till_texts

#: Fairs a person who is signed in may pair a phone with, those that sell today first.
TO_PAIR = (Fair.Status.OPEN, Fair.Status.IN_TRANSIT, Fair.Status.PACKING, Fair.Status.COUNTING)
LONGEST_BODY = 4096


def picture_origins(policy: dict[str, Any]) -> list[str]:
    """Where pictures come from besides this site: a bucket. The till fetches them ahead, so it must be allowed to."""
    return [source for source in policy["DIRECTIVES"]["img-src"] if "://" in source]


PICTURES = {"connect-src": picture_origins(settings.CONTENT_SECURITY_POLICY)}


@require_safe
@cache_control(no_cache=True)
@csp_update({"script-src": ["'wasm-unsafe-eval'"], "worker-src": ["'self'"], **PICTURES})
def app(request: HttpRequest) -> HttpResponse:
    """The shell. WebAssembly is allowed here alone: the code reader needs it where the browser has none of its own."""
    return render(request, "exhibitions/till/app.html", {"files": till_files(), "root": ROOT})


@require_safe
@cache_control(no_cache=True)
@csp_update(PICTURES)
def service_worker(request: HttpRequest) -> HttpResponse:
    files = till_files()
    shell = reverse("till:app")
    words = [reverse("till:texts", args=[language]) for language, _name in settings.LANGUAGES]
    facts = {
        "version": files.version,
        "reader": files.reader_version,
        "readerPath": files.reader_path,
        "mediaPath": settings.MEDIA_URL,
        "pictureOrigins": PICTURES["connect-src"],
        "shell": shell,
        "files": [shell, *words, *files.styles, *files.fonts, *files.modules],
    }
    text = render_to_string("exhibitions/till/sw.js", {"facts": mark_safe(json.dumps(facts))})  # noqa: S308 - our names
    return HttpResponse(text, content_type="text/javascript", headers={"Service-Worker-Allowed": shell})


@require_safe
@cache_control(no_cache=True)
def manifest(request: HttpRequest) -> JsonResponse:
    with translation.override(settings.LANGUAGE_CODE):
        name, short, about = _("Fair till of Kriya Babel"), _("Till"), _("Sells at fairs, with or without a network.")
    icons = [("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable")]
    shell = reverse("till:app")
    return JsonResponse(
        {
            "id": shell,
            "name": name,
            "short_name": short,
            "description": about,
            "lang": settings.LANGUAGE_CODE,
            "start_url": shell,
            "scope": shell,
            "display": "standalone",
            "orientation": "any",
            "background_color": "#fbf6ee",
            "theme_color": "#450a15",
            "icons": [
                {"src": static(f"{ROOT}/icons/{file}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
                for file, size, use in icons
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
@cache_control(no_cache=True)
def texts(request: HttpRequest, language: str) -> JsonResponse:
    """The app's words in one language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        return JsonResponse(till_texts())


@require_safe
@never_cache
def fairs(request: HttpRequest) -> JsonResponse:
    """``{"fairs": [{"id", "name"}], "csrf"}``: what somebody who is signed in may pair a phone with; else nothing."""
    user: Any = request.user
    if not user.has_perm("exhibitions.use_till"):
        return JsonResponse({"fairs": [], "csrf": ""})
    open_ones = sorted(Fair.objects.filter(status__in=TO_PAIR), key=lambda fair: TO_PAIR.index(fair.status))
    return JsonResponse(
        {"fairs": [{"id": fair.pk, "name": fair.name} for fair in open_ones], "csrf": get_token(request)}
    )


@require_POST
@never_cache
def pair(request: HttpRequest) -> JsonResponse:
    """Make the phone of somebody who is signed in a device: the answer of the API's pairing, without a code."""
    if len(request.body) > LONGEST_BODY:
        return _refused("bad_field", _("Something is missing. Reload the page and try again."), 400)
    try:
        told = json.loads(request.body)
        fair_id, name, version = int(told["fair"]), str(told["name"]), str(told.get("app_version", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return _refused("bad_field", _("Something is missing. Reload the page and try again."), 400)
    fair = Fair.objects.filter(pk=fair_id).first()
    if fair is None:
        return _refused("fair_unknown", _("This fair is not there any more."), 404)
    try:
        device, token = devices.pair_directly(fair, request.user, name, app_version=version)
    except FairError as error:
        return _refused("may_not", str(error), 403)
    return JsonResponse(
        {
            "token": token,
            "device": {"id": device.pk, "name": device.name, "letter": device.letter},
            "fair": {"id": fair.pk, "name": fair.name},
        },
        status=201,
    )


def _refused(code: str, message: str, status: int) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=status)
