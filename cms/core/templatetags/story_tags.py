"""What templates ask of stories."""

from django import template
from django.apps import apps
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText, expand_db_html

from cms.core.gathering import Story

register = template.Library()


@register.simple_tag(takes_context=True)
def story_text(context, text: RichText | str) -> SafeString:
    """Rich text as HTML. Its links to pages come from the story of the page, not one query a paragraph.

    The text was cleaned to the block's features when it was saved, which is why it is marked safe.
    """
    source = text.source if isinstance(text, RichText) else text
    story = context.get("story")
    if isinstance(story, Story):
        with story.at_hand():
            return mark_safe(expand_db_html(source))  # noqa: S308
    return mark_safe(expand_db_html(source))  # noqa: S308
