/** A point: tapped on a map, moved by its pin, taken from the crosshair, from where the phone is, or typed. */
import { readPoint, writePoint } from "./coordinates.js";
import { offerLocation } from "./locate.js";
import { mark, offerMap, show } from "./map.js";
import { enter, tell, unfold } from "./parts.js";

export function begin(place) {
  const field = place.querySelector("input");
  const parts = unfold(place);
  const choose = (point) => {
    enter(field, writePoint(point));
    tell(parts.said, "chosen", { point: field.value });
  };
  let look = () => {};
  offerLocation(parts.here, parts.said, (point) => {
    choose(point);
    look();
  });
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
