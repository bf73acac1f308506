/** Which cells of the input an output cell is joined to, and by which weight. Looks places up; computes no value. */
import { seenIn } from "../../stage/borders.js";
import { placeOfCell } from "../../words/cells.js";

/**
 * @typedef {object} Link
 * @property {number} tap  place of the weight in its kernel
 * @property {number} place  of the input cell in memory; -1 in the padding
 * @property {number[]} from  [channel, row, column], which may lie in the padding
 */

export class Links {
  /** @type {ReturnType<typeof seenIn>} */
  #seen;

  /** @param {ViewScene} scene */
  constructor({ opening, arrays }) {
    const { start } = opening;
    this.start = start;
    this.arrays = arrays;
    this.input = start.input_shape;
    this.#seen = seenIn(start.input_shape, start.padding_mode ?? "zeros");
    this.output = start.output_shape;
    this.weight = /** @type {number[][][][] | null} */ (start.weight ?? null);
    const [rows, columns] = start.kernel_size ?? [1, 1];
    this.rows = rows;
    this.columns = columns;
    this.groups = this.weight ? (start.groups ?? 1) : this.input[0];
    this.depth = this.input[0] / this.groups;
  }

  /** The first input channel that a channel of the output sees. @param {number} channel */
  firstOf(channel) {
    return Math.floor(channel / (this.output[0] / this.groups)) * this.depth;
  }

  /** Every cell under the window of an output cell, the kernel's order. @param {readonly number[]} at
   * @returns {Link[]} */
  of([channel, row, column]) {
    const { stride = [1, 1], padding, dilation = [1, 1] } = this.start;
    const [[above], [before]] = padding ?? [[0], [0]];
    const [top, left] = [row * stride[0] - above, column * stride[1] - before];
    const first = this.firstOf(channel);
    const links = [];
    for (let q = 0; q < this.depth; q += 1)
      for (let i = 0; i < this.rows; i += 1)
        for (let j = 0; j < this.columns; j += 1) {
          const from = [first + q, top + i * dilation[0], left + j * dilation[1]];
          links.push({ tap: (q * this.rows + i) * this.columns + j, place: this.placeOf(from), from });
        }
    return links;
  }

  /** @param {readonly number[]} from  @returns {number} */
  placeOf([channel, row, column]) {
    return this.#seen(channel, row, column);
  }

  /** What a link brings; pooling never reads its padding. @param {Link} link */
  valueOf({ place }) {
    if (place >= 0) return this.arrays.input[place];
    return this.weight ? (this.start.padding_value ?? 0) : null;
  }

  /** @param {number} channel  of the output  @param {number} tap */
  weightOf(channel, tap) {
    const filter = this.weight?.[channel];
    if (!filter) return null;
    const [q, rest] = [Math.floor(tap / (this.rows * this.columns)), tap % (this.rows * this.columns)];
    return filter[q][Math.floor(rest / this.columns)][rest % this.columns];
  }

  /** How many weights a kernel has. */
  get taps() {
    return this.depth * this.rows * this.columns;
  }

  /** What is pointed at when a weight is. @param {number} tap  @returns {Probe} */
  probeOf(tap) {
    const inside = tap % (this.rows * this.columns);
    return {
      part: "kernel",
      channel: Math.floor(tap / (this.rows * this.columns)),
      row: Math.floor(inside / this.columns),
      column: inside % this.columns,
      text: [],
    };
  }

  /** @param {Probe} probe  of a weight */
  tapOf({ channel, row, column }) {
    return (channel * this.rows + row) * this.columns + column;
  }

  /** @param {readonly number[]} at */
  stepOf(at) {
    return placeOfCell(at, this.output);
  }
}
