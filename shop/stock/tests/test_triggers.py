import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.db import connection

from shop.stock import triggers


@pytest.fixture
def sqlite():
    """The demo's database in small: what the triggers need of ``stock_move``, on SQLite."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE stock_move (id INTEGER PRIMARY KEY, quantity INTEGER)")
        database.execute("INSERT INTO stock_move VALUES (1, 5)")
        yield SimpleNamespace(vendor="sqlite", cursor=lambda: closing(database.cursor()), execute=database.execute)


@pytest.mark.parametrize("statement", ["UPDATE stock_move SET quantity = 9", "DELETE FROM stock_move"])
def test_sqlite_refuses_to_rewrite_the_ledger(sqlite, statement):
    triggers.install(sqlite)
    triggers.install(sqlite)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        sqlite.execute(statement)
    assert sqlite.execute("SELECT quantity FROM stock_move").fetchall() == [(5,)]


def test_missing_triggers_are_named_on_sqlite(sqlite):
    assert triggers.missing(sqlite) == ["stock_move_no_update", "stock_move_no_delete"]
    triggers.install(sqlite)
    assert triggers.missing(sqlite) == []
    triggers.remove(sqlite)
    assert triggers.missing(sqlite) == ["stock_move_no_update", "stock_move_no_delete"]


@pytest.mark.django_db
def test_a_switched_off_trigger_is_missing_on_postgresql():
    assert triggers.missing(connection) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE stock_move DISABLE TRIGGER stock_move_no_delete")
    assert triggers.missing(connection) == ["stock_move_no_delete"]
