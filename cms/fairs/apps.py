from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FairsConfig(AppConfig):
    name = "cms.fairs"
    label = "cms_fairs"
    verbose_name = _("Fairs")
    default_auto_field = "django.db.models.BigAutoField"
