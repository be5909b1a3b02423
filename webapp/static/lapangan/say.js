/** Words, sizes and moments as the page's language says them. Every word comes from the server, as `data-<what>`. */

const lang = document.documentElement.lang;

/** Say the words that `from` (else the element itself) carries as `data-<what>`; `facts` fill their `%(name)s`. */
export function tell(element, what, facts = {}, from = element) {
  element.textContent = (from.dataset[what] ?? "").replace(/%\((\w+)\)s/g, (_, name) => facts[name]);
}

/** The parts of a place by the name that they carry in `data-<word>`. */
export function parts(place, word = "part") {
  return Object.fromEntries([...place.querySelectorAll(`[data-${word}]`)].map((one) => [one.dataset[word], one]));
}

export function size(bytes) {
  const kilo = Math.max(1, Math.round(bytes / 1000));
  return kilo < 1000 ? `${kilo} kB` : `${(kilo / 1000).toLocaleString(lang, { maximumFractionDigits: 1 })} MB`;
}

/** A day, in words. */
export function day(at) {
  return new Date(at).toLocaleDateString(lang, { weekday: "long", day: "numeric", month: "short", year: "numeric" });
}

export function clock(at) {
  return new Date(at).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
}

/** Let a button ask once more before it acts: `sure` comes up in its place. */
export function twice(button, sure, act) {
  button.addEventListener("click", () => {
    button.hidden = true;
    sure.hidden = false;
    sure.focus();
  });
  sure.addEventListener("click", act);
}
