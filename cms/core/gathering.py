"""All that a page's body shows, fetched at once.

A body of twenty blocks that each fetched their own pictures and pieces would cost sixty queries and more with every
block an editor adds. So the body's stored value is walked first, everything it names is fetched together, and only then
do the blocks come to life, from what was fetched. A piece, maker or page that is gone or withdrawn is simply not among
it, and its block leaves it out.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ChooserBlock, ListBlock, RichTextBlock
from wagtail.models import Page

from shop import public

PAGE = "wagtailcore.page"
PICTURE = public.PICTURE_MODEL.lower()
PRODUCT = public.PRODUCT_MODEL.lower()
MAKER = public.MAKER_MODEL.lower()
MOTIF = public.MOTIF_MODEL.lower()
CRAFT = public.CRAFT_MODEL.lower()

PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
PAGE_LINK_ID = re.compile(r'\bid="(\d+)"')


@dataclass
class Named:
    """What stored values name, before anything is fetched."""

    ids: dict[str, list[int]] = field(default_factory=dict)
    rules: list[public.Rule] = field(default_factory=list)
    every_craft: bool = False
    #: The craft a page is about, whose motifs and makers it shows.
    craft_told: int | None = None
    #: Fetched already, with the page that has them.
    pictures: list[Any] = field(default_factory=list)

    def add(self, kind: str, pk: int | None) -> None:
        if pk is not None:
            self.ids.setdefault(kind, []).append(pk)

    def of(self, kind: str) -> list[int]:
        return list(dict.fromkeys(self.ids.get(kind, ())))

    def read(self, block, raw: Any) -> None:
        """Walk one stored value along its block definition."""
        if not raw:
            return
        if isinstance(block, BaseStreamBlock):
            for item in raw:
                if child := block.child_blocks.get(item["type"]):
                    self.read(child, item["value"])
        elif isinstance(block, BaseStructBlock):
            if rule_of := getattr(block, "rule_of", None):
                self.rules.append(rule_of(raw))
                return  # what narrows a rule is not shown, so it is not fetched
            for name, child in block.child_blocks.items():
                self.read(child, raw.get(name))
        elif isinstance(block, ListBlock):
            for item in raw:
                self.read(block.child_block, item["value"] if _in_list_format(item) else item)
        elif isinstance(block, ChooserBlock):
            self.add(kind_of(block), raw)
        elif isinstance(block, RichTextBlock):
            for link in PAGE_LINK.findall(raw):
                if found := PAGE_LINK_ID.search(link):
                    self.add(PAGE, int(found[1]))


def _in_list_format(item: Any) -> bool:
    return isinstance(item, dict) and "value" in item and item.get("type") == "item"


def kind_of(block: ChooserBlock) -> str:
    model = block.model_class
    return PAGE if issubclass(model, Page) else model._meta.label_lower


@dataclass
class Story:
    """One page's fetched things, by kind and id. Templates find it as ``story``."""

    things: dict[str, dict[int, Any]] = field(default_factory=dict)
    found: public.Gathered = field(default_factory=public.Gathered)

    def get(self, kind: str, pk: int | None):
        return None if pk is None else self.things.get(kind, {}).get(pk)

    def products(self, rule: public.Rule) -> list:
        return self.found.by_rule.get(rule, [])

    def tell(self, block, raw: Any):
        """The block's value brought to life from what was fetched, without a query."""
        with self.at_hand():
            value = block.to_python(raw)
            if isinstance(block, BaseStreamBlock):
                list(value)  # a StreamValue is lazy: waken its blocks while the fetched things are at hand
        return value

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        token = _at_hand.set(self)
        try:
            yield
        finally:
            _at_hand.reset(token)


_at_hand: ContextVar[Story | None] = ContextVar("story", default=None)


def story_at_hand() -> Story | None:
    """The story whose value is being told right now, for chooser blocks and links in rich text."""
    return _at_hand.get()


def gather(named: Named, locale_id: int | None = None) -> Story:
    """Fetch everything that is named, in a number of queries that depends on the kinds and not on the blocks.

    Links lead to pages of the locale where those exist.
    """
    found = public.gather(
        product_ids=named.of(PRODUCT),
        rules=named.rules,
        maker_ids=named.of(MAKER),
        motif_ids=named.of(MOTIF),
        craft_ids=named.of(CRAFT),
        picture_ids=named.of(PICTURE),
        pictures=named.pictures,
        every_craft=named.every_craft,
        craft_told=named.craft_told,
    )
    return Story(
        things={
            PAGE: _linked_pages(named.of(PAGE), locale_id),
            PRODUCT: found.products,
            MAKER: found.makers,
            MOTIF: found.motifs,
            CRAFT: found.crafts,
            PICTURE: found.pictures,
        },
        found=found,
    )


def _linked_pages(ids: list[int], locale_id: int | None) -> dict[int, Page]:
    """Live pages by the id that was stored, in the given language where they exist in it. One query."""
    if not ids:
        return {}
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    rows = list(Page.objects.live().filter(translation_key__in=keys).select_related("locale"))
    of_language = {row.translation_key: row for row in rows if row.locale_id == locale_id}
    return {row.pk: of_language.get(row.translation_key, row) for row in rows if row.pk in ids}
