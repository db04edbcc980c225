"""Stories: one person, place or piece told, with who and what it is about."""

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from cms.core.blocks import StoryBlocks
from cms.core.gathering import MAKER, PRODUCT, Named
from cms.core.models import IndexPage, ListedPage
from cms.core.reading import minutes_to_read


class StoryIndexPage(IndexPage):
    template = "cms/stories/index.html"
    parent_page_types = ["cms_home.HomePage"]
    subpage_types = ["cms_stories.StoryPage"]
    lists = ("cms_stories", "StoryPage")
    order = ("-date", "-pk")

    class Meta:
        verbose_name = _("List of stories")
        verbose_name_plural = _("Lists of stories")


class StoryPage(ListedPage):
    author = models.CharField(_("Author"), max_length=120, blank=True)
    date = models.DateField(_("Date"), default=timezone.localdate)
    body = StreamField(StoryBlocks(), verbose_name=_("Story"), blank=True)

    template = "cms/stories/story.html"
    parent_page_types = ["cms_stories.StoryIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("author"),
        FieldPanel("date"),
        FieldPanel("body"),
        InlinePanel("story_makers", label=_("Maker"), heading=_("Makers it is about")),
        InlinePanel(
            "story_products",
            label=_("Piece"),
            heading=_("Pieces it is about"),
            help_text=_("The story is also told on the pages of these pieces."),
        ),
    ]

    class Meta:
        verbose_name = _("Story")
        verbose_name_plural = _("Stories")

    def told_fields(self) -> list[str]:
        return ["body"]

    @property
    def source(self) -> str:
        return f"cerita-{self.slug}"

    @cached_property
    def _maker_ids(self) -> list[int]:
        return [row.maker_id for row in self.story_makers.all()]

    @cached_property
    def _product_ids(self) -> list[int]:
        return [row.product_id for row in self.story_products.all()]

    def name_things(self, named: Named) -> None:
        super().name_things(named)
        for pk in self._maker_ids:
            named.add(MAKER, pk)
        for pk in self._product_ids:
            named.add(PRODUCT, pk)

    @property
    def minutes(self) -> int:
        """Minutes of reading, at least one."""
        return minutes_to_read(self.body)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        makers = (self.story.get(MAKER, pk) for pk in self._maker_ids)
        products = (self.story.get(PRODUCT, pk) for pk in self._product_ids)
        context.update(makers=[maker for maker in makers if maker], products=[piece for piece in products if piece])
        return context


class StoryMaker(Orderable):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="story_makers")
    maker = models.ForeignKey("artisans.Maker", models.CASCADE, related_name="+", verbose_name=_("Maker"))

    panels = [FieldPanel("maker")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=("page", "maker"), name="story_tells_of_maker_once")]


class StoryProduct(Orderable):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="story_products")
    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="+", verbose_name=_("Piece"))

    panels = [FieldPanel("product")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=("page", "product"), name="story_tells_of_product_once")]
