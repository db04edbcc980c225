import { h } from "../dom.js";
import { button, field, nothing, notice, refusalText, sheet, stateChip } from "../parts.js";
import { receiptPaper, receiptText, whatsAppLink } from "../receipt.js";
import { rupiah, t } from "../texts.js";

function sendByWhatsApp(till, record) {
  const phone = h("input", { type: "tel", autocomplete: "off", inputmode: "tel" });
  sheet(t("whatsapp"), (close) =>
    h(
      "form",
      {
        class: "stack",
        onsubmit: (event) => {
          event.preventDefault();
          window.open(whatsAppLink(phone.value, receiptText(till, record)), "_blank", "noopener");
          close(true);
        },
      },
      field(t("whatsapp_number"), phone, { hint: t("whatsapp_hint") }),
      h("button", { type: "submit", class: "button primary" }, t("whatsapp_open")),
    ),
  );
}

const shareRow = (till, record) =>
  h("div", { class: "row no-print" }, button(t("print"), () => window.print(), { name: "print" }), button(t("whatsapp"), () => sendByWhatsApp(till, record), { name: "chat" }));

/** Right after the sale: it lies safely on the device; here is the change, and the next buyer is waiting. */
export function receipt({ till, go, param }) {
  const record = till.record(param);
  if (!record) return { title: t("receipt"), back: "penjualan", view: nothing(t("sale_gone"), t("sale_gone_text")) };
  const { data } = record.event;
  const change = data.tenders.reduce((sum, tender) => sum + ((tender.received ?? tender.amount) - tender.amount), 0);
  return {
    title: t("sold"),
    quietTitle: true,
    view: h(
      "div",
      { class: "narrow stack" },
      h("div", { class: "sold" }, h("span", { class: "sold-mark" }, "✓"), h("h2", { tabindex: "-1" }, t("sold")), h("p", {}, `${data.number} · ${rupiah(data.total)}`)),
      change ? h("p", { class: "change" }, h("span", {}, t("cash_change")), h("strong", {}, rupiah(change))) : null,
      button(t("next_sale"), () => go("jual", { replace: true }), { kind: "primary big" }),
      shareRow(till, record),
      button(t("enquiry_from_sale"), () => go(`tamu/${record.id}`), { kind: "quiet" }),
      receiptPaper(till, record),
    ),
    update: () => false,
  };
}

/** A sale of the list: its paper, its state, and what can still be done about it. */
export function saleDetail({ till, go, param }) {
  const record = till.record(param);
  if (!record) return { title: t("sale"), back: "penjualan", view: nothing(t("sale_gone"), t("sale_gone_text")) };
  const back = till.broughtBack(record);
  const isAllBack = record.event.data.lines.every((line, at) => back[at].quantity >= line.quantity);
  const reversals = till.reversalsOf(record.id);
  return {
    title: record.event.data.number,
    back: "penjualan",
    view: h(
      "div",
      { class: "narrow stack" },
      h("p", { class: "no-print" }, stateChip(record)),
      record.state === "refused" ? notice("bad", refusalText(record)) : null,
      reversals.map(({ event }) => notice("warn", h("strong", {}, t(`reversal_${event.data.kind}`)), ` ${rupiah(event.data.amount)} · ${event.data.reason}`)),
      receiptPaper(till, record),
      shareRow(till, record),
      isAllBack ? null : h("div", { class: "row no-print" }, reversals.length ? null : button(t("void"), () => go(`batal/${record.id}`)), button(t("return"), () => go(`retur/${record.id}`))),
      button(t("enquiry_from_sale"), () => go(`tamu/${record.id}`), { kind: "quiet" }),
    ),
    update: (what) => what === "events",
  };
}
