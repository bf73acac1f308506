/** The opening, and the arrays that belong to it: all that a first picture needs. */

import { countOf } from "../words/cells.js";
import { fetchArray, valuesOf } from "./arrays.js";
import { addressOf, answered, posted } from "./client.js";

/**
 * A line that an address holds is asked for by it, which browsers and proxies remember; what is longer, or JSON, is
 *   posted.
 * @param {string} server  @param {any} scene  a line or a JSON scene
 * @param {number | null} layer  @param {number} step  @param {string} lang  @param {AbortSignal} signal
 * @returns {Promise<Opening>}
 */
export async function fetchOpening(server, scene, layer, step, lang, signal) {
  const headers = { "accept-language": lang };
  const place = layer === null ? { step } : { layer, step };
  const words = /** @type {any} */ ({ scene, ...place });
  const brief = scene?.length < 1500;
  const address = addressOf(server, "api/opening", brief ? words : {});
  const init = brief ? { headers } : posted(words, headers);
  return (await answered(address, { ...init, signal })).json();
}

/**
 * The layer's input and output. A large output need not be here when the first picture is drawn: `whole` asks for it,
 *   and until it has come the output holds what the opening's own steps say.
 * @param {string} server  @param {Opening} opening  @param {AbortSignal} signal  @returns {Promise<Arrays>}
 */
export async function arraysOf(server, opening, signal) {
  const soFar = (/** @type {number} */ steps) => fetchArray(server, "feature-map", opening, signal, { steps });
  const fetchOutput = () => fetchArray(server, "feature-map", opening, signal);
  const input = valuesOf(opening.input) ?? fetchArray(server, "input", opening, signal);
  const output = valuesOf(opening.output) ?? (beginsEmpty(opening) ? null : fetchOutput());
  if (output) return { input: await input, output: await output, whole: null, soFar };
  const known = outputOf(opening);
  return { input: await input, output: known, whole: once(async () => known.set(await fetchOutput())), soFar };
}

/** Asked for once, unless it fails. @param {() => Promise<void>} ask  @returns {() => Promise<void>} */
function once(ask) {
  /** @type {Promise<void> | null} */
  let asked = null;
  return () => {
    asked ??= ask().catch((error) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}

/** Whether the first picture shows no output but that of its own step. @param {Opening} opening */
function beginsEmpty({ step, start: { output_shape: made, walked_shape: walked = made, kind } }) {
  return step === 0 && kind !== "scatter" && walked.every((side, axis) => side === made[axis]);
}

/** As much of the output as the opening's steps say. @param {Opening} opening */
function outputOf({ output, steps }) {
  const values = new Float64Array(countOf(output.shape)).fill(NaN);
  for (const { index, output: value } of steps) if (typeof value === "number") values[index] = value;
  return values;
}
