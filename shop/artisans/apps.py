from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArtisansConfig(AppConfig):
    name = "shop.artisans"
    label = "artisans"
    verbose_name = _("Makers")
    default_auto_field = "django.db.models.BigAutoField"
