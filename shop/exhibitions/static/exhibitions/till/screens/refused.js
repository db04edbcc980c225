import { h, once } from "../dom.js";
import { dayOf } from "../ids.js";
import { button, confirm, download, nothing, notice, refusalText } from "../parts.js";
import { dateAndTime, rupiah, t } from "../texts.js";

/** Save what waits and what was refused as a file for the curator. */
export async function saveExport(till) {
  for (const file of till.exportFiles()) download(`kasir-${file.device.letter}${file.device.id}-${dayOf()}.json`, file);
  await till.noteExport();
  till.dispatchEvent(new CustomEvent("change", { detail: "events" }));
}

function row(record) {
  const { event } = record;
  const amount = event.data.total ?? event.data.amount;
  return h(
    "li",
    { class: "refused-row" },
    h("p", {}, h("strong", {}, event.data.number ?? t(`kind_${event.kind}`)), amount === undefined ? "" : ` · ${rupiah(amount)}`),
    h("p", { class: "minor" }, dateAndTime(event.at)),
    h("p", {}, refusalText(record)),
  );
}

/** What the server would not take, why, and how it still gets into the books. */
export function refused({ till, say }) {
  const list = till.records.filter((record) => record.state === "refused");
  const ours = list.filter((record) => record.fair === till.device.fair.id);
  const forget = async () => {
    if (await confirm(t("refused_forget"), t("refused_forget_text"), t("refused_forget_yes"), { kind: "bad" })) {
      await till.forgetExported();
      say(t("refused_forgotten"));
    }
  };
  const actions = h("div", { class: "stack" });
  till.store.get("exported").then((exported) => {
    if (list.some((record) => exported?.ids.includes(record.id))) actions.append(button(t("refused_forget"), forget, { kind: "quiet bad-text" }));
  });
  return {
    title: t("refused"),
    back: "lainnya",
    view: list.length
      ? h(
          "div",
          { class: "narrow stack" },
          notice("bad", h("p", {}, t("refused_lead"))),
          h("ul", { class: "rows" }, list.map(row)),
          button(t("export_save"), () => saveExport(till), { kind: "primary", name: "save" }),
          ours.length ? button(t("refused_retry"), once(() => till.retry(ours.map((record) => record.id)))) : null,
          actions,
        )
      : h("div", { class: "narrow" }, nothing(t("refused_none"), t("refused_none_text"))),
    update: (what) => what === "events",
  };
}
