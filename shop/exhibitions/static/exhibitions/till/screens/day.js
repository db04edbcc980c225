import { fill, h } from "../dom.js";
import { button, field, moneyInput, notice } from "../parts.js";
import { dateAndTime, rupiah, t } from "../texts.js";

function open({ till, go, say }) {
  const float = moneyInput(null, { required: true });
  const save = async (event) => {
    event.preventDefault();
    await till.openDay(float.read());
    say(t("day_opened"));
    go("jual");
  };
  return h("form", { class: "narrow stack", onsubmit: save }, h("p", { class: "lead" }, t("day_open_lead")), field(t("day_float"), float, { hint: t("day_float_hint") }), h("button", { type: "submit", class: "button primary big" }, t("day_open")));
}

function close({ till, go, say }) {
  const expected = till.inDrawer();
  const counted = moneyInput(null, { required: true });
  const note = h("input", { type: "text", maxlength: 255, autocomplete: "off" });
  const noteField = field(t("day_note"), note, { hint: t("day_note_hint") });
  const difference = h("div", { role: "status" });
  const show = () => {
    const by = counted.value ? counted.read() - expected : null;
    noteField.hidden = !by;
    note.required = Boolean(by);
    if (by === null) fill(difference);
    else if (by === 0) fill(difference, notice("good", t("day_agrees")));
    else fill(difference, notice("warn", t(by > 0 ? "day_over" : "day_short", { amount: rupiah(Math.abs(by)) })));
  };
  show();
  counted.addEventListener("input", show);
  const save = async (event) => {
    event.preventDefault();
    await till.closeDay({ counted: counted.read(), note: note.value.trim() });
    say(t("day_closed"));
    go("lainnya");
  };
  const row = (name, value, className = "") => h("div", { class: className }, h("dt", {}, name), h("dd", {}, value));
  const waiting = till.count("waiting");
  return h(
    "form",
    { class: "narrow stack", onsubmit: save },
    h("p", { class: "minor" }, t("day_since", { when: dateAndTime(till.day.at) })),
    h("dl", { class: "sums" }, row(t("day_float"), rupiah(till.day.float)), row(t("day_cash_taken"), rupiah(till.cashOfDay())), row(t("day_expected"), rupiah(expected), "sum")),
    field(t("day_counted"), counted, { hint: t("day_counted_hint") }),
    difference,
    noteField,
    waiting ? notice("warn", t("day_waiting", { n: waiting })) : null,
    h("button", { type: "submit", class: "button primary big" }, t("day_close")),
    button(t("cancel"), () => go("lainnya"), { kind: "quiet" }),
  );
}

/** The drawer: what is in it in the morning, what was counted in the evening. */
export function day(context) {
  const { till } = context;
  return { title: till.day ? t("day_close") : t("day_open"), back: "lainnya", view: till.day ? close(context) : open(context), update: () => false };
}
