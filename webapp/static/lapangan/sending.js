/**
 * Hands a finished survey in: photos one by one, then the answers, under the key that was made when it was taken along.
 * Whatever breaks off goes on next time where it stopped; an answer that got lost is asked for again, and is the same.
 */
import { forget } from "./keep.js";
import { send, standing } from "./office.js";
import { all, change, get } from "./store.js";

const TROUBLE = { 0: "offline", 401: "signin" };

/** Returns what came of it: `sent` with where to go on, or a word of the progress line. */
export function handIn(id, say) {
  return navigator.locks.request(`lapangan-${id}`, () => goOn(id, say));
}

async function goOn(id, say) {
  const survey = await get("survei", id);
  if (!survey) return { outcome: "sent" };
  say("asking");
  const { status, told } = await standing(survey.url);
  if (status !== 200) return { outcome: TROUBLE[status] ?? "failed" };
  if (told.owner !== survey.owner) return { outcome: "other" };
  // Only an answer that was lost can explain a task that is gone after everything had been sent.
  if (!survey.tried && (!told.mine || told.mark !== survey.mark)) return { outcome: "moved" };
  return (await photosIn(survey, told.csrf, say)) ?? answersIn(survey, told.csrf, say);
}

async function photosIn(survey, csrf, say) {
  const photos = await all("foto", survey.id);
  for (const [index, photo] of photos.entries()) {
    if (photo.document) continue;
    say("photo", { number: index + 1, count: photos.length });
    const { status, told } = await send(`${survey.url}/foto.json`, csrf, photo.id, [], photo);
    if (status !== 200) return outcome(survey, status, told);
    await change("foto", photo.id, { document: told.document });
  }
  return null;
}

async function answersIn(survey, csrf, say) {
  say("answers");
  const photos = (await all("foto", survey.id)).map(({ field, document }) => [field, document]);
  const typed = Object.entries(survey.answers ?? {}).flatMap(([name, values]) => values.map((value) => [name, value]));
  await change("survei", survey.id, { tried: true });
  const { status, told } = await send(`${survey.url}/kirim.json`, csrf, survey.key, [...typed, ...photos, ["bekal", survey.mark]]);
  if (status !== 200) return outcome(survey, status, told);
  await forget(survey);
  return { outcome: "sent", onward: told.onward };
}

/** What a refusal means. After any answer at all nothing is open: what was tried was refused as a whole. */
async function outcome(survey, status, told) {
  if (status === 422) {
    await change("survei", survey.id, { tried: false, ready: false, problems: told.problems });
    return { outcome: "rejected" };
  }
  if (![403, 404, 409].includes(status)) return { outcome: TROUBLE[status] ?? "failed" };
  await change("survei", survey.id, { tried: false });
  const now = await standing(survey.url);
  const same = now.status === 200 && now.told.mine && now.told.mark === survey.mark;
  return { outcome: same ? "failed" : "moved" };
}
