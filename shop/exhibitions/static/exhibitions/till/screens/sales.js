import { h, icon } from "../dom.js";
import { dayOf } from "../ids.js";
import { button, nothing, refusedAll, stateChip } from "../parts.js";
import { clock, rupiah, t, titleOf, tn, writtenDay } from "../texts.js";

function summary(till, sales) {
  const back = sales.flatMap((sale) => till.reversalsOf(sale.id)).reduce((sum, { event }) => sum + event.data.amount, 0);
  const taken = sales.reduce((sum, { event }) => sum + event.data.total, 0);
  return h("div", { class: "figures" }, h("div", {}, h("span", {}, t("takings")), h("strong", {}, rupiah(taken - back))), h("div", {}, h("span", {}, t("sales")), h("strong", {}, String(sales.length))));
}

function saleRow(till, go, record) {
  const { event } = record;
  const first = till.catalogue?.byId.get(event.data.lines[0].item);
  const more = event.data.lines.length - 1;
  const undone = till.reversalsOf(record.id).at(-1)?.event.data.kind;
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "sale-row", onclick: () => go(`penjualan/${record.id}`) },
      h("span", { class: "sale-when" }, clock(event.at), h("span", { class: "minor" }, event.data.number)),
      h("span", { class: "sale-what" }, first ? titleOf(first) : "…", more ? ` ${tn("and_more", more)}` : ""),
      h("strong", { class: undone ? "struck" : "" }, rupiah(event.data.total)),
      h("span", { class: "sale-state" }, undone ? h("span", { class: "state", "data-state": "undone" }, t(`reversal_${undone}`)) : null, stateChip(record)),
    ),
  );
}

/** The sales of a day, this device's own, with what has become of each. */
export function sales({ till, go, param }) {
  const day = param || dayOf();
  const list = till.salesOf(day);
  const waiting = till.count("waiting");
  const refused = till.count("refused");
  const days = [...new Set(till.records.filter(({ event }) => event.kind === "sale").map(({ event }) => dayOf(new Date(event.at))))].filter((each) => each !== day).reverse();
  return {
    title: day === dayOf() ? t("sales_today") : t("sales_of", { day: writtenDay(day) }),
    tab: "penjualan",
    view: h(
      "div",
      { class: "narrow stack" },
      summary(till, list),
      refusedAll(till),
      waiting ? h("div", { class: "row between" }, h("p", {}, tn("waiting_events", waiting)), button(t("send_now"), () => till.wake())) : null,
      refused ? h("button", { type: "button", class: "day-note bad", onclick: () => go("ditolak") }, icon("warn"), h("span", {}, tn("refused_events", refused))) : null,
      list.length ? h("ul", { class: "rows" }, list.map((record) => saleRow(till, go, record))) : nothing(t("sales_none"), t("sales_none_text"), button(t("basket_to_pieces"), () => go("jual"), { kind: "primary" })),
      days.length ? h("details", { class: "more" }, h("summary", {}, t("sales_other_days")), h("div", { class: "row" }, days.map((each) => button(writtenDay(each), () => go(`hari-lalu/${each}`))))) : null,
    ),
    update: (what) => ["events", "catalogue", "refusal"].includes(what),
  };
}
