/** Pictures of a survey: what the fields hold is kept in the store, and put back into them as it was. */
import { all, put, remove } from "./store.js";

const same = (photo, file) => photo.name === file.name && photo.size === file.size && photo.modified === file.lastModified;

/** Keep `files`, what the field `name` holds now: new ones are added, those taken away go, the others stay. Whether it was anything new. */
export async function keepPictures(survey, name, files) {
  const before = (await all("foto", survey)).filter((photo) => photo.field === name);
  if (files.length === before.length && files.every((file) => before.some((photo) => same(photo, file)))) return false;
  for (const photo of before) if (!files.some((file) => same(photo, file))) await remove("foto", photo.id);
  for (const [order, file] of files.entries()) {
    const known = before.find((photo) => same(photo, file));
    const told = { name: file.name, size: file.size, modified: file.lastModified, blob: file };
    const made = { id: crypto.randomUUID(), survey, field: name, ...told };
    await put("foto", { ...(known ?? made), order });
  }
  return true;
}

/** Put kept pictures back into their fields; they were made small when they were chosen. */
export async function putBack(survey, form) {
  const photos = (await all("foto", survey)).sort((one, other) => one.order - other.order);
  for (const field of form.querySelectorAll("input[type=file][name]")) {
    const carrier = new DataTransfer();
    for (const { field: of, blob, name, modified } of photos) {
      if (of === field.name) carrier.items.add(new File([blob], name, { type: blob.type, lastModified: modified }));
    }
    if (!carrier.files.length) continue;
    field.files = carrier.files;
    field.dispatchEvent(new CustomEvent("change", { detail: "small" }));
  }
}
