/* Start of the till: read what the device keeps, show a screen, send what waits. Works the same with the server off. */

import { Api } from "./api.js";
import { fill, h } from "./dom.js";
import { Frame } from "./frame.js";
import { button, notice, sheet } from "./parts.js";
import { printOnRoll } from "./paper.js";
import { pictureKeeper } from "./pictures.js";
import { unlessPressed } from "./press.js";
import { keepReader } from "./scan.js";
import { basket } from "./screens/basket.js";
import { day } from "./screens/day.js";
import { enquiry } from "./screens/enquiry.js";
import { more, settings } from "./screens/more.js";
import { pairing, revoked } from "./screens/pairing.js";
import { pay } from "./screens/pay.js";
import { receipt, saleDetail } from "./screens/receipt.js";
import { refused } from "./screens/refused.js";
import { reverse } from "./screens/reverse.js";
import { sales } from "./screens/sales.js";
import { scan } from "./screens/scan.js";
import { sell } from "./screens/sell.js";
import { signon } from "./screens/signon.js";
import { NotKept, openStore } from "./store.js";
import { Sync } from "./sync.js";
import { speak, t } from "./texts.js";
import { Till } from "./till.js";
import { keepUpToDate } from "./update.js";

const SCREENS = {
  jual: sell,
  pindai: scan,
  keranjang: basket,
  bayar: pay,
  struk: receipt,
  penjualan: (context) => (context.param ? saleDetail(context) : sales(context)),
  "hari-lalu": sales,
  batal: (context) => reverse(context, "void"),
  retur: (context) => reverse(context, "return"),
  tamu: enquiry,
  hari: day,
  ditolak: refused,
  lainnya: more,
  pengaturan: settings,
};
/** Shown again at once when one of these changes: who may see what depends on them. */
const GATES = new Set(["device", "session", "settings", "phase"]);

let isAlarmed = false;
/** The device did not keep something: said until somebody has read it, since what is on the screen may not be so. */
async function alarm(error) {
  console.error(error);
  if (isAlarmed) return;
  isAlarmed = true;
  await sheet(t("trouble_title"), (close) =>
    h("div", { class: "stack" }, notice("bad", h("p", {}, t("trouble_text"))), h("p", { class: "minor" }, error.message), button(t("close"), () => close(null), { kind: "primary" })),
  );
  isAlarmed = false;
}

/** Without storage nothing can be sold, since nothing would be kept. */
async function cannotKeep(error) {
  await speak("id");
  const root = document.getElementById("app");
  fill(root, h("main", { class: "narrow stack" }, h("h1", {}, t("trouble_no_store")), h("p", {}, t("trouble_no_store_text")), h("p", { class: "minor" }, error.message), button(t("trouble_again"), () => location.reload(), { kind: "primary" })));
}

async function start() {
  const root = document.getElementById("app");
  const { version } = document.body.dataset;
  const store = await openStore();
  const till = new Till({ store, api: new Api({ version }) });
  await till.load();
  await speak(till.settings.language);

  const frame = new Frame(root, go);
  printOnRoll();
  const say = (text, how) => frame.say(text, how);
  const sync = new Sync({
    api: till.api,
    store,
    device: () => (till.phase === "revoked" ? null : till.device),
    settled: (verdict) => till.settled(verdict),
    catalogue: (catalogue) => till.keepCatalogue(catalogue),
    on: ({ phase, refusal }) => till.setPhase(phase, refusal),
    trouble: alarm,
  });
  till.wake = () => sync.kick();
  let current = null;
  let gate = "";

  /** Which screen may be seen: a new device pairs, a revoked one explains itself, somebody has to sell. */
  function open() {
    if (!till.device) return ["pairing", pairing];
    if (till.phase === "revoked") return ["revoked", revoked];
    const [route, param = ""] = location.hash.replace(/^#\//, "").split("/");
    if (!till.cashier) return ["signon", signon];
    return [`${route}/${param}`, SCREENS[route] ?? sell, param];
  }

  function show({ isNew = true } = {}) {
    const [name, screen, param] = open();
    gate = name;
    current?.leave?.();
    current = screen({ till, sync, version, go, say, param });
    frame.show(till, current);
    if (isNew) frame.focus();
  }

  function go(route, { replace = false } = {}) {
    history[replace ? "replaceState" : "pushState"](null, "", `#/${route}`);
    show();
  }

  const keepPictures = pictureKeeper(() => till.catalogue);
  const whenIdle = (work) => (globalThis.requestIdleCallback ?? setTimeout)(() => work().catch(() => {}));
  till.addEventListener("change", async ({ detail: what }) => {
    if (what === "settings") await speak(till.settings.language);
    unlessPressed(() => {
      const isOther = open()[0] !== gate;
      if (isOther || what === "settings" || (GATES.has(what) && what !== "phase")) show({ isNew: isOther });
      else if (current.update?.(what)) show({ isNew: false });
    });
    if (till.device) frame.showStatus(till);
    if (what === "catalogue" || (what === "phase" && till.phase === "idle")) whenIdle(keepPictures);
  });
  // Nobody waits for every write: what fails is said wherever it was asked for.
  addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof NotKept)) return;
    event.preventDefault();
    alarm(event.reason);
  });
  addEventListener("popstate", () => show());
  show();
  sync.start();
  if (till.device) navigator.storage?.persist?.();
  await keepUpToDate(frame);
  whenIdle(keepReader);
  whenIdle(keepPictures);
}

start().catch((error) => {
  if (!(error instanceof NotKept)) throw error;
  return cannotKeep(error);
});
