"""How a thing is made, and the patterns it carries."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import samples
from cms.core.blocks.base import StoryBlock
from cms.core.blocks.choosers import MotifChooserBlock, PictureChooserBlock
from shop import public


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=80)
    when = blocks.CharBlock(label=_("How long, or when"), max_length=60, required=False)
    text = blocks.TextBlock(label=_("What happens"), max_length=320, required=False)
    picture = PictureChooserBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "cog"
        label = _("Step")


class TimelineBlock(StoryBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    intro = blocks.TextBlock(label=_("Introduction"), max_length=300, required=False)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        template = "cms/blocks/timeline.html"
        icon = "time"
        label = _("Steps of making")
        group = _("Making")
        description = _("The steps from raw thread to finished piece, in order.")
        preview_value = {
            "heading": "Dari benang ke kain",
            "intro": "",
            "steps": [
                {
                    "title": "Mengikat",
                    "when": "Dua minggu",
                    "text": "Benang pakan diikat menurut motif.",
                    "picture": None,
                },
                {"title": "Mencelup", "when": "Tiga hari", "text": "Yang terikat tetap terang.", "picture": None},
                {"title": "Menenun", "when": "Satu bulan", "text": "Benang emas masuk satu per satu.", "picture": None},
            ],
        }


class MotifStripBlock(StoryBlock):
    """Meaning, and how sure we are of it, come from the motif: they are told the same everywhere."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    intro = blocks.TextBlock(label=_("Introduction"), max_length=300, required=False)
    motifs = blocks.ListBlock(MotifChooserBlock(label=_("Motif")), label=_("Motifs"), min_num=1)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return context | {"motifs": [motif for motif in context["value"]["motifs"] if motif is not None]}

    class Meta:
        template = "cms/blocks/motif_strip.html"
        icon = "grip"
        label = _("Strip of motifs")
        group = _("Making")
        description = _("Motifs side by side, with their meaning and how certain it is.")
        preview_value = {"heading": "Motif", "intro": "", "motifs": samples.some(public.MOTIF_MODEL, 5)}
