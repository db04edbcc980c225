"""Blocks that name one thing: a picture, a page, or something of the shop."""

from wagtail.blocks import ChooserBlock, PageChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.core import choosers
from cms.core.gathering import kind_of, story_at_hand
from shop import public


class FromStory:
    """Takes the chosen thing from the story being told instead of asking the database block by block.

    Whatever the story did not find (deleted, withdrawn, unpublished) is None, and templates leave it out.
    """

    def to_python(self, value):
        story = story_at_hand()
        return super().to_python(value) if story is None else story.get(kind_of(self), value)

    def bulk_to_python(self, values):
        story = story_at_hand()
        if story is None:
            return super().bulk_to_python(values)
        return [story.get(kind_of(self), value) for value in values]


class PictureChooserBlock(FromStory, ImageChooserBlock):
    pass


class StoryPageChooserBlock(FromStory, PageChooserBlock):
    pass


class ProductChooserBlock(FromStory, ChooserBlock):
    target_model = public.PRODUCT_MODEL
    widget = choosers.product_chooser.widget_class()

    class Meta:
        icon = "tag"


class MakerChooserBlock(FromStory, ChooserBlock):
    target_model = public.MAKER_MODEL
    widget = choosers.maker_chooser.widget_class()

    class Meta:
        icon = "user"


class MotifChooserBlock(FromStory, ChooserBlock):
    target_model = public.MOTIF_MODEL
    widget = choosers.motif_chooser.widget_class()

    class Meta:
        icon = "snippet"


class CraftChooserBlock(FromStory, ChooserBlock):
    target_model = public.CRAFT_MODEL
    widget = choosers.craft_chooser.widget_class()

    class Meta:
        icon = "folder-open-1"
