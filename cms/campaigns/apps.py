from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "cms.campaigns"
    label = "cms_campaigns"
    default_auto_field = "django.db.models.BigAutoField"
