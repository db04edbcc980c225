"""Every block a story can be made of, a module a family.

Blocks are shallow on purpose: an editor fills a handful of fields, the theme decides how they look.
"""

from wagtail.blocks import StreamBlock

from cms.core.blocks.calls import CallBlock, ShareBlock
from cms.core.blocks.making import MotifStripBlock, TimelineBlock
from cms.core.blocks.openings import OpeningBlock
from cms.core.blocks.people import MakerBlock, MakerGridBlock
from cms.core.blocks.pictures import CaptionedPictureBlock, PicturePairBlock
from cms.core.blocks.pieces import ProductsBlock, ProductsByRuleBlock
from cms.core.blocks.texts import AccordionBlock, ChapterBlock, NumbersBlock, QuoteBlock


class PlainBlocks(StreamBlock):
    """For terms, contact and their like: words, and at most a picture."""

    chapter = ChapterBlock()
    picture = CaptionedPictureBlock()
    accordion = AccordionBlock()
    call = CallBlock()


class StoryBlocks(StreamBlock):
    """For stories and crafts, whose page template opens them."""

    chapter = ChapterBlock()
    quote = QuoteBlock()
    numbers = NumbersBlock()
    accordion = AccordionBlock()
    picture = CaptionedPictureBlock()
    picture_pair = PicturePairBlock()
    motif_strip = MotifStripBlock()
    timeline = TimelineBlock()
    maker = MakerBlock()
    maker_grid = MakerGridBlock()
    products = ProductsBlock()
    products_by_rule = ProductsByRuleBlock()
    call = CallBlock()
    share = ShareBlock()


class CampaignBlocks(StoryBlocks):
    """For campaigns, which open as they like, once."""

    opening = OpeningBlock()

    class Meta:
        block_counts = {"opening": {"max_num": 1}}
