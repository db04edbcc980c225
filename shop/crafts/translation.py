from modeltranslation.translator import TranslationOptions, register

from .models import Craft, Motif


@register(Craft)
class CraftTranslation(TranslationOptions):
    fields = ("name", "summary")


@register(Motif)
class MotifTranslation(TranslationOptions):
    fields = ("name", "meaning", "source_note")
