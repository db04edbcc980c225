"""A server of its own for a test: one process that is really started, stopped, killed and told to die, on one port."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.browser.conftest import ROOT, free_port
from tests.faults import EXIT_CODE, arm, is_armed

PATIENCE = 300
MARK = "answer:"


class Server:
    """``environment`` names its settings and database (``databases``), ``local`` is its ``KRIYA_LOCAL``."""

    def __init__(self, environment: dict[str, str], local: Path):
        self.environment = environment
        self.local = local
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self, **more: str) -> None:
        """Start it at the same address as before; returns when it answers."""
        with (self.local / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{self.port}"],
                cwd=ROOT,
                env=self.environment | more,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + PATIENCE
        while True:
            assert self.process.poll() is None and time.monotonic() < deadline, self.said()
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=PATIENCE).close()
            except OSError:
                time.sleep(0.1)
            else:
                return

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """As a person stops it. Again is no harm."""
        if self.process and self.runs:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def let_die_at(self, point: str, passes: int = 0) -> None:
        arm(self.local, point, passes)

    def wait_for_death(self) -> None:
        """Until the process that was told to die has died of that and of nothing else."""
        assert self.process
        assert self.process.wait(PATIENCE) == EXIT_CODE, self.said()
        assert not is_armed(self.local)

    def ask(self, verb: str, **told: Any) -> Any:
        """What ``books.<verb>`` answers in a process with the server's settings, whether or not the server runs."""
        done = subprocess.run(
            [
                sys.executable,
                "manage.py",
                "shell",
                "--no-imports",
                "-c",
                "from tests.browser.books import main; main()",
            ],
            cwd=ROOT,
            env=self.environment | {"BOOKS_VERB": verb, "BOOKS_TOLD": json.dumps(told)},
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
        )
        answers = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
        assert done.returncode == 0 and answers, done.stdout + done.stderr
        return json.loads(answers[-1].removeprefix(MARK))

    def post(self, path: str, body: str, token: str) -> Any:
        """Send a body to the till's API by hand, as a device with this token would."""
        request = urllib.request.Request(
            f"{self.url}/api/v1/till/{path}/",
            body.encode(),
            {"Authorization": f"Device {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def said(self) -> str:
        return (self.local / "server.log").read_text()[-4000:]


def verb_told() -> tuple[str, dict[str, Any]]:
    return os.environ["BOOKS_VERB"], json.loads(os.environ["BOOKS_TOLD"])
