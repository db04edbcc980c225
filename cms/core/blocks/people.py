"""The people who make."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import samples
from cms.core.blocks.base import StoryBlock
from cms.core.blocks.choosers import MakerChooserBlock
from shop import public


class MakerBlock(StoryBlock):
    """One maker beside a few words. Without words of its own it shows the maker's own quote."""

    maker = MakerChooserBlock(label=_("Maker"))
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    text = blocks.TextBlock(label=_("Text"), max_length=600, required=False)

    class Meta:
        template = "cms/blocks/maker.html"
        icon = "user"
        label = _("Maker")
        group = _("Makers")
        description = _("One maker with portrait and a few words.")
        preview_value = {"maker": samples.one(public.MAKER_MODEL), "heading": "", "text": ""}


class MakerGridBlock(StoryBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    intro = blocks.TextBlock(label=_("Introduction"), max_length=300, required=False)
    makers = blocks.ListBlock(MakerChooserBlock(label=_("Maker")), label=_("Makers"), min_num=1)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return context | {"makers": [maker for maker in context["value"]["makers"] if maker is not None]}

    class Meta:
        template = "cms/blocks/maker_grid.html"
        icon = "group"
        label = _("Several makers")
        group = _("Makers")
        description = _("Makers side by side, each leading to their page.")
        preview_value = {"heading": "Pengrajin", "intro": "", "makers": samples.some(public.MAKER_MODEL, 3)}
