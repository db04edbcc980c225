import { h, once } from "../dom.js";
import { choice, complain, field } from "../parts.js";
import { clean, isEmail } from "../rules.js";
import { t } from "../texts.js";

/** Somebody who wants to hear from us: a buyer, a shop, an exporter. Kept only with their consent. */
export function enquiry({ till, go, say, param }) {
  const sale = param ? till.record(param) : null;
  let kind = "contact";
  const text = (attributes = {}) => h("input", { type: "text", autocomplete: "off", maxlength: 120, ...attributes });
  const name = text({ required: true });
  const phone = text({ type: "tel", maxlength: 32 });
  const email = text({ type: "email", maxlength: 254 });
  const country = text({ maxlength: 60 });
  const message = h("textarea", { rows: 3, maxlength: 1000 });
  const consent = h("input", { type: "checkbox", required: true });
  const save = once(async () => {
    const said = { name, phone, email, country, message };
    const typed = Object.fromEntries(Object.entries(said).map(([key, control]) => [key, clean(control.value, { lines: key === "message" })]));
    if (!typed.name) return complain(name, t("enquiry_needs_name"));
    if (!typed.phone && !typed.email) return complain(phone, t("enquiry_needs_way"));
    if (typed.email && !isEmail(typed.email)) return complain(email, t("enquiry_bad_email"));
    await till.enquire({ kind, ...typed, consent: consent.checked, sale: sale?.id ?? null });
    say(t("enquiry_kept"));
    return go(sale ? `penjualan/${sale.id}` : "lainnya", { replace: true });
  });
  return {
    title: t("enquiry"),
    back: sale ? `penjualan/${sale.id}` : "lainnya",
    view: h(
      "form",
      { class: "narrow stack", onsubmit: save },
      sale ? h("p", { class: "lead" }, t("enquiry_of_sale", { number: sale.event.data.number })) : null,
      choice(t("enquiry_kind"), ["contact", "export", "wholesale"].map((each) => [each, t(`enquiry_${each}`)]), kind, (chosen) => { kind = chosen; }),
      field(t("enquiry_name"), name),
      field(t("enquiry_phone"), phone),
      field(t("enquiry_email"), email),
      field(t("enquiry_country"), country),
      field(t("enquiry_message"), message),
      h("label", { class: "tick" }, consent, h("span", {}, t("enquiry_consent"))),
      h("button", { type: "submit", class: "button primary big" }, t("enquiry_save")),
    ),
    update: () => false,
  };
}
