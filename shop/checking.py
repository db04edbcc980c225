"""What the commands share that compare the books with each other: say each difference, fail when there is any."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.moment import one_moment


class CheckCommand(ABC, BaseCommand):
    """Names each difference and exits with 1 when there is any, so that a scheduler or a deployment stops on it."""

    #: What stands before the number of differences, and what is said when there is none.
    wrong: str
    right: str

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing when all agrees.")

    @abstractmethod
    def differences(self) -> Iterable[object]:
        """Read within one moment of the whole database."""

    def handle(self, *args: Any, **options: Any) -> None:
        with one_moment():
            found = list(self.differences())
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"{self.wrong}: {len(found)}", returncode=1)
        if not options["quiet"]:
            self.stdout.write(self.right)
