/**
 * The signed line in a QR code, read as `engine/stamps.py` writes it. Knows no page and no network.
 * A text that is no stamp throws `Refused` with the code of the words that the page has for it.
 */

const FORMAT = "1";
const LONGEST = 600;
const FIELDS = ["key", "number", "version", "kind", "holder", "about", "issued", "until", "seal", "signature"];
const SHAPES = [
  /^[A-Z2-7]{8}$/,
  /^[0-9A-Z._-]{1,40}$/,
  /^[1-9][0-9]{0,3}$/,
  /^[0-9A-Z_-]{1,20}$/,
  /^[0-9A-Z.]{0,20}$/,
  /^[0-9A-Z$*+\-./_]{0,72}$/,
  /^[0-9]{8}$/,
  /^(?:[0-9]{8}|-)$/,
  /^[A-Z2-7]{16}$/,
  /^[A-Z2-7]{103}$/,
];
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export class Refused extends Error {}

/** The stamp in a text: its fields, its `line`, the `body` that is signed and the `signed` bytes. Throws Refused. */
export function readStamp(text) {
  const line = lineIn(text);
  const [, ...parts] = line.split(":");
  if (parts.length !== SHAPES.length || !SHAPES.every((shape, n) => shape.test(parts[n]))) throw new Refused("shape");
  const stamp = Object.fromEntries(FIELDS.map((name, n) => [name, parts[n]]));
  if (!isDay(stamp.issued) || (stamp.until !== "-" && !isDay(stamp.until))) throw new Refused("shape");
  return { ...stamp, line, body: line.slice(0, line.lastIndexOf(":")), signed: bytesOf(stamp.signature) };
}

/** Whether this browser can check the signatures of our keys at all. */
export async function canVerify() {
  try {
    await imported(new Uint8Array(32));
    return true;
  } catch {
    return false;
  }
}

/** Whether the key, as `kunci.json` publishes it, signed this stamp. */
export async function isSigned(stamp, key) {
  const raw = Uint8Array.from(atob(key.public.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  return crypto.subtle.verify("Ed25519", await imported(raw), stamp.signed, new TextEncoder().encode(stamp.body));
}

/** `20261125` as a day of the calendar, at noon, so that no time zone moves it. */
export function dayOf(digits) {
  return new Date(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T12:00:00`);
}

function imported(raw) {
  return crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
}

function lineIn(text) {
  if (text.length > 2 * LONGEST) throw new Refused("too_long");
  const line = text.slice(text.lastIndexOf("#") + 1).replace(/\s+/g, "").toUpperCase();
  if (line.length > LONGEST) throw new Refused("too_long");
  if (!/^[0-9A-Z$*+\-./:_]+$/.test(line)) throw new Refused("alphabet");
  const first = line.split(":", 1)[0];
  if (line.includes(":") && /^[0-9]+$/.test(first) && first !== FORMAT) throw new Refused("future");
  if (first !== FORMAT) throw new Refused("shape");
  return line;
}

function isDay(digits) {
  const day = dayOf(digits);
  return !Number.isNaN(day.getTime()) && day.getDate() === Number(digits.slice(6));
}

/** The 64 bytes of a signature. The bits that base32 leaves over must be none, or two texts would mean one signature. */
function bytesOf(base32) {
  const bytes = [];
  let held = 0;
  let bits = 0;
  for (const letter of base32) {
    held = ((held << 5) | LETTERS.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 0xff);
  }
  if (held & ((1 << bits) - 1)) throw new Refused("shape");
  return new Uint8Array(bytes);
}
