/** What a phone asks of the office and sends it. Each answer is `{ status, told }`; status 0: nobody there, 401: sign in. */

/** How a task stands now, with the token that the following posts need. */
export const standing = (url) => ask(`${url}/keadaan.json`);

/** Post `fields` (and perhaps a file) to one of a task's addresses; `key` makes a second arrival change nothing. */
export function send(url, csrf, key, fields, file) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.set("kunci", key);
  if (file) body.append(file.field, file.blob, file.name);
  return ask(url, { method: "POST", body, headers: { "X-CSRFToken": csrf } });
}

async function ask(url, how = {}) {
  try {
    const answer = await fetch(url, { ...how, cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 401) return { status: 401, told: {} };
    return { status: answer.status, told: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, told: {} };
  }
}
