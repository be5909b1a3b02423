/**
 * Draws the black parts of a photo: a drag over the picture fills the next free row of four numbers, in percent, and the
 * picture is asked for anew, drawn by the server as it would be public. Without this the numbers are typed.
 */
export function begin(place) {
  const picture = place.querySelector("img");
  const rows = [...place.closest(".redact").querySelectorAll(".box-row")].map((row) => [...row.querySelectorAll("input")]);
  let from = null;
  const at = (event) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    return [((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100].map((one) => Math.min(100, Math.max(0, one)));
  };
  const draw = () => {
    const black = rows.map((row) => row.map(({ value }) => value)).filter((row) => row.every(Boolean));
    picture.src = `${place.dataset.photo}?${black.map((row) => `k=${row.join(",")}`).join("&")}`;
  };
  picture.draggable = false;
  picture.addEventListener("pointerdown", (event) => {
    from = at(event);
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointerup", (event) => {
    const free = rows.find((row) => !row[0].value) ?? rows.at(-1);
    const [start, end] = [from, at(event)];
    if (!start || Math.abs(start[0] - end[0]) < 1 || Math.abs(start[1] - end[1]) < 1) return;
    const box = [Math.min(start[0], end[0]), Math.min(start[1], end[1]), Math.abs(start[0] - end[0]), Math.abs(start[1] - end[1])];
    free.forEach((input, side) => (input.value = box[side].toFixed(1)));
    draw();
  });
  for (const row of rows) for (const input of row) input.addEventListener("change", draw);
}
