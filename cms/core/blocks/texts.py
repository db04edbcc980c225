"""Words: chapters, quotes, questions and answers, figures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks.base import StoryBlock

#: Headings below the chapter's own, emphasis, lists and links; colours, sizes and tables are the theme's business.
CHAPTER_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
NOTE_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class ChapterBlock(StoryBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=CHAPTER_FEATURES)

    class Meta:
        template = "cms/blocks/chapter.html"
        icon = "pilcrow"
        label = _("Chapter")
        group = _("Words")
        description = _("Running text with an optional heading.")
        preview_value = {
            "heading": "Namanya dari celupan pertama",
            "text": "<p>Benang diikat, dicelup, dibuka lagi. Baru sesudah itu ia naik ke alat tenun.</p>",
        }


class QuoteBlock(StoryBlock):
    text = blocks.TextBlock(label=_("Quote"), max_length=400)
    who = blocks.CharBlock(label=_("Who says it"), max_length=120, required=False)
    where = blocks.CharBlock(label=_("Place or craft"), max_length=120, required=False)

    class Meta:
        template = "cms/blocks/quote.html"
        icon = "openquote"
        label = _("Quote")
        group = _("Words")
        description = _("Somebody's own words, set large.")
        preview_value = {"text": "Saya menghitung benang, bukan hari.", "who": "Rohana", "where": "Muntok"}


class NumberBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=80)

    class Meta:
        icon = "plus"
        label = _("Figure")


class NumbersBlock(StoryBlock):
    numbers = blocks.ListBlock(NumberBlock(), label=_("Figures"), min_num=1, max_num=4)
    source = blocks.CharBlock(label=_("Where the figures come from"), max_length=160, required=False)

    class Meta:
        template = "cms/blocks/numbers.html"
        icon = "table"
        label = _("Figures")
        group = _("Words")
        description = _("Up to four figures side by side, with their source.")
        preview_value = {
            "numbers": [{"value": "7", "label": "kerajinan"}, {"value": "1.416", "label": "unit usaha"}],
            "source": "",
        }


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=NOTE_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question")


class AccordionBlock(StoryBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        template = "cms/blocks/accordion.html"
        icon = "list-ul"
        label = _("Questions and answers")
        group = _("Words")
        description = _("Questions that open to their answer.")
        preview_value = {
            "heading": "Yang sering ditanyakan",
            "items": [
                {
                    "question": "Apakah warnanya luntur?",
                    "answer": "<p>Cuci tangan, air dingin, jemur di tempat teduh.</p>",
                }
            ],
        }
