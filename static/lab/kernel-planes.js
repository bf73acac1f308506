/** A weight as kernels of channels of rows, whatever its depth; and what its planes had before they were cut. */
import { remembered, resized, shapeOf } from "./matrix.js";

/** @typedef {import("./matrix.js").Rows} Rows */
/** @typedef {Rows | Rows[] | Rows[][]} WeightValues  a kernel; one with channels; several kernels with channels */

/** Always as kernels of channels of rows. @param {WeightValues} weight  @returns {Rows[][]} */
export function kernelsOf(weight) {
  const depth = shapeOf(weight).length;
  return /** @type {any} */ (depth === 2 ? [[weight]] : depth === 3 ? [weight] : weight);
}

/** In as many dimensions as the weight had, or as are needed. @param {Rows[][]} kernels  @param {number} depth
 * @returns {WeightValues} */
export function weightOf(kernels, depth) {
  return kernels.length > 1 || depth === 4 ? kernels : depth === 3 ? kernels[0] : kernels[0][0];
}

/** @param {Rows[][]} kernels  @param {(plane: Rows, kernel: number, channel: number) => Rows} each */
export function eachPlane(kernels, each) {
  return kernels.map((planes, kernel) => planes.map((plane, channel) => each(plane, kernel, channel)));
}

/** Keeps what a smaller size cuts off, so that a larger one brings it back. */
export class Uncut {
  /** @type {Rows[][] | null} */
  #behind = null;
  /** The planes that were made of it last. */
  #made = "";

  /** All planes in another size. @param {Rows[][]} kernels  @param {number} height  @param {number} width */
  resized(kernels, height, width) {
    const known = this.#behind && this.#made === sizesText(kernels) ? this.#behind : kernels;
    const behind = eachPlane(kernels, (plane, kernel, channel) => remembered(plane, known[kernel][channel]));
    const made = eachPlane(kernels, (plane, kernel, channel) => resized(plane, height, width, behind[kernel][channel]));
    this.#behind = behind;
    this.#made = sizesText(made);
    return made;
  }

  /** Numbers that have nothing to do with those that were cut. */
  forget() {
    this.#behind = null;
  }
}

/** @param {Rows[][]} kernels */
const sizesText = (kernels) => shapeOf(kernels).join();

/** The first plane of a weight of any depth. @param {any} weight  @returns {number[][]} */
export function plane(weight) {
  return Array.isArray(weight?.[0]?.[0]) ? plane(weight[0]) : weight;
}
