"""What templates ask of fairs."""

from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from cms.fairs.queries import page_of
from shop import public

register = template.Library()


@register.filter
def fair_days(fair: Any) -> str:
    """``12–16 November 2026``: month and year once where both days share them."""
    first, last = fair.starts_on, fair.ends_on
    end = date_format(last, "j F Y")
    if first == last:
        return end
    if first.year != last.year:
        return f"{date_format(first, 'j F Y')} – {end}"
    if first.month != last.month:
        return f"{date_format(first, 'j F')} – {end}"
    return f"{first.day}–{end}"


@register.filter
def fair_phase(fair: Any) -> str:
    """``coming``, ``running``, ``past`` or ``cancelled``."""
    return public.phase_of(fair).value


@register.inclusion_tag("cms/fairs/note.html", takes_context=True)
def fair_note(context, fair: Any, *, also: bool = False, comes_back: bool = True):
    """Where the piece is, with a link to the page of the fair.

    ``also``: some are in the shop as well. ``comes_back``: to the shop; else it is the maker's and goes home to them.

    One query a fair: it is remembered on the fair, which all variants of a piece share.
    """
    told = vars(fair).setdefault("_told", {})
    language = get_language() or ""
    if language not in told:
        told[language] = page_of(fair, language)
    page = told[language]
    return {
        "fair": fair,
        "name": page.title if page else fair.name,
        "phase": public.phase_of(fair).value,
        "also": also,
        "comes_back": comes_back,
        "url": page.get_url(context.get("request")) if page else "",
    }
