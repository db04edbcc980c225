/* Comfort for the checkout, which works without it: what is typed is kept while typing, the total follows the courier,
   another country shows its own fields, and the button that pays is pressed once.
   Contract: form[data-checkout] with data-draft (POST address); [data-goods] rupiah; input[data-charge] a courier;
   [data-total], [data-delivery] texts; [data-total-field]; [data-once]; [data-country-step]; [data-without-script];
   [data-saved] radios and [data-new-address]. */

const form = document.querySelector("form[data-checkout]");

/* As the page's language writes rupiah; the server writes the same. */
function rupiah(amount) {
  const english = document.documentElement.lang.startsWith("en");
  const digits = String(amount).replace(/\B(?=(\d{3})+$)/g, english ? "," : ".");
  return english ? `IDR\u00a0${digits}` : `Rp${digits}`;
}

function keepDraft() {
  let waiting;
  let underWay = new AbortController();
  const keep = () => {
    clearTimeout(waiting);
    // keepalive: the last word typed is kept even when the tab is closed at once.
    fetch(form.dataset.draft, {
      method: "POST", body: new FormData(form), credentials: "same-origin", keepalive: true, signal: underWay.signal,
    }).catch(() => {});
  };
  // What is sent holds all of it; a draft that arrives later would only be older.
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    underWay.abort();
    underWay = new AbortController();
  });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 800);
  });
  form.addEventListener("change", keep);
}

function followTotal() {
  if (!form.dataset.goods) return;
  const update = () => {
    const chosen = [...form.querySelectorAll("input[data-charge]:checked")];
    const delivery = chosen.reduce((sum, input) => sum + Number(input.dataset.charge), 0);
    const total = Number(form.dataset.goods) + delivery;
    for (const place of document.querySelectorAll("[data-delivery]")) place.textContent = rupiah(delivery);
    for (const place of document.querySelectorAll("[data-total]")) place.textContent = rupiah(total);
    form.querySelector("[data-total-field]").value = total;
  };
  form.addEventListener("change", (event) => event.target.matches("input[data-charge]") && update());
  update();
  // Going back restores the radios after this ran.
  window.addEventListener("pageshow", update);
}

function changeCountry() {
  const step = form.querySelector("[data-country-step]");
  if (!step) return;
  step.hidden = true;
  form.elements.country.addEventListener("change", () => form.requestSubmit(step));
}

function chooseSaved() {
  const fresh = form.querySelector("[data-new-address]");
  if (!form.querySelector("[data-saved]")) return;
  const update = () => { fresh.hidden = form.elements.saved.value !== "new"; };
  form.addEventListener("change", (event) => event.target.name === "saved" && update());
  update();
  window.addEventListener("pageshow", update);
}

function pressOnce() {
  if (!("once" in form.dataset)) return;
  const buttons = () => [...document.querySelectorAll(`#${form.id} button:not([name]), button[form="${form.id}"]`)];
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    buttons().forEach((button) => button.setAttribute("aria-busy", "true"));
  });
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    buttons().forEach((button) => button.removeAttribute("aria-busy"));
  });
}

if (form) {
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  if (form.dataset.draft) keepDraft();
  followTotal();
  changeCountry();
  chooseSaved();
  pressOnce();
}
document.querySelector("[data-form-errors]")?.focus();
