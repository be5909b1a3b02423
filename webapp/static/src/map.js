/**
 * A map in a place: Leaflet, loaded when somebody first asks for a map. Tiles are an addition; below them lies a grid
 * with its coordinates, so that a point can be chosen and checked when no tile ever comes.
 */
import { tell, words } from "./parts.js";

const page = document.getElementById("comfort").dataset;
const CLOSE = 17;
const MOST_ZOOM = 19;
let loaded;

/**
 * Let the button `parts.open` show and hide the map in `parts.sheet`. The first time a map is made and `start` is
 * called with Leaflet and the map.
 */
export function offerMap(parts, start) {
  const { open, sheet, notice } = parts;
  let map;
  open.addEventListener("click", async () => {
    const opens = sheet.hidden;
    sheet.hidden = !opens;
    open.setAttribute("aria-expanded", String(opens));
    if (!opens || map) return;
    tell(notice, "loading");
    try {
      const L = await leaflet();
      tell(notice, page.tiles ? "nothing" : "bare");
      map = draw(L, parts);
      start(L, map);
    } catch (problem) {
      console.warn(problem);
      tell(notice, "failed");
    }
  });
}

/** Show `points` closely; where there are none the map stays at the city's centre. */
export function show(map, points) {
  if (points.length > 1) map.fitBounds(points, { padding: [40, 40], maxZoom: CLOSE + 1 });
  else if (points.length) map.setView(points[0], Math.max(map.getZoom(), CLOSE));
}

/** A mark of the map that is drawn by its class in map.css, with a target for a thumb. */
export function mark(L, className) {
  return L.divIcon({ className, iconSize: [44, 44], iconAnchor: [22, 22] });
}

function draw(L, { frame, notice }) {
  const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(frame, { maxZoom: MOST_ZOOM, zoomControl: false, fadeAnimation: moves, zoomAnimation: moves, inertia: moves });
  map.setView(page.centre.split(",").map(Number), Number(page.zoom));
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: words(frame, "nearer"), zoomOutTitle: words(frame, "farther") }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  grid(L).addTo(map);
  if (page.tiles) tiles(L, notice).addTo(map);
  const middle = document.createElement("div");
  middle.className = "map-middle";
  frame.append(middle);
  return map;
}

/** Cells that move with the map, each named by the coordinates of its north-western corner. */
function grid(L) {
  const cells = new L.GridLayer({ maxZoom: MOST_ZOOM, tileSize: 128 });
  cells.createTile = function (at) {
    const cell = document.createElement("div");
    const { lat, lng } = this._map.unproject(at.scaleBy(this.getTileSize()), at.z);
    cell.className = "map-cell";
    cell.textContent = `${lat.toFixed(4)}\n${lng.toFixed(4)}`;
    return cell;
  };
  cells.on("add", () => cells.getContainer().setAttribute("aria-hidden", "true"));
  return cells;
}

function tiles(L, notice) {
  let came = false;
  return L.tileLayer(page.tiles, { attribution: credit(page.credit), maxZoom: MOST_ZOOM, referrerPolicy: "origin" })
    .on("tileload", () => {
      came = true;
      tell(notice, "nothing");
    })
    .on("tileerror", () => came || tell(notice, "dead"));
}

/** The attribution as safe HTML, an address in it as a link. */
function credit(text) {
  const line = document.createElement("span");
  for (const part of text.split(/(https:\/\/\S+)/)) {
    const piece = document.createElement(part.startsWith("https://") ? "a" : "span");
    if (piece.href !== undefined) piece.href = part;
    piece.textContent = part.replace(/^https:\/\/(www\.)?/, "");
    line.append(piece);
  }
  return line.outerHTML;
}

function leaflet() {
  loaded ??= Promise.all([sheetOf(new URL("leaflet.css", new URL(page.leaflet, location))), sheetOf(new URL("map.css", import.meta.url)), import(page.leaflet)])
    .then(() => window.L)
    .catch((problem) => {
      loaded = undefined;
      throw problem;
    });
  return loaded;
}

function sheetOf(address) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: resolve, onerror: reject });
    document.head.append(link);
  });
}
