"""Database triggers that keep ``stock_move`` append-only, for PostgreSQL and SQLite.

The model refuses updates and deletes too, but raw SQL and fixtures go round the model. On SQLite Django alters a table
by building it anew, which drops its triggers: a later migration that changes ``Move`` must call ``install`` again, and
``check_stock`` says so when somebody forgot.
"""

from typing import Any

NAMES = ("stock_move_no_update", "stock_move_no_delete")

_INSTALL = {
    "postgresql": (
        """
        CREATE OR REPLACE FUNCTION stock_move_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'stock_move is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        "DROP TRIGGER IF EXISTS stock_move_no_update ON stock_move",
        "DROP TRIGGER IF EXISTS stock_move_no_delete ON stock_move",
        """
        CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move
        FOR EACH ROW EXECUTE FUNCTION stock_move_append_only()
        """,
        """
        CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move
        FOR EACH ROW EXECUTE FUNCTION stock_move_append_only()
        """,
    ),
    "sqlite": (
        """
        CREATE TRIGGER IF NOT EXISTS stock_move_no_update BEFORE UPDATE ON stock_move
        BEGIN SELECT RAISE(ABORT, 'stock_move is append-only'); END
        """,
        """
        CREATE TRIGGER IF NOT EXISTS stock_move_no_delete BEFORE DELETE ON stock_move
        BEGIN SELECT RAISE(ABORT, 'stock_move is append-only'); END
        """,
    ),
}

_REMOVE = {
    "postgresql": (
        "DROP TRIGGER IF EXISTS stock_move_no_update ON stock_move",
        "DROP TRIGGER IF EXISTS stock_move_no_delete ON stock_move",
        "DROP FUNCTION IF EXISTS stock_move_append_only()",
    ),
    "sqlite": ("DROP TRIGGER IF EXISTS stock_move_no_update", "DROP TRIGGER IF EXISTS stock_move_no_delete"),
}

_LIST = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'stock_move'::regclass AND tgenabled <> 'D'",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'stock_move'",
}


def install(connection: Any) -> None:
    """Create the triggers, or leave them as they are. Raises ``KeyError`` on a database the project does not run on."""
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: Any) -> None:
    _run(connection, _REMOVE[connection.vendor])


def missing(connection: Any) -> list[str]:
    """Names of the triggers that are not there."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST[connection.vendor])
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in NAMES if name not in there]


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
