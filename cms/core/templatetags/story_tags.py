"""What templates ask of stories."""

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import RichText, expand_db_html

from cms.core.gathering import Story
from cms.core.telling import page_about

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


@register.inclusion_tag("cms/parts/product_story.html", takes_context=True)
def product_story(context, product):
    """The page about a piece, with how it begins: a story of it or its maker, else its craft. At most two queries."""
    page = page_about(product, get_language() or "")
    if page is None:
        return {"page": None}
    return {"page": page, "url": page.get_url(context.get("request")), "beginning": beginning_of(page)}


def beginning_of(page) -> str:
    """The first chapter as plain text, read from what is stored so that no block asks the database for anything."""
    for block in page.body.get_prep_value():
        if block["type"] == "chapter":
            return strip_tags(block["value"]["text"].replace("</p><p>", "</p> <p>"))
    return ""
