/** What every module needs: the parts that the server put into a place's template, and its words with facts filled in. */

/** Bring the place's template to life; gives its parts by their `data-part`. */
export function unfold(place) {
  const template = place.querySelector(":scope > template");
  const parts = {};
  for (const part of template.content.querySelectorAll("[data-part]")) parts[part.dataset.part] ??= part;
  template.replaceWith(template.content);
  return parts;
}

/** Say the words that an element carries as `data-<what>`; `facts` fill their `%(name)s`. */
export function tell(element, what, facts = {}) {
  element.textContent = words(element, what, facts);
}

/** The words that an element carries as `data-<what>`. */
export function words(element, what, facts = {}) {
  return (element.dataset[what] ?? "").replace(/%\((\w+)\)s/g, (_, name) => facts[name]);
}

/** A number as the page's language writes it. */
export function figure(value, digits = 0) {
  return value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
}

/** Put a value into a field as if it had been typed. */
export function enter(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
