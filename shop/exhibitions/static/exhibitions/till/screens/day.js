import { fill, h, once } from "../dom.js";
import { uuidv7 } from "../ids.js";
import { button, complain, field, moneyInput, notice } from "../parts.js";
import { clean, MOST_IN_DRAWER } from "../rules.js";
import { dateAndTime, rupiah, t } from "../texts.js";

/** What the server takes for the content of one drawer. */
const fits = (money) => money.read() <= MOST_IN_DRAWER || complain(money, t("day_too_much", { amount: rupiah(MOST_IN_DRAWER) }));

function open({ till, go, say }) {
  const id = uuidv7();
  const float = moneyInput(null, { required: true });
  const save = once(async () => {
    if (!fits(float)) return;
    await till.openDay(float.read(), id);
    say(t("day_opened"));
    go("jual");
  });
  return h("form", { class: "narrow stack", onsubmit: save }, h("p", { class: "lead" }, t("day_open_lead")), field(t("day_float"), float, { hint: t("day_float_hint") }), h("button", { type: "submit", class: "button primary big" }, t("day_open")));
}

function close({ till, go, say }) {
  const id = uuidv7();
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
  const save = once(async () => {
    const said = clean(note.value);
    if (!fits(counted)) return;
    if (note.required && !said) {
      complain(note, t("day_note_needed"));
      return;
    }
    await till.closeDay({ counted: counted.read(), note: said }, id);
    say(t("day_closed"));
    go("lainnya");
  });
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
