"""Tables that are only ever added to: the stock ledger and the books. A mistake there is put right by another row.

The model refuses updates and deletes; raw SQL and fixtures go round the model, so the database refuses them too. A
table is made so by a migration that calls ``install``. On SQLite Django alters a table by building it anew, which drops
its triggers: a later migration that changes such a table must call ``install`` again, and the audit of its room names
what ``missing`` finds when somebody forgot.
"""

from typing import Any

from django.db import models


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses what would rewrite history, with the ``refusal`` of its model."""

    model: type["AppendOnly"]  # type: ignore[assignment]

    def update(self, **kwargs: Any) -> int:
        raise self.model.refusal(f"{self.model._meta.verbose_name_plural}: never updated")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise self.model.refusal(f"{self.model._meta.verbose_name_plural}: never deleted")


class AppendOnly(models.Model):
    """A row that is written once. ``refusal`` is the error of the room that keeps it."""

    refusal: type[Exception]

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise self.refusal(f"{self._meta.verbose_name_plural}: never updated")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise self.refusal(f"{self._meta.verbose_name_plural}: never deleted")


_INSTALL = {
    "postgresql": (
        """
        CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        "DROP TRIGGER IF EXISTS {table}_no_update ON {table}",
        "DROP TRIGGER IF EXISTS {table}_no_delete ON {table}",
        """
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_append_only()
        """,
        """
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_append_only()
        """,
    ),
    "sqlite": (
        """
        CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
        """,
        """
        CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
        """,
    ),
}

_REMOVE = {
    "postgresql": (
        "DROP TRIGGER IF EXISTS {table}_no_update ON {table}",
        "DROP TRIGGER IF EXISTS {table}_no_delete ON {table}",
        "DROP FUNCTION IF EXISTS {table}_append_only()",
    ),
    "sqlite": ("DROP TRIGGER IF EXISTS {table}_no_update", "DROP TRIGGER IF EXISTS {table}_no_delete"),
}

_LIST = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND tgenabled <> 'D'",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'",
}


def install(connection: Any, table: str) -> None:
    """Create the triggers of a table, or leave them as they are.

    Raises ``KeyError`` on a database the project does not run on.
    """
    _run(connection, _INSTALL[connection.vendor], table)


def remove(connection: Any, table: str) -> None:
    _run(connection, _REMOVE[connection.vendor], table)


def missing(connection: Any, table: str) -> list[str]:
    """Names of the table's triggers that are not there, or are switched off."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST[connection.vendor].format(table=table))
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in (f"{table}_no_update", f"{table}_no_delete") if name not in there]


def _run(connection: Any, statements: tuple[str, ...], table: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(table=table))
