from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _sync_roles(sender, **kwargs):
    from . import roles

    roles.sync()


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Roles name permissions of every app, and those exist only once the last app has migrated.

        ``post_migrate`` fires app by app in the order of INSTALLED_APPS, so the sender is the last of them.
        """
        from allauth.account.signals import email_confirmed
        from django.apps import apps

        from .receivers import join_orders_of_confirmed_address

        email_confirmed.connect(join_orders_of_confirmed_address, dispatch_uid="accounts.join_orders")
        last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
        post_migrate.connect(_sync_roles, sender=last, dispatch_uid="accounts.sync_roles")
