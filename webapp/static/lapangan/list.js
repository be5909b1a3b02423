/** The list of what this phone has taken along: on top of the office's own list, and alone without a connection. */
import { become, forget, goesAt, isTouched, keepShell, take, tidy, whose } from "./keep.js";
import { clock, day, parts, size, tell, twice } from "./say.js";
import { handIn } from "./sending.js";
import { all, change, remove } from "./store.js";

const about = { ...document.getElementById("lapangan").dataset };
const isOffline = "luring" in about;
const place = document.getElementById("di-ponsel");
const { said, list, row, lost, progress } = parts(place);

if ("serviceWorker" in navigator) begin();

async function begin() {
  place.hidden = false;
  if (isOffline) about.owner = await whose(about);
  else await become(about).then(compare);
  await tidy(about.days);
  for (const button of document.querySelectorAll("[data-take]")) offer(button);
  await show();
  if (!isOffline) keepShell(about).catch(console.warn);
  addEventListener("online", sendReady);
  sendReady();
}

/** What the office does not give me any more: untouched it goes, else its owner decides. What is finished is asked about by sending. */
async function compare() {
  const mine = new Set([...document.querySelectorAll("[data-take]")].map(({ dataset }) => dataset.take));
  for (const survey of (await all("survei", about.owner)).filter(({ url, ready }) => !ready && !mine.has(url))) {
    if (await isTouched(survey)) await change("survei", survey.id, { moved: true });
    else await forget(survey);
  }
}

function offer(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    tell(said, "taking");
    try {
      const taken = await take(about, button.dataset.take);
      await show();
      tell(said, "taken", taken);
      document.getElementById(taken.id)?.querySelector("a").focus();
    } catch (problem) {
      console.warn(problem);
      tell(said, "untaken");
    }
    button.disabled = false;
  });
}

async function show() {
  const surveys = await all("survei", about.owner);
  const losses = await all("hilang", about.owner);
  list.replaceChildren(...losses.map(lossOf), ...(await Promise.all(surveys.map(lineOf))));
  tell(said, about.owner ? (surveys.length ? "" : "nothing") : "stranger");
  for (const card of document.querySelectorAll("[data-task]")) card.hidden = surveys.some(({ task }) => task === card.dataset.task);
}

async function lineOf(survey) {
  const item = row.content.cloneNode(true).firstElementChild;
  const part = parts(item, "in");
  const [photos, touched] = [(await all("foto", survey.id)).length, await isTouched(survey)];
  item.id = survey.id;
  part.open.textContent = `${survey.title}, ${survey.reference}`;
  part.open.href = survey.url;
  part.about.textContent = survey.about;
  if (survey.due) tell(part.due, "day", { day: day(survey.due) });
  tell(part.state, survey.moved ? "moved" : survey.ready ? "ready" : touched ? "begun" : "untouched", { photos });
  const whole = survey.size + (await all("foto", survey.id)).reduce((sum, { blob }) => sum + blob.size, 0);
  tell(part.kept, "kept", { at: `${day(survey.taken_at)} ${clock(survey.taken_at)}`, size: size(whole), until: day(goesAt(survey, about.days)) });
  part.send.hidden = !survey.ready || Boolean(survey.moved);
  part.send.addEventListener("click", () => sendOne(survey));
  const drop = async () => {
    await forget(survey);
    await show();
  };
  if (touched) twice(part.drop, part.sure, drop);
  else part.drop.addEventListener("click", drop);
  return item;
}

function lossOf(loss) {
  const item = lost.content.cloneNode(true).firstElementChild;
  const part = parts(item, "in");
  tell(part.words, "lost", { reference: loss.reference, at: day(loss.at), days: about.days });
  part.seen.addEventListener("click", async () => {
    await remove("hilang", loss.id);
    await show();
  });
  return item;
}

async function sendReady() {
  if (!navigator.onLine) return;
  for (const survey of (await all("survei", about.owner)).filter(({ ready, moved }) => ready && !moved)) await sendOne(survey);
}

async function sendOne(survey) {
  const line = () => document.getElementById(survey.id)?.querySelector("[data-in=said]") ?? said;
  const { outcome, onward } = await handIn(survey.id, (what, facts) => tell(line(), what, facts, progress));
  if (onward) return location.assign(onward);
  if (outcome === "moved") await change("survei", survey.id, { moved: true });
  await show();
  return outcome === "moved" || tell(line(), outcome, {}, progress);
}
