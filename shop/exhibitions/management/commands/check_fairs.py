"""``manage.py check_fairs``: compare lists, tills, ledger and books of every fair and name each difference."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.exhibitions.audit import differences
from shop.moment import one_moment


class Command(BaseCommand):
    help = "Compare lists, tills, ledger and books of every fair; name each difference and exit with 1 if there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing when all agrees.")

    def handle(self, *args: Any, **options: Any) -> None:
        with one_moment():
            found = list(differences())
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"Differences at fairs: {len(found)}", returncode=1)
        if not options["quiet"]:
            self.stdout.write("Fairs agree with their lists, tills, ledger and books.")
