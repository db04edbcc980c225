/* Changes a line without a new page: the form is sent as it is and the basket in the answer takes the place of this one.
   Contract: [data-basket] around everything that changes, [data-basket-line] a line, form[data-basket-form] in it, [data-quantity] its field,
   [data-basket-live] where a change is said,
   [data-without-script] for what only people without a script need. Without this file the forms simply work. */

const basket = () => document.querySelector("[data-basket]");

function prepare() {
  for (const button of basket().querySelectorAll("[data-without-script]")) button.hidden = true;
}

/* The same control in the fresh page, so that somebody on a keyboard goes on where they were. */
function remember(control) {
  const line = control?.closest("[data-basket-line]")?.id;
  return line && { line, name: control.name, value: control.name === "change" ? control.value : null };
}

function focusAgain(mark) {
  const line = mark && document.getElementById(mark.line);
  const selector = mark?.value ? `[name="${mark.name}"][value="${mark.value}"]:not([disabled], [hidden], .visually-hidden)` : "[data-quantity]";
  const target = line?.querySelector(selector) ?? line?.querySelector("[data-quantity]") ?? basket().querySelector("h1");
  if (!target) return;
  if (target.tagName === "H1") target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

let sending = false;

async function send(form, submitter) {
  if (sending) return;
  sending = true;
  const mark = remember(submitter ?? document.activeElement);
  const body = new FormData(form, submitter);
  basket().setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    if (!response.ok) throw new Error(`basket: ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-basket]");
    if (!fresh) throw new Error("basket: no basket in the answer");
    basket().replaceWith(document.adoptNode(fresh));
    // The bar below carries the total as well, and goes when nothing is left to pay for.
    const bar = document.querySelector(".total-bar, .thumbbar");
    const newBar = page.querySelector(".total-bar, .thumbbar");
    if (bar && newBar) bar.replaceWith(document.adoptNode(newBar));
    prepare();
    focusAgain(mark);
    const live = document.querySelector("[data-basket-live]");
    live.textContent = "";
    live.textContent = live.dataset.changed;
    window.kriya?.refresh().catch(() => {});
  } catch {
    // Whatever came of it, the page as the server has it is the truth.
    location.reload();
  } finally {
    sending = false;
    basket()?.removeAttribute("aria-busy");
  }
}

if (basket()) {
  prepare();
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-basket] form[data-basket-form], [data-basket] .undo");
    if (!form) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-basket] [data-quantity]");
    if (field?.value) send(field.form, field.form.querySelector('[value="set"]'));
  });
}
