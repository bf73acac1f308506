/** Layers whose weights have a name, and what the server keeps of how these were learnt. */
import { addressOf, answered } from "../../wire/client.js";

/** Of a digit: channels, rows, columns. */
const DIGIT_SHAPE = "1,28,28";

const WEIGHTS_NAME = /^([a-z][a-z0-9-]*)\.([a-z0-9]+)$/;

/** The network and the layer in the name of a layer's weights. @param {Layer | undefined} layer
 * @returns {{ network: string, layer: string } | null} */
export function trainedLayer(layer) {
  const [, network, name] = WEIGHTS_NAME.exec(String(layer?.arguments?.weight ?? "")) ?? [];
  return network ? { network, layer: name } : null;
}

/** The network of the first layer that has a name, or none. @param {Opening} opening */
export function networkOf({ layers }) {
  return layers.map(trainedLayer).find((named) => named !== null)?.network ?? "";
}

/** Whether the walked layer has kernels of rows and columns, with a name. @param {Opening} opening */
export function walksKernels({ layers, layer, start }) {
  const weight = /** @type {any} */ (start).weight;
  return trainedLayer(layers[layer]) !== null && Array.isArray(weight?.[0]?.[0]?.[0]);
}

/** Whether the scene ends with a layer whose weights have a name, or with one behind that. @param {Opening} opening */
export const endsTrained = ({ layers }) => layers.slice(-2).some((layer) => trainedLayer(layer) !== null);

/** @param {string} server  @param {Record<string, string | number>} words  @param {AbortSignal} signal
 * @returns {Promise<Descent>} */
export async function askDescent(server, words, signal) {
  return (await answered(addressOf(server, "api/descent", words), { signal })).json();
}

/** @param {string} server  @param {string} network  @param {AbortSignal} signal  @returns {Promise<Learning>} */
export async function askLearning(server, network, signal) {
  return (await answered(addressOf(server, "api/learning", { network }), { signal })).json();
}

/** @param {string} server  @param {{ network: string, layer: string }} named  @param {number} unit
 * @param {AbortSignal} signal  @returns {Promise<Exciting>} */
export async function askExciting(server, named, unit, signal) {
  return (await answered(addressOf(server, "api/exciting", { ...named, unit }), { signal })).json();
}

/** Whether the scene begins with one gray digit as the networks take it. @param {Opening} opening */
export const startsOnDigit = ({ layers }) => String(layers[0]?.input_shape) === DIGIT_SHAPE;

/** @param {string} server  @param {string} scene  @param {AbortSignal} signal  @returns {Promise<Shifted>} */
export async function askMoved(server, scene, signal) {
  return (await answered(addressOf(server, "api/moved", { scene }), { signal })).json();
}
