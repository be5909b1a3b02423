/**
 * Adds comfort to a page of fields: every place marked `data-comfort` is handed to the module of that name.
 * The server's HTML works without any of this; where a module cannot be loaded it simply stays as it is.
 */
for (const place of document.querySelectorAll("[data-comfort]")) {
  import(`./${place.dataset.comfort}.js`).then((room) => room.begin(place)).catch(console.warn);
}
