/** A form and what was filled in: read as `{ name: [values] }`, put back as if it had been typed; files go their own way. */

import { clock, day } from "./say.js";

const OURS = new Set(["csrf_token", "kunci"]);

export function read(form) {
  const answers = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && !OURS.has(name)) (answers[name] ??= []).push(value);
  return answers;
}

/** Put answers back. Whoever follows a field (maps, conditions) is told of each. */
export function write(form, answers) {
  grow(form, Object.keys(answers));
  const turns = {};
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name) || ["file", "submit", "fieldset"].includes(field.type)) continue;
    const given = answers[field.name] ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else field.value = given[(turns[field.name] = (turns[field.name] ?? -1) + 1)] ?? "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Let repeated groups grow until every name has its field. */
function grow(form, names) {
  for (const name of names) {
    const more = form.querySelector(`#f-${CSS.escape(name.split(".")[0])} [data-part=more]`);
    for (let turn = 0; more && !more.hidden && !form.elements[name] && turn < 100; turn++) more.click();
  }
}

/** The titles of questions that must be answered and are not; `has` tells whether a file field holds something. */
export function missing(form, has) {
  return [...form.querySelectorAll("[aria-required]")]
    .filter((field) => !field.closest(".field").hidden && !(has(field.name) || (field.type === "checkbox" ? field.checked : field.value.trim())))
    .map((field) => ({ id: field.id, title: titleOf(form, field.name) }));
}

/** A field's title and what stands in it, as it is read. */
export function shown(form, answers) {
  return Object.entries(answers)
    .filter(([, values]) => values.some((value) => value.trim()))
    .map(([name, values]) => [titleOf(form, name) ?? name, values.map((value) => titleOf(form, name, value) ?? written(value)).join(", ")]);
}

/** Days and moments in words, everything else as it was typed. */
function written(value) {
  const [, on, at] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d)?$/.exec(value) ?? [];
  return on ? [day(on), at && clock(value)].filter(Boolean).join(" ") : value;
}

function titleOf(form, name, value) {
  const fields = [...(form?.querySelectorAll(`[name="${CSS.escape(name)}"]`) ?? [])];
  if (value === undefined) return fields[0]?.closest(".field")?.querySelector("label, legend")?.firstChild.textContent.trim();
  const chosen = fields.find((field) => ["radio", "checkbox"].includes(field.type) && field.value === value);
  return chosen && form.querySelector(`label[for="${chosen.id}"]`)?.textContent.trim();
}
