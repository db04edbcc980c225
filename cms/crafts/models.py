"""Pages about the region's crafts. The craft itself is the shop's; here it is told."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.blocks import StoryBlocks
from cms.core.gathering import CRAFT, Named
from cms.core.models import IndexPage, ListedPage
from shop import public

PIECES = 8
MAKERS = 6


class CraftIndexPage(IndexPage):
    template = "cms/crafts/index.html"
    parent_page_types = ["cms_home.HomePage"]
    subpage_types = ["cms_crafts.CraftPage"]
    lists = ("cms_crafts", "CraftPage")
    order = ("craft__position", "pk")

    class Meta:
        verbose_name = _("List of crafts")
        verbose_name_plural = _("Lists of crafts")


class CraftPage(ListedPage):
    """What a craft is, how it is made, where; then its motifs, the people who make it and what they sell."""

    craft = models.ForeignKey("crafts.Craft", models.PROTECT, related_name="+", verbose_name=_("Craft"))
    body = StreamField(StoryBlocks(), verbose_name=_("Story"), blank=True)

    template = "cms/crafts/craft.html"
    parent_page_types = ["cms_crafts.CraftIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("craft"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Craft")
        verbose_name_plural = _("Crafts")

    def told_fields(self) -> list[str]:
        return ["body"]

    @property
    def source(self) -> str:
        return f"kerajinan-{self.slug}"

    @property
    def shown_picture(self):
        """The page's own; without one, the picture the shop has of the craft."""
        own = super().shown_picture
        craft = self.story.get(CRAFT, self.craft_id)
        return own or (craft.picture if craft else None)

    @cached_property
    def newest(self) -> public.Rule:
        return public.Rule(craft=self.craft_id, limit=PIECES)

    def name_things(self, named: Named) -> None:
        super().name_things(named)
        named.rules.append(self.newest)
        named.craft_told = self.craft_id

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(
            craft=self.story.get(CRAFT, self.craft_id),
            motifs=self.story.found.craft_motifs,
            makers=self.story.found.craft_makers[:MAKERS],
            products=self.story.products(self.newest),
        )
        return context
