import { fill, h, icon } from "../dom.js";
import { button, nothing } from "../parts.js";
import { matches } from "../pin.js";
import { t } from "../texts.js";

const SHORTEST = 4;
const LONGEST = 6;

/** Who is selling: a name, then a PIN. Checked on the device, so it works with no network. */
export function signon({ till, go }) {
  const view = h("div", { class: "narrow stack" });
  const cashiers = till.catalogue?.cashiers ?? [];

  const choose = () =>
    fill(
      view,
      h("p", { class: "lead" }, t("signon_who")),
      h(
        "ul",
        { class: "people" },
        cashiers.map((cashier) =>
          h("li", {}, h("button", { type: "button", class: "person", onclick: () => ask(cashier) }, icon("person"), h("span", {}, cashier.name))),
        ),
      ),
    );

  const ask = (cashier) => {
    const problem = h("p", { class: "problem", role: "alert" });
    const pin = h("input", { type: "password", inputmode: "numeric", autocomplete: "off", maxlength: LONGEST, class: "pin", "aria-label": "PIN" });
    // Every PIN is reckoned once, however often it is asked for, and whoever is in is in.
    const known = new Map();
    let isIn = false;
    const check = async (said, last) => {
      if (!known.has(said)) known.set(said, matches(said, cashier.pin));
      const isRight = await known.get(said);
      if (isIn || !pin.isConnected) return;
      if (isRight) {
        isIn = true;
        await till.signOn(cashier).catch((error) => {
          isIn = false;
          throw error;
        });
        go("jual");
      } else if (last && pin.value === said) {
        pin.value = "";
        problem.textContent = t("pin_wrong");
      }
    };
    const typed = () => {
      pin.value = pin.value.replace(/\D/g, "");
      if (pin.value) problem.textContent = "";
      if (pin.value.length >= SHORTEST) check(pin.value, pin.value.length === LONGEST);
    };
    pin.addEventListener("input", typed);
    const press = (digit) => {
      pin.value = (pin.value + digit).slice(0, LONGEST);
      typed();
    };
    const key = (label, act, name) => h("button", { type: "button", class: "key", onclick: act, "aria-label": name }, label);
    fill(
      view,
      h("p", { class: "lead" }, t("pin_of", { name: cashier.name })),
      h(
        "form",
        { class: "stack", onsubmit: (event) => { event.preventDefault(); check(pin.value, true); } },
        pin,
        problem,
        h(
          "div",
          { class: "keys" },
          ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => key(digit, () => press(digit))),
          key(icon("back"), () => { pin.value = pin.value.slice(0, -1); }, t("pin_delete")),
          key("0", () => press("0")),
          h("button", { type: "submit", class: "key go", "aria-label": t("pin_enter") }, icon("check")),
        ),
      ),
      button(t("pin_other"), choose, { kind: "quiet" }),
    );
    if (matchMedia("(pointer: fine)").matches) pin.focus();
  };

  if (!till.catalogue) fill(view, nothing(t("catalogue_loading"), t("catalogue_loading_text")));
  else if (!cashiers.length) fill(view, nothing(t("signon_nobody"), t("signon_nobody_text"), button(t("refresh"), () => till.wake(), { kind: "primary" })));
  else if (cashiers.length === 1) ask(cashiers[0]);
  else choose();
  return { title: t("signon_title"), bare: true, view, update: (what) => what === "catalogue" && !cashiers.length };
}
