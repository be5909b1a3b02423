/**
 * Hides questions that do not apply to what is answered on this page. What already holds an answer stays in sight, so
 * that nothing is ever posted unseen; what is posted is the same as without this.
 */
import { tell } from "./parts.js";

export function begin(said) {
  const asked = [...document.querySelectorAll("[data-when]")].filter(({ dataset }) => Object.keys(JSON.parse(dataset.when)).some(answersTo));
  const groups = [...document.querySelectorAll(".group")];
  const look = () => {
    const before = asked.filter((one) => !one.hidden);
    for (const one of asked) one.hidden = !applies(JSON.parse(one.dataset.when)) && !answered(one);
    if (groups.length > 1) for (const group of groups) group.hidden = [...group.querySelectorAll(":scope > .field")].every((one) => one.hidden);
    const come = asked.filter((one) => !one.hidden && !before.includes(one));
    if (come.length) tell(said, "shown", { titles: come.map(title).join(", ") });
    return come;
  };
  look();
  tell(said, "nothing");
  addEventListener("change", look);
  addEventListener("pageshow", look);
}

function answersTo(name) {
  return document.getElementsByName(name).length > 0;
}

/** All conditions must hold; one about a question of another page is the server's to judge. */
function applies(conditions) {
  return Object.entries(conditions).every(([name, wanted]) => !answersTo(name) || [wanted].flat().some((one) => answers(name).includes(String(one))));
}

function answers(name) {
  const given = [...document.getElementsByName(name)];
  const ticked = given.filter(({ type, checked }) => (type !== "radio" && type !== "checkbox") || checked).map(({ value }) => value);
  return given[0].type === "checkbox" && !ticked.length ? ["false"] : ticked;
}

function answered(place) {
  return [...place.querySelectorAll("input, select, textarea")].some(({ type, value, checked }) => (type === "radio" || type === "checkbox" ? checked : value));
}

function title(place) {
  return (place.querySelector("label, legend").firstChild.textContent ?? "").trim();
}
