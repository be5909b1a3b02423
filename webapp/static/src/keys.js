/**
 * Single keys on a page of work. What a key does stands in the page: everything marked `data-key` is pressed by that key,
 * a field is gone to, and a form gives its first field. `j` and `k` go from row to row; in a row, its own marks come first.
 * While somebody writes, or holds another key down, none of them does anything.
 */
import { unfold } from "./parts.js";

const ROWS = "[data-row]";
const FIELDS = "input:not([type=hidden], [disabled]), textarea:not([disabled]), select:not([disabled])";
const TOGETHER_MS = 1500;

export function begin(place) {
  const { list, close } = unfold(place);
  close.addEventListener("click", () => list.close());
  let first = { key: "", at: 0 };
  addEventListener("keydown", (pressed) => {
    if (pressed.defaultPrevented || pressed.ctrlKey || pressed.altKey || pressed.metaKey || list.open || writes(pressed.target)) return;
    const both = pressed.timeStamp - first.at < TOGETHER_MS ? `${first.key} ${pressed.key}` : "";
    first = { key: pressed.key, at: pressed.timeStamp };
    if (does(both) || does(pressed.key)) pressed.preventDefault();
  });

  function does(key) {
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    const found = key && marked(key);
    if (found === place.querySelector('[data-key="?"]')) list.showModal();
    else if (found) press(found);
    return Boolean(found);
  }
}

/** Whether these keys are somebody's words. A tick of the list is no place to write in. */
function writes(target) {
  return target.matches?.("textarea, select, [contenteditable], input") && !target.matches('[data-key="x"]');
}

/** What a key presses: of the row that is stood on, else outside of every row. */
function marked(key) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const row = document.activeElement.closest(ROWS);
  return (row && all.find((one) => row.contains(one))) ?? all.find((one) => !one.closest(ROWS));
}

function press(found) {
  const field = found.matches("form, fieldset") ? found.querySelector(FIELDS) : found;
  if (field?.matches("input:not([type=checkbox]), textarea, select") || field !== found) field?.focus();
  else field.click();
}

/** Go to the row after or before the one that is stood on: to its link, so that Enter opens it and its name is read. */
function step(by) {
  const rows = [...document.querySelectorAll(ROWS)];
  const here = rows.indexOf(document.activeElement.closest(ROWS));
  const to = rows[here < 0 ? 0 : here + by];
  to?.querySelector('[data-key="o"]').focus();
  return Boolean(to);
}
