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
MODULES = "/static/exhibitions/till"


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


def expect_badge(page: Page, state: str, text: str) -> None:
    """``text`` with the whole of its number: "5 menunggu" is not "25 menunggu"."""
    badge = page.locator(".badge")
    expect(badge).to_have_attribute("data-state", state)
    expect(badge).to_contain_text(re.compile(rf"(?<!\d){re.escape(text)}"))


def wait_for_offline(page: Page) -> None:
    """Until the service worker has the page: its ``ready`` comes before it does."""
    wait_until(
        lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"), 120, "no service worker has the page"
    )


def kept(page: Page, key: str):
    """What the device keeps under ``key`` of its ``meta``."""
    return page.evaluate(
        """async ([path, key]) => {
          const store = await (await import(path)).openStore();
          const value = await store.get(key);
          store.db.close();
          return value ?? null;
        }""",
        [f"{MODULES}/store.js", key],
    )


def events(page: Page, kind: str) -> list[dict]:
    """The device's events of a kind, each with its state."""
    found = page.evaluate(
        """async (path) => {
          const store = await (await import(path)).openStore();
          const found = await store.events();
          store.db.close();
          return found;
        }""",
        f"{MODULES}/store.js",
    )
    return [each for each in found if each["event"]["kind"] == kind]


def change_kept(page: Page, key: str, change: str, told: str) -> None:
    """Change what the device keeps, as another window does, and tell this one."""
    page.evaluate(
        f"""async ([path, key, told]) => {{
          const store = await (await import(path)).openStore();
          let value = await store.get(key);
          {change};
          await store.set(key, value);
          store.db.close();
          const channel = new BroadcastChannel("kriya-till");
          channel.postMessage({{ what: told }});
          channel.close();
        }}""",
        [f"{MODULES}/store.js", key, told],
    )


def cut_off(page: Page) -> None:
    """From now on the page hears nothing from the server: what a test puts on the device stays."""
    page.route("**/api/v1/till/**", lambda route: route.abort())


def refuse_kept(page: Page) -> None:
    """What waits is refused, as if the server had answered another window."""
    page.evaluate(
        """async (path) => {
          const store = await (await import(path)).openStore();
          const waiting = (await store.events()).filter(({ state }) => state === "waiting");
          await store.settle({ refused: waiting.map((record) => ({ ...record, code: "sale_unknown" })) });
          store.db.close();
        }""",
        f"{MODULES}/store.js",
    )
    tell(page, "events")


def tell(page: Page, what: str) -> None:
    page.evaluate("(what) => new BroadcastChannel('kriya-till').postMessage({ what })", what)


def full(page: Page, is_full: bool) -> None:
    """From now on the phone's storage is full, or not any more."""
    page.evaluate(
        """(isFull) => {
          const stores = IDBObjectStore.prototype;
          globalThis.honest ??= stores.put;
          stores.put = isFull ? () => { throw new DOMException("full", "QuotaExceededError"); } : globalThis.honest;
        }""",
        is_full,
    )
