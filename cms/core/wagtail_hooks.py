from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import escape
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler
from wagtail_localize.views.convert import convert_to_alias

from cms.core.choosers import VIEWSETS
from cms.core.gathering import PAGE, story_at_hand


@hooks.register("register_admin_viewset")
def register_choosers():
    return VIEWSETS


def convert_to_alias_if_publisher(request, page_id):
    """Turn a translation into a copy of its original, for those who may publish.

    Stands before wagtail-localize's own address, which asks only for the right to edit: the copy is live at once, so an
    editor could overwrite a live page past every curator.
    """
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert_to_alias(request, page_id)


@hooks.register("register_admin_urls", order=-1)
def register_guarded_addresses():
    return [path("localize/page/<int:page_id>/convert_to_alias/", convert_to_alias_if_publisher)]


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
