from django.utils.html import escape
from wagtail import hooks
from wagtail.rich_text.pages import PageLinkHandler

from cms.core.choosers import VIEWSETS
from cms.core.gathering import PAGE, story_at_hand


@hooks.register("register_admin_viewset")
def register_choosers():
    return VIEWSETS


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
