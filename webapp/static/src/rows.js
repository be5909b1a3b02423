/** A repeated group grows when it is asked to, instead of showing spare rows. */
import { unfold } from "./parts.js";

export function begin(place) {
  const most = Number(place.dataset.most);
  const { more } = unfold(place);
  const rows = () => [...place.querySelectorAll(":scope > .row")];
  const spare = rows().filter((row) => !filled(row));
  if (spare.length === rows().length) spare.shift();
  for (const row of spare) row.hidden = true;

  const settle = () => (more.hidden = rows().every((row) => !row.hidden) && rows().length >= most);
  more.addEventListener("click", () => {
    const row = rows().find((one) => one.hidden) ?? another(rows());
    row.hidden = false;
    row.querySelector("input, select, textarea")?.focus();
    settle();
  });
  settle();
}

/** A copy of the last row with the next number in every name, id and title, and nothing in it. */
function another(rows) {
  const [last, count] = [rows[rows.length - 1], rows.length];
  const row = last.cloneNode(true);
  const [dotted, dashed] = [new RegExp(`\\.${count - 1}\\.`), new RegExp(`-${count - 1}-`, "g")];
  for (const one of row.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (name === "name") one.setAttribute(name, value.replace(dotted, `.${count}.`));
      if (["id", "for", "aria-describedby"].includes(name)) one.setAttribute(name, value.replace(dashed, `-${count}-`));
    }
    if (one.matches("input:not([type=radio], [type=checkbox]), textarea, select")) one.value = "";
    if (one.matches(":checked")) one.checked = false;
  }
  const legend = row.querySelector("legend");
  legend.textContent = legend.textContent.replace(/\d+$/, count + 1);
  last.after(row);
  return row;
}

function filled(row) {
  return Boolean(row.querySelector(".problem, :checked:not(option)")) || [...row.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea, select")].some(({ value }) => value);
}
