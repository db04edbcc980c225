/* The till as the screens see it: what it knows, and the verbs that change it. Every verb writes to the store first
   and tells the screens, of this tab and of the others, afterwards. */

import * as baskets from "./basket.js";
import { goneSince, prepare } from "./catalogue.js";
import { dayOf, timestamp, uuidv7 } from "./ids.js";
import { filesOf } from "./outbox.js";
import { Gone } from "./store.js";

const SESSION_HOURS = 12;
/** The server's word for a reversal of what had come back before: it never happened, and no money went for it. */
const IN_VAIN = "reverses_too_much";

export class Till extends EventTarget {
  constructor({ store, api }) {
    super();
    this.store = store;
    this.api = api;
    this.device = null;
    this.catalogue = null;
    this.basket = null;
    this.day = null;
    this.session = null;
    this.settings = { language: "id" };
    this.records = [];
    this.gone = new Map();
    this.phase = "idle";
    /** Why the server took nothing at the last try: {status, code, message}, or null. */
    this.refusal = null;
    this.writing = 0;
    this.channel = new BroadcastChannel("kriya-till");
    this.channel.onmessage = ({ data }) => this.#fromOtherTab(data);
    this.wake = () => {};
  }

  /** Read everything the device keeps. */
  async load() {
    await this.store.prune();
    await this.#read(["device", "settings", "session", "day", "basket"]);
    await this.#readCatalogue();
    await this.#readEvents();
    this.phase = (await this.store.get("revoked")) ? "revoked" : "idle";
  }

  async #read(keys) {
    for (const key of keys) this[key] = (await this.store.get(key)) ?? (key === "settings" ? this.settings : null);
    this.api.token = this.device?.token ?? null;
    this.api.language = this.settings.language;
  }

  async #readCatalogue() {
    const kept = await this.store.get("catalogue");
    this.catalogue = kept ? prepare(kept) : null;
    this.#reckonStock();
  }

  async #readEvents() {
    this.records = await this.store.events();
    this.#reckonStock();
  }

  #reckonStock() {
    this.gone = goneSince(this.records, this.catalogue?.askedAt ?? 0);
  }

  async #fromOtherTab({ what, phase, refusal }) {
    if (what === "phase") this.phase = phase;
    else if (what === "refusal") this.refusal = refusal;
    else if (what === "events") await Promise.all([this.#readEvents(), this.#read(["basket", "day"])]);
    else if (what === "catalogue") await this.#readCatalogue();
    else await this.#read(["device", "settings", "session", "day", "basket"]);
    if (what === "device" || phase === "revoked") {
      await this.#readCatalogue();
      await this.#readEvents();
    }
    if (what === "device") {
      this.phase = "idle";
      this.wake();
    }
    this.#tellScreens(what);
  }

  #tellScreens(what) {
    this.dispatchEvent(new CustomEvent("change", { detail: what }));
  }

  #tell(what, more = {}) {
    this.channel.postMessage({ what, ...more });
    this.#tellScreens(what);
  }

  // --- What is known -------------------------------------------------------------------------------------------------

  get cashier() {
    if (!this.session || Date.now() - this.session.at > SESSION_HOURS * 3600e3) return null;
    return this.catalogue?.cashiers.find((cashier) => cashier.id === this.session.cashier) ?? null;
  }

  /** How many should still lie on the stall: the server's count less what was sold since. Never below none. */
  stock(item) {
    return Math.max(0, item.stock - (this.gone.get(item.id) ?? 0));
  }

  count(state) {
    return this.records.reduce((sum, record) => sum + (record.state === state), 0);
  }

  record(id) {
    return this.records.find((record) => record.id === id) ?? null;
  }

  /** Sales of a day, newest first. */
  salesOf(day) {
    return this.records.filter(({ event }) => event.kind === "sale" && dayOf(new Date(event.at)) === day).reverse();
  }

  reversalsOf(saleId) {
    return this.records.filter(({ event, code }) => event.kind === "reversal" && event.data.sale === saleId && code !== IN_VAIN);
  }

  /** By line of a sale (from 0): units and rupiah that came back already. */
  broughtBack(sale) {
    const back = sale.event.data.lines.map(() => ({ quantity: 0, amount: 0 }));
    for (const { event } of this.reversalsOf(sale.id)) {
      for (const line of event.data.lines) {
        back[line.line - 1].quantity += line.quantity;
        back[line.line - 1].amount += line.amount;
      }
    }
    return back;
  }

  /** Cash that came into the drawer since the day was opened, less what was paid back. */
  cashOfDay(records = this.records) {
    const cash = ({ tenders = [] }) => tenders.reduce((sum, each) => sum + (each.kind === "cash" ? each.amount : 0), 0);
    return records.reduce((sum, { event, day, code }) => {
      if (!this.day || day !== this.day.id || code === IN_VAIN) return sum;
      return event.kind === "reversal" ? sum - cash(event.data) : sum + cash(event.data);
    }, this.day?.carried ?? 0);
  }

  /** What should be in the drawer: never less than nothing, even when more was paid back than lay there. */
  inDrawer() {
    return Math.max(0, this.day.float + this.cashOfDay());
  }

  // --- Pairing and people --------------------------------------------------------------------------------------------

  /** Keep what pairing gave. What waits from before is sent if it is the same fair's, else kept for its export. */
  async keepDevice({ token, device, fair }) {
    await this.store.pair({ ...device, token, fair });
    await this.#read(["device", "session", "day", "basket"]);
    await this.#readCatalogue();
    await this.#readEvents();
    this.phase = "idle";
    this.refusal = null;
    this.#tell("device");
    this.wake();
  }

  async unpair() {
    await this.store.wipe();
    await this.#read(["device", "session", "day", "basket"]);
    await this.#readCatalogue();
    await this.#readEvents();
    this.#tell("device");
  }

  async signOn(cashier) {
    await this.store.set("session", { cashier: cashier.id, at: Date.now() });
    await this.#read(["session"]);
    this.#tell("session");
  }

  async signOff() {
    await this.store.remove("session");
    await this.#read(["session"]);
    this.#tell("session");
  }

  async setLanguage(language) {
    await this.store.set("settings", { ...this.settings, language });
    await this.#read(["settings"]);
    this.#tell("settings");
  }

  // --- Selling -------------------------------------------------------------------------------------------------------

  /** Change the basket that is shown. It is shown changed at once and kept after; what another tab did meanwhile is
      respected. Gives the basket that is kept, or null when there is none any more: its last piece went, or another
      tab sold or emptied it. Throws `NotKept` when the device could not keep it, and shows what it kept before. */
  async changeBasket(change) {
    const shown = this.basket;
    return this.#changeBasket((kept) => {
      if (kept?.id !== shown?.id || !kept) throw new Gone("basket");
      return change(kept);
    });
  }

  /** Put a piece into the basket; a new one gets its id, and with it the sale's, now. */
  async add(item, quantity = 1) {
    const fresh = baskets.empty(uuidv7());
    return this.#changeBasket((kept) => baskets.add(kept ?? fresh, item.id, item.price, quantity));
  }

  /** Let go of all pieces, and with them of discount, source, note and tenders: nothing of it is the next buyer's. */
  async emptyBasket() {
    return this.changeBasket((kept) => ({ ...kept, lines: [] }));
  }

  async #changeBasket(change) {
    const before = this.basket;
    const next = (kept) => {
      const changed = change(kept);
      return changed.lines.length ? changed : null;
    };
    const writing = this.store.changeBasket(next);
    this.writing += 1;
    try {
      this.#show(next(before));
      const kept = await writing;
      if (this.writing === 1) this.#show(kept);
      this.channel.postMessage({ what: "basket" });
      return kept;
    } catch (error) {
      writing.catch(() => {});
      if (!(error instanceof Gone)) {
        this.#show((await this.store.get("basket").catch(() => before)) ?? null);
        throw error;
      }
      this.#show(await this.store.changeBasket((kept) => kept));
      return null;
    } finally {
      this.writing -= 1;
    }
  }

  #show(basket) {
    if (JSON.stringify(basket) === JSON.stringify(this.basket)) return;
    this.basket = basket;
    this.#tellScreens("basket");
  }

  /** Under which pairing and on which day at the drawer something happened. */
  #where(day) {
    const { id, letter, name, fair } = this.device;
    return { fair: fair.id, device: { id, letter, name }, day };
  }

  #event(kind, data, id = uuidv7()) {
    return { id, kind, at: timestamp(), cashier: this.session.cashier, data };
  }

  /** It lies in the store: whatever happens from here, it has happened. `changes` are what the same write changed. */
  #kept(record, changes = {}) {
    this.records.push(record);
    this.#reckonStock();
    Object.assign(this, changes);
    this.#tell("events");
    this.wake();
    return record;
  }

  /** The sale, once it lies safely on the device. A basket another tab has sold or changed meanwhile gives null. */
  async sell() {
    const toEvent = (kept) => {
      if (baskets.due(kept) !== 0) throw new Gone("due");
      return this.#event("sale", { ...baskets.saleData(kept), day: this.day?.id ?? null }, kept.id);
    };
    try {
      const record = await this.store.sell(this.basket?.id, toEvent, this.#where(this.day?.id ?? null));
      return this.#kept(record, { basket: null });
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      this.basket = await this.store.changeBasket((kept) => kept);
      await this.#readEvents();
      this.#tell("events");
      return null;
    }
  }

  /** An event that lies on the device already under its id is not made twice: the first one comes back. */
  async #record(event, { day = this.day?.id ?? null, meta = {} } = {}) {
    try {
      const record = await this.store.record(event, this.#where(day), meta);
      return this.#kept(record, "day" in meta ? { day: meta.day ?? null } : {});
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      await this.#read(["day"]);
      await this.#readEvents();
      this.#tell("events");
      return this.record(event.id);
    }
  }

  /** `id` is made when its form opens, as those of a day are: what is pressed again is the same thing. */
  reverse(data, id) {
    return this.#record(this.#event("reversal", { ...data, day: this.day?.id ?? null }, id));
  }

  enquire(data) {
    return this.#record(this.#event("enquiry", data));
  }

  openDay(float, id) {
    const event = this.#event("day_open", { day: id, float }, id);
    return this.#record(event, { day: id, meta: { day: { id, float, at: event.at } } });
  }

  closeDay({ counted, note }, id) {
    const event = this.#event("day_close", { day: this.day.id, expected: this.inDrawer(), counted, note }, id);
    return this.#record(event, { meta: { day: undefined } });
  }

  // --- What the server said ------------------------------------------------------------------------------------------

  /** Called by the sync with the verdict of a batch. */
  async settled(verdict) {
    await this.store.settle(verdict);
    await this.#readEvents();
    this.#tell("events");
  }

  async keepCatalogue(catalogue) {
    await this.store.set("catalogue", catalogue);
    await this.#readCatalogue();
    this.#tell("catalogue");
  }

  /** What the sync is at; `refusal` is why the server took nothing (null: it did). */
  async setPhase(phase, refusal) {
    if (refusal !== undefined && refusal?.code !== this.refusal?.code) {
      this.refusal = refusal;
      this.#tell("refusal", { refusal });
    }
    if (phase === this.phase) return;
    if (phase === "revoked") await this.#shutOut();
    this.phase = phase;
    this.#tell("phase", { phase });
  }

  /** What was sent goes from the device; the drawer of the open day keeps its cash. */
  async #shutOut() {
    const left = this.records.filter((record) => record.state !== "sent");
    const gone = this.cashOfDay() - this.cashOfDay(left);
    await this.store.shutOut(this.day ? { day: { ...this.day, carried: (this.day.carried ?? 0) + gone } } : {});
    await this.#read(["session", "day"]);
    await this.#readCatalogue();
    await this.#readEvents();
  }

  /** Send refused events again. Another fair's would never be taken here: they stay refused until that fair is back. */
  async retry(ids) {
    const fair = this.device.fair.id;
    const ours = this.records.filter((record) => ids.includes(record.id) && record.fair === fair);
    await this.store.retry(ours.map((record) => record.id));
    await this.#readEvents();
    this.#tell("events");
    this.wake();
  }

  exportFiles() {
    return filesOf(this.records, this.api.version);
  }

  async noteExport() {
    const ids = this.records.filter((record) => record.state !== "sent").map((record) => record.id);
    await this.store.set("exported", { at: Date.now(), ids });
  }

  /** Forget the refused events of the last export: a curator has taken the file. */
  async forgetExported() {
    const { ids = [] } = (await this.store.get("exported")) ?? {};
    await this.store.forget(ids);
    await this.#readEvents();
    this.#tell("events");
  }
}
