/* QRIS: the merchant's static text becomes one that carries the amount (EMVCo tag-length-value, CRC-16). It gives no
   callback, so the cashier confirms what the buyer's phone shows. */

/** The tags of a payload in order, as [tag, value]; throws on text that is none. */
export function parse(payload) {
  const tags = [];
  for (let at = 0; at < payload.length; ) {
    const head = payload.slice(at, at + 4);
    if (!/^\d{4}$/.test(head)) throw new Error("Not a QRIS text");
    const length = Number(head.slice(2));
    const value = payload.slice(at + 4, at + 4 + length);
    if (value.length !== length) throw new Error("A QRIS text that ends too soon");
    tags.push([head.slice(0, 2), value]);
    at += 4 + length;
  }
  return tags;
}

/** CRC-16/CCITT-FALSE as four upper-case hexadecimal digits. */
export function crc16(text) {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, "0");
}

const write = ([tag, value]) => `${tag}${String(value.length).padStart(2, "0")}${value}`;

/** Whether a text is a QRIS one with a right check sum. */
export function isValid(payload) {
  try {
    const tags = parse(payload);
    const [tag, sum] = tags.at(-1) ?? [];
    return tags[0][0] === "00" && tag === "63" && sum.toUpperCase() === crc16(payload.slice(0, -4));
  } catch {
    return false;
  }
}

/** The static payload with an amount in rupiah. A tip the merchant may have set is left out: the price is agreed. */
export function withAmount(payload, amount) {
  if (!isValid(payload)) throw new Error("Not a QRIS text");
  const dropped = new Set(["01", "54", "55", "56", "57", "63"]);
  const tags = parse(payload).filter(([tag]) => !dropped.has(tag));
  tags.push(["01", "12"], ["54", String(amount)]);
  tags.sort(([a], [b]) => Number(a) - Number(b));
  const body = `${tags.map(write).join("")}6304`;
  return body + crc16(body);
}
