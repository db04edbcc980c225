/* Money of a basket, as whole rupiah. Pure functions: nothing here looks at a screen, a store or a clock. */

/** A new basket. Its id becomes the sale's, so that a sale can never be made twice. */
export function empty(id) {
  return { id, lines: [], discount: null, reason: "", source: "", note: "", tenders: [] };
}

/** One more of an item at its price; the same item at the same price shares a line. */
export function add(basket, item, price, quantity = 1) {
  const at = placeOf(basket, { item, price });
  if (at === -1) return { ...basket, lines: [...basket.lines, { item, price, quantity, discount: null }] };
  return setQuantity(basket, at, basket.lines[at].quantity + quantity);
}

/** Zero takes the line away. A basket without lines is none: `Till` lets go of it, with discount and tenders. */
export function setQuantity(basket, at, quantity) {
  const lines = basket.lines.map((line, i) => (i === at ? { ...line, quantity } : line));
  return { ...basket, lines: lines.filter((line) => line.quantity > 0) };
}

/** Where the line of this piece and price is now: another tab may have taken one away before it. -1 for nowhere. */
export function placeOf(basket, { item, price }) {
  return basket.lines.findIndex((line) => line.item === item && line.price === price);
}

/** Rupiah taken so far. */
export function taken(basket) {
  return basket.tenders.reduce((sum, tender) => sum + tender.amount, 0);
}

/** Percent as people type it, "10%" and "7,5 %" too; null for what is no percentage from 0 to 100. */
export function percentOf(text) {
  const said = text.replace(/\s|%/g, "").replace(",", ".");
  const value = Number(said);
  return /^\d*\.?\d*$/.test(said) && value <= 100 ? value : null;
}

/** A discount is {kind: "amount" | "percent", value} or null; on a line, or on the whole basket. */
export function setLineDiscount(basket, at, discount) {
  return { ...basket, lines: basket.lines.map((line, i) => (i === at ? { ...line, discount } : line)) };
}

export function pieces(basket) {
  return basket.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** What a discount takes off an amount: never more than there is, half a rupiah rounds up. */
export function discountOn(amount, discount) {
  if (!discount || !(discount.value > 0)) return 0;
  if (discount.kind === "amount") return Math.min(amount, Math.round(discount.value));
  const basisPoints = BigInt(Math.min(10000, Math.round(discount.value * 100)));
  return Number((BigInt(amount) * basisPoints * 2n + 10000n) / 20000n);
}

/** Share an amount by weight so that the parts sum exactly: largest remainder, earlier lines first on a tie. */
export function share(amount, weights) {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n || amount === 0) return weights.map(() => 0);
  const parts = weights.map((weight, at) => {
    const product = BigInt(amount) * BigInt(weight);
    return { at, units: Number(product / whole), remainder: product % whole };
  });
  let left = amount - parts.reduce((sum, part) => sum + part.units, 0);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.at - b.at : b.remainder > a.remainder ? 1 : -1,
  );
  for (const part of byRemainder) {
    if (left === 0) break;
    part.units += 1;
    left -= 1;
  }
  return parts.map((part) => part.units);
}

/** The lines with their discounts (own and share of the whole one), and the sums the sale will carry. */
export function reckon(basket) {
  const own = basket.lines.map((line) => discountOn(line.price * line.quantity, line.discount));
  const left = basket.lines.map((line, i) => line.price * line.quantity - own[i]);
  const whole = discountOn(left.reduce((sum, rest) => sum + rest, 0), basket.discount);
  const shares = share(whole, left);
  const lines = basket.lines.map((line, i) => ({
    item: line.item,
    quantity: line.quantity,
    price: line.price,
    discount: own[i] + shares[i],
    total: left[i] - shares[i],
  }));
  const subtotal = basket.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const discount = lines.reduce((sum, line) => sum + line.discount, 0);
  return { lines, subtotal, discount, total: subtotal - discount };
}

/** What is still to pay after the tenders taken so far. */
export function due(basket) {
  return reckon(basket).total - taken(basket);
}

/** Round sums a buyer is likely to hand over for an amount, each more than it, at most four. */
export function quickNotes(amount) {
  const notes = [5000, 10000, 20000, 50000, 100000].map((note) => Math.ceil(amount / note) * note);
  return [...new Set(notes)].filter((sum) => sum > amount).sort((a, b) => a - b).slice(0, 4);
}

/** The content of a sale event, but for its receipt number, which the store gives out. */
export function saleData(basket) {
  const sums = reckon(basket);
  return {
    lines: sums.lines,
    subtotal: sums.subtotal,
    discount: sums.discount,
    discount_reason: sums.discount ? basket.reason.trim() : "",
    total: sums.total,
    tenders: basket.tenders,
    source: basket.source,
    note: basket.note.trim(),
    rev: 0,
  };
}

/** What units of a sold line are worth when they come back: all that is left for the last ones, else rounded down. */
export function worth(line, units, before = { quantity: 0, amount: 0 }) {
  const quantityLeft = line.quantity - before.quantity;
  if (units >= quantityLeft) return line.total - before.amount;
  return Math.min(line.total - before.amount, Math.floor((line.total * units) / line.quantity));
}
