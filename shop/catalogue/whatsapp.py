"""Questions that start in the shop and go on in WhatsApp, where most people here buy.

The text names the piece and its address, so that whoever answers knows what is meant, in the language of the page.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Question:
    """``number`` in international form without plus, as wa.me wants it."""

    number: str
    text: str


def question_about_product(product, request: HttpRequest) -> Question:
    """To the maker when they have a number, else to the shop."""
    number = (product.maker.whatsapp if product.maker else "") or settings.SHOP_WHATSAPP
    text = _("Hello, I have a question about “%(title)s”: %(url)s") % {
        "title": product.get_title(),
        "url": request.build_absolute_uri(product.get_absolute_url()),
    }
    return Question(number, text)


def question_about_maker(maker, request: HttpRequest) -> Question:
    text = _("Hello %(name)s, I have a question about your work: %(url)s") % {
        "name": maker.name,
        "url": request.build_absolute_uri(maker.get_absolute_url()),
    }
    return Question(maker.whatsapp or settings.SHOP_WHATSAPP, text)
