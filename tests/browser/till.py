"""A till in a browser, driven as a cashier drives it, and a server of its own that can really be stopped.

What the app promises to those who drive it: roles and Indonesian labels as below; the badge in the bar is a button
``.badge`` whose ``data-state`` is ``synced``, ``waiting``, ``syncing``, ``offline``, ``refused`` or ``revoked`` and
whose text names how many events wait or were refused; the settings (``#/pengaturan``) list the same as numbers.
"""

import json
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Demo, demo_environment, free_port, wait_until

SEED = Path(__file__).with_name("seed_stall.py")
PIN = "1234"


class TillServer:
    """The site on a demo's data, in a process of its own."""

    def __init__(self, local: Path):
        self.local = local
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--pythonpath", f"{ROOT / 'site'},{ROOT}", "--log-level", "error"]
        self.process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "8", "config.wsgi"],
            cwd=ROOT,
            env=demo_environment(self.local),
        )
        wait_until(self._answers, 60, "the till's server did not start")

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False


def make_stall(demo: Demo) -> dict:
    """``{"fair", "name", "codes"}`` of a new open fair with pieces, the cashiers Rina (1234) and Budi (567890)."""
    said = demo.manage("shell", "-v0", "-c", SEED.read_text())
    return json.loads(said.strip().splitlines()[-1])


def pair(page: Page, url: str, code: str, name: str = "HP Uji") -> None:
    page.goto(f"{url}/kasir/?kode={code}")
    page.get_by_label("Nama HP ini").fill(name)
    page.get_by_role("button", name="Pasangkan").click()
    expect(page.get_by_text("Siapa yang berjualan?")).to_be_visible()


def sign_on(page: Page, name: str = "Rina", pin: str = PIN) -> None:
    page.get_by_role("button", name=name).click()
    page.get_by_label("PIN", exact=True).fill(pin)
    expect(page.get_by_role("searchbox")).to_be_visible()


def put_into_basket(page: Page, *tiles: int) -> None:
    for tile in tiles:
        page.locator(".tile").nth(tile).click()


def to_payment(page: Page) -> None:
    page.get_by_role("button", name="Lihat keranjang").click()
    page.get_by_role("button", name="Bayar Rp").click()


def sell(page: Page, *tiles: int, way: str = "Tunai") -> str:
    """Sell pieces by their place on the screen; the receipt's number comes back, and the next sale can begin."""
    put_into_basket(page, *tiles)
    to_payment(page)
    page.get_by_role("button", name=way).click()
    page.get_by_role("button", name="Sudah saya lihat" if way == "QRIS" else "Terima Rp").click()
    number = receipt_number(page)
    page.get_by_role("button", name="Penjualan berikutnya").click()
    return number


def send_now(page: Page) -> None:
    """Press "Send now" in the list of sales, unless the app has sent by itself and taken the button away meanwhile."""
    page.evaluate(
        "[...document.querySelectorAll('main button')].find((each) => each.textContent === 'Kirim sekarang')?.click()"
    )


def receipt_number(page: Page) -> str:
    text = page.locator(".sold").inner_text()
    found = re.search(r"[A-Z]+-\d{4,}", text)
    assert found, text
    return found[0]


def expect_badge(page: Page, state: str, text: str, seconds: float = 30) -> None:
    badge = page.locator(".badge")
    expect(badge).to_have_attribute("data-state", state, timeout=seconds * 1000)
    expect(badge).to_contain_text(text)
