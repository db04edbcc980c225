import * as baskets from "../basket.js";
import { fill, h, icon, keepingFocus } from "../dom.js";
import { button, choice, confirm, field, moneyInput, nothing, sheet, suggestions } from "../parts.js";
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
      const value = kind === "amount" ? amount.read() : Math.min(100, Number(percent.value.replace(",", ".")) || 0);
      close({ discount: value > 0 ? { kind, value } : null, reason: why.value.trim() });
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

  const lineRow = (line, sums, at) => {
    const item = till.catalogue.byId.get(line.item);
    const title = item ? titleOf(item) : `#${line.item}`;
    const setTo = (quantity) => till.changeBasket((kept) => baskets.setQuantity(kept, at, quantity));
    const discount = async () => {
      const said = await askDiscount(t("discount_on", { title }), { discount: line.discount, reason: till.basket.reason });
      if (said) till.changeBasket((kept) => ({ ...baskets.setLineDiscount(kept, at, said.discount), reason: said.reason }));
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

  const draw = () => {
    const kept = till.basket;
    if (!kept?.lines.length) {
      fill(view, nothing(t("basket_empty"), t("basket_empty_text"), button(t("basket_to_pieces"), () => go("jual"), { kind: "primary" })));
      foot.hidden = true;
      return;
    }
    const sums = baskets.reckon(kept);
    const whole = async () => {
      const said = await askDiscount(t("discount_whole"), kept);
      if (said) till.changeBasket((now) => ({ ...now, ...said }));
    };
    const source = h("select", {}, h("option", { value: "" }, t("source_none")), (till.catalogue?.sources ?? []).map((each) => h("option", { value: each.code, selected: each.code === kept.source }, each.name)));
    source.addEventListener("change", () => till.changeBasket((now) => ({ ...now, source: source.value })));
    const note = h("input", { type: "text", maxlength: 255, autocomplete: "off", value: kept.note });
    note.addEventListener("change", () => till.changeBasket((now) => ({ ...now, note: note.value.trim() })));
    const empty = async () => {
      if (await confirm(t("basket_clear"), t("basket_clear_text"), t("basket_clear_yes"), { kind: "bad" })) {
        await till.emptyBasket();
        say(t("basket_empty"));
        go("jual");
      }
    };
    fill(
      view,
      h("ul", { class: "lines" }, kept.lines.map((line, at) => lineRow(line, sums.lines[at], at))),
      h("dl", { class: "sums" }, sums.discount ? [h("div", {}, h("dt", {}, t("subtotal")), h("dd", {}, rupiah(sums.subtotal))), h("div", { class: "off" }, h("dt", {}, t("discount"), kept.reason && ` · ${kept.reason}`), h("dd", {}, `−${rupiah(sums.discount)}`))] : null, h("div", { class: "sum" }, h("dt", {}, t("total")), h("dd", {}, rupiah(sums.total)))),
      h("div", { class: "row" }, button(t("discount_whole"), whole, { name: "tag" }), button(t("basket_more"), () => go("jual"), { name: "plus" })),
      h("details", { class: "more", open: Boolean(kept.source || kept.note) }, h("summary", {}, t("basket_details")), h("div", { class: "stack" }, (till.catalogue?.sources ?? []).length ? field(t("source"), source, { hint: t("source_hint") }) : null, field(t("note"), note), button(t("basket_clear"), empty, { kind: "quiet bad-text" }))),
    );
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
