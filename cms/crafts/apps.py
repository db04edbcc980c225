from django.apps import AppConfig


class CraftsConfig(AppConfig):
    name = "cms.crafts"
    label = "cms_crafts"
    default_auto_field = "django.db.models.BigAutoField"
