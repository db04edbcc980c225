"""Lets a server die where a test wants it to: ``os._exit``, as in a power cut, with nothing cleaned up.

Only test settings name ``strike``, and it does nothing until the test has armed it in the server's own ``KRIYA_LOCAL``.
"""

import json
import os
from pathlib import Path

from django.conf import settings

EXIT_CODE = 137


def arm(local: Path, point: str, passes: int = 0) -> None:
    """Let the next process that works in ``local`` die at ``point`` (see ``shop.exhibitions.faults``).

    ``passes`` is how often it gets past that point before.
    """
    _write(local / "fault.json", {"point": point, "passes": passes})


def is_armed(local: Path) -> bool:
    """False once it has struck: the process that was started again lives."""
    return (local / "fault.json").exists()


def strike(point: str) -> None:
    """Die, if armed for this point. Disarmed first, so that it happens once."""
    path = settings.LOCAL_DIR / "fault.json"
    try:
        armed = json.loads(path.read_text())
    except FileNotFoundError:
        return
    if armed["point"] != point:
        return
    if armed["passes"]:
        _write(path, armed | {"passes": armed["passes"] - 1})
        return
    path.unlink()
    os._exit(EXIT_CODE)


def _write(path: Path, armed: dict) -> None:
    """Whole or not at all: a server may be reading."""
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(armed))
    beside.replace(path)
