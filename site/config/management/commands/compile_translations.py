"""Compiles every .po file of ours, with polib: the gettext programs are not on every machine."""

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

ROOMS = ("site", "shop", "cms", "themes")


def po_files():
    """Every catalogue of the project, as paths."""
    for room in ROOMS:
        yield from sorted((settings.BASE_DIR / room).glob("**/locale/*/LC_MESSAGES/*.po"))


class Command(BaseCommand):
    help = "Compile the project's translations (.po to .mo) where they changed."

    def handle(self, *args, verbosity=1, **options):
        for source in po_files():
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            polib.pofile(str(source)).save_as_mofile(str(target))
            if verbosity:
                self.stdout.write(f"Compiled {source.relative_to(settings.BASE_DIR)}")
