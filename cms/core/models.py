"""What all page types share. Knows no page type: those import from here."""

from django.apps import apps
from django.core.paginator import Paginator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction

from cms.core.gathering import PICTURE, Named, Story, gather


class BasePage(Page):
    """Title, description and picture for search engines and shared links; and one story fetched for the whole page.

    Knows nothing of a theme: templates are named by what they show and found in the theme that is set.
    """

    social_picture = models.ForeignKey(
        "pictures.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Picture for shared links"),
        help_text=_("Shown when somebody shares the page's address. Empty: the page's own picture."),
    )

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("social_picture"),
            ],
            heading=_("Search engines and shared links"),
        ),
    ]
    settings_panels = Page.settings_panels

    class Meta:
        abstract = True

    #: Set by ``cms.core.routing``: from the tree's home to this page, and the live pages of other languages.
    found_line: list[Page] | None = None
    found_twins: list[Page] | None = None

    @cached_property
    def ancestors(self) -> list[Page]:
        """Home first, the parent last. Without a query when the page was reached by its address."""
        if self.found_line is not None:
            return self.found_line[:-1]
        return list(self.get_ancestors().filter(depth__gte=2).select_related("locale")) if self.pk else []

    @cached_property
    def twins(self) -> dict[str, Page]:
        """Live translations by language code, for the language switch."""
        found = self.found_twins
        if found is None:
            found = self.get_translations().live().select_related("locale") if self.pk else []
        return {twin.locale.language_code: twin for twin in found}

    def get_view_restrictions(self):
        """As Wagtail's, without a query when the line already said that nothing on it is restricted."""
        if self.found_line is not None and not any(page.is_restricted for page in self.found_line):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    # The story: what this page shows, fetched at once

    def name_things(self, named: Named) -> None:
        """Say what the page shows besides its body. Page types add theirs."""
        named.add(PICTURE, self.social_picture_id)

    def told_fields(self) -> list[str]:
        """Names of the StreamFields whose blocks take their things from the story."""
        return []

    @cached_property
    def story(self) -> Story:
        named = Named()
        self.name_things(named)
        stored = {}
        for name in self.told_fields():
            value = getattr(self, name)
            stored[name] = value.get_prep_value()
            named.read(value.stream_block, stored[name])
        story = gather(named, self.locale_id)
        for name, raw in stored.items():
            setattr(self, name, story.tell(getattr(self, name).stream_block, raw))
        return story

    @property
    def shared_picture(self):
        return self.story.get(PICTURE, self.social_picture_id)

    @property
    def description(self) -> str:
        """For search engines and shared links; empty: the site's own stands in."""
        return self.search_description or getattr(self, "summary", "") or getattr(self, "intro", "")

    @property
    def source(self) -> str:
        """How a shopper came, for links to pieces; empty: not told."""
        return ""

    def crumbs(self) -> list[tuple[str, str | None]]:
        """For ``components/breadcrumbs.html``."""
        return [*((page.title, page.url) for page in self.ancestors), (self.title, None)]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(story=self.story, crumbs=self.crumbs(), source=self.source)
        return context


class ListedPage(BasePage):
    """A page that others show as a card: a picture and a sentence or two."""

    summary = models.CharField(
        _("Summary"), max_length=300, help_text=_("One or two sentences. Shown on cards and under the title.")
    )
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Picture")
    )

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("picture")]

    class Meta:
        abstract = True

    def name_things(self, named: Named) -> None:
        super().name_things(named)
        named.add(PICTURE, self.picture_id)

    @property
    def shown_picture(self):
        """The picture with its renditions at hand."""
        return self.story.get(PICTURE, self.picture_id)

    @property
    def shared_picture(self):
        return super().shared_picture or self.shown_picture


class IndexPage(BasePage):
    """Lists pages as cards; says what comes here while there are none."""

    intro = models.CharField(_("Introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    max_count_per_parent = 1
    per_page = 12

    class Meta:
        abstract = True

    #: App label and model of the ``ListedPage`` type that is listed, and its order.
    lists: tuple[str, str]
    order = ("-first_published_at", "-pk")

    def listed(self) -> models.QuerySet:
        model = apps.get_model(*self.lists)
        return model.objects.child_of(self).live().order_by(*self.order).select_related("locale")

    def name_things(self, named: Named) -> None:
        super().name_things(named)
        for child in self.page_obj:
            named.add(PICTURE, child.picture_id)

    def get_context(self, request, *args, **kwargs):
        self.page_obj = Paginator(self.listed(), self.per_page).get_page(request.GET.get("page"))
        context = super().get_context(request, *args, **kwargs)
        for child in self.page_obj:
            self.lay(child, request)
        context["page_obj"] = self.page_obj
        return context

    def lay(self, child: ListedPage, request) -> None:
        """Give a listed page what its card shows."""
        child.card_picture = self.story.get(PICTURE, child.picture_id)
        child.card_url = child.get_url(request)
