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

/**
 * The titles of questions that must be answered and are not: those that always must, and those that what is decided asks
 * for (`data-needed`, by the answer to `data-deciding`). `has` tells whether a file field holds something.
 */
export function missing(form, has) {
  const decided = new FormData(form).get(form.dataset.deciding) ?? "";
  const always = [...form.querySelectorAll("[aria-required]")].map(({ name }) => name);
  return [...new Set([...always, ...(JSON.parse(form.dataset.needed ?? "{}")[decided] ?? [])])]
    .map((name) => ({ name, fields: fieldsOf(form, name) }))
    .filter(({ name, fields }) => fields.length && !fields[0].closest(".field").hidden && !has(name) && !fields.some(holds))
    .sort((one, other) => (one.fields[0].compareDocumentPosition(other.fields[0]) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
    .map(({ name, fields: [{ id, name: first }] }) => ({ id, title: titleOf(form, name) ?? titleOf(form, first) }));
}

/** The fields of a question: its own, or those of its rows and parts. */
function fieldsOf(form, name) {
  return [...form.elements].filter((field) => field.name === name || field.name?.startsWith(`${name}.`));
}

function holds(field) {
  return ["checkbox", "radio"].includes(field.type) ? field.checked : Boolean(field.value.trim());
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
