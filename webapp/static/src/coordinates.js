/** Points and outlines as people write them: latitude first, one corner a line. Latitude and longitude in degrees. */

const PAIR = /^\s*([+-]?\d{1,3}(?:[.,]\d+)?)(?:\s*[,;]\s*|\s+)([+-]?\d{1,3}(?:[.,]\d+)?)\s*$/;
const NORTH_M = 110574;
const EAST_M = 111320;

/** `-6.98321, 110.40912` as `[lat, lng]`; null when it is no point. */
export function readPoint(text) {
  const found = PAIR.exec(text);
  if (!found) return null;
  const [lat, lng] = found.slice(1).map((one) => Number(one.replace(",", ".")));
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? [lat, lng] : null;
}

/** Six decimals: about a decimetre, more than any phone knows. */
export function writePoint({ lat, lng }) {
  return `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
}

/** The corners of an outline, from lines or from GeoJSON, without the repeated last one; empty when it is none. */
export function readCorners(text) {
  const corners = text.trim().startsWith("{") ? fromGeoJson(text) : text.split("\n").filter((line) => line.trim()).map(readPoint);
  if (corners.includes(null)) return [];
  const [first, last] = [corners[0], corners[corners.length - 1]];
  return corners.length > 1 && first[0] === last[0] && first[1] === last[1] ? corners.slice(0, -1) : corners;
}

/** Square metres inside the corners, good to about a thousandth over a parcel. */
export function areaOf(corners) {
  const middle = corners.reduce((sum, one) => sum + one.lat, 0) / corners.length;
  const east = EAST_M * Math.cos((middle * Math.PI) / 180);
  const metres = corners.map(({ lat, lng }) => [(lng - corners[0].lng) * east, (lat - corners[0].lat) * NORTH_M]);
  const twice = metres.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = metres[(index + 1) % metres.length];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

function fromGeoJson(text) {
  try {
    const found = JSON.parse(text);
    const shape = found.features?.[0]?.geometry ?? found.geometry ?? found;
    return shape.coordinates[0].map(([lng, lat]) => [lat, lng]);
  } catch {
    return [];
  }
}
