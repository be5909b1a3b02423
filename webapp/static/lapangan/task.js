/** The page of one survey: everything typed, ticked and photographed is kept at once, and handed in when it is finished. */
import { missing, read, write } from "./filled.js";
import { become, isTouched, take, whose } from "./keep.js";
import { showMine, showMoved } from "./moved.js";
import { keepPictures, putBack } from "./pictures.js";
import { clock, day, parts, tell } from "./say.js";
import { handIn } from "./sending.js";
import { all, change, get } from "./store.js";

const PAUSE_MS = 300;
const about = { ...document.getElementById("lapangan").dataset };
const place = document.getElementById("survei");
const form = document.getElementById("isian");
const part = parts(place);
const id = `${about.owner}/${place.dataset.task}`;
let waiting;
let turn = Promise.resolve();

if ("serviceWorker" in navigator) begin().catch(broken);

async function begin() {
  // Kept pages are opened for their owner only, so this one is theirs; the office's own page says who is here.
  if ((await whose(about)) !== about.owner) await become(about);
  let survey = await get("survei", id);
  if (!form) return survey && showMine(place, survey, about);
  if (!survey || (survey.mark !== place.dataset.mark && !(await isTouched(survey)))) survey = await take(about, place.dataset.url);
  tell(part.age, "taken", { at: `${day(survey.taken_at)} ${clock(survey.taken_at)}` });
  await comforts();
  if (survey.answers) write(form, survey.answers);
  await putBack(id, form);
  form.addEventListener("input", onInput);
  form.addEventListener("change", onInput);
  form.addEventListener("submit", finish);
  addEventListener("pagehide", flush);
  addEventListener("visibilitychange", flush);
  addEventListener("online", sendIfReady);
  showProblems(survey);
  if (survey.mark !== place.dataset.mark) await showMoved(place, survey);
  else await sendIfReady();
  return document.body.setAttribute("data-kept", "");
}

/** Wait until maps, photos and conditions have begun: what is put back is put back through them. */
async function comforts() {
  const comfort = document.getElementById("comfort");
  if (comfort) await (await import(comfort.src)).ready;
}

function onInput({ target, isTrusted }) {
  // A chooser fires before the pictures are made small; what counts is what their list says afterwards.
  if (target.type === "file") {
    if (!isTrusted && target.name) keepFiles(target.name, [...target.files]);
    return;
  }
  tell(part.said, "keeping");
  clearTimeout(waiting);
  waiting = setTimeout(flush, PAUSE_MS);
}

/** Pictures that were only put back change nothing, nor what is said. */
function keepFiles(name, files) {
  const before = part.said.textContent;
  tell(part.said, "keeping");
  turn = turn.then(() => keepPictures(id, name, files)).then((isNew) => (isNew ? keep() : (part.said.textContent = before)), broken);
}

function flush() {
  if (waiting === undefined) return turn;
  clearTimeout(waiting);
  waiting = undefined;
  turn = turn.then(keep);
  return turn;
}

/** What is changed is not finished, not what may have been sent before, and what its owner wants whatever had moved. */
async function keep() {
  try {
    await change("survei", id, { answers: read(form), changed_at: Date.now(), ready: false, tried: false, moved: false });
    tell(part.said, "kept", { at: clock(Date.now()) });
  } catch (problem) {
    broken(problem);
  }
}

function broken(problem) {
  console.warn(problem);
  if (part.said) tell(part.said, problem.name === "QuotaExceededError" ? "full" : "untaken");
}

async function finish(event) {
  if (event.defaultPrevented) return; // pictures are still being made small; they send it again
  event.preventDefault();
  waiting ??= 0;
  await flush();
  const held = new Set((await all("foto", id)).map(({ field }) => field));
  const empty = missing(form, (name) => held.has(name));
  await change("survei", id, { ready: !empty.length, problems: [] });
  showWrong("empty", empty.map(({ id: to, title }) => [to, title]));
  if (!empty.length) await sendNow();
}

/** On opening and when there is signal again. What moved waits until its owner has decided. */
async function sendIfReady() {
  const survey = await get("survei", id);
  if (survey?.ready && !survey.moved) await sendNow();
}

async function sendNow() {
  const { outcome, onward } = await handIn(id, (what, facts) => tell(part.said, what, facts, part.progress));
  if (outcome === "sent") location.assign(onward ?? about.home);
  else if (outcome === "moved") {
    await change("survei", id, { moved: true });
    location.reload();
  } else {
    tell(part.said, outcome, {}, part.progress);
    part.entry.hidden = outcome !== "signin";
    part.door.href = `${about.signIn}?lanjut=${encodeURIComponent(location.pathname)}`;
    showProblems(await get("survei", id));
  }
}

/** What the office could not take when it was sent, be it from here or from the list. */
function showProblems({ problems = [] }) {
  showWrong("rejected", problems);
}

/** Lines that lead to their fields. */
function showWrong(title, lines) {
  part.wrong.hidden = !lines.length;
  tell(part.wrong.querySelector("h2"), title);
  part.wrong.querySelector("ul").replaceChildren(
    ...lines.map(([to, words]) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      link.textContent = words;
      if (to) link.href = `#${to}`;
      item.append(link);
      return item;
    }),
  );
  if (lines.length) part.wrong.focus();
}
