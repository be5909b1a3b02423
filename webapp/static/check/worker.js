/**
 * Serves the kept check page where there is no connection: the network first, what was kept if it does not answer.
 * Any address below `/v/` then opens that page, which reads the code after the `#` by itself. Changes nothing else.
 */

const NAME = "periksa";
const PATIENCE_MS = 5000;
const HOME = new URL("periksa", self.registration.scope).href;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(freshOr(request, HOME));
  else if (!isRecord(request.url)) event.respondWith(freshOr(request, request.url));
});

/** Answers about a paper's state are never kept: yesterday's "valid" is worth nothing. */
function isRecord(url) {
  return url.startsWith(self.registration.scope) && url.includes(".json?");
}

async function freshOr(request, kept) {
  try {
    return await Promise.race([fetch(request), late()]);
  } catch (gone) {
    const found = await (await caches.open(NAME)).match(kept);
    if (found) return found;
    throw gone;
  }
}

function late() {
  return new Promise((_, refuse) => setTimeout(() => refuse(new Error("no answer in time")), PATIENCE_MS));
}
