/* What the device keeps. Every write waits for the transaction's `complete` with strict durability: only then may a
   screen say "sold", because only then does the sale survive a dead battery.

   meta     one value a key: device, catalogue, session, basket, day, counter, settings
   outbox   events not yet taken by the server, oldest first (seq)
   done     events the server has taken, kept for the list of sales
   refused  events the server will not take, kept until a curator has the file */

const NAME = "kriya-till";
const EVENT_STORES = ["outbox", "done", "refused"];
const KEPT_DAYS = 30;

const ask = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** The basket was sold, emptied or changed in another tab meanwhile. */
export class Gone extends Error {}

/** The device did not keep it: storage is full, was closed, or cannot be opened. Nothing was written. */
export class NotKept extends Error {}

async function open(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    const db = request.result;
    db.createObjectStore("meta");
    db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true }).createIndex("id", "id", { unique: true });
    db.createObjectStore("done", { keyPath: "id" });
    db.createObjectStore("refused", { keyPath: "id" });
  };
  const db = await ask(request);
  db.onversionchange = () => db.close();
  return db;
}

/** Throws `NotKept` where the browser gives no storage. */
export async function openStore(name = NAME) {
  try {
    return new Store(await open(name), name);
  } catch (error) {
    throw new NotKept(String(error), { cause: error });
  }
}

export class Store {
  constructor(db, name) {
    Object.assign(this, { db, name });
  }

  /** Run `work` in one transaction; resolves with its value after `complete`, and undoes everything when it throws.
      A database that the browser has closed meanwhile is opened again. Throws `NotKept`, or what `work` throws. */
  async run(stores, mode, work) {
    try {
      return await this.#finish(this.#begin(stores, mode) ?? (await this.#reopened(stores, mode)), work);
    } catch (error) {
      if (error instanceof DOMException) throw new NotKept(String(error), { cause: error });
      throw error;
    }
  }

  /** A transaction, at once, so that what is asked for first is written first; null where the database was closed. */
  #begin(stores, mode) {
    try {
      return this.db.transaction(stores, mode, { durability: "strict" });
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      return null;
    }
  }

  async #reopened(stores, mode) {
    this.opening ??= open(this.name).finally(() => { this.opening = null; });
    this.db = await this.opening;
    return this.db.transaction(stores, mode, { durability: "strict" });
  }

  async #finish(transaction, work) {
    const complete = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    });
    let value;
    try {
      value = await work(transaction);
    } catch (error) {
      complete.catch(() => {});
      try {
        transaction.abort();
      } catch {
        // The failed request has ended it already.
      }
      throw error;
    }
    await complete;
    return value;
  }

  get(key) {
    return this.run(["meta"], "readonly", (tx) => ask(tx.objectStore("meta").get(key)));
  }

  set(key, value) {
    return this.run(["meta"], "readwrite", (tx) => ask(tx.objectStore("meta").put(value, key)));
  }

  remove(key) {
    return this.run(["meta"], "readwrite", (tx) => ask(tx.objectStore("meta").delete(key)));
  }

  /** All events as {state: "waiting" | "sent" | "refused", …}, in the order they were made. */
  async events() {
    const [waiting, sent, refused] = await this.run(EVENT_STORES, "readonly", (tx) =>
      Promise.all(EVENT_STORES.map((name) => ask(tx.objectStore(name).getAll()))),
    );
    return [
      ...sent.map((record) => ({ ...record, state: "sent" })),
      ...refused.map((record) => ({ ...record, state: "refused" })),
      ...waiting.map((record) => ({ ...record, state: "waiting" })),
    ].sort((a, b) => a.seq - b.seq);
  }

  waiting() {
    return this.run(["outbox"], "readonly", (tx) => ask(tx.objectStore("outbox").getAll()));
  }

  /** Put an event into the outbox with `where` it happened ({fair, device, day}), and with changes to `meta` ({key: value, or undefined to remove}) in the same write. */
  record(event, where, meta = {}) {
    return this.run(["meta", ...EVENT_STORES], "readwrite", async (tx) => {
      await refuseTwice(tx, event.id);
      return put(tx, { id: event.id, event, ...where }, meta);
    });
  }

  /** Read the kept basket, change it, and keep what comes of it, in one write: another tab's change in between would
      be lost else. `change(basket or null)` gives the new one, or null for none; it may throw `Gone`. A basket that
      has been sold already is none. Gives what is kept now. */
  changeBasket(change) {
    return this.run(["meta", ...EVENT_STORES], "readwrite", async (tx) => {
      const meta = tx.objectStore("meta");
      const kept = (await ask(meta.get("basket"))) ?? null;
      const isSold = kept && (await isKnown(tx, kept.id));
      const next = change(isSold ? null : kept);
      if (next) meta.put(next, "basket");
      else meta.delete("basket");
      return next;
    });
  }

  /** Turn the kept basket into a sale with the next receipt number. `toEvent(basket)` gives the event, or throws
      `Gone`; so does a basket that is not `id` any more, for a second tab that is late. */
  sell(id, toEvent, where) {
    return this.run(["meta", ...EVENT_STORES], "readwrite", async (tx) => {
      const kept = await ask(tx.objectStore("meta").get("basket"));
      if (kept?.id !== id) throw new Gone("basket");
      const event = toEvent(kept);
      await refuseTwice(tx, event.id);
      const counter = ((await ask(tx.objectStore("meta").get("counter"))) ?? 0) + 1;
      const number = `${where.device.letter}-${String(counter).padStart(4, "0")}`;
      const numbered = { ...event, data: { number, ...event.data } };
      return put(tx, { id: event.id, event: numbered, ...where }, { counter, basket: undefined });
    });
  }

  /** Keep a new pairing, in one write: a crash in between must not give out a receipt number twice. What waits for
      another fair is refused as that fair's; day and basket go with their fair, the counter with its device. */
  pair(device) {
    return this.run(["meta", ...EVENT_STORES], "readwrite", async (tx) => {
      const meta = tx.objectStore("meta");
      const before = await ask(meta.get("device"));
      const goes = ["revoked", "session", "catalogue"];
      if (before?.id !== device.id) goes.push("counter");
      if (before?.fair.id !== device.fair.id) goes.push("day", "basket");
      for (const key of goes) meta.delete(key);
      meta.put(device, "device");
      for (const record of await ask(tx.objectStore("outbox").getAll())) {
        if (record.fair === device.fair.id) continue;
        tx.objectStore("outbox").delete(record.seq);
        tx.objectStore("refused").put({ ...record, code: "other_fair", message: "", doneAt: Date.now() });
      }
    });
  }

  /** The device was shut out: what others must not read goes, the cashiers' PINs and what was sent. What waits or was
      refused stays. `changes` are written with it ({key: value}). */
  shutOut(changes) {
    return this.run(["meta", "done"], "readwrite", (tx) => {
      const meta = tx.objectStore("meta");
      for (const key of ["catalogue", "session"]) meta.delete(key);
      for (const [key, value] of Object.entries({ revoked: true, ...changes })) meta.put(value, key);
      tx.objectStore("done").clear();
    });
  }

  /** Apply the answers of one batch: each event leaves the outbox on its own answer, in one write. */
  settle({ done = [], refused = [], again = [] }) {
    return this.run(EVENT_STORES, "readwrite", async (tx) => {
      const outbox = tx.objectStore("outbox");
      for (const record of done) {
        outbox.delete(record.seq);
        tx.objectStore("done").put(withoutPerson(record));
      }
      for (const record of refused) {
        outbox.delete(record.seq);
        tx.objectStore("refused").put(record);
      }
      for (const record of again) {
        if (await ask(outbox.getKey(record.seq))) outbox.put(record);
      }
    });
  }

  /** Send refused events once more: back into the outbox, in their old place. */
  retry(ids) {
    return this.run(["outbox", "refused"], "readwrite", async (tx) => {
      for (const id of ids) {
        const record = await ask(tx.objectStore("refused").get(id));
        if (!record) continue;
        tx.objectStore("refused").delete(id);
        tx.objectStore("outbox").put({ ...record, tries: 0, notBefore: 0, code: "", message: "" });
      }
    });
  }

  /** Forget refused events whose export file a curator has. */
  forget(ids) {
    return this.run(["refused"], "readwrite", (tx) => ids.forEach((id) => tx.objectStore("refused").delete(id)));
  }

  /** Let go of what the server has had for a month. */
  prune(now = Date.now()) {
    const before = now - KEPT_DAYS * 86400e3;
    return this.run(["done"], "readwrite", async (tx) => {
      for (const record of await ask(tx.objectStore("done").getAll())) {
        if (record.doneAt < before) tx.objectStore("done").delete(record.id);
      }
    });
  }

  /** Unpair: everything goes but the language. Refused while an event waits or lies refused. */
  wipe() {
    return this.run(["meta", ...EVENT_STORES], "readwrite", async (tx) => {
      for (const name of ["outbox", "refused"]) {
        if (await ask(tx.objectStore(name).count())) throw new Error("events wait");
      }
      const settings = await ask(tx.objectStore("meta").get("settings"));
      for (const name of ["meta", "done"]) tx.objectStore(name).clear();
      if (settings) tx.objectStore("meta").put(settings, "settings");
    });
  }
}

/** A buyer's contact has no business on a phone once the server has it: which, when and by whom is enough. */
function withoutPerson(record) {
  if (record.event.kind !== "enquiry") return record;
  return { ...record, event: { ...record.event, data: {} } };
}

async function isKnown(tx, id) {
  const [waiting, sent, refused] = await Promise.all([
    ask(tx.objectStore("outbox").index("id").getKey(id)),
    ask(tx.objectStore("done").getKey(id)),
    ask(tx.objectStore("refused").getKey(id)),
  ]);
  return (waiting ?? sent ?? refused) !== undefined;
}

async function refuseTwice(tx, id) {
  if (await isKnown(tx, id)) throw new Gone(id);
}

async function put(tx, record, meta) {
  const kept = { ...record, tries: 0, notBefore: 0, code: "", message: "", madeAt: Date.now() };
  kept.seq = await ask(tx.objectStore("outbox").add(kept));
  for (const [key, value] of Object.entries(meta)) {
    if (value === undefined) tx.objectStore("meta").delete(key);
    else tx.objectStore("meta").put(value, key);
  }
  return { ...kept, state: "waiting" };
}
