from django.urls import path
from django.utils.html import escape
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.rich_text.pages import PageLinkHandler

from cms.core import queries, views
from cms.core.choosers import VIEWSETS
from cms.core.gathering import PAGE, story_at_hand


@hooks.register("register_admin_viewset")
def register_choosers():
    return VIEWSETS


@hooks.register("register_admin_urls", order=-1)
def register_guarded_addresses():
    """Before wagtail-localize's own, which ask for less."""
    return [
        path("localize/page/<int:page_id>/convert_to_alias/", views.convert_to_alias_if_publisher),
        path("localize/submit/page/<int:page_id>/", views.StartTranslationView.as_view()),
        path("localize/update/<int:translation_source_id>/", views.SyncTranslationsView.as_view()),
        path("localize/translate/<int:translation_id>/hand-in/", views.hand_in_translation, name="hand_in_translation"),
    ]


@hooks.register("construct_page_action_menu")
def hide_what_is_refused(menu_items, request, context):
    """Whoever may not publish is refused where a page is turned into a copy: no button leads there."""
    page = context.get("page")
    if page is not None and not page.permissions_for_user(request.user).can_publish():
        menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


class BehindPanel(Component):
    """Tells, where everybody starts, which pages changed without their translation.

    Without it a curator approves an Indonesian page, and the English says something else until a shopper notices.
    """

    order = 230
    template_name = "cms_core/admin/behind.html"

    def get_context_data(self, parent_context):
        return {"found": queries.behind(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def tell_what_is_behind(request, panels):
    panels.append(BehindPanel())


class StoryPageLinkHandler(PageLinkHandler):
    """Links in a story lead to the pages the story fetched; anywhere else Wagtail's handler asks the database."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        story = story_at_hand()
        if story is None:
            return super().expand_db_attributes_many(attrs_list)
        pages = (story.get(PAGE, int(attrs["id"])) for attrs in attrs_list)
        return [f'<a href="{escape(page.url)}">' if page else "<a>" for page in pages]


@hooks.register("register_rich_text_features", order=100)
def register_story_links(features):
    features.register_link_type(StoryPageLinkHandler)
