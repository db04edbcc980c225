/* Keeps the till on the device: the page, its modules, styles and words from one version; pictures and the code
   reader as they come (the page fetches the pieces' pictures ahead, and drops those no piece has any more). Sales are none of its business: they lie in the page's store and are sent from there. */

const { version: VERSION, reader: READER, files: FILES, shell: SHELL, readerPath: READER_PATH, mediaPath: MEDIA_PATH, pictureOrigins: PICTURE_ORIGINS } = {{ facts }};
const APP_CACHE = `till-app-${VERSION}`;
const READER_CACHE = `till-reader-${READER}`;
const PICTURE_CACHE = "till-pictures";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(APP_CACHE).then((cache) => cache.addAll(FILES.map((url) => new Request(url, { cache: "reload" })))),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const ours = [APP_CACHE, READER_CACHE, PICTURE_CACHE];
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith("till-") && !ours.includes(name)).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

/** A file is one file whatever the language and cookies of who asks: what a server says of Vary must not hide it from
    an image that asks with other headers than the page which fetched it ahead. */
const ANY = { ignoreVary: true };

async function fromCache(name, request) {
  return (await caches.open(name)).match(request, ANY);
}

/** What was kept, else from the network and kept from now on. */
async function keptOrFetched(name, request) {
  const cache = await caches.open(name);
  const kept = await cache.match(request, ANY);
  if (kept) return kept;
  const answer = await fetch(request);
  // A full phone still shows what came.
  if (answer.ok) await cache.put(request, answer.clone()).catch(() => {});
  return answer;
}

const isOurs = (url) => url.origin === self.location.origin;
const isPicture = (url) => (isOurs(url) ? url.pathname.startsWith(MEDIA_PATH) : PICTURE_ORIGINS.includes(url.origin));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (isPicture(url)) event.respondWith(keptOrFetched(PICTURE_CACHE, request));
  else if (!isOurs(url)) return;
  else if (request.mode === "navigate") {
    if (url.pathname === SHELL) event.respondWith(fromCache(APP_CACHE, SHELL).then((kept) => kept ?? fetch(request)));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(fromCache(APP_CACHE, url.pathname).then((kept) => kept ?? fetch(request)));
  } else if (url.pathname.startsWith(READER_PATH)) {
    event.respondWith(keptOrFetched(READER_CACHE, request));
  }
});
