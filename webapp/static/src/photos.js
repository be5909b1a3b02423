/** Pictures are made smaller before they are sent, gathered one after another, shown with their size, and taken back. */
import { figure, tell, unfold, words } from "./parts.js";
import { shrink } from "./shrink.js";

export function begin(place) {
  const field = place.querySelector("input[type=file]");
  const parts = unfold(place);
  const { said, list, camera } = parts;
  let chosen = [];
  let turn = Promise.resolve();
  let busy = false;

  const settle = () => {
    const carrier = new DataTransfer();
    for (const { file } of chosen) carrier.items.add(file);
    field.files = carrier.files;
    list.replaceChildren(...chosen.map((one) => line(one)));
    tell(said, chosen.length ? "ready" : "nothing", { count: chosen.length, size: size(chosen.reduce((sum, { file }) => sum + file.size, 0)) });
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const line = (one) => {
    const item = parts.item.content.cloneNode(true);
    const [picture, name, sizes, button] = ["picture", "name", "sizes", "remove"].map((part) => item.querySelector(`[data-in=${part}]`));
    if (one.url) picture.src = one.url;
    else picture.remove();
    name.textContent = one.file.name;
    tell(sizes, one.before > one.file.size ? "smaller" : "same", { before: size(one.before), size: size(one.file.size) });
    button.setAttribute("aria-label", words(button, "named", { name: one.file.name }));
    button.addEventListener("click", () => {
      URL.revokeObjectURL(one.url);
      chosen = chosen.filter((other) => other !== one);
      settle();
      field.focus();
    });
    return item;
  };
  const take = async (files, longest) => {
    const taken = [];
    for (const [index, file] of files.entries()) {
      tell(said, "working", { number: index + 1, count: files.length });
      const small = await shrink(file, longest);
      taken.push({ file: small, before: file.size, url: small.type.startsWith("image/") ? URL.createObjectURL(small) : "" });
    }
    // A chooser that was left without a choice empties the field; what was chosen before stays.
    if (taken.length) chosen = field.multiple ? [...chosen, ...taken] : taken;
    settle();
  };
  // Pictures that were made small on an earlier visit come back with `small`: drawn once more they would only get worse.
  const gather = ({ target, detail }) => {
    const files = [...target.files];
    busy = true;
    turn = turn.then(() => take(files, detail === "small" ? Infinity : Number(place.dataset.longest))).finally(() => (busy = false));
  };
  field.addEventListener("change", gather);
  if (field.files.length) gather({ target: field }); // chosen before this module had come
  camera.addEventListener("change", gather);
  parts.shoot.addEventListener("click", () => camera.click());
  parts.shoot.hidden = !matchMedia("(pointer: coarse)").matches;
  // While pictures are being drawn the field holds only the last ones chosen: sending waits for all of them.
  field.form?.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    turn.then(() => field.form.requestSubmit(event.submitter));
  });
  field.form?.addEventListener("reset", () => {
    chosen = [];
    settle();
  });
}

function size(bytes) {
  return bytes < 1e6 ? `${figure(Math.max(1, Math.round(bytes / 1000)))} kB` : `${figure(bytes / 1e6, 1)} MB`;
}
