"""Pictures in the flow of a story."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import samples
from cms.core.blocks.base import StoryBlock
from cms.core.blocks.choosers import PictureChooserBlock


class CaptionedPictureBlock(StoryBlock):
    """Credit and the word 'illustration' come from the picture itself, so that they are never forgotten."""

    picture = PictureChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)
    width = blocks.ChoiceBlock(
        label=_("Width"),
        choices=[("text", _("As wide as the text")), ("wide", _("Wide")), ("full", _("The whole screen"))],
        default="wide",
    )

    class Meta:
        template = "cms/blocks/picture.html"
        icon = "image"
        label = _("Picture with caption")
        group = _("Pictures")
        description = _("One picture, its caption and its credit.")
        preview_value = {"picture": samples.picture, "caption": "Motif pucuk rebung di kepala kain", "width": "wide"}


class PicturePairBlock(StoryBlock):
    first = PictureChooserBlock(label=_("Left picture"))
    first_caption = blocks.CharBlock(label=_("Left caption"), max_length=160, required=False)
    second = PictureChooserBlock(label=_("Right picture"))
    second_caption = blocks.CharBlock(label=_("Right caption"), max_length=160, required=False)

    class Meta:
        template = "cms/blocks/picture_pair.html"
        icon = "image"
        label = _("Two pictures")
        group = _("Pictures")
        description = _("Two pictures side by side, for comparing.")
        preview_value = {
            "first": samples.picture,
            "first_caption": "Penganten bekecak",
            "second": samples.picture,
            "second_caption": "Jande bekecak",
        }
