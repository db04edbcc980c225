/* Adds a piece without leaving the page. The form works alone (it leads to a confirm page); this goes past that page.
   Contract: form[data-add-to-basket] with data-post (address of the POST); the answer is JSON
   {"added": true, "basket_count": n, "text": …} or {"added": false, "text": …}; anything else falls back. */

const dialog = document.querySelector("[data-basket-dialog]");

function openDialog(text) {
  if (!dialog?.showModal) return window.kriya.toast(text, "success");
  const line = dialog.querySelector("[data-basket-text]");
  if (line && text) line.textContent = text;
  if (!dialog.open) dialog.showModal();
}

/* Marks one wish. A request that is sent twice (double click, bad network) carries the same mark and adds once. */
const newMark = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function send(form, mark) {
  const { csrf } = await window.kriya.summary();
  const body = new FormData(form);
  body.set("csrfmiddlewaretoken", csrf);
  body.set("nonce", mark);
  const response = await fetch(form.dataset.post || form.action, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  const isJson = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (!isJson) throw new Error(`add to basket: ${response.status}`);
  return response.json();
}

for (const form of document.querySelectorAll("form[data-add-to-basket]")) {
  let busy = false;
  let mark = newMark();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A second press while the first is under way is the same wish, not a second piece.
    if (busy) return;
    busy = true;
    const button = event.submitter ?? form.querySelector("button");
    button?.setAttribute("aria-busy", "true");
    try {
      const answer = await send(form, mark);
      mark = newMark();
      if (answer.added) {
        openDialog(answer.text);
        window.kriya.refresh().catch(() => {});
      } else {
        window.kriya.toast(answer.text, "error");
      }
    } catch {
      // HTMLFormElement.submit skips this listener: the plain way takes over.
      form.submit();
      return;
    } finally {
      busy = false;
      button?.removeAttribute("aria-busy");
    }
  });
}

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
});
