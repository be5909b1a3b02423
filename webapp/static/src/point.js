/** A point: tapped on a map, moved by its pin, taken from the crosshair, from where the phone is, or typed. */
import { readPoint, writePoint } from "./coordinates.js";
import { offerLocation } from "./locate.js";
import { mark, offerMap, show } from "./map.js";
import { enter, tell, unfold } from "./parts.js";

export function begin(place) {
  const field = place.querySelector("input");
  const parts = unfold(place);
  const choose = (point, metres, at) => {
    enter(field, writePoint(point));
    measured(place, metres, at);
    tell(parts.said, "chosen", { point: field.value });
  };
  let look = () => {};
  offerLocation(parts.here, parts.said, (...found) => {
    choose(...found);
    look();
  });
  field.addEventListener("change", ({ isTrusted }) => isTrusted && measured(place));
  offerMap(parts, (L, map) => {
    const pin = L.marker(map.getCenter(), { icon: mark(L, "map-pin"), draggable: true, keyboard: false });
    const follow = () => {
      const point = readPoint(field.value);
      return point ? pin.setLatLng(point).addTo(map) : pin.remove();
    };
    look = () => readPoint(field.value) && show(map, [pin.getLatLng()]);
    pin.on("dragend", () => choose(pin.getLatLng()));
    map.on("click", ({ latlng }) => choose(latlng));
    parts.middle.addEventListener("click", () => choose(map.getCenter()));
    field.addEventListener("change", ({ isTrusted }) => {
      follow();
      if (isTrusted) look(); // typed by a person, not tapped on the map
    });
    follow();
    look();
  });
}

/** Fill in how well and when a phone measured the point, where the form asks; empty for a point that was only chosen. */
function measured({ dataset }, metres = "", at = undefined) {
  const zone = document.getElementById("comfort").dataset.zone;
  // Swedes write dates as forms do.
  const when = at ? new Date(at).toLocaleString("sv-SE", { timeZone: zone }).slice(0, 16).replace(" ", "T") : "";
  for (const [name, value] of [[dataset.accuracy, metres], [dataset.at, when]]) {
    const field = name && document.getElementsByName(name)[0];
    if (field) enter(field, value);
  }
}
