"""What the till's app is made of: the files that a device keeps, and the version they are together.

The service worker keeps exactly these, and takes a new set when the version changes: a file that is missing here is
missing at a stall without a network.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

ROOT = "exhibitions/till"
#: Reads codes from the camera; large, so it comes in the background and is kept apart.
READER = f"{ROOT}/vendor/zxing"
STYLES = ("till.css", "parts.css", "screens.css", "paying.css", "print.css")
TEMPLATES = ("exhibitions/till/app.html", "exhibitions/till/sw.js")


@dataclass(frozen=True)
class TillFiles:
    """Addresses of the app's files. ``version`` changes with any of them."""

    styles: tuple[str, ...]
    modules: tuple[str, ...]
    fonts: tuple[str, ...]
    version: str
    reader_version: str

    @property
    def entry(self) -> str:
        return address(f"{ROOT}/app.js")

    @property
    def reader_path(self) -> str:
        return f"{address(READER)}/"


def address(name: str) -> str:
    """Modules import each other by plain relative names, so their addresses carry no hash; the version does."""
    return f"{settings.STATIC_URL}{name}"


def found(name: str) -> Path:
    path = finders.find(name)
    if not path:
        raise FileNotFoundError(name)
    return Path(path)


@cache
def till_files() -> TillFiles:
    """Read once a process: files do not change under a running server."""
    root = found(f"{ROOT}/app.js").parent
    reader = sorted((root / "vendor/zxing").rglob("*.*"))
    modules = sorted(path for path in root.rglob("*.js") if path not in reader)
    theme = found(f"{settings.THEME}/css/tokens.css").parents[1]
    fonts = sorted((theme / "fonts").glob("*.woff2"))
    styles = [theme / "css/tokens.css", *(root / name for name in STYLES)]
    pages = [Path(__file__).parent / "templates" / name for name in TEMPLATES]
    return TillFiles(
        styles=(static(f"{settings.THEME}/css/tokens.css"), *(static(f"{ROOT}/{name}") for name in STYLES)),
        modules=tuple(address(f"{ROOT}/{path.relative_to(root).as_posix()}") for path in modules),
        fonts=tuple(static(f"{settings.THEME}/fonts/{path.name}") for path in fonts),
        version=_digest([*modules, *fonts, *styles, *pages, Path(__file__).with_name("till_texts.py")]),
        reader_version=_digest(reader),
    )


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
