/* What differs by visitor, fetched after the page so that the page itself is the same for everyone and can be cached:
   basket count, account name, CSRF token, waiting messages. Other modules use window.kriya. */

const url = document.body.dataset.summary;
let pending;

function fetchSummary() {
  pending = fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } }).then((response) => {
    if (!response.ok) throw new Error(`summary: ${response.status}`);
    return response.json();
  });
  // A failed read must not be remembered: the next caller tries again.
  pending.catch(() => { pending = undefined; });
  return pending;
}

const summary = () => pending ?? fetchSummary();

function showCount(count) {
  for (const place of document.querySelectorAll("[data-basket-count]")) {
    place.textContent = count > 99 ? "99+" : count;
    place.hidden = !count;
  }
}

function showAccount(account) {
  if (!account?.name) return;
  for (const place of document.querySelectorAll("[data-account]")) place.textContent = account.name;
}

function fillTokens(token) {
  for (const form of document.querySelectorAll("form[data-needs-csrf]")) {
    let input = form.elements.csrfmiddlewaretoken;
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = "csrfmiddlewaretoken";
      form.append(input);
    }
    input.value = token;
  }
}

function toast(text, level = "info") {
  const place = document.querySelector("[data-toasts]");
  if (!place || !text) return;
  const box = document.createElement("div");
  box.className = `toast toast--${level}`;
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", place.dataset.close);
  close.addEventListener("click", () => box.remove());
  box.append(words, close);
  place.append(box);
  // Errors stay until closed; good news leaves by itself, unless someone is pointing at it or has focus in it.
  if (level === "error" || level === "warning") return;
  const leave = () => (box.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : box.remove());
  setTimeout(leave, 7000);
}

function show(data) {
  showCount(data.basket_count);
  showAccount(data.account);
  fillTokens(data.csrf);
  for (const message of data.messages ?? []) toast(message.text, message.level);
  document.dispatchEvent(new CustomEvent("kriya:visitor", { detail: data }));
  return data;
}

const refresh = () => fetchSummary().then(show);

window.kriya = { summary, refresh, toast };

// Without an answer the page still works: forms fall back to their no-JavaScript path.
refresh().catch(() => {});

// The back button may restore a page as it was left: the count in it is old.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) refresh().catch(() => {});
});
