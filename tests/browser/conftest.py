"""The browser tests drive the demo itself: every process of it, on a data folder of its own, as a person would meet
it.
"""

import contextlib
import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pytest
from playwright.sync_api import expect

from tests.browser import install

ROOT = Path(__file__).resolve().parents[2]

#: Milliseconds. What a page has to show may take this long on a busy machine; Playwright's own 5 s are for a quiet one.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

# pytest-playwright's event loop runs in this thread; Django would refuse every query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def free_port() -> int:
    """Below the range the system gives to outgoing connections: nobody takes it before the server binds it."""
    for port in random.SystemRandom().sample(range(20_000, 30_000), 200):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


@dataclass
class Demo:
    """A running demo: its address, its payment double's address, and its data to look into."""

    url: str
    sandbox_url: str
    local: Path

    def rows(self, query: str, *parameters) -> list[sqlite3.Row]:
        """Rows of a query against the demo's database, read only."""
        with sqlite3.connect(f"file:{self.local / 'demo.sqlite3'}?mode=ro", uri=True, timeout=20) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(query, parameters).fetchall()

    def value(self, query: str, *parameters):
        """The first column of the first row, or ``None``."""
        rows = self.rows(query, *parameters)
        return rows[0][0] if rows else None

    def manage(self, *arguments: str) -> str:
        """Run a management command on the demo's data; its output comes back, a failure raises."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=demo_environment(self.local),
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout

    def let_time_pass(self, email: str) -> None:
        """Make the time to pay of this shopper's attempts lie in the past, as if it had gone by."""
        with sqlite3.connect(self.local / "demo.sqlite3", timeout=20) as connection:
            connection.execute(
                "UPDATE payment_paymentattempt SET created_at = datetime('now', '-3 days'), "
                "expires_at = datetime('now', '-1 minutes') WHERE email = ?",
                (email,),
            )

    def mails(self) -> list[str]:
        """The e-mails sent so far, oldest first, as raw text."""
        return [path.read_text() for path in sorted((self.local / "mail").glob("*"), key=lambda p: p.stat().st_mtime)]

    def sandbox(self, path: str, payload: dict | None = None) -> dict:
        """Ask the payment double's control address."""
        request = urllib.request.Request(
            f"{self.sandbox_url}/_sandbox/{path}",
            data=None if payload is None else json.dumps(payload).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)


def demo_environment(local: Path, **more: str) -> dict[str, str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("STRIPE_", "DJANGO_", "TEST_PG"))
    }
    return {**clean, "DJANGO_SETTINGS_MODULE": "config.settings.demo", "KRIYA_LOCAL": str(local), **more}


def wait_until(condition, seconds: float = 30, message: str = "it did not happen in time"):
    """Ask ``condition`` until it is true; its value comes back. For what other processes do in their own time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(message)


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Iterator[Demo]:
    """Start the demo once for all browser tests; ended by the same signal a person's Ctrl-C sends."""
    local = tmp_path_factory.mktemp("demo")
    port, sandbox_port = free_port(), free_port()
    process = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "demo", "--port", str(port)],
        cwd=ROOT,
        env=demo_environment(local, STRIPE_SANDBOX_PORT=str(sandbox_port), PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: deque[str] = deque(maxlen=60)
    giving_up = threading.Timer(900, process.kill)
    giving_up.start()
    for line in cast(IO[str], process.stdout):
        said.append(line)
        if "Ctrl-C ends all of it" in line:
            break
    giving_up.cancel()
    if process.poll() is not None or "Ctrl-C" not in "".join(said):
        pytest.fail(f"The demo did not start:\n{''.join(said)}")
    try:
        yield Demo(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{sandbox_port}", local)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(120)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": install.find(),
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture
def browser_context_args(demo):
    return {"base_url": demo.url, "viewport": {"width": 360, "height": 780}, "locale": "id-ID"}


@pytest.fixture
def context(context):
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="module")
def stall(demo):
    """A new open fair of its own for each module: ``till.make_stall``."""
    from tests.browser import till

    return till.make_stall(demo)


@pytest.fixture
def server(demo):
    """A server of its own on the demo's data, which a test can really stop."""
    from tests.browser import till

    own = till.TillServer(demo.local)
    try:
        own.start()
        yield own
    finally:
        own.stop()


@pytest.fixture
def at_work(page, demo, stall):
    """A paired page with Rina signed on, at the pieces."""
    from tests.browser import till

    till.pair(page, demo.url, stall["codes"].pop())
    till.sign_on(page)
    return page


@pytest.fixture
def quiet_page(page):
    """A page on which any script error, blocked resource or foreign request fails the test."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    page.on("console", lambda message: message.type == "error" and problems.append(f"console: {message.text}"))
    page.on(
        "request",
        lambda request: (
            re.match(r"(http://127\.0\.0\.1:|data:|blob:|about:)", request.url)
            or problems.append(f"another host: {request.url}")
        ),
    )
    yield page
    assert problems == []
