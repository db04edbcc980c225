from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "cms.pages"
    label = "cms_pages"
    default_auto_field = "django.db.models.BigAutoField"
