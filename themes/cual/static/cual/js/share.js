/* The phone's own share sheet where there is one, else the link is copied. WhatsApp beside it is a plain link. */

for (const box of document.querySelectorAll("[data-share]")) {
  const button = box.querySelector("[data-share-button]");
  if (!button || !(navigator.share || navigator.clipboard)) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { title, url, copied } = box.dataset;
    try {
      if (navigator.share) await navigator.share({ title, url });
      else {
        await navigator.clipboard.writeText(url);
        window.kriya.toast(copied, "success");
      }
    } catch {
      // Closing the share sheet rejects as well: nothing to tell.
    }
  });
}
