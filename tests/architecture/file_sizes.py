"""No file over 400 lines: ``python -m tests.architecture.file_sizes`` names those that are."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 400
ENDINGS = {".py", ".js", ".css", ".html"}
#: Written by a program or by others.
EXEMPT = ("/migrations/", "/oscar_migrations/", "/vendor/")


def tracked_files() -> list[Path]:
    """The files git tracks or would track, below the project's root."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def too_long(files: list[Path]) -> list[tuple[str, int]]:
    """``(path, lines)`` of every source file over the limit."""
    found = []
    for path in files:
        name = f"/{path.relative_to(ROOT)}"
        if path.suffix in ENDINGS and not any(part in name for part in EXEMPT):
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > LIMIT:
                found.append((name[1:], lines))
    return found


if __name__ == "__main__":
    problems = too_long(tracked_files())
    for name, lines in problems:
        print(f"{name}: {lines} lines, at most {LIMIT}: make it two modules in one room")
    sys.exit(bool(problems))
