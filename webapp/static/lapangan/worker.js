/**
 * Opens the pages of field work without a connection: the network first, then what this phone's present owner took
 * along, then the list of it. Files are kept under an address that changes with them, so the kept one is right.
 */

const SHELL = "lapangan";
const PATIENCE_MS = 5000;
const { scope } = self.registration;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

/** An office that is ill is no better than none: what is kept opens then, too. */
async function page(request) {
  const answer = await Promise.race([fetch(request), late()]).catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  const kept = (await taken(request.url)) ?? (await (await caches.open(SHELL)).match(`${scope}luring`));
  return kept ?? answer ?? Response.error();
}

/** The page of a survey that whoever uses this phone now has taken along. */
async function taken(url) {
  const who = await (await caches.open(SHELL)).match(`${scope}siapa`);
  if (!who) return undefined;
  return (await caches.open(`${SHELL}-${await who.text()}`)).match(url, { ignoreSearch: true });
}

async function file(request) {
  return (await (await caches.open(SHELL)).match(request)) ?? fetch(request);
}

function late() {
  return new Promise((_, refuse) => setTimeout(() => refuse(new Error("no answer in time")), PATIENCE_MS));
}
