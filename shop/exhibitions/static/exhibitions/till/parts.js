/* The few pieces all screens are made of. */

import { h, icon } from "./dom.js";
import { digits, has, rupiah, t } from "./texts.js";

let counter = 0;

/** A labelled control; `hint` is read out with it. */
export function field(label, control, { hint = "", className = "" } = {}) {
  control.id ||= `field-${(counter += 1)}`;
  const note = hint && h("p", { class: "hint", id: `${control.id}-hint` }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  return h("div", { class: `field ${className}` }, h("label", { for: control.id }, label), control, note);
}

/** Say what is wrong beside the field and go there; typing takes it away again. Gives false, for `if (!ok) return …`. */
export function complain(control, text) {
  const place = control.closest(".field") ?? control.parentElement;
  control.focus();
  const shown = place.querySelector(".field-problem");
  if (shown) {
    shown.textContent = text;
    return false;
  }
  const problem = h("p", { class: "field-problem", id: `${(control.id ||= `field-${(counter += 1)}`)}-problem`, role: "alert" }, text);
  place.append(problem);
  const earlier = control.getAttribute("aria-describedby");
  control.setAttribute("aria-describedby", [problem.id, earlier].filter(Boolean).join(" "));
  control.setAttribute("aria-invalid", "true");
  const forget = () => {
    problem.remove();
    control.removeAttribute("aria-invalid");
    if (earlier) control.setAttribute("aria-describedby", earlier);
    else control.removeAttribute("aria-describedby");
  };
  control.addEventListener("input", forget, { once: true });
  return false;
}

/** A field for rupiah: groups what is typed as it is typed. `read()` gives the number. */
export function moneyInput(value = null, attributes = {}) {
  const show = (number) => rupiah(number).replace(/^\D+/, "");
  const input = h("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    class: "money",
    value: value === null ? "" : show(value),
    ...attributes,
  });
  input.addEventListener("input", () => {
    input.value = input.value.replace(/\D/g, "") === "" ? "" : show(digits(input.value));
  });
  input.read = () => digits(input.value);
  input.write = (number) => {
    input.value = show(number);
    input.dispatchEvent(new Event("input"));
  };
  return input;
}

export function button(label, onclick, { kind = "", name = "", ...rest } = {}) {
  return h("button", { type: "button", class: `button ${kind}`, onclick, ...rest }, name && icon(name), h("span", {}, label));
}

/** One of a few things, chosen by a tap. `choices`: [[value, label, icon?]]. */
export function choice(legend, choices, value, onchoose, { className = "" } = {}) {
  const name = `choice-${(counter += 1)}`;
  const group = h("fieldset", { class: `choice ${className}` }, h("legend", {}, legend));
  const row = h("div", { class: "choice-row" });
  for (const [each, label, drawing] of choices) {
    const radio = h("input", { type: "radio", name, value: each, checked: each === value });
    radio.addEventListener("change", () => onchoose(each));
    row.append(h("label", { class: "pick" }, radio, drawing && icon(drawing), h("span", {}, label)));
  }
  group.append(row);
  return group;
}

/** Words to fill a text field with by a tap. */
export function suggestions(words, input) {
  return h(
    "div",
    { class: "suggest" },
    words.map((word) =>
      h("button", { type: "button", class: "chip", onclick: () => { input.value = word; input.dispatchEvent(new Event("input", { bubbles: true })); } }, word),
    ),
  );
}

export function notice(kind, ...content) {
  return h("div", { class: `notice ${kind}` }, icon(kind === "good" ? "check" : "warn"), h("div", {}, ...content));
}

export function nothing(title, text, ...actions) {
  return h("div", { class: "nothing" }, h("p", { class: "nothing-title" }, title), h("p", {}, text), ...actions);
}

/** Waiting, sent or refused: a word beside the colour. */
export function stateChip(record) {
  return h("span", { class: "state", "data-state": record.state }, t(`state_${record.state}`));
}

export function refusalText(record) {
  return has(`refusal_${record.code}`) ? t(`refusal_${record.code}`) : record.message || t("refusal_unknown");
}

/** Whether the fair has been counted or is settled: what is sold now comes late. */
export const isOver = (till) => ["counting", "settled", "cancelled"].includes(till.catalogue?.fair.status);

/** Why the server takes nothing at the moment, if it does not. */
export function refusedAll(till) {
  const { status, message } = till.refusal ?? {};
  return status ? notice("bad", h("p", {}, t("refused_all", { reason: message || t("refused_all_status", { status }) }))) : null;
}

/** A sheet from below. `content(close)` gives its inside; resolves with what `close` was given. */
export function sheet(title, content) {
  return new Promise((resolve) => {
    const heading = h("h2", { id: `sheet-${(counter += 1)}`, tabindex: "-1" }, title);
    const dialog = h("dialog", { class: "sheet", "aria-labelledby": heading.id });
    const close = (value) => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(null);
    });
    dialog.append(
      h("div", { class: "sheet-head" }, heading, h("button", { type: "button", class: "round", "aria-label": t("close"), onclick: () => close(null) }, icon("close"))),
      content(close),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function confirm(title, text, yes, { kind = "primary" } = {}) {
  return sheet(title, (close) =>
    h("div", { class: "stack" }, h("p", {}, text), button(yes, () => close(true), { kind }), button(t("cancel"), () => close(false), { kind: "quiet" })),
  );
}

/** Hand a JSON file to the person. */
export function download(name, content) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
