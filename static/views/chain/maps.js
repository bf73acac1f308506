/** The maps of a chain made small: asked once a scene, drawn a byte a cell. */
import { scaleOf } from "../../drawing/scale.js";
import { bytesOf } from "../../wire/arrays.js";
import { addressOf, answered, posted } from "../../wire/client.js";

/** The byte of what is no number, and the last of those that are. */
const NO_NUMBER = 255;
const LAST_BYTE = 254;

/** Scenes whose maps are remembered. */
const MOST_SCENES = 4;

/** One for the page: scripts that come late bring this module along once more. @type {any} */
const wholePage = globalThis;
wholePage.kernelWalkMaps ??= new Map();
/** @type {Map<string, Promise<SmallMap[]>>} */
const DRAWN_SCENES = wholePage.kernelWalkMaps;

/**
 * Views that show the same scene ask once.
 * @param {string} server  @param {string} line  @returns {Promise<SmallMap[]>}
 */
export function askMaps(server, line) {
  const key = `${server} ${line}`;
  const maps = DRAWN_SCENES.get(key) ?? fetchMaps(server, line);
  DRAWN_SCENES.delete(key);
  DRAWN_SCENES.set(key, maps);
  maps.catch(() => DRAWN_SCENES.delete(key));
  for (const oldest of DRAWN_SCENES.keys()) if (DRAWN_SCENES.size > MOST_SCENES) DRAWN_SCENES.delete(oldest);
  return maps;
}

/** @param {string} server  @param {string} scene */
async function fetchMaps(server, scene) {
  return (await (await answered(addressOf(server, "api/maps"), posted({ scene }))).json()).maps;
}

/** Whether a map is one picture in colours: what a camera made. @param {SmallMap} told  @param {number} place */
export const inColours = ({ shape, low, high }, place) => place === 0 && shape[0] === 3 && low === 0 && high === 255;

/**
 * The pixels of each channel, opaque; of a coloured picture one plane.
 * @param {SmallMap} told  @param {boolean} dark  @param {boolean} coloured  @returns {Uint32Array[]}
 */
export function planesOf({ shown, low, high, cells }, dark, coloured) {
  const bytes = bytesOf(cells ?? "");
  const [channels, rows, columns] = shown;
  const size = rows * columns;
  const plane = (/** @type {number} */ channel) => bytes.subarray(channel * size, (channel + 1) * size);
  if (coloured) return [mixed(plane(0), plane(1), plane(2))];
  const scale = scaleOf([low, high], "map", dark);
  const pixels = Uint32Array.from({ length: NO_NUMBER + 1 }, (_, byte) =>
    byte === NO_NUMBER ? 0 : scale.pixel(low + (byte / LAST_BYTE) * (high - low)),
  );
  return Array.from({ length: channels }, (_, channel) => Uint32Array.from(plane(channel), (byte) => pixels[byte]));
}

/** @param {Uint8Array} reds  @param {Uint8Array} greens  @param {Uint8Array} blues */
function mixed(reds, greens, blues) {
  const full = (/** @type {number} */ byte) => Math.round((byte / LAST_BYTE) * 255);
  return Uint32Array.from(
    reds,
    (red, cell) => (255 << 24) | (full(blues[cell]) << 16) | (full(greens[cell]) << 8) | full(red),
  );
}
