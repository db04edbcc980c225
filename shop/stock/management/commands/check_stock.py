"""``manage.py check_stock``: derive every stock figure again from the ledger and name each difference."""

from collections.abc import Iterable

from django.db import connection

from shop.checking import CheckCommand
from shop.stock.audit import differences


class Command(CheckCommand):
    help = "Derive every stock figure again from the ledger; name each difference and exit with 1 when there is any."
    wrong = "Differences between stock and ledger"
    right = "Stock agrees with its ledger."

    def differences(self) -> Iterable[object]:
        return differences(connection)
