"""``manage.py check_books``: add the books of makers up again and name each difference."""

from collections.abc import Iterable

from shop.checking import CheckCommand
from shop.settlement.audit import differences


class Command(CheckCommand):
    help = "Add the books of makers up again; name each difference and exit with 1 when there is any."
    wrong = "Differences in the books"
    right = "The books balance."

    def differences(self) -> Iterable[object]:
        return differences()
