from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CraftsConfig(AppConfig):
    name = "cms.crafts"
    label = "cms_crafts"
    verbose_name = _("Craft pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cms.core import telling

        from .queries import craft_page_of

        telling.register(craft_page_of)
