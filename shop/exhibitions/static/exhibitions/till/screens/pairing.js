import { NoAnswer } from "../api.js";
import { fill, h, once } from "../dom.js";
import { button, choice, field, notice } from "../parts.js";
import { NotKept } from "../store.js";
import { t } from "../texts.js";
import { saveExport } from "./refused.js";

const errorText = (error) => (error instanceof NoAnswer ? t("pair_needs_network") : error.message || t("refusal_unknown"));

/** The first screen of a new phone: a code from the curator, or the fairs of somebody signed in. */
export function pairing({ till, go }) {
  const code = h("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "one-time-code",
    maxlength: 9,
    class: "code",
    required: true,
    value: new URLSearchParams(location.search).get("kode")?.replace(/\D/g, "") ?? "",
  });
  const name = h("input", { type: "text", maxlength: 60, autocomplete: "off", value: till.device?.name ?? "" });
  const problem = h("div", { role: "alert" });
  const direct = h("div", { class: "stack" });

  const gate = {};
  const keep = async (ask) => {
    problem.replaceChildren();
    try {
      await till.keepDevice(await ask(name.value.trim() || t("device_unnamed")));
      history.replaceState(null, "", location.pathname);
      navigator.storage?.persist?.();
      go("kasir");
    } catch (error) {
      if (error instanceof NotKept) throw error;
      problem.replaceChildren(notice("bad", errorText(error)));
    }
  };

  till.api.fairs().then(({ fairs, csrf }) => {
    if (!fairs.length) return;
    direct.append(
      h("h2", {}, t("pair_your_fairs")),
      ...fairs.map((fair) =>
        button(t("pair_sell_at", { fair: fair.name }), once(() => keep((said) => till.api.pairDirectly(fair.id, said, csrf)), gate), { kind: "primary" }),
      ),
      h("p", { class: "or" }, t("pair_or_code")),
    );
  }).catch(() => {});

  const form = h(
    "form",
    {
      class: "stack",
      onsubmit: once(() => keep((said) => till.api.pair(code.value.replace(/\D/g, ""), said)), gate),
    },
    field(t("pair_code"), code, { hint: t("pair_code_hint") }),
    field(t("device_name"), name, { hint: t("device_name_hint") }),
    problem,
    h("button", { class: "button primary", type: "submit" }, t("pair")),
  );
  const languages = choice(t("language"), [["id", "Indonesia"], ["en", "English"]], till.settings.language, (value) =>
    till.setLanguage(value),
  );
  return {
    title: t("pair_title"),
    bare: true,
    view: h("div", { class: "narrow stack" }, h("p", { class: "lead" }, t("pair_lead")), direct, form, languages),
  };
}

/** The device may no longer send. What waits stays here until a curator has it. */
export function revoked(context) {
  const { till } = context;
  const inside = pairing(context);
  const words = h("div", { class: "stack" });
  const draw = () => {
    const kept = till.count("waiting") + till.count("refused");
    fill(
      words,
      notice("bad", h("p", {}, t("revoked_text"))),
      kept ? h("p", { class: "lead" }, t("revoked_kept", { n: kept })) : h("p", {}, t("revoked_nothing_kept")),
      kept ? button(t("export_save"), () => saveExport(till), { kind: "primary", name: "save" }) : null,
      h("h2", {}, t("revoked_pair_again")),
    );
  };
  draw();
  inside.view.prepend(words);
  return {
    ...inside,
    title: t("revoked_title"),
    /** What is being typed below stays. */
    update(what) {
      if (what === "events") draw();
      return false;
    },
  };
}
