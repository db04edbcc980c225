import { worth } from "../basket.js";
import { fill, h, icon, once } from "../dom.js";
import { uuidv7 } from "../ids.js";
import { button, choice, complain, field, notice, nothing, suggestions } from "../parts.js";
import { clean } from "../rules.js";
import { rupiah, t, titleOf } from "../texts.js";

const TENDERS = ["cash", "qris", "card", "transfer"];

/** How a sale was paid, each kind once: a void gives exactly that back. */
export function paidBy(tenders) {
  const sums = new Map();
  for (const { kind, amount } of tenders) if (amount) sums.set(kind, (sums.get(kind) ?? 0) + amount);
  return [...sums].map(([kind, amount]) => ({ kind, amount }));
}

/** Undo a sale: all of it after a mistake (void), or the pieces a buyer brings back (return). A void gives the money
    back as it came; of a return the cashier says how. What has come back in part already can only be returned. */
export function reverse({ till, go, say, param }, asked) {
  const record = till.record(param);
  const kind = till.reversalsOf(param).length ? "return" : asked;
  const id = uuidv7();
  if (!record) return { title: t("sale"), back: "penjualan", view: nothing(t("sale_gone"), t("sale_gone_text")) };
  const { lines, tenders } = record.event.data;
  const before = till.broughtBack(record);
  const left = lines.map((line, at) => line.quantity - before[at].quantity);
  const units = left.map((quantity) => (kind === "void" ? quantity : 0));
  const damaged = lines.map(() => false);
  let tender = tenders[0]?.kind ?? "cash";
  const reason = h("input", { type: "text", maxlength: 120, required: true, autocomplete: "off" });
  const sum = h("p", { class: "due", role: "status" });
  const problem = h("div", { role: "alert" });
  const amounts = () => lines.map((line, at) => (units[at] ? worth(line, units[at], before[at]) : 0));
  const total = () => amounts().reduce((all, amount) => all + amount, 0);
  const show = () => fill(sum, h("span", {}, t("pay_back")), h("strong", {}, rupiah(total())));
  const back = () => (kind === "void" ? paidBy(tenders) : total() ? [{ kind: tender, amount: total() }] : []);

  const lineRow = (line, at) => {
    const item = till.catalogue?.byId.get(line.item);
    const title = item ? titleOf(item) : `#${line.item}`;
    const output = h("output", { "aria-label": t("units_of", { title }) }, String(units[at]));
    const step = (by) => {
      units[at] = Math.max(0, Math.min(left[at], units[at] + by));
      output.textContent = String(units[at]);
      show();
    };
    const isDamaged = h("input", { type: "checkbox" });
    isDamaged.addEventListener("change", () => { damaged[at] = isDamaged.checked; });
    return h(
      "li",
      { class: "line plain" },
      h("div", { class: "line-text" }, h("p", { class: "line-title" }, title), h("p", { class: "minor" }, t("return_of", { n: left[at], amount: rupiah(line.total - before[at].amount) }))),
      kind === "void"
        ? h("strong", {}, `${units[at]} ×`)
        : h("div", { class: "stepper" }, h("button", { type: "button", class: "round edge", "aria-label": t("one_less", { title }), onclick: () => step(-1) }, icon("minus")), output, h("button", { type: "button", class: "round edge", "aria-label": t("one_more", { title }), onclick: () => step(1) }, icon("plus"))),
      kind === "return" ? h("label", { class: "tick" }, isDamaged, h("span", {}, t("return_damaged"))) : null,
    );
  };

  const save = once(async () => {
    const each = amounts();
    const chosen = lines.map((_line, at) => ({ line: at + 1, quantity: units[at], amount: each[at], damaged: damaged[at] })).filter((line) => line.quantity);
    const why = clean(reason.value);
    if (!chosen.length) {
      problem.replaceChildren(notice("bad", t("return_choose")));
      return;
    }
    if (!why) {
      complain(reason, t("reason_needed"));
      return;
    }
    await till.reverse({ sale: record.id, kind, reason: why, lines: chosen, tenders: back(), amount: total() }, id);
    say(t(`reversal_${kind}`));
    go(`penjualan/${record.id}`, { replace: true });
  });
  show();
  const words = kind === "void" ? ["void_reason_mistake", "void_reason_unpaid", "void_reason_double"] : ["return_reason_size", "return_reason_flaw", "return_reason_mind"];
  return {
    title: t(kind),
    back: `penjualan/${param}`,
    view: h(
      "form",
      { class: "narrow stack", onsubmit: save },
      h("p", { class: "lead" }, t(`${kind}_lead`, { number: record.event.data.number })),
      h("ul", { class: "lines" }, lines.map((line, at) => (left[at] ? lineRow(line, at) : null))),
      sum,
      kind === "void"
        ? [h("dl", { class: "sums" }, paidBy(tenders).map((each) => h("div", {}, h("dt", {}, t(`tender_${each.kind}`)), h("dd", {}, rupiah(each.amount))))), h("p", { class: "hint" }, t("void_pays_back"))]
        : choice(t("pay_back_by"), TENDERS.map((each) => [each, t(`tender_${each}`)]), tender, (chosen) => { tender = chosen; }),
      field(t("reason"), reason),
      suggestions(words.map((word) => t(word)), reason),
      problem,
      h("button", { type: "submit", class: "button bad big" }, t(`${kind}_yes`)),
      button(t("cancel"), () => go(`penjualan/${param}`), { kind: "quiet" }),
    ),
    update: () => false,
  };
}
