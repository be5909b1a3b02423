/** Where this phone is, and how well it knows; every refusal becomes a word of the place that asked. */
import { figure, tell } from "./parts.js";

const PATIENCE_S = 15;
const ROUGH_M = 100;
const REFUSALS = { 1: "refused", 2: "nowhere", 3: "slow" };

/** Let a button fill in where the person stands. `take` gets a point, its accuracy in metres and when; `said` carries the words. */
export function offerLocation(button, said, take) {
  if (!("geolocation" in navigator) || !isSecureContext) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", () => {
    tell(said, "asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        take({ lat: coords.latitude, lng: coords.longitude }, Math.ceil(coords.accuracy), timestamp);
        tell(said, coords.accuracy > ROUGH_M ? "rough" : "found", { metres: figure(Math.ceil(coords.accuracy)) });
      },
      ({ code }) => tell(said, REFUSALS[code]),
      { enableHighAccuracy: true, timeout: PATIENCE_S * 1000, maximumAge: 0 },
    );
  });
}
