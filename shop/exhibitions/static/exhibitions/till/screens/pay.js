import * as baskets from "../basket.js";
import { fill, h, icon, once } from "../dom.js";
import { button, complain, field, isOver, moneyInput, notice } from "../parts.js";
import { drawQr } from "../qrdraw.js";
import { isValid, withAmount } from "../qris.js";
import { clean } from "../rules.js";
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
  /** After the fair a sale is a late one, that a curator has to look at: it is asked for once each. */
  let isAgreed = false;
  /** One press at a time on the whole screen, whatever is redrawn meanwhile: money is taken once. */
  const gate = {};
  const press = (work) => once(work, gate);

  const notKept = (error) => problem.replaceChildren(notice("bad", t("not_kept"), h("p", { class: "minor" }, String(error))));

  /** Keep the sale; only after the store says it is safe does the receipt appear. */
  const finish = async () => {
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
      notKept(error);
    }
  };

  /** A tender that the device could not keep was not taken: the screen says so, and the next press takes it once. */
  const change = async (to) => {
    try {
      const kept = await till.changeBasket(to);
      problem.replaceChildren(...(kept ? [] : [notice("bad", t("sold_elsewhere"))]));
      return kept;
    } catch (error) {
      notKept(error);
      return null;
    }
  };

  const take = async (tender) => {
    const kept = await change((basket) => ({ ...basket, tenders: [...basket.tenders, tender] }));
    if (kept) {
      kind = null;
      isSplit = false;
    }
    if (kept && baskets.due(kept) === 0) await finish();
    else if (kept || !till.basket) draw();
  };

  const giveBack = async (at) => {
    if (await change((basket) => ({ ...basket, tenders: basket.tenders.filter((_each, i) => i !== at) }))) draw();
  };

  /** How much of what is due is paid this way: all of it, unless the payment is split. More than is due is said, and
      cannot be taken; nor can nothing. `name(button)` says on the button what will be taken. */
  const partField = (due, changed) => {
    const part = moneyInput(due);
    const tooMuch = h("p", { class: "field-problem", role: "alert" });
    part.addEventListener("input", () => {
      tooMuch.textContent = part.read() > due ? t("pay_part_too_much", { amount: rupiah(due) }) : "";
      part.setAttribute("aria-invalid", String(part.read() > due));
      changed();
    });
    const read = () => (isSplit ? part.read() : due);
    const isRight = () => read() > 0 && read() <= due;
    const name = (done) => fill(done, h("span", {}, read() === due ? t("pay_done", { amount: rupiah(due) }) : t("pay_take_part", { amount: rupiah(read()) })));
    return { read, isRight, name, element: isSplit ? [field(t("pay_part"), part, { hint: t("pay_part_hint", { amount: rupiah(due) }) }), tooMuch] : null };
  };

  const cash = (due) => {
    const received = moneyInput(null);
    const change = h("p", { class: "change", role: "status" });
    const done = h("button", { type: "submit", class: "button primary big" });
    const part = partField(due, () => show());
    const show = () => {
      const amount = part.read();
      const given = received.value ? received.read() : amount;
      done.disabled = given < amount || !part.isRight();
      fill(change, h("span", {}, given < amount ? t("cash_missing") : t("cash_change")), h("strong", {}, rupiah(Math.abs(given - amount))));
      change.classList.toggle("short", given < amount);
      part.name(done);
    };
    received.addEventListener("input", show);
    const notes = h("div", { class: "notes" });
    const note = (sum, label) => h("button", { type: "button", class: "note", onclick: () => received.write(sum) }, label);
    notes.append(note(due, t("cash_exact")), ...baskets.quickNotes(due).map((sum) => note(sum, rupiah(sum))));
    show();
    return h(
      "form",
      { class: "stack", onsubmit: press(() => take({ kind: "cash", amount: part.read(), received: received.value ? received.read() : part.read(), reference: "" })) },
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
      done.disabled = !part.isRight();
      if (!isValid(text ?? "")) fill(place, notice("warn", t("qris_missing")));
      else if (!part.isRight()) fill(place);
      else fill(place, drawQr(withAmount(text, amount), t("qris_code", { amount: rupiah(amount) })), h("p", { class: "qr-amount" }, rupiah(amount)));
    };
    show();
    return h(
      "form",
      { class: "stack", onsubmit: press(() => take({ kind: "qris", amount: part.read(), received: null, reference: "" })) },
      part.element,
      place,
      h("p", { class: "hint centred" }, t("qris_hint")),
      done,
    );
  };

  const byReference = (due) => {
    const reference = h("input", { type: "text", maxlength: 80, required: true, autocomplete: "off" });
    const done = h("button", { type: "submit", class: "button primary big" });
    const part = partField(due, () => show());
    const show = () => {
      done.disabled = !part.isRight();
      part.name(done);
    };
    show();
    const save = () => {
      const said = clean(reference.value);
      return said ? take({ kind, amount: part.read(), received: null, reference: said }) : complain(reference, t("reference_needed"));
    };
    return h("form", { class: "stack", onsubmit: press(save) }, part.element, field(t(`reference_${kind}`), reference, { hint: t("reference_hint") }), done);
  };

  const ways = () =>
    h("div", { class: "ways" }, KINDS.map(([each, drawing]) => h("button", { type: "button", class: "way", onclick: () => { kind = each; draw(); } }, icon(drawing), h("span", {}, t(`tender_${each}`)))));

  const taken = () =>
    till.basket.tenders.length
      ? h("ul", { class: "taken" }, till.basket.tenders.map((tender, at) => h("li", {}, h("span", {}, t(`tender_${tender.kind}`)), h("strong", {}, rupiah(tender.amount)), h("button", { type: "button", class: "text-button", "aria-label": t("tender_remove", { kind: t(`tender_${tender.kind}`) }), onclick: press(() => giveBack(at)) }, t("remove")))))
      : null;

  let drawn = "";
  const whatIsPaid = () => JSON.stringify([till.basket?.id, till.basket && baskets.due(till.basket), till.basket?.tenders]);
  const draw = () => {
    drawn = whatIsPaid();
    if (!till.basket?.lines.length) {
      fill(view, problem, h("p", {}, t("basket_empty")), button(t("basket_to_pieces"), () => go("jual", { replace: true }), { kind: "primary" }));
      return;
    }
    if (isOver(till) && !isAgreed) {
      fill(view, notice("warn", h("p", {}, t("fair_over"))), h("p", {}, t("fair_over_sale")), button(t("fair_over_yes"), () => { isAgreed = true; draw(); }, { kind: "primary big" }));
      return;
    }
    const due = baskets.due(till.basket);
    const head = h("p", { class: "due" }, h("span", {}, till.basket.tenders.length ? t("pay_left") : t("pay_due")), h("strong", {}, rupiah(due)));
    if (due === 0) fill(view, head, taken(), problem, button(t("pay_done", { amount: rupiah(baskets.reckon(till.basket).total) }), press(finish), { kind: "primary big" }));
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
      const mayDiffer = what === "basket" || what === "events";
      if (mayDiffer && !gate.isRunning && whatIsPaid() !== drawn) draw();
      return false;
    },
  };
}

