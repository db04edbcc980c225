"""How long the till takes to answer a tap with 500 pieces, measured in Chromium: ``python -m benchmarks.till``.

Reports, asserts nothing: figures differ by machine. A tap counts from the event until the frame that shows it, at full
speed and with the processor slowed down six times, about what a cheap phone does.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import install

ROOT = Path(__file__).resolve().parents[1]
PIECES, TAPS = 500, 60

#: Fill the app's own store as a pairing would have; no server is asked.
STOCK_UP = """async (pieces) => {
  const { openStore } = await import("/static/exhibitions/till/store.js");
  const store = await openStore();
  const fair = { id: 1, name: "Bangku uji", qris: "", status: "open" };
  const items = Array.from({ length: pieces }, (_none, n) => ({
    id: n + 1, sku: `SKU-${n}`, code: `SKU-${n}`, title_id: `Kain cual motif ${n}`, title_en: "", maker_id: n % 40,
    maker: `Pengrajin ${n % 40}`, craft: ["Cual", "Timah", "Anyaman"][n % 3],
    price: 250000 + n, stock: 5, picture: null,
  }));
  await store.set("device", { id: 1, letter: "A", name: "Uji", token: "none", fair });
  await store.set("session", { cashier: 1, at: Date.now() });
  await store.set("catalogue", {
    version: "1", askedAt: Date.now(), fair, cashiers: [{ id: 1, name: "Uji", pin: "" }], sources: [], items,
  });
}"""
#: Milliseconds from a tap, a letter typed, or a way to a screen until the frame after it is drawn.
TAP = """async ([selector, at]) => {
  const target = document.querySelectorAll(selector)[at];
  const before = performance.now();
  target.click();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - before;
}"""
TYPE = """async (text) => {
  const field = document.getElementById("search");
  const before = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - before;
}"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(port: int, local: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", f"{ROOT / 'site'},{ROOT}", "--log-level", "error"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.demo", "KRIYA_LOCAL": local}
    process = subprocess.Popen(  # noqa: S603 - our own fixed arguments
        [*command, "--bind", f"127.0.0.1:{port}", "--threads", "8", "config.wsgi"],
        cwd=ROOT,
        env=environment,
        # There is no database: the till asks for one in vain, as at a stall without a network, and the server says so.
        stderr=subprocess.DEVNULL,
    )
    for _each in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return process
        except OSError:
            time.sleep(0.2)
    process.terminate()
    raise SystemExit("The server did not start.")


def measure(page: Page) -> dict[str, list[float]]:
    """Milliseconds by what was done."""
    taps = [page.evaluate(TAP, [".tile", at * 7 % PIECES]) for at in range(TAPS)]
    again = [page.evaluate(TAP, [".tile", 3]) for _each in range(TAPS)]
    typed = [page.evaluate(TYPE, text) for text in ("k", "ka", "kai", "kain", "motif 4", "", "pengrajin 7", "") * 3]
    return {"a new line": taps, "one more of a line": again, "a letter of a search": typed}


def row(name: str, values: list[float]) -> str:
    ordered = sorted(values)
    worst_but_some = ordered[int(len(ordered) * 0.95) - 1]
    return f"{name:<38}{statistics.median(ordered):>9.1f}{worst_but_some:>9.1f}{ordered[-1]:>9.1f}"


def main() -> None:
    port = free_port()
    with tempfile.TemporaryDirectory() as local, sync_playwright() as playwright:
        server = serve(port, local)
        browser = playwright.chromium.launch(executable_path=install.find(), args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(viewport={"width": 360, "height": 740})
            page.goto(f"http://127.0.0.1:{port}/kasir/")
            page.evaluate(STOCK_UP, PIECES)
            lines = [f"{f'The till with {PIECES} pieces, milliseconds':<38}{'median':>9}{'95 %':>9}{'longest':>9}"]
            for slower in (1, 6):
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
                page.goto(f"http://127.0.0.1:{port}/kasir/#/jual")
                page.reload()
                page.locator(".tile").nth(PIECES - 1).wait_for(state="attached")
                for name, values in measure(page).items():
                    lines.append(row(f"{name}, processor {slower}× slower" if slower > 1 else name, values))
            sys.stdout.write("\n".join(lines) + "\n")
        finally:
            browser.close()
            server.send_signal(signal.SIGTERM)
            server.wait(30)


if __name__ == "__main__":
    main()
