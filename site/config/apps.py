from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self):
        """Put our task in the place of Wagtail's, which its signal handler looks up by that name when it runs."""
        from wagtail import signal_handlers

        from .tasks import update_reference_index

        signal_handlers.update_reference_index_task = update_reference_index
