/* The pieces of the fair as the device knows them, and how many should still lie on the stall. */

const plain = (text) => (text ?? "").toLowerCase();

/** Units an event takes from the stall (negative: brings back), by item. Damaged pieces do not come back. */
export function moves(event, saleOf) {
  const units = new Map();
  const take = (item, quantity) => units.set(item, (units.get(item) ?? 0) + quantity);
  if (event.kind === "sale") for (const line of event.data.lines) take(line.item, line.quantity);
  if (event.kind === "reversal") {
    const sale = saleOf(event.data.sale);
    for (const back of event.data.lines) {
      const line = sale?.data.lines[back.line - 1];
      if (line && !back.damaged) take(line.item, -back.quantity);
    }
  }
  return units;
}

/** Units gone since the catalogue was asked for: whatever the server had not counted in it yet. */
export function goneSince(records, askedAt) {
  const byId = new Map(records.map((record) => [record.id, record.event]));
  const gone = new Map();
  for (const record of records) {
    if (record.state === "sent" && record.doneAt < askedAt) continue;
    if (record.code === "echo_differs" && record.doneAt < askedAt) continue;
    for (const [item, units] of moves(record.event, (id) => byId.get(id))) {
      gone.set(item, (gone.get(item) ?? 0) + units);
    }
  }
  return gone;
}

/** A catalogue made ready to be searched: by id, by code and SKU, and each item's words in lower case. */
export function prepare(catalogue) {
  const items = catalogue.items.map((item) => ({
    ...item,
    words: plain([item.title_id, item.title_en, item.maker, item.craft, item.sku].join(" ")),
  }));
  const byCode = new Map();
  for (const item of items) {
    byCode.set(plain(item.sku), item);
    byCode.set(plain(item.code), item);
  }
  return {
    ...catalogue,
    items,
    byId: new Map(items.map((item) => [item.id, item])),
    byCode,
    crafts: [...new Set(items.map((item) => item.craft).filter(Boolean))].sort(),
  };
}

/** The item a label, a scanner or a person named: the code itself, or an address whose last part is the code. */
export function findByCode(catalogue, text) {
  const code = plain(text.trim());
  if (!code) return null;
  const last = code.split(/[?#]/)[0].split("/").filter(Boolean).at(-1) ?? "";
  return catalogue.byCode.get(code) ?? catalogue.byCode.get(last) ?? null;
}

/** The items that carry every word, of a craft if one is chosen. */
export function search(catalogue, text, craft = "") {
  const wanted = plain(text).split(/\s+/).filter(Boolean);
  return catalogue.items.filter(
    (item) => (!craft || item.craft === craft) && wanted.every((word) => item.words.includes(word)),
  );
}
