/**
 * A long list of kelurahan as two short ones: first the kecamatan, then its kelurahan. The server's own list stays in
 * the form, unseen, and is what is posted; so going back, restoring and resetting a page work as they do without this.
 */
import { unfold, words } from "./parts.js";

export function begin(place) {
  const posted = place.querySelector("select");
  const { first, district, ward } = unfold(place);
  const groups = [...posted.querySelectorAll("optgroup")];
  const blank = posted.options[0].text;
  place.closest(".field").prepend(first);
  district.append(...groups.map(({ label }) => new Option(label, label)));
  takeOver(posted, ward);

  const list = () => {
    const inside = groups.find(({ label }) => label === district.value)?.children ?? [];
    ward.replaceChildren(new Option(inside.length ? blank : words(ward, "wait"), ""), ...[...inside].map(({ text, value }) => new Option(text, value)));
  };
  const follow = () => {
    district.value = posted.selectedOptions[0]?.parentElement.label ?? "";
    list();
    ward.value = posted.value;
  };
  district.addEventListener("change", () => {
    list();
    choose(posted, "");
  });
  ward.addEventListener("change", () => choose(posted, ward.value));
  posted.form?.addEventListener("reset", () => setTimeout(follow));
  addEventListener("pageshow", follow);
  follow();
}

/** Let the visible list stand where links, labels and notes expect the field. */
function takeOver(posted, ward) {
  for (const name of ["id", "aria-describedby", "aria-required", "aria-invalid"]) {
    if (posted.hasAttribute(name)) ward.setAttribute(name, posted.getAttribute(name));
  }
  posted.removeAttribute("id");
  posted.hidden = true;
}

function choose(posted, value) {
  posted.value = value;
  posted.dispatchEvent(new Event("change", { bubbles: true }));
}
