/**
 * Takes a task along and forgets it again: its page and everything pages are made of in the cache, its row in the store.
 * Pages lie in a cache of their owner; which owner's are opened without a connection is told by one entry, `WHO`.
 */
import { all, everything, get, put, remove } from "./store.js";

const SHELL = "lapangan";
const WHO = "siapa";
const DAY_MS = 86_400_000;
const pagesOf = (owner) => `${SHELL}-${owner}`;

/** Be the one whose surveys this phone shows; what others left untouched goes. */
export async function become({ owner, home }) {
  await (await caches.open(SHELL)).put(home + WHO, new Response(owner));
  await dropUntouched((row) => row.owner !== owner);
}

/** Whose surveys this phone shows; empty after signing out. */
export async function whose({ home }) {
  const told = await (await caches.open(SHELL)).match(home + WHO);
  return told ? told.text() : "";
}

/** After signing out: nobody's surveys are shown, and those without a word in them are gone. How many stay, unsent. */
export async function leave({ home }) {
  await (await caches.open(SHELL)).delete(home + WHO);
  await dropUntouched(() => true);
  return (await everything("survei")).length;
}

/** Keep the list, every script and every look, and let the worker serve them. */
export async function keepShell({ worker, home, offline, shell }) {
  await navigator.serviceWorker.register(worker, { scope: home });
  const cache = await caches.open(SHELL);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  const missing = shell.trim().split(/\s+/).filter((one) => !kept.has(new URL(one, location).href));
  await cache.addAll([...missing, new Request(offline, { cache: "no-cache", redirect: "error" })]);
  if (!(await everything("survei")).length) await dropOld(cache, [offline, home + WHO, ...shell.trim().split(/\s+/)]);
}

/** Files of former versions go once no page is left that was made of them. */
async function dropOld(cache, wanted) {
  const still = new Set(wanted.map((one) => new URL(one, location).href));
  for (const request of await cache.keys()) if (!still.has(request.url)) await cache.delete(request);
}

/** Take a task along, or fetch its page anew. What was already written on it stays, and so does what it was written from. */
export async function take(about, address) {
  await keepShell(about);
  await navigator.storage?.persist?.(); // else a full phone may throw away what nobody has sent yet
  const answer = await fetch(address, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) throw new Error(`${answer.status || "not signed in"}`);
  const [text, page] = [await answer.clone().text(), answer];
  const told = new DOMParser().parseFromString(text, "text/html").getElementById("survei");
  await (await caches.open(pagesOf(about.owner))).put(address, page);
  const id = `${about.owner}/${told.dataset.task}`;
  const before = await get("survei", id);
  const taken = { ...row(about.owner, told), id, size: new Blob([text]).size, taken_at: Date.now() };
  const seen = before && (await isTouched(before)) ? { mark: before.mark, facts: before.facts } : {};
  await put("survei", { key: crypto.randomUUID(), answers: null, ready: false, ...before, ...taken, ...seen });
  return get("survei", id);
}

/** What is known of a task by its page. `facts`: what was taken along, as it is read. */
function row(owner, told) {
  const { task, url, reference, title, about, due, mark } = told.dataset;
  return { owner, task, url, reference, title, about, due, mark, facts: factsOn(told) };
}

/** The titles and texts of what a page shows of the case. */
export function factsOn(page) {
  const lines = [...page.querySelectorAll("#bekal .answer-list > div")];
  return lines.map((line) => ["dt", "dd"].map((part) => line.querySelector(part).textContent.trim().replace(/\s+/g, " ")));
}

/** Whether somebody has put anything into it. */
export async function isTouched({ id, answers }) {
  return answers !== null || (await all("foto", id)).length > 0;
}

/** Forget a survey with its pictures and its page. */
export async function forget({ id, owner, url }) {
  for (const photo of await all("foto", id)) await remove("foto", photo.id);
  await (await caches.open(pagesOf(owner))).delete(url);
  await remove("survei", id);
}

/** By when a survey that is not sent goes. */
export function goesAt({ taken_at, changed_at = 0 }, days) {
  return Math.max(taken_at, changed_at) + days * DAY_MS;
}

/** Throw away what is too old, and write down of each written one that it is gone: nothing is lost unsaid. */
export async function tidy(days) {
  for (const old of (await everything("survei")).filter((one) => goesAt(one, days) < Date.now())) {
    if (await isTouched(old)) await put("hilang", { id: old.id, owner: old.owner, reference: old.reference, at: Date.now() });
    await forget(old);
  }
}

async function dropUntouched(which) {
  for (const one of (await everything("survei")).filter(which)) if (!(await isTouched(one))) await forget(one);
}
