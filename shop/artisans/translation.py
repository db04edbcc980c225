from modeltranslation.translator import TranslationOptions, register

from .models import Maker


@register(Maker)
class MakerTranslation(TranslationOptions):
    fields = ("role", "story", "quote")
