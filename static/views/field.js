/** What a cell sees of the maps below its layer: asked once a layer, looked up for each step. */
import { addressOf, answered, posted } from "../wire/client.js";

/** @typedef {{ top: number, bottom: number, left: number, right: number }} SeenBox  from 0, ends included */

/** @param {string} server  @param {Opening} opening  @param {AbortSignal} signal  @returns {Promise<any[]>} */
export async function askFields(server, { line, layer }, signal) {
  const answer = await answered(addressOf(server, "api/fields"), { ...posted({ scene: line, layer }), signal });
  return (await answer.json()).fields;
}

/** @param {any} field  @param {readonly number[]} at  @returns {SeenBox} */
export function boxOf({ rows, cols }, at) {
  return {
    top: lineOf(rows, "first", at),
    bottom: lineOf(rows, "last", at),
    left: lineOf(cols, "first", at),
    right: lineOf(cols, "last", at),
  };
}

/** An axis of length one says the same of all its places. @param {any} lines  @param {"first" | "last"} end
 * @param {readonly number[]} at */
function lineOf(lines, end, at) {
  const place = lines.shape.reduce(
    (/** @type {number} */ before, /** @type {number} */ size, /** @type {number} */ axis) =>
      before * size + Math.min(at[axis], size - 1),
    0,
  );
  return lines[end][place];
}
