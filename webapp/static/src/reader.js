/**
 * Opens papers named anywhere on the desk in the frame beside the form. Without this such a link opens a new tab, and
 * says so; the list above the frame needs no script at all.
 */
export function begin(place) {
  const frame = place.querySelector("iframe");
  const beside = [...document.querySelectorAll("a.paper[target=_blank]")];
  for (const link of beside) {
    const to = new URL(link.href);
    to.searchParams.set("bingkai", "1");
    link.href = to;
    link.target = frame.name;
    link.querySelector(".new-tab")?.remove();
  }
  for (const link of [...beside, ...place.querySelectorAll("a")])
    link.addEventListener("click", () => {
      place.open = true;
      place.scrollIntoView({ block: "nearest" });
      frame.focus({ preventScroll: true });
    });
}
