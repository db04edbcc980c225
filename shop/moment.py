"""One moment of the whole database, for those who compare its rows with each other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all statements see the same moment, so that a sale in between is no difference.

    SQLite's transactions do so already. Inside somebody else's transaction (a test) PostgreSQL cannot change over.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
