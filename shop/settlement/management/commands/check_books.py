"""``manage.py check_books``: add the books of makers up again and name each difference."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.moment import one_moment
from shop.settlement.audit import differences


class Command(BaseCommand):
    help = "Add the books of makers up again; name each difference and exit with 1 when there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing when all agrees.")

    def handle(self, *args: Any, **options: Any) -> None:
        with one_moment():
            found = list(differences())
        for difference in found:
            self.stdout.write(difference)
        if found:
            raise CommandError(f"Differences in the books: {len(found)}", returncode=1)
        if not options["quiet"]:
            self.stdout.write("The books balance.")
