/* The payment page while it waits: asks now and then where the payment stands and loads itself again when that changed, and
   copies the figures a transfer needs. Without it the page refreshes itself, and the figures can be read. */

const page = document.querySelector("[data-payment-poll]");

async function look() {
  if (document.hidden) return;
  try {
    const response = await fetch(page.dataset.paymentPoll, { headers: { Accept: "application/json" } });
    const { state } = await response.json();
    if (state !== page.dataset.paymentState) window.location.reload();
  } catch {
    // No connection: the next turn asks again.
  }
}

if (page) {
  setInterval(look, Number(page.dataset.paymentEvery) * 1000);
  // Back from the other tab, where the paying was done.
  document.addEventListener("visibilitychange", look);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      window.kriya.toast(button.dataset.copied, "success");
    });
  }
}
