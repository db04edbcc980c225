/* The service worker, and the way to a new version: it is fetched beside the old one and waits until the cashier
   takes it. Queue and basket lie in the store, so nothing is lost on the way. */

const LOOK_EVERY = 30 * 60_000;

export async function keepUpToDate(frame) {
  if (!("serviceWorker" in navigator)) return;
  const wasControlled = Boolean(navigator.serviceWorker.controller);
  const registration = await navigator.serviceWorker
    .register("/kasir/sw.js", { scope: "/kasir/", updateViaCache: "none" })
    .catch(() => null);
  if (!registration) return;
  const offer = () => {
    const { waiting } = registration;
    if (waiting && wasControlled) frame.offerUpdate(() => waiting.postMessage("take-over"));
  };
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  registration.addEventListener("updatefound", watch);
  // The browser looks by itself when the page is opened, and may have begun before us.
  watch();
  offer();
  let isReloading = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!wasControlled || isReloading) return;
    isReloading = true;
    location.reload();
  });
  setInterval(() => registration.update().catch(() => {}), LOOK_EVERY);
  await navigator.serviceWorker.ready;
}
