/* A receipt as paper (screen and 58 mm print) and as a message. */

import { h } from "./dom.js";
import { dateAndTime, rupiah, t, titleOf } from "./texts.js";

const unnamed = { title_id: "?", title_en: "", maker: "" };

function parts(till, record) {
  const { event } = record;
  const item = (id) => till.catalogue?.byId.get(id) ?? unnamed;
  const cashier = till.catalogue?.cashiers.find((each) => each.id === event.cashier)?.name ?? "";
  return { event, sale: event.data, fair: till.catalogue?.fair ?? till.device.fair, item, cashier };
}

const change = (sale) => sale.tenders.reduce((sum, tender) => sum + Math.max(0, (tender.received ?? tender.amount) - tender.amount), 0);

export function receiptPaper(till, record) {
  const { event, sale, fair, item, cashier } = parts(till, record);
  const pair = (name, value, className = "") => h("div", { class: className }, h("dt", {}, name), h("dd", {}, value));
  return h(
    "article",
    { class: "paper", "aria-label": t("receipt_of", { number: sale.number }) },
    h("header", {}, h("p", { class: "paper-name" }, "Kriya Babel"), h("p", {}, fair.name), h("p", {}, [fair.venue, fair.stall].filter(Boolean).join(" · "))),
    h("p", { class: "paper-head" }, h("span", {}, sale.number), h("span", {}, dateAndTime(event.at))),
    h(
      "ul",
      { class: "paper-lines" },
      sale.lines.map((line) =>
        h("li", {}, h("span", { class: "paper-title" }, titleOf(item(line.item))), h("span", { class: "paper-maker" }, item(line.item).maker), h("span", {}, `${line.quantity} × ${rupiah(line.price)}`, line.discount ? ` − ${rupiah(line.discount)}` : ""), h("strong", {}, rupiah(line.total))),
      ),
    ),
    h(
      "dl",
      { class: "paper-sums" },
      sale.discount ? [pair(t("subtotal"), rupiah(sale.subtotal)), pair(t("discount"), `−${rupiah(sale.discount)}`)] : null,
      pair(t("total"), rupiah(sale.total), "paper-total"),
      sale.tenders.map((tender) => pair(t(`tender_${tender.kind}`), rupiah(tender.received ?? tender.amount))),
      change(sale) ? pair(t("cash_change"), rupiah(change(sale))) : null,
    ),
    h("footer", {}, h("p", {}, t("receipt_cashier", { name: cashier })), fair.receipt_note ? h("p", {}, fair.receipt_note) : null, h("p", {}, t("receipt_thanks"))),
  );
}

export function receiptText(till, record) {
  const { event, sale, fair, item } = parts(till, record);
  return [
    `*Kriya Babel* · ${fair.name}`,
    `${sale.number} · ${dateAndTime(event.at)}`,
    "",
    ...sale.lines.map((line) => `${line.quantity} × ${titleOf(item(line.item))} (${item(line.item).maker}): ${rupiah(line.total)}`),
    "",
    ...(sale.discount ? [`${t("discount")}: −${rupiah(sale.discount)}`] : []),
    `*${t("total")}: ${rupiah(sale.total)}*`,
    "",
    t("receipt_thanks"),
  ].join("\n");
}

/** The number as wa.me wants it, country first. People here write 0812…, 812…, 62812…, +62 0812… or 0062 812…; what
    begins with another country's + or 00 is kept as it is. */
export function whatsAppNumber(phone) {
  const digits = phone.replace(/\D/g, "");
  const abroad = phone.trim().startsWith("+") ? digits : digits.startsWith("00") ? digits.slice(2) : "";
  if (abroad && !abroad.startsWith("62")) return abroad;
  const local = (abroad || digits).replace(/^62/, "").replace(/^0+/, "");
  return abroad || /^(62|0|8)/.test(digits) ? `62${local}` : digits;
}

/** A wa.me address with the receipt. */
export function whatsAppLink(phone, text) {
  const number = whatsAppNumber(phone);
  return `https://wa.me/${number}?text=${encodeURIComponent(text)}`;
}
