"""Terms, privacy, delivery and returns, contact, about: plain pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.blocks import PlainBlocks
from cms.core.models import BasePage


class StandardPage(BasePage):
    intro = models.CharField(_("Introduction"), max_length=400, blank=True)
    #: A draft of the terms that nobody has decided yet must say so on the page.
    notice = models.CharField(
        _("Notice"),
        max_length=300,
        blank=True,
        help_text=_("Set apart above the text, for example what is not decided yet."),
    )
    body = StreamField(PlainBlocks(), verbose_name=_("Text"), blank=True)

    template = "cms/pages/standard.html"
    parent_page_types = ["cms_home.HomePage"]
    subpage_types: list[str] = []

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("notice"), FieldPanel("body")]

    class Meta:
        verbose_name = _("Plain page")
        verbose_name_plural = _("Plain pages")

    def told_fields(self) -> list[str]:
        return ["body"]
