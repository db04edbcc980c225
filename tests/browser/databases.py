"""A database of each kind for a server that runs beside the tests, and the environment that points it there."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners

from tests.browser.conftest import ROOT, demo_environment
from tests.database import database_of_others, digest

STATE = ROOT / ".local" / "sqlite"


@contextmanager
def postgres(local: Path) -> Iterator[dict[str, str]]:
    """A clone of the tests' PostgreSQL, with the tests' settings."""
    with database_of_others() as clone:
        where = {f"TEST_PG_{name}": clone.settings[name] for name in ("HOST", "PORT")}
        yield environment(local, "config.settings.test", TEST_PG_NAME=clone.name, **where)


@contextmanager
def sqlite(local: Path) -> Iterator[dict[str, str]]:
    """The demo's SQLite, with the demo's settings and the points at which a test may kill the server."""
    settings = environment(local, "config.settings.demo_faults")
    shutil.copyfile(_sqlite_template(settings), local / "demo.sqlite3")
    yield settings


KINDS = {"postgresql": postgres, "sqlite": sqlite}


def environment(local: Path, settings: str, **more: str) -> dict[str, str]:
    return demo_environment(local, **more) | {"DJANGO_SETTINGS_MODULE": settings}


def _sqlite_template(settings: dict[str, str]) -> Path:
    """Migrated once for each digest of all that shapes it, as the PostgreSQL one is."""
    STATE.mkdir(parents=True, exist_ok=True)
    template = STATE / f"template_{digest()}.sqlite3"
    with fasteners.InterProcessLock(STATE / "template.lock"):
        if not template.exists():
            building = STATE / "building"
            shutil.rmtree(building, ignore_errors=True)
            building.mkdir()
            print("\nMigrating the SQLite database once (about a minute) …", file=sys.stderr, flush=True)
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT,
                env=settings | {"KRIYA_LOCAL": str(building)},
                check=True,
            )
            (building / "demo.sqlite3").replace(template)
    return template
