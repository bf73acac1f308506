/** What im2col does to shapes, in the letters of the lectures and with this layer's numbers. */
import { make } from "../../page/elements.js";

/** @param {Opening} opening  @param {boolean} upright  windows are columns  @returns {Node[]} */
export function shapesOf(opening, upright) {
  const { output_shape: output } = opening.start;
  const { rows, columns, kernels } = /** @type {Relations} */ (opening.relations);
  const [, high, wide] = output;
  if (!kernels)
    return lines([
      "(N·OH·OW·C, PH·PW) → (N·OH·OW·C) → (N, OH, OW, C)",
      `(${rows}, ${columns}) → (${rows}) → (${high}, ${wide})`,
    ]);
  if (upright)
    return lines([
      "(FN, C·FH·FW) × (C·FH·FW, OH·OW) = (FN, OH·OW) → (FN, OH, OW)",
      `(${kernels}, ${columns}) × (${columns}, ${rows}) = (${kernels}, ${rows}) → (${kernels}, ${high}, ${wide})`,
    ]);
  return lines([
    "(N·OH·OW, C·FH·FW) × (C·FH·FW, FN) = (N·OH·OW, FN) → (N, OH, OW, FN) → transpose (0, 3, 1, 2)",
    `(${rows}, ${columns}) × (${columns}, ${kernels}) = (${rows}, ${kernels}) → (1, ${high}, ${wide}, ${kernels})` +
      ` → (1, ${kernels}, ${high}, ${wide})`,
  ]);
}

/** @param {string[]} texts */
const lines = (texts) => texts.map((text) => make("code", {}, text));
