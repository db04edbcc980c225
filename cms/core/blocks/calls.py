"""What the reader does next."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks.base import StoryBlock
from cms.core.blocks.links import LinkBlock


class CallBlock(StoryBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=300, required=False)
    link = LinkBlock(label=_("Button"), required=False)
    whatsapp_label = blocks.CharBlock(
        label=_("Words on the WhatsApp button"),
        max_length=40,
        required=False,
        help_text=_("Empty: no WhatsApp button."),
    )
    whatsapp_text = blocks.CharBlock(
        label=_("First message"),
        max_length=200,
        required=False,
        help_text=_("What the shopper's message to the shop begins with."),
    )

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context=parent_context) | {"whatsapp_number": settings.SHOP_WHATSAPP}

    class Meta:
        template = "cms/blocks/call.html"
        icon = "arrow-right"
        label = _("Call to action")
        group = _("Frame")
        description = _("What to do next: one button, and WhatsApp if you like.")
        preview_value = {
            "title": "Lihat kain yang siap dikirim",
            "text": "Setiap lembar menyebut nama penenunnya.",
            "link": {"label": "Buka toko", "place": "shop"},
            "whatsapp_label": "",
            "whatsapp_text": "",
        }


class ShareBlock(StoryBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    message = blocks.CharBlock(
        label=_("Message"),
        max_length=160,
        required=False,
        help_text=_("What stands before the page's address when it is shared. Empty: the page's title."),
    )

    class Meta:
        template = "cms/blocks/share.html"
        icon = "mail"
        label = _("Share")
        group = _("Frame")
        description = _("Buttons that send this page to a friend.")
        preview_value = {"heading": "Bagikan kisah ini", "message": ""}
