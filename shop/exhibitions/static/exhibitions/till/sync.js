/* Sends what waits, one batch after another, by one tab at a time. Tells `on` what is going on:
   {phase: "idle" | "sending" | "offline" | "revoked", refusal?: {status, code, message} or null}. */

import { NoAnswer, Refusal } from "./api.js";
import { timestamp } from "./ids.js";
import { NotKept } from "./store.js";
import { BATCH, delay, judge, nextBatch } from "./outbox.js";

/** Who holds it sends: one tab at a time. */
export const LOCK = "kriya-till-outbox";
const HEARTBEAT = 60_000;
const HELD_BACK = 5_000;
/** The device itself is not wanted any more. Another 401 may be a proxy's or a mistake's: it goes by. */
const SHUT_OUT = new Set(["device_revoked", "token_unknown"]);

export class Sync {
  /** `device()` gives {fair: {id}} or null; `settled(verdict)` and `catalogue(new)` keep what came; `trouble(error)`
      hears that the device could not keep it. */
  constructor({ api, store, device, settled, catalogue, on, trouble }) {
    Object.assign(this, { api, store, device, settled, catalogue, on, trouble });
    this.failures = 0;
    this.timer = null;
    this.running = false;
    this.lastHeartbeat = 0;
  }

  /** Wake up when the network comes back, the app is looked at again, and in any case from time to time. */
  start() {
    addEventListener("online", () => this.kick());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.kick());
    this.kick();
  }

  /** Send now, whatever the back-off says: something new waits or somebody asked. */
  kick() {
    if (this.running) this.again = true;
    else this.#schedule(0);
  }

  /** Send, and fetch the catalogue whether or not the server says that it changed. */
  refreshSoon() {
    this.mustRefresh = true;
    this.kick();
  }

  #schedule(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#turn(), milliseconds);
  }

  async #turn() {
    if (!this.device() || this.running) return;
    this.running = true;
    this.again = false;
    let wait;
    try {
      wait = await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? this.#exchange() : HELD_BACK));
    } finally {
      this.running = false;
    }
    if (wait !== null) this.#schedule(this.again ? 0 : wait);
  }

  /** Send everything that may go, then ask what is new. Milliseconds until the next turn, or null for never. */
  async #exchange() {
    try {
      const heldBack = await this.#sendAll();
      this.on({ phase: "idle" });
      if (this.mustRefresh || !heldBack || Date.now() - this.lastHeartbeat > HEARTBEAT) await this.#listen();
      this.on({ phase: "idle", refusal: null });
      this.failures = 0;
      return heldBack ? HELD_BACK : HEARTBEAT;
    } catch (error) {
      if (error instanceof Refusal && SHUT_OUT.has(error.code)) {
        this.on({ phase: "revoked" });
        return null;
      }
      this.failures += 1;
      if (error instanceof Refusal) {
        const { status, code, message } = error;
        this.on({ phase: "idle", refusal: { status, code, message } });
      } else if (error instanceof NotKept) {
        this.on({ phase: "idle" });
        this.trouble(error);
      } else {
        if (!(error instanceof NoAnswer)) console.error(error);
        this.on({ phase: "offline" });
      }
      return Math.max(error.retryAfter ?? 0, delay(this.failures));
    }
  }

  /** True when events are left that wait for something else than the network. */
  async #sendAll() {
    let most = BATCH.events;
    for (;;) {
      const fair = this.device().fair.id;
      const all = await this.store.waiting();
      const batch = nextBatch(all, { now: Date.now(), fair, most });
      if (!batch.length) return all.some((record) => record.fair === fair);
      this.on({ phase: "sending" });
      let answer;
      try {
        answer = await this.api.send(batch.map((record) => record.event), all.length, timestamp());
      } catch (error) {
        if (!(error instanceof Refusal) || error.status !== 413) throw error;
        if (batch.length > 1) most = Math.ceil(batch.length / 2);
        else await this.settled({ refused: [{ ...batch[0], code: "too_large", message: error.message }] });
        continue;
      }
      const verdict = judge(batch, answer.answers, Date.now());
      this.#noteClock(answer.server_time);
      await this.settled(verdict);
      if (verdict.done.length + verdict.refused.length + verdict.again.length === 0) throw new NoAnswer("no answers");
    }
  }

  async #listen() {
    const waiting = (await this.store.waiting()).length;
    const said = await this.api.heartbeat(waiting, timestamp());
    this.lastHeartbeat = Date.now();
    this.#noteClock(said.server_time);
    const kept = await this.store.get("catalogue");
    if (said.revoked) throw new Refusal(401, "device_revoked", "");
    if (this.mustRefresh || !kept || kept.version !== said.catalogue_version || kept.fair.status !== said.fair_status) await this.refresh();
  }

  /** Fetch the catalogue if it changed. What was sold after this moment is not yet in its stock. */
  async refresh() {
    const askedAt = Date.now();
    this.mustRefresh = false;
    const kept = await this.store.get("catalogue");
    const fresh = await this.api.catalogue(kept?.etag);
    await this.catalogue(fresh ? { ...fresh, askedAt } : { ...kept, askedAt });
  }

  #noteClock(serverTime) {
    this.skew = Math.round((Date.now() - Date.parse(serverTime)) / 1000);
  }
}
