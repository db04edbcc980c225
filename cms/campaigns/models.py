"""Campaigns: one craft or season told at length, with the pieces in the flow of the text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.blocks import CampaignBlocks
from cms.core.models import IndexPage, ListedPage


class CampaignIndexPage(IndexPage):
    template = "cms/campaigns/index.html"
    parent_page_types = ["cms_home.HomePage"]
    subpage_types = ["cms_campaigns.CampaignPage"]
    lists = ("cms_campaigns", "CampaignPage")

    class Meta:
        verbose_name = _("List of campaigns")
        verbose_name_plural = _("Lists of campaigns")


class CampaignPage(ListedPage):
    kicker = models.CharField(
        _("Line above the headline"),
        max_length=80,
        blank=True,
        help_text=_("On the home page, for example until when."),
    )
    headline = models.CharField(
        _("Headline"), max_length=90, blank=True, help_text=_("On the home page. Empty: the title.")
    )
    starts_on = models.DateField(_("Runs from"), null=True, blank=True)
    ends_on = models.DateField(
        _("Runs until"), null=True, blank=True, help_text=_("The page stays; it only leaves the home page.")
    )
    body = StreamField(CampaignBlocks(), verbose_name=_("Story"), blank=True)

    template = "cms/campaigns/campaign.html"
    parent_page_types = ["cms_campaigns.CampaignIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("kicker"), FieldPanel("headline"), FieldPanel("summary"), FieldPanel("picture")],
            heading=_("On the home page and on cards"),
        ),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("When it runs")),
    ]

    class Meta:
        verbose_name = _("Campaign")
        verbose_name_plural = _("Campaigns")

    def told_fields(self) -> list[str]:
        return ["body"]

    @property
    def source(self) -> str:
        return f"kampanye-{self.slug}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"opens": any(block.block_type == "opening" for block in self.body)}
