"""A phone at the stall: a browser with a profile of its own that outlives it, and what a cashier does with it.

``sell`` and what stands beside it act through what is seen on the screens. ``sell_many`` and ``bring_back_many`` call
the app's own modules in its page, the same verbs that the screens call.
"""

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import translation
from playwright.sync_api import (
    BrowserContext,
    Page,
    Playwright,
    Request,
    Response,
    Route,
    ViewportSize,
    WebError,
    expect,
)

from shop.exhibitions.till_texts import till_texts

from .books import PIN
from .conftest import PATIENCE, wait_until

EVENTS = "/api/v1/till/events/"
SCREEN: ViewportSize = {"width": 360, "height": 780}
MODULES = """
  const at = (name) => import(`/static/exhibitions/till/${name}.js`);
  const [{ openStore }, { Till }, { Api }, { LOCK }, baskets, { paidBy }] = await Promise.all(
    ["store", "till", "api", "sync", "basket", "screens/reverse"].map(at),
  );
  const store = await openStore();
  const till = new Till({ store, api: new Api({ version: document.body.dataset.version }) });
  await till.load();
  const leave = (value) => {
    till.channel.close();
    store.db.close();
    dispatchEvent(new Event("online"));
    return value;
  };
"""
SELL_MANY = f"""async (plans) => {{{MODULES}
  const sold = [];
  await navigator.locks.request(LOCK, async () => {{
    for (const plan of plans) {{
      for (const [at, line] of plan.lines.entries()) {{
        await till.add(till.catalogue.byId.get(line.item), line.quantity);
        if (line.discount) await till.changeBasket((kept) => baskets.setLineDiscount(kept, at, line.discount));
      }}
      const {{ discount, reason, note }} = plan;
      await till.changeBasket((kept) => ({{ ...kept, discount, reason, note }}));
      for (const [at, {{ kind, part, reference }}] of plan.tenders.entries()) {{
        const due = baskets.due(till.basket);
        const amount = at === plan.tenders.length - 1 ? due : Math.ceil(due * part);
        const received = kind === "cash" ? Math.ceil(amount / 50000) * 50000 : null;
        const tender = {{ kind, amount, received, reference }};
        await till.changeBasket((kept) => ({{ ...kept, tenders: [...kept.tenders, tender] }}));
      }}
      const record = await till.sell();
      if (!record) throw new Error("The basket was sold elsewhere");
      sold.push(record.id);
    }}
  }});
  return leave(sold);
}}"""
BRING_BACK_MANY = f"""async (wanted) => {{{MODULES}
  for (const {{ sale, kind, damaged }} of wanted) {{
    const {{ event }} = till.record(sale);
    const lines = (kind === "void" ? event.data.lines : event.data.lines.slice(0, 1)).map((line, at) => {{
      const quantity = kind === "void" ? line.quantity : 1;
      return {{ line: at + 1, quantity, amount: baskets.worth(line, quantity), damaged }};
    }});
    const amount = lines.reduce((sum, line) => sum + line.amount, 0);
    const tenders = kind === "void" ? paidBy(event.data.tenders) : [{{ kind: "cash", amount }}];
    await till.reverse({{ sale, kind, reason: "Dibawa kembali", lines, tenders, amount }});
  }}
  return leave(wanted.length);
}}"""
#: The service worker has the page, and with it all that the app needs without a network.
KEPT_FOR_OFFLINE = "() => Boolean(navigator.serviceWorker.controller)"
#: The app waits for an answer as long as a test holds it back. A server that dies is noticed all the same.
ENDLESS_PATIENCE = "AbortSignal.timeout = () => new AbortController().signal"
#: Units in the basket that the device keeps. It is read after what is being written.
IN_BASKET = """async () => {
  const { openStore } = await import("/static/exhibitions/till/store.js");
  const store = await openStore();
  const kept = await store.get("basket");
  store.db.close();
  return (kept?.lines ?? []).reduce((sum, line) => sum + line.quantity, 0);
}"""
KEPT = """async () => {
  const { openStore } = await import("/static/exhibitions/till/store.js");
  const store = await openStore();
  const [events, device] = await Promise.all([store.events(), store.get("device")]);
  store.db.close();
  return { events, device };
}"""


def words() -> dict[str, str]:
    """What is written on the screens."""
    with translation.override("id"):
        return till_texts()


class Phone:
    """``posts`` are the events' requests in the order they left it, whatever became of them."""

    def __init__(self, playwright: Playwright, launch: dict[str, Any], profile: Path, url: str):
        self.playwright = playwright
        self.launch = launch
        self.profile = profile
        self.url = url
        self.posts: list[str] = []
        self.answered: list[Response] = []
        self.held: list[Route] = []
        self.fate: Callable[[Route], Any] | None = None
        self.problems: list[str] = []
        self.words = words()
        self.context: BrowserContext | None = None
        self.page: Page

    # --- The browser --------------------------------------------------------------------------------------------------

    def switch_on(self) -> "Phone":
        """Start the browser on what the profile keeps, and open the till, whether or not there is a server."""
        self.context = context = self.playwright.chromium.launch_persistent_context(
            self.profile, viewport=SCREEN, locale="id-ID", accept_downloads=True, **self.launch
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(ENDLESS_PATIENCE)
        context.on("request", self._note)
        self.answered.clear()
        self.fate = None
        context.on("response", self._remember)
        context.on("weberror", self._complain)
        self.page = context.pages[0]
        self.page.goto(f"{self.url}/kasir/", wait_until="commit")
        return self

    def second_tab(self) -> Page:
        """Another tab of the till, ready to sell."""
        tab = self.page.context.new_page()
        tab.goto(f"{self.url}/kasir/", wait_until="commit")
        expect(tab.locator(".tile").first).to_be_visible()
        return tab

    def switch_off(self) -> None:
        """Close the browser, if it ever came up."""
        if self.context:
            self.context.close()

    def lose_power(self) -> None:
        """Kill the browser as a dead battery would: nothing is asked, nothing is cleaned up."""
        with self.page.context.expect_event("close"):
            os.kill(self._process(), signal.SIGKILL)

    def _process(self) -> int:
        """The browser's first process: of all that name this profile the one that nobody of them has started."""
        mine = {int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if self._is_browser(path)}
        first = [process for process in mine if _parent(process) not in mine]
        assert len(first) == 1, mine
        return first[0]

    def _is_browser(self, path: Path) -> bool:
        try:
            said = path.read_bytes().split(b"\0")
        except OSError:
            return False
        return f"--user-data-dir={self.profile}".encode() in said and not any(
            word.startswith(b"--type=") for word in said
        )

    def _complain(self, error: WebError) -> None:
        self.problems.append(str(error.error))

    def _remember(self, response: Response) -> None:
        if response.url.endswith(EVENTS) and response.status == 200:
            self.answered.append(response)

    def _note(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith(EVENTS):
            self.posts.append(request.post_data or "")

    # --- The network --------------------------------------------------------------------------------------------------

    def hear_of_network(self) -> None:
        """The browser tells the app that there is a network; it does not wait for its next try."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def answers(self, batch: int = 0) -> list[dict[str, Any]]:
        """What the server said to a batch. The first that it answered since the phone was switched on is 0."""
        return self.answered[batch].json()["answers"]

    def lose_answers(self) -> None:
        """From now on the server gets what is sent, and its answer never comes back."""
        self._meet_batches(_answer_gets_lost)

    def lose_requests(self) -> None:
        """From now on nothing that is sent reaches the server."""
        self._meet_batches(lambda route: route.abort("internetdisconnected"))

    def hold_requests(self) -> None:
        """From now on what is sent stays on its way, until ``release``."""
        self._meet_batches(self.held.append)

    def release(self) -> None:
        """There is a network again, and what was on its way arrives. It was one batch: one tab sends at a time."""
        (route,) = self.held
        route.continue_()
        self.held.clear()
        self.find_network()

    def _meet_batches(self, fate: Callable[[Route], Any]) -> None:
        """The new rule stands before the old one goes: no batch slips through between them."""
        earlier, self.fate = self.fate, lambda route: fate(route)
        self.page.context.route(f"**{EVENTS}", self.fate)
        if earlier:
            self.page.context.unroute(f"**{EVENTS}", earlier)

    def find_network(self) -> None:
        """From now on all is well."""
        self.page.context.unroute(f"**{EVENTS}")
        self.fate = None

    # --- What is seen -------------------------------------------------------------------------------------------------

    def sees(self, state: str, page: Page | None = None, **numbers: int) -> None:
        """Wait until the badge says so: ``synced``, ``offline``, ``waiting``, ``refused`` or ``revoked``.

        ``waiting=7`` is the number that stands on it.
        """
        badge = (page or self.page).locator("button.badge")
        expect(badge).to_have_attribute("data-state", state, timeout=PATIENCE)
        for name, number in numbers.items():
            said = re.escape(self.words[f"badge_{name}"].format(n=number))
            expect(badge).to_contain_text(re.compile(rf"(?<!\d){said}"), timeout=PATIENCE)

    def sees_stock(self, title: str, units: int) -> None:
        said = self.words["stock_left"].format(n=units) if units else self.words["stock_none"]
        expect(self.page.locator("button.tile", has_text=title).locator(".stock")).to_have_text(said, timeout=PATIENCE)

    def kept(self) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """What the device keeps: its events in order, each with its ``state``, and its pairing with the token."""
        found = self.page.evaluate(KEPT)
        return found["events"], found["device"]

    def units_in_basket(self) -> int:
        return self.page.evaluate(IN_BASKET)

    # --- What a cashier does ------------------------------------------------------------------------------------------

    def pair(self, code: str, name: str) -> None:
        self.page.locator("input.code").fill(code)
        self.page.get_by_label(self.words["device_name"], exact=True).fill(name)
        self.press("pair")
        expect(self.page.locator(".person").first).to_be_visible()
        wait_until(lambda: self.page.evaluate(KEPT_FOR_OFFLINE), PATIENCE / 1000, "no service worker")

    def sign_on(self, cashier: str) -> None:
        self.page.locator(".person", has_text=cashier).click()
        self.page.locator("input.pin").fill(PIN)
        expect(self.page.locator(".tile").first).to_be_visible()

    def press(self, word: str, page: Page | None = None, **names: str) -> None:
        """The button with this text of the app's."""
        (page or self.page).get_by_role("button", name=self.words[word].format(**names), exact=True).click()

    def to_pieces(self, page: Page | None = None) -> Page:
        page = page or self.page
        tab = page.locator("nav.tabs .tab", has_text=self.words["sell"])
        tab.or_(page.get_by_role("button", name=self.words["next_sale"], exact=True)).first.click()
        return page

    def put_into_basket(self, lines: dict[str, int], page: Page | None = None) -> None:
        """Tap each piece once, and set how many of it in the basket, which stays open."""
        page = self.to_pieces(page)
        for title in lines:
            page.locator("button.tile", has_text=title).click()
        page.locator("button.basket-open").click()
        for title, units in lines.items():
            for _each in range(units - 1):
                self.press("one_more", page, title=title)
            expect(page.get_by_label(self.words["units_of"].format(title=title), exact=True)).to_have_text(str(units))

    def give_discount(self, opener: str, kind: str, value: int, reason: str, **names: str) -> None:
        self.press(opener, None, **names)
        sheet = self.page.locator("dialog.sheet")
        if kind == "percent":
            sheet.locator("label.pick", has_text=self.words["discount_in_percent"]).click()
        sheet.get_by_label(self.words[f"discount_{kind}"], exact=True).fill(str(value))
        sheet.get_by_label(self.words["discount_reason"], exact=True).fill(reason)
        sheet.get_by_role("button", name=self.words["discount_save"], exact=True).click()
        expect(sheet).to_have_count(0)

    def pay(self, *ways: str, first: int = 0, page: Page | None = None) -> str:
        """From the basket to the receipt. With two ways ``first`` rupiah are paid the first; the sale's id comes."""
        page = page or self.page
        page.locator(".pay-bar button").click()
        for at, way in enumerate(ways):
            page.locator("button.way", has_text=self.words[f"tender_{way}"]).click()
            if at < len(ways) - 1:
                self.press("pay_split", page)
                page.get_by_label(self.words["pay_part"], exact=True).fill(str(first))
            if way in ("card", "transfer"):
                page.get_by_label(self.words[f"reference_{way}"], exact=True).fill(f"REF-{way}")
            elif way == "cash" and len(ways) == 1:
                page.locator("button.note").last.click()
            page.locator(".pay form button[type=submit]").click()
        expect(page.locator(".sold")).to_be_visible()
        return page.evaluate("location.hash").split("/")[-1]

    def sell(self, lines: dict[str, int], *ways: str, page: Page | None = None) -> str:
        """Sell so many of each piece, by its title."""
        self.put_into_basket(lines, page)
        return self.pay(*(ways or ("cash",)), page=page)

    def open_sale(self, sale: str) -> None:
        """By its address: at the browser's midnight the list of today's sales is empty."""
        self.to_pieces()
        self.page.evaluate("(sale) => { location.hash = `#/penjualan/${sale}`; }", sale)

    def void(self, sale: str) -> None:
        self.open_sale(sale)
        self.press("void")
        self._give_back("void")

    def take_back(self, sale: str, title: str) -> None:
        """One unit of a piece comes back."""
        self.open_sale(sale)
        self.press("return")
        self.press("one_more", title=title)
        self._give_back("return")

    def _give_back(self, kind: str) -> None:
        self.page.get_by_label(self.words["reason"], exact=True).fill("Dibawa kembali")
        self.press(f"{kind}_yes")
        expect(self.page.locator(".notice", has_text=self.words[f"reversal_{kind}"])).to_be_visible()
        self.press("back")

    def open_day(self, float_amount: int) -> None:
        self.page.locator("nav.tabs .tab", has_text=self.words["more"]).click()
        self.page.locator("button.entry", has_text=self.words["day_open"]).click()
        self.page.get_by_label(self.words["day_float"], exact=True).fill(str(float_amount))
        self.press("day_open")
        expect(self.page.locator(".tile").first).to_be_visible()

    # --- The same by the app's own modules ----------------------------------------------------------------------------

    def sell_many(self, plans: list[dict[str, Any]]) -> list[str]:
        """Sell what ``plans`` say, one after another, and try to send it all; the sales' ids come back.

        Nothing is sent before all are sold: they go as one batch, so that a test knows at which event a server dies.
        """
        return self.page.evaluate(SELL_MANY, plans)

    def bring_back_many(self, wanted: list[dict[str, Any]]) -> int:
        """Undo sales of this device: all of it (``void``) or one unit of its first line (``return``)."""
        return self.page.evaluate(BRING_BACK_MANY, wanted)


def _parent(process: int) -> int:
    """0 when it has ended meanwhile."""
    try:
        said = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return 0
    return int(said.rpartition(")")[2].split()[1])


def _answer_gets_lost(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")
