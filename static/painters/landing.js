/** An output to which steps still add: what each cell holds after so many stamps. Adds nothing up by itself. */

import { cellAtPlace } from "../words/cells.js";
import { Stamps } from "./stamps.js";

/** Milliseconds after a jump until its sums are asked for; while the jumps go on, at the latest after the other. */
const SETTLED = 120;
const PATIENCE = 600;

/** Stamps between two steps that are gone through one by one; further apart, everything is asked for. */
const NEAR = 4096;

export class Landing {
  #count = 0;
  /** @type {Step | null} */
  #newest = null;
  #asking = false;
  #due = 0;
  #since = 0;

  /** @param {Model} model  @param {() => void} [filled]  more cells are known */
  constructor(model, filled = () => {}) {
    this.model = model;
    this.filled = filled;
    this.stamps = new Stamps(model.start);
    /** Sums of the cells after the stamps so far; NaN where they are not known. */
    this.values = new Float64Array(model.output.data.length).fill(NaN);
    /** The steps that came with the opening: a small figure needs no others. */
    this.known = new Map((model.opening?.steps ?? []).map((step) => [step.index, step]));
  }

  /** @param {number} count  stamps landed  @param {Step | null} step  the newest, which tells the cells it changed */
  update(count, step) {
    this.#newest = step;
    const from = count < this.#count ? 0 : Math.min(this.#count, count - 1);
    const steps = this.#stepsOf(from, count);
    if (count < this.#count && steps) this.values.fill(NaN);
    if (!steps) this.#forget(this.#count, count, this.values);
    this.#count = count;
    for (const told of steps ?? this.#stepsOf(count - 1, count) ?? []) this.#write(told);
    if (!steps) this.#settle();
  }

  /** The steps that tell what each of these stamps left; null where one of them is not known.
   * @param {number} from  @param {number} to */
  #stepsOf(from, to) {
    const steps = [];
    for (let index = Math.max(0, from); index < to; index += 1) {
      const step = index === this.#newest?.index ? this.#newest : this.known.get(index);
      if (!step?.after) return null;
      steps.push(step);
    }
    return steps;
  }

  /** What stamps changed that came or went is not known any more.
   * @param {number} from  @param {number} to  @param {Float64Array} values */
  #forget(from, to, values) {
    if (Math.abs(to - from) > NEAR) return values.fill(NaN);
    for (let index = Math.min(from, to); index < Math.max(from, to); index += 1)
      this.stamps.cells(index, (cell) => {
        values[cell] = NaN;
      });
    return values;
  }

  /** @param {Step} step */
  #write(step) {
    const after = /** @type {number[][][]} */ (step.after);
    this.stamps.cells(step.index, (cell, place, row, column) => {
      this.values[cell] = after[place][row][column];
    });
  }

  #settle() {
    const now = performance.now();
    if (!this.#due) this.#since = now;
    clearTimeout(this.#due);
    const wait = Math.max(0, Math.min(SETTLED, this.#since + PATIENCE - now));
    this.#due = setTimeout(() => this.#ask(), wait);
  }

  /** Sums of the stamps so far, where the steps do not tell them. */
  async #ask() {
    this.#due = 0;
    if (this.#asking || !this.#lacks) return;
    const count = this.#count;
    this.#asking = true;
    const sums = await this.model.soFar?.(count).catch(() => null);
    this.#asking = false;
    if (!sums) return;
    const known = this.#forget(count, this.#count, Float64Array.from(sums));
    this.values.forEach((value, cell) => {
      if (Number.isNaN(value)) this.values[cell] = known[cell];
    });
    if (this.#lacks) this.#settle();
    this.filled();
  }

  /** Some cells' sums are told neither by the steps nor by the complete output. */
  get #lacks() {
    return this.values.some((value, cell) => Number.isNaN(value) && this.#adding(cell));
  }

  /** A cell that some stamps have reached, and others will. @param {number} cell */
  #adding(cell) {
    const [first, last] = this.stamps.on(...cellAtPlace(cell, this.model.start.output_shape));
    return first < this.#count && last >= this.#count;
  }

  /**
   * A cell's value by now; null while no stamp reached it, or while its sum is not known.
   * @param {number} plane  @param {number} row  @param {number} column
   */
  valueAt(plane, row, column) {
    const { start, output } = this.model;
    const [, rows, columns] = start.output_shape;
    const cell = (plane * rows + row) * columns + column;
    if (this.#count >= start.steps) return output.data[cell];
    const [first, last] = this.stamps.on(plane, row, column);
    if (first >= this.#count) return null;
    if (last < this.#count) return output.data[cell];
    return Number.isNaN(this.values[cell]) ? null : this.values[cell];
  }
}
