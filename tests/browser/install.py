"""Finds a Chromium for the browser tests, or installs one: ``python -m tests.browser.install``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REMEDY = """No Chromium for the browser tests, and it could not be installed here. Any of these helps:
  Debian or Ubuntu, as root:  apt-get install -y chromium
  anywhere:                   .venv/bin/playwright install --with-deps chromium
  a browser you have:         export CHROMIUM=/path/to/chromium"""


def find() -> str | None:
    """Path of a Chromium: $CHROMIUM, one on the PATH, or Playwright's own; ``None`` when there is none."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try apt where we may, then Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium with apt-get …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            check=False,
            stdout=subprocess.DEVNULL,
        )
        if found := find():
            return found
    print("Installing Playwright's Chromium …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find()


if __name__ == "__main__":
    if not (find() or install()):
        sys.exit(REMEDY)
