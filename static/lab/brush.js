/** A matrix as a board that is painted on: with pointer or finger, or with arrows and Space. */
import { DIRECTIONS } from "../page/directions.js";
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { link } from "./pieces.js";

/** @typedef {import("./matrix.js").Rows} Rows */
/** @typedef {[number, number]} Cell */

export const LARGEST_BOARD = 64;

export class Brush {
  /** @type {Rows} */
  #rows = [[0]];
  /** @type {Cell} */
  #at = [0, 0];
  #painting = false;

  /** @param {(rows: Rows) => void} change */
  constructor(change) {
    this.change = change;
    this.value = make("input", { type: "number", id: "brush-value", step: "any" });
    this.board = make("canvas", { tabindex: "0", role: "application" });
    this.cursor = make("span", { class: "brush-cursor" });
    this.root = make(
      "details",
      { class: "brush" },
      make("summary", {}, _("Draw with a brush")),
      make(
        "div",
        { class: "brush-tools" },
        make("label", { for: "brush-value", class: "label" }, _("Value of the brush")),
        this.value,
        link(_("Clear"), () => this.#tell(this.#rows.map((row) => row.map(() => 0)))),
      ),
      make("div", { class: "brush-board" }, this.board, this.cursor),
    );
    this.board.addEventListener("pointerdown", (event) => this.#began(event));
    this.board.addEventListener("pointermove", (event) => this.#painting && this.#stroke(this.#cellOf(event)));
    for (const kind of ["pointerup", "pointercancel"]) this.board.addEventListener(kind, () => this.#ended());
    this.board.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {Rows} rows */
  show(rows) {
    if (!this.value.value) this.value.value = String(Math.max(1, ...rows.flat()));
    if (this.#painting) return;
    this.#rows = rows;
    this.#at = /** @type {Cell} */ (
      [0, 1].map((axis) => Math.min(this.#at[axis], [rows.length, rows[0].length][axis] - 1))
    );
    this.#draw();
  }

  #draw() {
    const [height, width] = [this.#rows.length, this.#rows[0].length];
    const numbers = this.#rows.flat(),
      least = Math.min(0, ...numbers),
      span = Math.max(1, ...numbers) - least;
    Object.assign(this.board, { width, height });
    const context = this.board.getContext("2d");
    const picture = context?.createImageData(width, height);
    if (!context || !picture) return;
    for (const [place, number] of numbers.entries()) {
      const grey = Math.round((255 * (number - least)) / span);
      picture.data.set([grey, grey, grey, 255], 4 * place);
    }
    context.putImageData(picture, 0, 0);
    this.board.style.aspectRatio = `${width} / ${height}`;
    const [row, column] = this.#at;
    Object.assign(this.cursor.style, {
      top: `${(100 * row) / height}%`,
      left: `${(100 * column) / width}%`,
      height: `${100 / height}%`,
      width: `${100 / width}%`,
    });
    const facts = { row: row + 1, column: column + 1, value: this.#rows[row][column] };
    this.board.ariaLabel = _("Board, row {row}, column {column}: {value}. Arrows move, Space paints.", facts);
  }

  /** @param {PointerEvent} event  @returns {Cell} */
  #cellOf({ clientX, clientY }) {
    const { left, top, width, height } = this.board.getBoundingClientRect();
    const inside = (/** @type {number} */ share, /** @type {number} */ count) =>
      Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    return [
      inside((clientY - top) / height, this.#rows.length),
      inside((clientX - left) / width, this.#rows[0].length),
    ];
  }

  /** A stroke is one change of the scene's history. @param {PointerEvent} event */
  #began(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.board.focus({ preventScroll: true });
    this.board.setPointerCapture(event.pointerId);
    this.board.dispatchEvent(new Event("hold", { bubbles: true }));
    this.#painting = true;
    this.#at = this.#cellOf(event);
    this.#paint([this.#at]);
  }

  #ended() {
    if (!this.#painting) return;
    this.#painting = false;
    this.board.dispatchEvent(new Event("release", { bubbles: true }));
  }

  /** All cells on the way, however fast the hand is. @param {Cell} to */
  #stroke(to) {
    const from = this.#at,
      far = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
    this.#at = to;
    this.#paint(
      Array.from({ length: far }, (_step, n) => {
        const share = (n + 1) / far;
        return /** @type {Cell} */ ([0, 1].map((axis) => Math.round(from[axis] + share * (to[axis] - from[axis]))));
      }),
    );
  }

  /** @param {Cell[]} cells */
  #paint(cells) {
    const value = this.value.valueAsNumber;
    if (!Number.isFinite(value)) return void this.value.reportValidity();
    const rows = this.#rows.map((row) => [...row]);
    for (const [row, column] of cells) rows[row][column] = value;
    if (JSON.stringify(rows) !== JSON.stringify(this.#rows)) this.#tell(rows);
    else this.#draw();
  }

  /** @param {Rows} rows */
  #tell(rows) {
    this.#rows = rows;
    this.#draw();
    this.change(rows);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = DIRECTIONS[event.key];
    if ((!by && event.key !== " ") || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!by) return void this.#paint([this.#at]);
    const ends = [this.#rows.length - 1, this.#rows[0].length - 1];
    this.#at = /** @type {Cell} */ (by.map((step, axis) => Math.max(0, Math.min(this.#at[axis] + step, ends[axis]))));
    this.#draw();
  }
}
