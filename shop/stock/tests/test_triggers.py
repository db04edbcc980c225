import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.db import connection

from shop import append_only


@pytest.fixture
def sqlite():
    """The demo's database in small: what the triggers need of ``stock_move``, on SQLite."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE stock_move (id INTEGER PRIMARY KEY, quantity INTEGER)")
        database.execute("INSERT INTO stock_move VALUES (1, 5)")
        yield SimpleNamespace(vendor="sqlite", cursor=lambda: closing(database.cursor()), execute=database.execute)


@pytest.mark.parametrize("statement", ["UPDATE stock_move SET quantity = 9", "DELETE FROM stock_move"])
def test_sqlite_refuses_to_rewrite_the_ledger(sqlite, statement):
    append_only.install(sqlite, "stock_move")
    append_only.install(sqlite, "stock_move")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        sqlite.execute(statement)
    assert sqlite.execute("SELECT quantity FROM stock_move").fetchall() == [(5,)]


def test_missing_triggers_are_named_on_sqlite(sqlite):
    assert append_only.missing(sqlite, "stock_move") == ["stock_move_no_update", "stock_move_no_delete"]
    append_only.install(sqlite, "stock_move")
    assert append_only.missing(sqlite, "stock_move") == []
    append_only.remove(sqlite, "stock_move")
    assert append_only.missing(sqlite, "stock_move") == ["stock_move_no_update", "stock_move_no_delete"]


@pytest.mark.django_db
def test_a_switched_off_trigger_is_missing_on_postgresql():
    assert append_only.missing(connection, "stock_move") == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE stock_move DISABLE TRIGGER stock_move_no_delete")
    assert append_only.missing(connection, "stock_move") == ["stock_move_no_delete"]
