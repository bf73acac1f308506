/** The cells that a picture of connections shows: all of a small layer, of a large one those around a cell. */

/** @typedef {import("./links.js").Links} Links */
/**
 * @typedef {object} Near
 * @property {string} key  the same for the same cells
 * @property {boolean} whole  nothing is left out
 * @property {number[]} outputs  steps, in order
 * @property {number[]} inputs  places, in order
 */

/** More nodes than these cannot be told apart. */
const MOST_INPUTS = 49;
const MOST_OUTPUTS = 16;

/** @param {Links} links  @param {readonly number[]} at  the walked cell  @returns {Near} */
export function nearCells(links, at) {
  const [inputs, outputs] = [links.input, links.output].map(([channels, height, width]) => channels * height * width);
  if (inputs <= MOST_INPUTS && outputs <= MOST_OUTPUTS)
    return { key: "all", whole: true, outputs: countTo(outputs), inputs: countTo(inputs) };
  for (const side of [3, 2, 1]) {
    const block = blockAround(links, at, side);
    const seen = [...new Set(block.flatMap((cell) => links.of(cell).map(({ place }) => place)))]
      .filter((place) => place >= 0)
      .sort((one, other) => one - other);
    if (seen.length <= MOST_INPUTS || side === 1) {
      const steps = block.map((cell) => links.stepOf(cell));
      return { key: steps.join(" "), whole: false, outputs: steps, inputs: seen.slice(0, MOST_INPUTS) };
    }
  }
  throw new Error("a block of one cell is always small enough");
}

/** Output cells in blocks, so that the picture stands still while the window walks through one.
 * @param {Links} links  @param {readonly number[]} at  @param {number} side */
function blockAround({ output }, [channel, row, column], side) {
  const vector = output[1] === 1 && output[2] === 1;
  if (vector) return blockOf(channel, output[0], side * side).map((one) => [one, 0, 0]);
  const rows = blockOf(row, output[1], side);
  return rows.flatMap((down) => blockOf(column, output[2], side).map((right) => [channel, down, right]));
}

/** @param {number} place  @param {number} count  @param {number} side */
function blockOf(place, count, side) {
  const first = Math.max(0, Math.min(place - (place % side), count - side));
  return countTo(Math.min(side, count)).map((offset) => first + offset);
}

/** @param {number} count */
const countTo = (count) => Array.from({ length: count }, (_, place) => place);
