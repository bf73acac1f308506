/** What snippets of NumPy and of PyTorch share. Knows no DOM. */

/** @typedef {{ matrix?: unknown, address: string, answer: string }} Sources  where input and output are, as .npy */
/** @typedef {{ layer: Layer, start: StartLine, sources: Sources }} Told */
/** @typedef {{ needs: string[], lines: string[] }} Snippet */

/** @param {...string} written  @returns {Snippet} */
export const lines = (...written) => ({ needs: [], lines: written });

/** @param {StartLine} start */
export const hasPadding = (start) => (start.padding ?? []).flat().some(Boolean);

/** @param {Told} all */
export const padValue = ({ layer }) => String(layer.arguments.value ?? 0);

/** @param {StartLine} start */
export const divisorOf = (start) => (start.divisor !== undefined && start.divisor !== 1 ? ` / ${start.divisor}` : "");

/**
 * The weight (F, C / groups, kH, kW); channels that share one kernel name it once. @param {StartLine} start
 * @param {string} array
 */
export function weights(start, array) {
  const weight = /** @type {number[][][][]} */ (start.weight);
  const shared = weight.length > 1 && weight.every((kernel) => JSON.stringify(kernel) === JSON.stringify(weight[0]));
  const written = shared ? `${array}(${nested([weight[0]])})` : `${array}(${nested(weight)})`;
  const spread = array.startsWith("np")
    ? `np.repeat(${written}, ${weight.length}, axis=0)`
    : `${written}.expand(${weight.length}, -1, -1, -1)`;
  const bias = start.bias ? [`b = ${array}(${nested(start.bias)})`] : [];
  return [`w = ${shared ? spread : written}`, ...bias];
}

/** @param {StartLine} start  @param {string} array */
export function gradientWeights(start, array) {
  const [x, y] = /** @type {any[]} */ (start.weight);
  return [`wx = ${array}(${nested(x)})`, `wy = ${array}(${nested(y)})`];
}

/** @param {unknown} value */
export const pair = (value) => (Array.isArray(value) ? `(${value.join(", ")})` : String(value));

/** @param {unknown} value  @returns {string} */
export const nested = (value) => (Array.isArray(value) ? `[${value.map(nested).join(", ")}]` : String(value));
