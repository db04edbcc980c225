"""Lays written pages into the tree, Indonesian first, and their English through wagtail-localize.

The English page comes out of the same machinery an editor uses: a source, its strings, a translation of each. So the 'translate'
screens work on these pages from the first day, and a change of the Indonesian text shows up there as a string to look at again.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.demo.things import Things
from cms.demo.writing import Both, Thing, Written

#: Block ids are derived from where a block stands, so that every installation has the same ones.
BLOCKS = uuid.UUID("6f1b5f5e-3a5e-4f0f-9d5b-0f9f6d1c7a42")


class Layer:
    """Lays pages that are missing and leaves those that exist as their editors made them."""

    def __init__(self) -> None:
        self.things = Things()
        self.indonesian = Locale.objects.get(language_code="id")
        self.english = Locale.objects.get(language_code="en")

    def lay(self, parent: Page, model: type[Page], written: Written) -> Page:
        """The Indonesian page at ``written.slug`` below ``parent``, with its English twin; laid and published when missing."""
        existing = model.objects.child_of(parent).filter(slug=written.slug).first()
        if existing is not None:
            return existing
        page = model(slug=written.slug, locale=self.indonesian, **self._fields(model, written, "id"))
        self._hang(page, written)
        parent.add_child(instance=page)
        page.save_revision().publish()
        self.translate(page, self._fields(model, written, "en"))
        return page

    def _fields(self, model: type[Page], written: Written, language: str) -> dict[str, Any]:
        fields = {name: self._told(value, language) for name, value in written.fields.items()}
        if written.body:
            block = model._meta.get_field("body").stream_block
            raw = [
                self._block(name, value, language, f"{written.slug}/{n}")
                for n, (name, value) in enumerate(written.body)
            ]
            fields["body"] = block.to_python(raw)
        return fields

    def _block(self, name: str, value: Any, language: str, place: str) -> dict[str, Any]:
        return {"type": name, "id": _id_of(place), "value": self._raw(value, language, place)}

    def _raw(self, value: Any, language: str, place: str) -> Any:
        """Stored form of a block's value in one language."""
        if isinstance(value, Both | Thing):
            told = self._told(value, language)
            return getattr(told, "pk", told)
        if isinstance(value, dict):
            return {name: self._raw(part, language, f"{place}/{name}") for name, part in value.items()}
        if isinstance(value, list):
            return [self._block("item", part, language, f"{place}/{n}") for n, part in enumerate(value)]
        return value

    def _told(self, value: Any, language: str) -> Any:
        if isinstance(value, Both):
            return getattr(value, language)
        return self.things.find(value) if isinstance(value, Thing) else value

    def _hang(self, page: Page, written: Written) -> None:
        """Makers and pieces a story is about."""
        for order, thing in enumerate(written.makers):
            page.story_makers.create(maker=self.things.find(thing), sort_order=order)
        for order, thing in enumerate(written.pieces):
            page.story_products.create(product=self.things.find(thing), sort_order=order)

    def translate(self, page: Page, english: dict[str, Any], slug: str | None = None) -> None:
        """Put the English texts into the translation memory and publish the page made of them.

        ValueError when the two languages do not tell the same number of things in the same order: a paragraph that one
        of them lacks would leave the other language's words on the page.
        """
        source, _created = TranslationSource.update_or_create_from_instance(page)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=self.english)
        twin = type(page)(slug=slug or page.slug, locale=self.english, **english)
        extracted = (found for found in extract_segments(twin) if isinstance(found, StringSegmentValue))
        theirs = _numbered((found.path, found.string.data) for found in extracted)
        stored = StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")
        ours = _numbered((segment.context.path, segment) for segment in stored)
        if odd := ours.keys() ^ theirs.keys():
            raise ValueError(f"{page.slug}: the English does not follow the Indonesian at {sorted(odd)[0]}")
        for place, segment in ours.items():
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=self.english,
                defaults={
                    "data": theirs[place],
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                },
            )
        translation.save_target(publish=False)
        page.get_translation(self.english).get_latest_revision().publish()


def _id_of(place: str) -> str:
    return str(uuid.uuid5(BLOCKS, place))


def _numbered(found: Iterable[tuple[str, Any]]) -> dict[tuple[str, int], Any]:
    """By path and by place among those of the same path: a chapter's text has as many strings as paragraphs."""
    seen: dict[str, int] = {}
    numbered = {}
    for path, thing in found:
        seen[path] = seen.get(path, 0) + 1
        numbered[path, seen[path]] = thing
    return numbered
