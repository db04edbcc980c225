import { h, icon } from "../dom.js";
import { button, choice, confirm, notice, refusedAll } from "../parts.js";
import { NotKept } from "../store.js";
import { dateAndTime, rupiah, t, tn } from "../texts.js";
import { saveExport } from "./refused.js";

const entry = (name, label, minor, onclick) =>
  h("li", {}, h("button", { type: "button", class: "entry", onclick }, icon(name), h("span", {}, label, minor && h("span", { class: "minor" }, minor))));

/** Everything besides selling. */
export function more({ till, go }) {
  const refused = till.count("refused");
  return {
    title: t("more"),
    tab: "lainnya",
    view: h(
      "div",
      { class: "narrow stack" },
      h(
        "ul",
        { class: "rows" },
        entry("sun", till.day ? t("day_close") : t("day_open"), till.day ? t("day_in_drawer", { amount: rupiah(till.inDrawer()) }) : t("day_open_minor"), () => go("hari")),
        entry("person", t("enquiry"), t("enquiry_minor"), () => go("tamu")),
        entry("warn", t("refused"), refused ? tn("refused_events", refused) : t("refused_none"), () => go("ditolak")),
        entry("back", t("cashier_change"), till.cashier?.name ?? "", async () => { await till.signOff(); go("kasir"); }),
        entry("gear", t("settings"), till.device.name, () => go("pengaturan")),
      ),
    ),
    update: (what) => what === "events",
  };
}

/** The device: its language, its name, what waits, its clock, its version, and how to let go of it. */
export function settings({ till, sync, version, say }) {
  const kept = till.count("waiting") + till.count("refused");
  const skew = sync.skew ?? 0;
  const persisted = h("dd", {}, "…");
  const isKept = navigator.storage?.persisted?.() ?? Promise.resolve(false);
  isKept.then((yes) => { persisted.textContent = yes ? t("storage_kept") : t("storage_may_go"); });
  const row = (name, value) => h("div", {}, h("dt", {}, name), value instanceof Node ? value : h("dd", {}, value));
  const unpair = async () => {
    if (await confirm(t("unpair"), t("unpair_text"), t("unpair_yes"), { kind: "bad" })) {
      try {
        await till.unpair();
      } catch (error) {
        if (error instanceof NotKept) throw error;
        say(t("unpair_refused", { n: till.count("waiting") + till.count("refused") }));
      }
    }
  };
  return {
    title: t("settings"),
    back: "lainnya",
    view: h(
      "div",
      { class: "narrow stack" },
      choice(t("language"), [["id", "Indonesia"], ["en", "English"]], till.settings.language, (value) => till.setLanguage(value)),
      h(
        "dl",
        { class: "facts" },
        row(t("device"), `${till.device.letter} · ${till.device.name}`),
        row(t("fair"), till.device.fair.name),
        row(t("state_waiting"), String(till.count("waiting"))),
        row(t("state_sent"), String(till.count("sent"))),
        row(t("state_refused"), String(till.count("refused"))),
        row(t("catalogue_of"), till.catalogue ? dateAndTime(till.catalogue.askedAt) : t("never")),
        row(t("clock_here"), Math.abs(skew) > 120 ? t(skew > 0 ? "clock_fast" : "clock_slow", { n: Math.round(Math.abs(skew) / 60) }) : t("clock_right")),
        row(t("storage"), persisted),
        row(t("version"), version),
      ),
      button(t("refresh"), () => { sync.refreshSoon(); say(t("refreshing")); }),
      refusedAll(till),
      kept ? button(t("export_save"), () => saveExport(till), { name: "save" }) : null,
      kept ? notice("warn", t("unpair_refused", { n: kept })) : button(t("unpair"), unpair, { kind: "quiet bad-text" }),
    ),
    update: (what) => ["events", "catalogue", "refusal"].includes(what),
  };
}
