"""Fairs, told: where and when to meet the makers, and what was shown. The module keeps the dates; the page tells."""

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.blocks import StoryBlocks
from cms.core.gathering import PICTURE, Named
from cms.core.models import IndexPage, ListedPage
from shop import public


class FairIndexPage(IndexPage):
    """Coming, running and past fairs, each in its place by today's date. Only the past grows, so only it has pages."""

    template = "cms/fairs/index.html"
    parent_page_types = ["cms_home.HomePage"]
    subpage_types = ["cms_fairs.FairPage"]
    lists = ("cms_fairs", "FairPage")
    order = ("-fair__starts_on", "-pk")

    class Meta:
        verbose_name = _("List of fairs")
        verbose_name_plural = _("Lists of fairs")

    def held(self) -> models.QuerySet:
        return super().listed().exclude(fair__status="cancelled").select_related("fair", "locale")

    def listed(self) -> models.QuerySet:
        return self.held().filter(fair__ends_on__lt=timezone.localdate())

    @cached_property
    def current(self) -> list["FairPage"]:
        """Those that run and those that come, the next one first."""
        pages = self.held().filter(fair__ends_on__gte=timezone.localdate())
        return list(pages.order_by("fair__starts_on", "fair__ends_on", "pk"))

    def name_things(self, named: Named) -> None:
        super().name_things(named)
        for child in self.current:
            named.add(PICTURE, child.picture_id)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        by_phase: dict[str, list[FairPage]] = {phase.value: [] for phase in public.Phase}
        for page in self.current:
            self.lay(page, request)
        for page in (*self.current, *self.page_obj):
            by_phase[public.phase_of(page.fair).value].append(page)
        return context | by_phase


class FairPage(ListedPage):
    """One fair: dates, place and stall come from the fairs module, so that they are changed in one place."""

    fair = models.ForeignKey("exhibitions.Fair", models.PROTECT, related_name="+", verbose_name=_("Fair"))
    body = StreamField(StoryBlocks(), verbose_name=_("Story"), blank=True)

    template = "cms/fairs/fair.html"
    parent_page_types = ["cms_fairs.FairIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("fair"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Fair")
        verbose_name_plural = _("Fairs")

    def told_fields(self) -> list[str]:
        return ["body"]

    @property
    def source(self) -> str:
        return f"pameran-{self.slug}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        pieces = public.pieces_of(self.fair, number=request.GET.get("page"))
        context.update(
            fair=self.fair,
            phase=public.phase_of(self.fair).value,
            makers=public.makers_at(self.fair),
            pieces=pieces.pieces,
            page_obj=pieces.page,
        )
        return context
