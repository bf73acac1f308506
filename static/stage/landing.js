/** An output to which steps still add: what each cell holds after so many stamps. */
import { outputsTouching, slideOf } from "../painters/slides.js";
import { stampsOf } from "../painters/stamps.js";

/** Milliseconds after a jump until its sums are asked for. */
const SETTLED = 120;

export class Landing {
  #count = 0;
  /** Stamps landed when the play head last jumped; what they added up to is not known yet. */
  #jumped = 0;
  #due = 0;

  /** @param {Model} model  @param {() => void} [filled]  more cells are known */
  constructor(model, filled = () => {}) {
    this.model = model;
    this.filled = filled;
    this.values = new Float64Array(model.output.data.length).fill(NaN);
  }

  /** @param {number} count  stamps landed  @param {Step | null} step  the newest, which tells the cells it changed */
  update(count, step) {
    if (this.model.start.weight) {
      if (count < this.#count) this.values.fill(NaN);
      landStamps(this.model, count, this.values, count < this.#count ? 0 : this.#count);
    } else {
      if (count !== this.#count && count !== this.#count + 1) this.#jump(count);
      if (step?.after && step.index === count - 1) this.#write(step);
    }
    this.#count = count;
  }

  /** @param {number} count */
  #jump(count) {
    this.values.fill(NaN);
    this.#jumped = count;
    clearTimeout(this.#due);
    if (count > 1 && count < this.model.start.steps) this.#due = setTimeout(() => this.#fill(count), SETTLED);
  }

  /** Sums of the stamps before a jump, where later ones have not changed them. @param {number} count */
  async #fill(count) {
    const sums = await this.model.soFar?.(count).catch(() => null);
    if (!sums || this.#jumped !== count) return;
    this.values.forEach((value, cell) => {
      if (Number.isNaN(value)) this.values[cell] = sums[cell];
    });
    this.filled();
  }

  /** @param {Step} step */
  #write(step) {
    stampsOf(this.model, step).forEach(({ plane }, place) => {
      forCells(this.model.start, plane, step.corner ?? [0, 0], (cell, row, column) => {
        this.values[cell] = /** @type {number[][][]} */ (step.after)[place][row][column];
      });
    });
  }

  /**
   * A cell's value by now; null while no stamp reached it.
   * @param {number} plane  @param {number} row  @param {number} column
   */
  valueAt(plane, row, column) {
    const { start, output } = this.model;
    const [, rows, columns] = start.output_shape;
    const cell = (plane * rows + row) * columns + column;
    if (this.#count >= start.steps) return output.data[cell];
    if (!start.weight) {
      const [first, last] = this.#stampsOn(plane, row, column);
      if (first >= this.#count) return null;
      if (last < this.#count) return output.data[cell];
    }
    return Number.isNaN(this.values[cell]) ? null : this.values[cell];
  }

  /**
   * The first and the last stamp that reach a cell; nobody's cell counts as reached.
   * @param {number} plane  @param {number} row  @param {number} column
   */
  #stampsOn(plane, row, column) {
    const { start } = this.model;
    const counts = [0, 1].map((axis) => stampsAlong(start, /** @type {0 | 1} */ (axis)));
    const [down, across] = [row, column].map((place, axis) =>
      outputsTouching(place, counts[axis], slideOf(start, /** @type {0 | 1} */ (axis))),
    );
    if (!down.length || !across.length) return [-1, -1];
    const before = start.walked_shape?.[0] === start.output_shape[0] ? plane * counts[0] * counts[1] : 0;
    const stamp = (/** @type {number} */ place) =>
      before + /** @type {number} */ (down.at(place)) * counts[1] + /** @type {number} */ (across.at(place));
    return [stamp(0), stamp(-1)];
  }
}

/** How many stamps stand along an axis of the output. @param {StartLine} start  @param {0 | 1} axis */
function stampsAlong(start, axis) {
  const { kernel, stride, before, spacing } = slideOf(start, axis);
  const padded = start.output_shape[axis + 1] + before + (start.padding?.[axis][1] ?? 0);
  return Math.floor((padded - (kernel - 1) * spacing - 1) / stride) + 1;
}

/**
 * @param {StartLine} start  @param {number} plane  @param {readonly number[]} corner
 * @param {(cell: number, row: number, column: number) => void} visit  a cell inside the output, and its place in the
 *   stamp
 */
function forCells(start, plane, [top, left], visit) {
  const [, rows, columns] = start.output_shape;
  const [tall, wide] = start.kernel_size ?? [1, 1];
  const [down, across] = start.dilation ?? [1, 1];
  for (let place = 0; place < tall * wide; place += 1) {
    const [inRow, inColumn] = [Math.floor(place / wide), place % wide];
    const [row, column] = [top + inRow * down, left + inColumn * across];
    if (row >= 0 && column >= 0 && row < rows && column < columns)
      visit((plane * rows + row) * columns + column, inRow, inColumn);
  }
}

/**
 * Kernels stamped one after another: the sum of those so far is needed for any step without the ones before.
 * @param {Model} model  @param {number} count  stamps landed
 * @param {Float64Array} sums  NaN where none did; filled here
 * @param {number} from  stamps already in the sums
 */
export function landStamps(model, count, sums, from) {
  const { start, input } = model;
  const [, height, width] = start.input_shape;
  const {
    stride = [1, 1],
    padding = [
      [0, 0],
      [0, 0],
    ],
  } = start;
  for (let index = from; index < count; index += 1) {
    const at = /** @type {[number, number, number]} */ ([
      Math.floor(index / (height * width)),
      Math.floor(index / width) % height,
      index % width,
    ]);
    const corner = [at[1] * stride[0] - padding[0][0], at[2] * stride[1] - padding[1][0]];
    for (const { plane, kernel } of stampsOf(model, /** @type {Step} */ ({ at }))) {
      forCells(start, plane, corner, (cell, row, column) => {
        const before = Number.isNaN(sums[cell]) ? (start.bias?.[plane] ?? 0) : sums[cell];
        sums[cell] = before + input.data[index] * /** @type {number[][]} */ (kernel)[row][column];
      });
    }
  }
}
