/**
 * Adds comfort to a page of fields: every place marked `data-comfort` is handed to the module of that name.
 * The server's HTML works without any of this; where a module cannot be loaded it simply stays as it is.
 */
const places = [...document.querySelectorAll("[data-comfort]")];

/** When every place has begun: whoever puts something into fields by itself waits for that. */
export const ready = Promise.all(places.map((place) => import(`./${place.dataset.comfort}.js`).then((room) => room.begin(place)).catch(console.warn)));
