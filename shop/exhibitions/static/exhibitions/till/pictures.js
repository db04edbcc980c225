/* The pieces' pictures, fetched while nobody waits for them: at a stall without a network every tile has its own. */

/** The worker answers from here. */
const CACHE = "till-pictures";
const AT_ONCE = 3;

/** What is still to fetch and what may go, of addresses the catalogue names and addresses that are kept. */
export function missing(wanted, kept) {
  const [all, have] = [new Set(wanted), new Set(kept)];
  return { fetch: [...all].filter((url) => !have.has(url)), drop: [...have].filter((url) => !all.has(url)) };
}

/** A function that brings the kept pictures in line with `catalogue()`. It may be called as often as one likes: it
    goes on where it stopped for want of a network, and does nothing when all is there. */
export function pictureKeeper(catalogue) {
  let isRunning = false;
  let doneFor = null;
  return async () => {
    const items = catalogue()?.items;
    if (isRunning || !items || doneFor === items || !("caches" in globalThis)) return;
    isRunning = true;
    try {
      if (await bring(items)) doneFor = items;
    } finally {
      isRunning = false;
    }
  };
}

async function bring(items) {
  const cache = await caches.open(CACHE);
  const absolute = (url) => new URL(url, location.href).href;
  const wanted = items.filter((item) => item.picture).map((item) => absolute(item.picture));
  const { fetch: queue, drop } = missing(wanted, (await cache.keys()).map((request) => request.url));
  let isWhole = true;
  const fetchNext = async () => {
    for (let url = queue.shift(); url; url = queue.shift()) {
      const answer = await fetch(url).catch(() => null);
      if (answer?.ok) await cache.put(url, answer);
      else isWhole = false;
      if (!answer) queue.length = 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
  if (isWhole) await Promise.all(drop.map((url) => cache.delete(url, { ignoreVary: true })));
  return isWhole;
}
