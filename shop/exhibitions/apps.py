from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExhibitionsConfig(AppConfig):
    name = "shop.exhibitions"
    label = "exhibitions"
    verbose_name = _("Fairs")

    def ready(self):
        from shop.catalogue.whereabouts import register

        from . import checks  # noqa: F401
        from .queries import pieces_at_fair

        register(pieces_at_fair)
