"""Tags the theme uses to speak about addresses: the same page in another language, the current section, full addresses.

They live here and not in the theme because a theme holds no Python, and not in ``shop`` or ``cms`` because they know both.
"""

from django import template
from django.conf import settings
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language

register = template.Library()


def _prefix(language):
    """The path prefix of a language: nothing for the default one, ``/en`` for English."""
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def _without_language(path):
    """The path as the default language writes it, so that sections compare alike in every language."""
    for code, _name in settings.LANGUAGES:
        prefix = _prefix(code)
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            return path[len(prefix) :] or "/"
    return path


@register.simple_tag
def local_path(path):
    """A fixed address of the site, such as ``/toko/``, in the language of the page.

    The names in the address plan are promised to others and carry no URL name when a cms page answers them.
    """
    return f"{_prefix(get_language() or settings.LANGUAGE_CODE)}{path}"


@register.simple_tag(takes_context=True)
def alternate_url(context, language):
    """The path of this page in ``language``; the home page of that language when there is no such page.

    A cms page may have another slug in another language or no translation yet, so it is asked. Everything else swaps
    its prefix. Without this the language switch would lead to a 404 or back to where one started.
    """
    home = f"{_prefix(language)}/"
    page = context.get("page")
    if hasattr(page, "translation_key"):
        return _translated_page_path(context, page, language) or home
    request = context.get("request")
    if request is None:
        return home
    try:
        resolve(request.path)
    except Resolver404:
        return home
    return translate_url(request.get_full_path(), language)


def _translated_page_path(context, page, language):
    if page.locale.language_code == language:
        return page.get_url(context.get("request"))
    # The tag is used several times in a page (switch, hreflang); the translations are read once.
    found = getattr(page, "_live_translations", None)
    if found is None:
        found = {other.locale.language_code: other for other in page.get_translations().live().select_related("locale")}
        page._live_translations = found
    other = found.get(language)
    return other.get_url(context.get("request")) if other else None


@register.simple_tag(takes_context=True)
def nav_active(context, path):
    """``page`` on the page itself, ``true`` within its section, else nothing: a value for ``aria-current``."""
    request = context.get("request")
    if request is None:
        return ""
    here = _without_language(request.path)
    if here == path:
        return "page"
    return "true" if path != "/" and here.startswith(path) else ""


@register.simple_tag(takes_context=True)
def absolute_url(context, path):
    """``path`` with scheme and host, which search engines and shared links need."""
    request = context.get("request")
    return request.build_absolute_uri(path) if request is not None else path


@register.simple_tag(takes_context=True)
def canonical_url(context):
    """This page's one address: filters and ``source`` dropped, so that shared links count as the same page."""
    request = context.get("request")
    if request is None:
        return ""
    number = request.GET.get("page", "")
    query = f"?page={number}" if number.isdecimal() and number != "1" else ""
    return request.build_absolute_uri(f"{request.path}{query}")
