"""State in one SQLite file, so that killing the double (or the shop) loses nothing."""

import json
import secrets
import sqlite3
import string
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL,
    body TEXT NOT NULL, extra TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, seq);
CREATE TABLE IF NOT EXISTS keys (
    key TEXT PRIMARY KEY, path TEXT NOT NULL, fingerprint TEXT NOT NULL, created REAL NOT NULL,
    request TEXT NOT NULL, status INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    position REAL NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    signature TEXT NOT NULL, answer INTEGER, error TEXT, created REAL NOT NULL, delivered REAL);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due, position);
CREATE TABLE IF NOT EXISTS timers (session TEXT PRIMARY KEY, due REAL NOT NULL, outcome TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    """An identifier that looks like Stripe's and cannot be guessed."""
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(length))}"


class Store:
    """Objects, idempotency keys, deliveries, timers and settings behind one lock.

    One connection and one lock: requests run one after another, so no rule of the double can be raced
    past (two refunds that each fit alone, two clicks on 'pay').
    """

    def __init__(self, path: str | None) -> None:
        if path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested blocks join the outer one."""
        with self._lock:
            if self._depth:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._depth = 0

    def execute(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Run one statement and return its rows."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def last_row_id(self) -> int:
        """The key of the row just inserted; call inside the same transaction."""
        return int(self._connection.execute("SELECT last_insert_rowid()").fetchone()[0])

    # Settings and the clock -------------------------------------------------------------------------

    def setting(self, name: str, default: Any = None) -> Any:
        """A stored setting, or ``default``."""
        rows = self.execute("SELECT value FROM settings WHERE name = ?", name)
        return json.loads(rows[0]["value"]) if rows else default

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting over restarts."""
        self.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, json.dumps(value))

    def now(self) -> float:
        """The double's own time, in seconds: the machine's plus what tests have advanced it by."""
        return time.time() + float(self.setting("clock_offset", 0.0))

    # Objects ----------------------------------------------------------------------------------------

    def insert(self, body: dict[str, Any], extra: dict[str, Any] | None = None) -> None:
        """Add a new API object; ``extra`` is what the double knows beside it."""
        self.execute(
            "INSERT INTO objects (id, kind, body, extra) VALUES (?, ?, ?, ?)",
            body["id"],
            body["object"],
            json.dumps(body),
            json.dumps(extra or {}),
        )

    def save(self, body: dict[str, Any]) -> None:
        """Write back a changed object."""
        self.execute("UPDATE objects SET body = ? WHERE id = ?", json.dumps(body), body["id"])

    def find(self, kind: str, identifier: str) -> dict[str, Any] | None:
        """The object, or None when there is none of that kind by that name."""
        rows = self.execute("SELECT body FROM objects WHERE id = ? AND kind = ?", identifier, kind)
        return json.loads(rows[0]["body"]) if rows else None

    def beside(self, identifier: str) -> dict[str, Any]:
        """What the double keeps beside an object."""
        rows = self.execute("SELECT extra FROM objects WHERE id = ?", identifier)
        return json.loads(rows[0]["extra"]) if rows else {}

    def newest_first(self, kind: str) -> list[dict[str, Any]]:
        """All objects of a kind, newest first, as Stripe lists them."""
        rows = self.execute("SELECT body FROM objects WHERE kind = ? ORDER BY seq DESC", kind)
        return [json.loads(row["body"]) for row in rows]
