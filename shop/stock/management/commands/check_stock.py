"""``manage.py check_stock``: derive every stock figure again from the ledger and name each difference."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from shop.moment import one_moment
from shop.stock.audit import differences


class Command(BaseCommand):
    help = "Derive every stock figure again from the ledger; name each difference and exit with 1 when there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing when all agrees.")

    def handle(self, *args: Any, **options: Any) -> None:
        with one_moment():
            found = list(differences(connection))
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"Differences between stock and ledger: {len(found)}", returncode=1)
        if not options["quiet"]:
            self.stdout.write("Stock agrees with its ledger.")
