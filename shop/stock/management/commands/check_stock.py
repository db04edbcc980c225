"""``manage.py check_stock``: derive every stock figure again from the ledger and name each difference."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from shop.stock.audit import differences


class Command(BaseCommand):
    help = "Derive every stock figure again from the ledger; name each difference and exit with 1 when there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing when all agrees.")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            self._one_moment()
            found = list(differences(connection))
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"Differences between stock and ledger: {len(found)}", returncode=1)
        if not options["quiet"]:
            self.stdout.write("Stock agrees with its ledger.")

    def _one_moment(self) -> None:
        """Let all statements see the same moment, so that a sale in between is no difference.

        SQLite's transactions do so already. Inside somebody else's transaction (a test) PostgreSQL cannot change over.
        """
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
