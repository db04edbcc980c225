"""How the demo pages are written down: every text twice, each in its own language, over one structure.

The two languages share blocks, paragraphs and pictures, so that wagtail-localize can hold them together string by string; the words
are written for their readers and are not a translation of one another.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple


class Both(NamedTuple):
    """One text in Indonesian and in English."""

    id: str
    en: str


def paragraphs(*texts: tuple[str, str]) -> Both:
    """Rich text of as many paragraphs in both languages."""
    return Both(*("".join(f"<p>{text[n]}</p>" for text in texts) for n in (0, 1)))


def points(*texts: tuple[str, str]) -> Both:
    """A bulleted list of as many points in both languages."""
    return Both(*(f"<ul>{''.join(f'<li>{text[n]}</li>' for text in texts)}</ul>" for n in (0, 1)))


def together(*parts: Both) -> Both:
    """Paragraphs and lists one after another."""
    return Both("".join(part.id for part in parts), "".join(part.en for part in parts))


@dataclass(frozen=True)
class Thing:
    """Something the shop or the site has, named by what stays the same in every installation."""

    kind: str
    name: str


def piece(sku: str) -> Thing:
    return Thing("piece", sku)


def maker(slug: str) -> Thing:
    return Thing("maker", slug)


def motif(slug: str) -> Thing:
    return Thing("motif", slug)


def craft(slug: str) -> Thing:
    return Thing("craft", slug)


def fair(slug: str) -> Thing:
    return Thing("fair", slug)


def scene(file: str) -> Thing:
    return Thing("scene", file)


def picture_of(sku: str) -> Thing:
    return Thing("picture_of", sku)


@dataclass(frozen=True)
class Written:
    """A page as it is written: its slug, its fields, its blocks and what hangs on it."""

    slug: str
    fields: dict[str, Any]
    body: list[tuple[str, dict[str, Any]]]
    makers: tuple[Thing, ...] = ()
    pieces: tuple[Thing, ...] = ()


def chapter(heading: tuple[str, str] | None, text: Both) -> tuple[str, dict[str, Any]]:
    return "chapter", {"heading": Both(*heading) if heading else "", "text": text}
