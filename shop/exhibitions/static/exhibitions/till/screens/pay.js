import * as baskets from "../basket.js";
import { fill, h, icon } from "../dom.js";
import { button, field, moneyInput, notice } from "../parts.js";
import { drawQr } from "../qrdraw.js";
import { isValid, withAmount } from "../qris.js";
import { rupiah, t } from "../texts.js";

const KINDS = [
  ["cash", "cash"],
  ["qris", "qris"],
  ["card", "card"],
  ["transfer", "transfer"],
];

/** Taking the money: one way of paying, or several after one another until nothing is due. */
export function pay({ till, go, say }) {
  const view = h("div", { class: "narrow stack pay" });
  const problem = h("div", { role: "alert" });
  let kind = null;
  let isSplit = false;
  let isSelling = false;

  /** Keep the sale; only after the store says it is safe does the receipt appear. */
  const finish = async () => {
    if (isSelling) return;
    isSelling = true;
    try {
      const sold = await till.sell();
      if (sold) {
        say(t("sold"), { isShown: true });
        go(`struk/${sold.id}`, { replace: true });
      } else {
        problem.replaceChildren(notice("bad", t("sold_elsewhere")));
        draw();
      }
    } catch (error) {
      problem.replaceChildren(notice("bad", t("not_kept"), h("p", { class: "minor" }, String(error))));
    } finally {
      isSelling = false;
    }
  };

  const take = async (tender) => {
    await till.changeBasket((kept) => ({ ...kept, tenders: [...kept.tenders, tender] }));
    kind = null;
    isSplit = false;
    if (baskets.due(till.basket) === 0) await finish();
    else draw();
  };

  /** How much of what is due is paid this way: all of it, unless the payment is split. */
  const partField = (due, changed) => {
    const part = moneyInput(due);
    part.addEventListener("input", changed);
    const read = () => (isSplit ? Math.min(due, part.read()) : due);
    return { read, element: isSplit ? field(t("pay_part"), part, { hint: t("pay_part_hint", { amount: rupiah(due) }) }) : null };
  };

  const cash = (due) => {
    const received = moneyInput(null);
    const change = h("p", { class: "change", role: "status" });
    const done = h("button", { type: "submit", class: "button primary big" });
    const part = partField(due, () => show());
    const show = () => {
      const amount = part.read();
      const given = received.value ? received.read() : amount;
      done.disabled = given < amount || amount === 0;
      fill(change, h("span", {}, given < amount ? t("cash_missing") : t("cash_change")), h("strong", {}, rupiah(Math.abs(given - amount))));
      change.classList.toggle("short", given < amount);
      fill(done, h("span", {}, amount === due ? t("pay_done", { amount: rupiah(amount) }) : t("pay_take_part", { amount: rupiah(amount) })));
    };
    received.addEventListener("input", show);
    const notes = h("div", { class: "notes" });
    const note = (sum, label) => h("button", { type: "button", class: "note", onclick: () => received.write(sum) }, label);
    notes.append(note(due, t("cash_exact")), ...baskets.quickNotes(due).map((sum) => note(sum, rupiah(sum))));
    show();
    return h(
      "form",
      { class: "stack", onsubmit: (event) => { event.preventDefault(); const amount = part.read(); take({ kind: "cash", amount, received: received.value ? received.read() : amount, reference: "" }); } },
      part.element,
      isSplit ? null : notes,
      field(t("cash_received"), received),
      change,
      done,
    );
  };

  const qris = (due) => {
    const place = h("div", { class: "qr-place" });
    const done = h("button", { type: "submit", class: "button primary big" }, h("span", {}, t("qris_confirm")));
    const text = till.catalogue.fair.qris;
    const part = partField(due, () => show());
    const show = () => {
      const amount = part.read();
      done.disabled = amount === 0;
      if (!isValid(text ?? "")) fill(place, notice("warn", t("qris_missing")));
      else if (amount) fill(place, drawQr(withAmount(text, amount), t("qris_code", { amount: rupiah(amount) })), h("p", { class: "qr-amount" }, rupiah(amount)));
    };
    show();
    return h(
      "form",
      { class: "stack", onsubmit: (event) => { event.preventDefault(); take({ kind: "qris", amount: part.read(), received: null, reference: "" }); } },
      part.element,
      place,
      h("p", { class: "hint centred" }, t("qris_hint")),
      done,
    );
  };

  const byReference = (due) => {
    const reference = h("input", { type: "text", maxlength: 80, required: true, autocomplete: "off" });
    const part = partField(due, () => {});
    return h(
      "form",
      { class: "stack", onsubmit: (event) => { event.preventDefault(); if (part.read()) take({ kind, amount: part.read(), received: null, reference: reference.value.trim() }); } },
      part.element,
      field(t(`reference_${kind}`), reference, { hint: t("reference_hint") }),
      h("button", { type: "submit", class: "button primary big" }, h("span", {}, t("pay_done", { amount: rupiah(due) }))),
    );
  };

  const ways = () =>
    h("div", { class: "ways" }, KINDS.map(([each, drawing]) => h("button", { type: "button", class: "way", onclick: () => { kind = each; draw(); } }, icon(drawing), h("span", {}, t(`tender_${each}`)))));

  const taken = () =>
    till.basket.tenders.length
      ? h("ul", { class: "taken" }, till.basket.tenders.map((tender, at) => h("li", {}, h("span", {}, t(`tender_${tender.kind}`)), h("strong", {}, rupiah(tender.amount)), h("button", { type: "button", class: "text-button", "aria-label": t("tender_remove", { kind: t(`tender_${tender.kind}`) }), onclick: async () => { await till.changeBasket((kept) => ({ ...kept, tenders: kept.tenders.filter((_each, i) => i !== at) })); draw(); } }, t("remove")))))
      : null;

  const draw = () => {
    if (!till.basket?.lines.length) {
      fill(view, problem, h("p", {}, t("basket_empty")), button(t("basket_to_pieces"), () => go("jual", { replace: true }), { kind: "primary" }));
      return;
    }
    const due = baskets.due(till.basket);
    const head = h("p", { class: "due" }, h("span", {}, till.basket.tenders.length ? t("pay_left") : t("pay_due")), h("strong", {}, rupiah(due)));
    if (due === 0) fill(view, head, taken(), problem, button(t("pay_done", { amount: rupiah(baskets.reckon(till.basket).total) }), finish, { kind: "primary big" }));
    else if (due < 0) fill(view, head, notice("warn", t("pay_too_much")), taken(), problem);
    else if (!kind) fill(view, head, taken(), ways(), problem);
    else {
      const inside = kind === "cash" ? cash(due) : kind === "qris" ? qris(due) : byReference(due);
      const split = isSplit ? null : button(t("pay_split"), () => { isSplit = true; draw(); }, { kind: "quiet" });
      fill(view, head, taken(), h("h2", { class: "way-title", tabindex: "-1" }, t(`tender_${kind}`)), inside, problem, split, button(t("pay_other_way"), () => { kind = null; isSplit = false; draw(); }, { kind: "quiet" }));
      view.querySelector(".way-title").focus({ preventScroll: true });
    }
  };
  draw();
  return {
    title: t("pay"),
    back: "keranjang",
    view,
    update(what) {
      if (what === "events" && !isSelling && !till.basket) draw();
      return false;
    },
  };
}

