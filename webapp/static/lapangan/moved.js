/** A survey that no longer fits: mine beside what is now. Nothing goes before its owner has said so. */
import { shown } from "./filled.js";
import { factsOn, forget, take } from "./keep.js";
import { send, standing } from "./office.js";
import { parts, tell, twice } from "./say.js";
import { all, change } from "./store.js";

const TROUBLE = { 0: "offline", 401: "signin", 404: "failed", 409: "failed" };

/** The task is not mine any more: show what I have, to be added to the case as a note, or thrown away. */
export async function showMine(place, survey, about) {
  const [part, photos] = [parts(place), await all("foto", survey.id)];
  const lines = shown(await keptForm(survey), survey.answers ?? {});
  if (!lines.length && !photos.length) return forget(survey);
  await change("survei", survey.id, { moved: true, ready: false });
  part.own.replaceChildren(...lines.map(([title, text]) => pair("div", [["dt", title], ["dd", text]])));
  tell(part.photos, "count", { count: photos.length });
  part.mine.hidden = false;
  const away = async () => {
    await forget(survey);
    location.assign(about.home);
  };
  twice(part.drop, part.sure, away);
  part.note?.addEventListener("click", async () => {
    part.note.disabled = true;
    tell(part.told, "noted");
    const text = [part.note.dataset.head, ...lines.map((line) => line.join(": "))].join("\n");
    const { status, told } = await noteDown(survey, text, photos);
    if (status === 200) {
      await forget(survey);
      return location.assign(told.onward);
    }
    part.note.disabled = false;
    return tell(part.told, TROUBLE[status] ?? "failed", {}, part.progress);
  });
}

/** The case says something else than what was taken along: show both; the survey is sent once they were compared. */
export async function showMoved(place, survey) {
  const part = parts(place);
  const [now, before] = [new Map(factsOn(document)), new Map(survey.facts)];
  const names = [...new Set([...before.keys(), ...now.keys()])].filter((name) => before.get(name) !== now.get(name));
  part.rows.replaceChildren(...names.map((name) => pair("tr", [["th", name], ["td", before.get(name) ?? "–"], ["td", now.get(name) ?? "–"]])));
  part.changed.hidden = false;
  part.changed.tabIndex = -1;
  part.changed.focus();
  part.compared.addEventListener("click", async () => {
    await change("survei", survey.id, { mark: place.dataset.mark, facts: [...now], moved: false });
    await take({ ...document.getElementById("lapangan").dataset }, survey.url);
    part.changed.hidden = true;
    document.querySelector("#isian [type=submit]").focus();
  });
}

/** The photos and then the note, each under a key of its own: what came through once does not come twice. */
async function noteDown(survey, text, photos) {
  const { status, told } = await standing(survey.url);
  if (status !== 200) return { status };
  for (const photo of photos.filter(({ noted }) => !noted)) {
    const answer = await send(`${survey.url}/lampiran.json`, told.csrf, `${photo.id}+`, [], photo);
    if (answer.status !== 200) return answer;
    await change("foto", photo.id, { noted: true });
  }
  return send(`${survey.url}/catatan.json`, told.csrf, `${survey.key}+`, [["teks", text]]);
}

/** The form as it was taken along: it knows what its fields are called. */
async function keptForm({ url, owner }) {
  const page = await (await caches.open(`lapangan-${owner}`)).match(url);
  return page && new DOMParser().parseFromString(await page.text(), "text/html").getElementById("isian");
}

function pair(tag, cells) {
  const line = document.createElement(tag);
  line.append(...cells.map(([name, text]) => Object.assign(document.createElement(name), { textContent: text })));
  return line;
}
