/** After signing out: untouched copies are removed from this phone, and it says what is still waiting to be sent. */
import { leave } from "./keep.js";
import { tell } from "./say.js";

const place = document.getElementById("tertinggal");

if ("caches" in window) {
  leave(place.dataset).then((count) => {
    place.hidden = !count;
    if (count) tell(place, "left", { count });
  }, console.warn);
}
