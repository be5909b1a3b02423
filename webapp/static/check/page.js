/**
 * Checks the code on a paper in the browser. On `/v/periksa` for a line that was pasted or scanned, on `/v/<number>` for
 * the one after the `#` of a scanned address. All words stand in the page, asleep in `[data-outcome]`; this shows one.
 */
import { offerScan } from "./scan.js";
import { keepAtHand } from "./keep.js";
import { canVerify, dayOf, isSigned, readStamp, Refused } from "./stamp.js";

const AGAIN_MS = 30_000;
const BAD = new Set(["forged", "differs", "other_paper", "unlisted", "withdrawn", "unknown_key"]);
const place = document.getElementById("periksa");
const { keys, answers, number: here, version: shownVersion, state: shownState, zone } = place.dataset;
const CLOCK = { hour: "2-digit", minute: "2-digit", timeZone: zone, timeZoneName: "short" };
let asked = 0;
let again = () => {};
let timer;

keepAtHand(place.dataset);
listen();

function listen() {
  const form = document.getElementById("kode-formulir");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(form.elements.kode.value);
  });
  if (form) offerScan(document.getElementById("pindai"), document.getElementById("kamera"), begin);
  addEventListener("hashchange", fromAddress);
  addEventListener("online", () => again());
  fromAddress();
}

function fromAddress() {
  const code = location.hash.slice(1);
  if (code.includes(":")) begin(decodeURIComponent(code));
}

/** Judge a code, then keep asking what our records say as long as it is the one on the page. */
async function begin(text) {
  const turn = ++asked;
  again = () => {};
  const found = await judged(text);
  if (turn !== asked) return;
  show(found.outcome, found.stamp);
  if (found.stamp) follow(found, turn);
}

async function judged(text) {
  let stamp;
  try {
    stamp = readStamp(text);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return { outcome: refused.message };
  }
  if (here && stamp.number !== here) return { outcome: "other_paper", stamp };
  const ring = await published();
  const key = ring.find((one) => one.id === stamp.key);
  if (!key) return { outcome: ring.length ? "unknown_key" : "no_keys", stamp };
  if (key.withdrawn_at) return { outcome: "withdrawn", stamp };
  if (!(await canVerify())) return { outcome: "unsupported", stamp };
  if (!(await isSigned(stamp, key))) return { outcome: "forged", stamp };
  return { outcome: isOver(stamp) ? "over" : "genuine", stamp };
}

/** Ask our records now, and again twice a minute and whenever the connection comes back. */
async function follow(found, turn) {
  clearTimeout(timer);
  const answer = await record(found.stamp);
  if (turn !== asked) return;
  if (answer && isStale(found.stamp, answer)) return;
  show(answer ? withRecord(found, answer) : found.outcome, found.stamp, answer);
  again = () => follow(found, turn);
  timer = setTimeout(again, AGAIN_MS);
}

/** The page of a number was drawn for one version at one moment: go to that of the paper in hand, as it is now. */
function isStale({ number, version, line }, { state }) {
  if (number !== here) return false;
  if (version !== shownVersion) location.replace(`${answers}${encodeURIComponent(number)}?versi=${version}#${line}`);
  else if (state !== shownState) location.reload();
  else return false;
  return true;
}

/** What to say once our records have answered. A code nobody could check here is vouched for by being the one we keep. */
function withRecord({ outcome, stamp }, answer) {
  if (answer.state === "tidak_ditemukan") return outcome === "genuine" || outcome === "over" ? "unlisted" : outcome;
  if (["forged", "withdrawn", "unknown_key", "other_paper"].includes(outcome)) return outcome;
  if (answer.stamp !== stamp.line) return "differs";
  return here ? "agrees" : answer.state;
}

/** Our record of the paper, or null when nobody can be asked now. */
async function record({ number, version }) {
  try {
    const answer = await fetch(`${answers}${encodeURIComponent(number)}.json?versi=${version}`, { cache: "no-store" });
    return answer.ok || answer.status === 404 ? await answer.json() : null;
  } catch {
    return null;
  }
}

async function published() {
  try {
    return (await (await fetch(keys)).json()).keys;
  } catch {
    return [];
  }
}

function isOver({ until }) {
  return until !== "-" && dayOf(until).setHours(23, 59, 59) < Date.now();
}

function show(outcome, stamp, answer) {
  // A green "the code agrees" above a paper that no longer holds would be read as "it is fine".
  place.hidden = outcome === "agrees" && answer?.valid === false;
  const denied = BAD.has(outcome);
  for (const words of place.querySelectorAll("[data-outcome]")) {
    words.hidden = words.dataset.outcome !== outcome;
    // It then stands for the heading of the page, whose own is hidden.
    words.querySelector("h2").ariaLevel = here && denied ? "1" : "2";
  }
  document.body.classList.toggle("paper-denied", denied);
  const told = place.querySelector("[data-facts]");
  told.hidden = !stamp || outcome === "agrees";
  if (stamp) fill(told, stamp, answer);
}

function fill(told, stamp, answer) {
  const ours = answer?.stamp ? readStamp(answer.stamp) : null;
  for (const row of told.querySelectorAll("[data-fact]")) {
    const { fact } = row.dataset;
    row.querySelector("[data-value]").textContent = written(fact, stamp[fact]);
    const other = row.querySelector("[data-record]");
    const differs = Boolean(ours) && ours[fact] !== stamp[fact];
    other.hidden = !differs;
    if (differs) other.querySelector("b").textContent = written(fact, ours[fact]);
  }
  const asOf = told.querySelector("[data-checked]");
  asOf.hidden = !answer;
  if (answer) asOf.querySelector("b").textContent = new Date(answer.checked_at).toLocaleTimeString(lang(), CLOCK);
}

function written(fact, value) {
  if (value === "-" || value === "") return "–";
  if (fact === "issued" || fact === "until") return dayOf(value).toLocaleDateString(lang(), { dateStyle: "full" });
  return fact === "about" ? value.replaceAll("+", " ").replaceAll("*", " · ") : value;
}

function lang() {
  return document.documentElement.lang;
}
