"""How a story opens."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import samples
from cms.core.blocks.base import StoryBlock
from cms.core.blocks.choosers import PictureChooserBlock
from cms.core.blocks.links import LinkBlock


class OpeningBlock(StoryBlock):
    """The page's first screen, and its only h1: a picture, one headline, one sentence, at most one button."""

    picture = PictureChooserBlock(label=_("Picture"), required=False)
    kicker = blocks.CharBlock(label=_("Line above the headline"), max_length=80, required=False)
    headline = blocks.CharBlock(label=_("Headline"), max_length=90)
    sentence = blocks.TextBlock(label=_("One sentence"), max_length=260, required=False)
    link = LinkBlock(label=_("Button"), required=False)

    class Meta:
        template = "cms/blocks/opening.html"
        icon = "title"
        label = _("Opening")
        group = _("Frame")
        description = _("A full-width picture with the headline. Use it once, first.")
        preview_value = {
            "picture": samples.picture,
            "kicker": "Kain cual",
            "headline": "Dicelup dulu, baru ditenun",
            "sentence": "Nama cual datang dari celupan pertama pada benang.",
            "link": {},
        }
