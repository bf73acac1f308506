/** Two walks in lockstep: which step of one belongs to a step of the other. Knows no DOM. */
import { cellAtPlace, countOf, placeOfCell } from "./cells.js";

export const WAYS = ["step", "cell", "time"];

/** @typedef {{ to: (index: number) => number, back: (index: number) => number }} Pairing */

/**
 * By step, by the place in the picture, or by the part of the walk that is done; where nobody chose, by step if there
 *   are as many of them, else by place if both windows slide over a picture of one size.
 * @param {string | null} way  @param {StartLine} one  @param {StartLine} other  @returns {Pairing}
 */
export function pairing(way, one, other) {
  const chosen = WAYS.includes(way ?? "") ? way : one.steps === other.steps ? "step" : "cell";
  const last = Math.min(one.steps, other.steps) - 1;
  if (chosen === "step") return { to: (index) => Math.min(index, last), back: (index) => Math.min(index, last) };
  if (chosen === "cell" && placed(one) && placed(other) && samePicture(one, other))
    return { to: (index) => sameCell(index, one, other), back: (index) => sameCell(index, other, one) };
  return { to: (index) => sameTime(index, one, other), back: (index) => sameTime(index, other, one) };
}

/** @param {StartLine} start */
function walked({ walked_shape, output_shape }) {
  return walked_shape ?? output_shape;
}

/** Each step has a place of its own in the picture. @param {StartLine} start */
function placed(start) {
  return start.steps === countOf(walked(start));
}

/** @param {StartLine} one  @param {StartLine} other */
function samePicture(one, other) {
  return one.input_shape.slice(1).every((side, axis) => side === other.input_shape[axis + 1]);
}

/** Rows or columns of the picture from one step to the next, and those before the first. @param {StartLine} start */
function slideOf(
  {
    stride = [1, 1],
    padding = [
      [0, 0],
      [0, 0],
    ],
  },
  /** @type {0 | 1} */ axis,
) {
  return { stride: stride[axis], before: padding[axis]?.[0] ?? 0 };
}

/**
 * The step whose window lies where this one's does, or begins just before it.
 * @param {number} index  @param {StartLine} from  @param {StartLine} to
 */
function sameCell(index, from, to) {
  const [, rows, columns] = walked(from);
  const shape = walked(to);
  const [plane, ...at] = cellAtPlace(index, walked(from));
  const [row, column] = at.map((place, axis) => {
    if (rows === shape[1] && columns === shape[2]) return place;
    const [here, there] = [slideOf(from, axis === 0 ? 0 : 1), slideOf(to, axis === 0 ? 0 : 1)];
    const found = Math.floor((place * here.stride - here.before + there.before) / there.stride);
    return Math.max(0, Math.min(shape[axis + 1] - 1, found));
  });
  return placeOfCell([Math.min(plane, shape[0] - 1), row, column], shape);
}

/** @param {number} index  @param {StartLine} from  @param {StartLine} to */
function sameTime(index, from, to) {
  return Math.round((index * (to.steps - 1)) / Math.max(1, from.steps - 1));
}
