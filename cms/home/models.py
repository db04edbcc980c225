"""The front door."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Page

from cms.campaigns.models import CampaignPage
from cms.campaigns.queries import running_campaign
from cms.core.gathering import MAKER, PICTURE, Named
from cms.core.models import BasePage
from cms.fairs.models import FairPage
from cms.fairs.queries import next_fair
from cms.stories.models import StoryPage
from shop import public

NEW_PIECES = public.Rule(limit=8)


class HomePage(BasePage):
    """The running campaign, the crafts, new pieces, a maker, the next fair and a story.

    Nothing on it has to be renewed by hand.
    """

    intro = models.CharField(
        _("Introduction"), max_length=300, blank=True, help_text=_("Shown first while no campaign runs.")
    )
    campaign = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Campaign"),
        help_text=_("Empty: the newest that runs."),
    )
    maker = models.ForeignKey(
        "artisans.Maker",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Maker"),
        help_text=_("Empty: the maker with the most pieces."),
    )
    told_story = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Story"),
        help_text=_("Empty: the newest."),
    )

    template = "cms/home/home.html"
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                PageChooserPanel("campaign", "cms_campaigns.CampaignPage"),
                FieldPanel("maker"),
                PageChooserPanel("told_story", "cms_stories.StoryPage"),
            ],
            heading=_("What is featured"),
        ),
    ]

    class Meta:
        verbose_name = _("Home page")
        verbose_name_plural = _("Home pages")

    def _twin_of(self, model: type[Page], page_id: int | None) -> Page | None:
        """The chosen page in this home's language: translated homes keep the choice of the source."""
        if page_id is None:
            return None
        key = Page.objects.filter(pk=page_id).values("translation_key")
        return (
            model.objects.live()
            .filter(translation_key__in=key, locale_id=self.locale_id)
            .select_related("locale", "picture")
            .first()
        )

    @cached_property
    def shown_campaign(self) -> CampaignPage | None:
        return self._twin_of(CampaignPage, self.campaign_id) or running_campaign(self.locale_id)

    @cached_property
    def shown_story(self) -> StoryPage | None:
        chosen = self._twin_of(StoryPage, self.told_story_id)
        if chosen is not None:
            return chosen
        newest = StoryPage.objects.live().filter(locale_id=self.locale_id).select_related("locale", "picture")
        return newest.order_by("-date", "-pk").first()

    @cached_property
    def shown_fair(self) -> FairPage | None:
        return next_fair(self.locale_id)

    def name_things(self, named: Named) -> None:
        super().name_things(named)
        named.rules.append(NEW_PIECES)
        named.add(MAKER, self.maker_id)
        named.every_craft = True
        for page in (self.shown_campaign, self.shown_story, self.shown_fair):
            if page is not None and page.picture is not None:
                named.pictures.append(page.picture)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        for page in (self.shown_campaign, self.shown_story, self.shown_fair):
            if page is not None:
                page.card_picture = self.story.get(PICTURE, page.picture_id)
                page.card_url = page.get_url(request)
        crafts = list(self.story.found.crafts.values())
        context.update(
            campaign=self.shown_campaign,
            told_story=self.shown_story,
            fair_page=self.shown_fair,
            maker=self.story.get(MAKER, self.maker_id) or public.featured_maker(),
            crafts=crafts,
            piece_total=sum(craft.piece_count for craft in crafts),
            products=self.story.products(NEW_PIECES),
        )
        return context
