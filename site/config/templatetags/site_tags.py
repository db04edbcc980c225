"""What the theme asks about addresses: the same page in the other language, and which part of the site this is."""

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, override

from cms.core.models import BasePage

register = template.Library()


@register.simple_tag(takes_context=True)
def alternate_url(context, language: str) -> str:
    """The address of this very page in ``language``; the language's home where the page has no live twin.

    A Wagtail page may have another slug in the other language, so its translation is asked; every other page keeps
    its path below the language's prefix.
    """
    request = context.get("request")
    page = context.get("page")
    if isinstance(page, BasePage):
        if page.locale.language_code == language:
            return page.get_url(request) or _home(language)
        twin = page.twins.get(language)
        return (twin.get_url(request) if twin else None) or _home(language)
    if request is None:
        return _home(language)
    return translate_url(request.get_full_path(), language)


@register.simple_tag
def local_path(path: str) -> str:
    """A fixed address of the site, such as ``/toko/``, in the language of the page.

    The address plan promises these names to others; many are answered by cms pages and have no URL name to reverse.
    """
    return f"{_home(get_language() or settings.LANGUAGE_CODE)[:-1]}{path}"


@register.simple_tag(takes_context=True)
def canonical_url(context) -> str:
    """This page's one address: filters and ``source`` left out, so that shared links count as the same page."""
    request = context.get("request")
    if request is None:
        return ""
    number = request.GET.get("page", "")
    query = f"?page={number}" if number.isdecimal() and number != "1" else ""
    return request.build_absolute_uri(f"{request.path}{query}")


def _home(language: str) -> str:
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


@register.simple_tag(takes_context=True)
def absolute_url(context, path: str) -> str:
    """``path`` with scheme and host, for canonical addresses, sharing and hreflang."""
    request = context.get("request")
    return request.build_absolute_uri(path) if request else path


@register.simple_tag(takes_context=True)
def nav_active(context, *prefixes: str) -> str:
    """``aria-current="page"`` value (``page`` or nothing) when the path, without its language, starts with a prefix."""
    request = context.get("request")
    if request is None:
        return ""
    path = request.path_info
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}/" or path.startswith(f"/{code}/"):
            path = path[len(code) + 1 :]
    for prefix in prefixes:
        if path == prefix or (prefix != "/" and path.startswith(prefix)):
            return "page"
    return ""


@register.simple_tag
def language_name(language: str) -> str:
    """The language's own name, for the switch."""
    with override(language):
        return str(dict(settings.LANGUAGES)[language])
