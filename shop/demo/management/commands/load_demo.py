"""Fill an empty installation with the demo. A second run changes nothing."""

import inspect
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Load the demo's people, shop and pages (settings.DEMO_LOADERS), each only where it is missing."

    def handle(self, *args, **options):
        if not settings.IS_DEMO:
            raise CommandError(
                "Demo data holds sign-ins with a public password: it is loaded under demo settings only."
            )
        started = time.monotonic()
        for path in settings.DEMO_LOADERS:
            loader = import_string(path)
            # A loader that takes long asks for the means to say how far it is.
            loader(*([self.say] if "say" in inspect.signature(loader).parameters else []))
        # Last, for the pictures of all loaders at once, in several processes.
        call_command("make_renditions", stdout=self.stdout)
        self.say(f"Demo data is ready ({time.monotonic() - started:.0f} s).")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
