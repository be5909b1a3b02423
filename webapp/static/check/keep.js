/** Keeps the check page and what it needs on this phone, so that it opens without a connection after one visit. */

const NAME = "periksa";

/** `shell` are the addresses the page is made of, `home` the page itself, `worker` the script that serves them. */
export async function keepAtHand({ home, keys, shell, worker }) {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker, { scope: home.slice(0, home.lastIndexOf("/") + 1) });
    const cache = await caches.open(NAME);
    const wanted = [home, keys, ...JSON.parse(shell)].map((one) => new URL(one, location.href).href);
    await cache.addAll(wanted.map((one) => new Request(one, { cache: "no-cache" })));
    const old = (await cache.keys()).filter((one) => !wanted.includes(one.url));
    await Promise.all(old.map((one) => cache.delete(one)));
  } catch (problem) {
    console.warn("not kept for later", problem.name);
  }
}
