/** An outline: corners tapped on a map or taken from its crosshair, moved by hand, written down one a line. */
import { areaOf, readCorners, writePoint } from "./coordinates.js";
import { mark, offerMap, show } from "./map.js";
import { enter, figure, tell, unfold } from "./parts.js";

const FEWEST = 3;
const MOST = 199;

export function begin(place) {
  const field = place.querySelector("textarea");
  const parts = unfold(place);
  offerMap(parts, (L, map) => new Outline(L, map, field, parts));
}

/** The corners on one map. The field is the truth: each change is written there and read back from there. */
class Outline {
  constructor(L, map, field, parts) {
    Object.assign(this, { L, map, field, parts, pins: [], closed: readCorners(field.value).length >= FEWEST });
    this.shape = L.polygon([], { className: "map-outline", interactive: false }).addTo(map);
    // A closed outline takes no corner from a stray tap; the button is pressed on purpose.
    map.on("click", ({ latlng }) => this.closed || this.add(latlng));
    parts.middle.addEventListener("click", () => this.add(map.getCenter()));
    parts.undo.addEventListener("click", () => this.write(this.corners.slice(0, -1), false));
    parts.clear.addEventListener("click", () => this.write([], false));
    parts.close.addEventListener("click", () => this.write(this.corners, !this.closed));
    field.addEventListener("change", ({ isTrusted }) => {
      this.read();
      if (isTrusted) show(map, this.corners); // typed by a person, not tapped on the map
    });
    this.read();
    show(map, this.corners);
  }

  get corners() {
    return this.pins.map((pin) => pin.getLatLng());
  }

  add(point) {
    if (this.pins.length < MOST) this.write([...this.corners, point], false);
  }

  write(corners, closed) {
    this.closed = closed && corners.length >= FEWEST;
    enter(this.field, corners.map(writePoint).join("\n"));
  }

  read() {
    this.pins.forEach((pin) => pin.remove());
    this.pins = readCorners(this.field.value).map((point) => this.pin(point));
    this.closed &&= this.pins.length >= FEWEST;
    this.draw();
  }

  pin(point) {
    const pin = this.L.marker(point, { icon: mark(this.L, "map-corner"), draggable: true, keyboard: false }).addTo(this.map);
    pin.on("drag", () => this.draw());
    pin.on("dragend", () => this.write(this.corners, this.closed));
    return pin;
  }

  draw() {
    const { corners, closed, parts } = this;
    this.shape.setLatLngs(corners);
    this.shape.getElement()?.classList.toggle("is-open", !closed);
    const enough = corners.length >= FEWEST;
    tell(parts.said, closed ? "done" : enough ? "open" : "few", { corners: corners.length, area: enough ? figure(areaOf(corners)) : "" });
    tell(parts.close, closed ? "again" : "close");
  }
}
