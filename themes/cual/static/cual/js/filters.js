/* Changing a filter replaces the list in place: the page keeps its scroll, the address follows, back and forward work.
   Contract: form[data-filters] (GET) and [data-results] in the page; the same address answers with the whole page. */

const form = document.querySelector("form[data-filters]");
const results = () => document.querySelector("[data-results]");

if (form && results()) {
  let controller;

  // On a desk the sheet is a rail beside the list, and a rail does not fold.
  const sheet = form.closest("details");
  const wide = matchMedia("(min-width: 62rem)");
  const unfold = () => { if (sheet && wide.matches) sheet.open = true; };
  unfold();
  wide.addEventListener("change", unfold);

  const address = () => {
    const query = new URLSearchParams();
    // Empty fields stay out of the address, so that it reads well when shared.
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    const text = query.toString();
    return text ? `${form.action.split("?")[0]}?${text}` : form.action.split("?")[0];
  };

  async function load(url, push) {
    controller?.abort();
    controller = new AbortController();
    results().setAttribute("aria-busy", "true");
    try {
      const response = await fetch(url, { signal: controller.signal, headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(`filters: ${response.status}`);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-results]");
      if (!fresh) throw new Error("filters: no results in the answer");
      results().replaceWith(document.adoptNode(fresh));
      const summary = page.querySelector(".filters > summary");
      if (sheet && summary) sheet.querySelector("summary").replaceChildren(...summary.childNodes);
      if (push) history.pushState({ filters: true }, "", url);
      const count = document.querySelector("[data-results-count]")?.textContent.trim();
      const live = document.querySelector("[data-filters-live]");
      if (live && count) live.textContent = count;
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    }
  }

  form.addEventListener("change", () => load(address(), true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    load(address(), true);
    if (!wide.matches) sheet?.removeAttribute("open");
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-results] .pages a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    load(link.href, true).then(() => {
      results().scrollIntoView();
      results().focus({ preventScroll: true });
    });
  });

  history.replaceState({ filters: true }, "");
  window.addEventListener("popstate", (event) => {
    // The form itself must show what the address says: only the server knows, so the page is read again.
    if (event.state?.filters) location.reload();
  });
}
