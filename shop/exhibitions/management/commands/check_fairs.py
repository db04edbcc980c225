"""``manage.py check_fairs``: compare lists, tills, ledger and books of every fair and name each difference."""

from collections.abc import Iterable

from shop.checking import CheckCommand
from shop.exhibitions.audit import differences


class Command(CheckCommand):
    help = "Compare lists, tills, ledger and books of every fair; name each difference and exit with 1 if there is any."
    wrong = "Differences at fairs"
    right = "Fairs agree with their lists, tills, ledger and books."

    def differences(self) -> Iterable[object]:
        return differences()
