/** Where the steps of a scatter stamp, and what: the same relation looked at from a step and from an output cell. */
import { outputsTouching, slideOf } from "./slides.js";

/** Channels of what is walked, and how many of them add to the same output planes. @param {StartLine} start */
function groupsOf({ walked_shape, input_shape, output_shape, groups = 1 }) {
  const [channels] = walked_shape ?? input_shape;
  return { inner: channels / groups, outer: output_shape[0] / groups };
}

/**
 * Planes a step stamps, and the kernel of each; backward pooling and fold spread values that have no kernel.
 * @param {{ start: StartLine }} model  @param {{ at: readonly number[] }} step
 * @returns {{ plane: number, kernel: number[][] | null }[]}
 */
export function stampsOf({ start }, { at: [channel] }) {
  const weight = /** @type {number[][][][] | null} */ (start.weight ?? null);
  const { inner, outer } = groupsOf(start);
  const first = Math.floor(channel / inner) * outer;
  return Array.from({ length: outer }, (_, place) => ({
    plane: first + place,
    kernel: weight?.[channel][place] ?? null,
  }));
}

/** All stamps of a layer, numbered as its steps are. */
export class Stamps {
  /** @param {StartLine} start */
  constructor(start) {
    this.start = start;
    this.slides = [slideOf(start, 0), slideOf(start, 1)];
    this.counts = countsOf(start, this.slides);
    Object.assign(this, groupsOf(start));
    this.reached = [0, 1].map((axis) =>
      Array.from({ length: start.output_shape[axis + 1] }, (_, line) =>
        outputsTouching(line, this.counts[axis], this.slides[axis]),
      ),
    );
  }

  inner = 1;
  outer = 1;

  /**
   * The first and the last stamp that reach a cell; -1 for nobody's cell.
   * @param {number} plane  @param {number} row  @param {number} column  @returns {[number, number]}
   */
  on(plane, row, column) {
    const [down, across] = [this.reached[0][row], this.reached[1][column]];
    if (!down.length || !across.length) return [-1, -1];
    const size = this.counts[0] * this.counts[1];
    const first = Math.floor(plane / this.outer) * this.inner * size;
    const last = first + (this.inner - 1) * size;
    return [
      first + down[0] * this.counts[1] + across[0],
      last + down[down.length - 1] * this.counts[1] + across[across.length - 1],
    ];
  }

  /**
   * Visit the output cells of a stamp.
   * @param {number} index
   * @param {(cell: number, place: number, row: number, column: number) => void} visit  a cell of the output, and its
   *   plane, row and column in the stamp
   */
  cells(index, visit) {
    const [, height, width] = this.start.output_shape;
    const [rows, columns] = this.slides.map((slide, axis) => linesOf(slide, this.#line(index, axis)));
    const first = Math.floor(index / (this.counts[0] * this.counts[1] * this.inner)) * this.outer;
    for (let place = 0; place < this.outer; place += 1)
      for (const [down, row] of rows.entries())
        for (const [across, column] of columns.entries())
          if (row >= 0 && column >= 0 && row < height && column < width)
            visit(((first + place) * height + row) * width + column, place, down, across);
  }

  /** In which row, or column, of stamps one stands. @param {number} index  @param {number} axis */
  #line(index, axis) {
    const [rows, columns] = this.counts;
    return axis ? index % columns : Math.floor(index / columns) % rows;
  }
}

/** @typedef {ReturnType<typeof slideOf>} Slide */

/** Lines of the output under a stamp. @param {Slide} slide  @param {number} line */
function linesOf({ kernel, stride, before, spacing }, line) {
  return Array.from({ length: kernel }, (_, tap) => line * stride - before + tap * spacing);
}

/**
 * How many stamps stand down and across; the columns of a matrix stand as the windows that they were.
 * @param {StartLine} start  @param {Slide[]} slides
 */
function countsOf({ walked_shape, input_shape, output_shape, padding }, slides) {
  const walked = walked_shape ?? input_shape;
  if (walked.every((side, axis) => side === input_shape[axis])) return walked.slice(1);
  return slides.map(({ kernel, stride, before, spacing }, axis) => {
    const padded = output_shape[axis + 1] + before + (padding?.[axis][1] ?? 0);
    return Math.floor((padded - (kernel - 1) * spacing - 1) / stride) + 1;
  });
}
