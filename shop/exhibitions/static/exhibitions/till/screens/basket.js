import * as baskets from "../basket.js";
import { fill, h, icon, keepingFocus } from "../dom.js";
import { button, choice, complain, confirm, field, moneyInput, nothing, sheet, suggestions } from "../parts.js";
import { clean } from "../rules.js";
import { rupiah, t, titleOf } from "../texts.js";
import { picture } from "./sell.js";

const describe = (discount) => (discount.kind === "percent" ? `${discount.value}%` : rupiah(discount.value));

/** Ask for a discount in rupiah or percent, with its reason. Gives {discount, reason}, or null. */
function askDiscount(title, { discount, reason }) {
  return sheet(title, (close) => {
    let kind = discount?.kind ?? "amount";
    const amount = moneyInput(discount?.kind === "amount" ? discount.value : null);
    const percent = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", value: discount?.kind === "percent" ? String(discount.value) : "" });
    const why = h("input", { type: "text", maxlength: 120, required: true, autocomplete: "off", value: reason });
    const amountField = field(t("discount_amount"), amount);
    const percentField = field(t("discount_percent"), percent);
    const show = () => {
      amountField.hidden = kind !== "amount";
      percentField.hidden = kind !== "percent";
    };
    show();
    const save = (event) => {
      event.preventDefault();
      const value = kind === "amount" ? amount.read() : baskets.percentOf(percent.value);
      if (value === null) return complain(percent, t("discount_bad_percent"));
      const said = clean(why.value);
      if (!said) return complain(why, t("reason_needed"));
      return close({ discount: value > 0 ? { kind, value } : null, reason: said });
    };
    return h(
      "form",
      { class: "stack", onsubmit: save },
      choice(t("discount_kind"), [["amount", t("discount_in_rupiah")], ["percent", t("discount_in_percent")]], kind, (chosen) => {
        kind = chosen;
        show();
      }),
      amountField,
      percentField,
      field(t("discount_reason"), why),
      suggestions([t("discount_reason_several"), t("discount_reason_last_day"), t("discount_reason_flaw")], why),
      h("button", { type: "submit", class: "button primary" }, t("discount_save")),
      discount ? button(t("discount_remove"), () => close({ discount: null, reason }), { kind: "quiet" }) : null,
    );
  });
}

export function basket({ till, go, say }) {
  const view = h("div", { class: "stack basket" });
  const foot = h("div", { class: "pay-bar" });

  /** Money that was taken for this basket must go back before the basket goes. */
  const givesBack = () => confirm(t("basket_give_back"), t("basket_give_back_text", { amount: rupiah(baskets.taken(till.basket)) }), t("basket_give_back_yes"), { kind: "bad" });

  const lineRow = (line, sums) => {
    const item = till.catalogue.byId.get(line.item);
    const title = item ? titleOf(item) : `#${line.item}`;
    const setTo = async (quantity) => {
      const isLast = quantity === 0 && till.basket.lines.length === 1;
      if (isLast && baskets.taken(till.basket) && !(await givesBack())) return;
      till.changeBasket((kept) => baskets.setQuantity(kept, baskets.placeOf(kept, line), quantity));
    };
    const discount = async () => {
      const said = await askDiscount(t("discount_on", { title }), { discount: line.discount, reason: till.basket.reason });
      if (said) till.changeBasket((kept) => ({ ...baskets.setLineDiscount(kept, baskets.placeOf(kept, line), said.discount), reason: said.reason }));
    };
    return h(
      "li",
      { class: "line" },
      picture(item, "thumb"),
      h("div", { class: "line-text" }, h("p", { class: "line-title" }, title), h("p", { class: "minor" }, rupiah(line.price), item && till.stock(item) < line.quantity ? h("span", { class: "out" }, ` · ${t("stock_none")}`) : null)),
      h(
        "div",
        { class: "stepper" },
        h("button", { type: "button", class: "round edge", "aria-label": t("one_less", { title }), onclick: () => setTo(line.quantity - 1) }, icon("minus")),
        h("output", { "aria-label": t("units_of", { title }) }, String(line.quantity)),
        h("button", { type: "button", class: "round edge", "aria-label": t("one_more", { title }), onclick: () => setTo(line.quantity + 1) }, icon("plus")),
      ),
      h("div", { class: "line-sums" }, h("button", { type: "button", class: "text-button", "aria-label": t("discount_on", { title }), onclick: discount }, line.discount ? `−${describe(line.discount)}` : t("discount")), h("strong", {}, rupiah(sums.total))),
    );
  };

  // Lines and sums are drawn anew at every change; note and source stay, since somebody may be typing there.
  const lines = h("ul", { class: "lines" });
  const sumsList = h("dl", { class: "sums" });
  const sources = till.catalogue?.sources ?? [];
  const source = h("select", {}, h("option", { value: "" }, t("source_none")), sources.map((each) => h("option", { value: each.code, selected: each.code === till.basket?.source }, each.name)));
  source.addEventListener("change", () => till.changeBasket((now) => ({ ...now, source: source.value })));
  const note = h("input", { type: "text", maxlength: 255, autocomplete: "off", value: till.basket?.note ?? "" });
  note.addEventListener("input", () => till.changeBasket((now) => ({ ...now, note: note.value })));

  const whole = async () => {
    const said = await askDiscount(t("discount_whole"), till.basket);
    if (said) till.changeBasket((now) => ({ ...now, ...said }));
  };
  const empty = async () => {
    const isSure = baskets.taken(till.basket) ? await givesBack() : await confirm(t("basket_clear"), t("basket_clear_text"), t("basket_clear_yes"), { kind: "bad" });
    if (!isSure) return;
    await till.emptyBasket();
    say(t("basket_empty"));
    go("jual");
  };
  const filled = [
    lines,
    sumsList,
    h("div", { class: "row" }, button(t("discount_whole"), whole, { name: "tag" }), button(t("basket_more"), () => go("jual"), { name: "plus" })),
    h("details", { class: "more", open: Boolean(till.basket?.source || till.basket?.note) }, h("summary", {}, t("basket_details")), h("div", { class: "stack" }, sources.length ? field(t("source"), source, { hint: t("source_hint") }) : null, field(t("note"), note), button(t("basket_clear"), empty, { kind: "quiet bad-text" }))),
  ];

  const draw = () => {
    const kept = till.basket;
    if (!kept?.lines.length) {
      fill(view, nothing(t("basket_empty"), t("basket_empty_text"), button(t("basket_to_pieces"), () => go("jual"), { kind: "primary" })));
      foot.hidden = true;
      return;
    }
    const sums = baskets.reckon(kept);
    const row = (name, value, className) => h("div", { class: className }, h("dt", {}, name), h("dd", {}, value));
    fill(lines, kept.lines.map((line, at) => lineRow(line, sums.lines[at])));
    fill(sumsList, sums.discount ? [row(t("subtotal"), rupiah(sums.subtotal)), row([t("discount"), kept.reason && ` · ${kept.reason}`], `−${rupiah(sums.discount)}`, "off")] : null, row(t("total"), rupiah(sums.total), "sum"));
    if (lines.parentElement !== view) fill(view, filled);
    if (document.activeElement !== note) note.value = kept.note;
    if (document.activeElement !== source) source.value = kept.source;
    foot.hidden = false;
    const isOwed = sums.discount > 0 && !kept.reason;
    fill(foot, button(t("pay_amount", { amount: rupiah(sums.total) }), () => (isOwed ? whole() : go("bayar")), { kind: "primary big" }));
  };
  draw();
  return {
    title: t("basket"),
    back: "jual",
    view,
    foot,
    update(what) {
      if (what === "basket" || what === "events") keepingFocus(view, draw);
      return false;
    },
  };
}
