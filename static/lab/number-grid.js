/** A matrix whose cells are written into: arrow keys walk, pasted tables replace it. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { readMatrix, readNumber } from "./matrix.js";
import { tintOf } from "./tint.js";

export class NumberGrid {
  #width = 0;

  /** @param {{ label: string, change: (rows: number[][]) => void }} settings */
  constructor({ label, change }) {
    this.change = change;
    /** @type {number[][]} */
    this.rows = [];
    /** @type {readonly number[] | null} */
    this.weights = null;
    this.root = make("div", { class: "grid", role: "group", "aria-label": label });
    this.root.addEventListener("input", (event) => this.#typed(event));
    this.root.addEventListener("keydown", (event) => this.#moved(event));
    this.root.addEventListener("paste", (event) => this.#pasted(event));
    this.root.addEventListener("focusin", ({ target }) => target instanceof HTMLInputElement && target.select());
    this.root.addEventListener("focusout", () => this.show(this.rows));
  }

  /**
   * @param {number[][]} rows
   * @param {readonly number[] | null} [weights]  of the whole kernel; null: the cells wear no colours
   */
  show(rows, weights = this.weights) {
    this.rows = rows;
    this.weights = weights;
    const cells = rows.flat();
    if (this.#width !== rows[0].length || this.#cells.length !== cells.length) this.#build(rows);
    const tint = weights && tintOf(weights);
    for (const [place, input] of this.#cells.entries()) {
      fill(input, cells[place]);
      if (tint) Object.assign(input.style, tint(cells[place]));
    }
  }

  get #cells() {
    return /** @type {HTMLCollectionOf<HTMLInputElement>} */ (this.root.children).length
      ? /** @type {HTMLInputElement[]} */ ([...this.root.children])
      : [];
  }

  /** @param {number[][]} rows */
  #build(rows) {
    this.#width = rows[0].length;
    this.root.style.setProperty("--columns", String(this.#width));
    this.root.classList.toggle("small", this.#width > 7);
    this.root.replaceChildren(
      ...rows.flatMap((row, r) =>
        row.map((_value, c) =>
          make("input", {
            inputmode: "decimal",
            autocomplete: "off",
            spellcheck: "false",
            size: "1",
            "aria-label": _("row {row}, column {column}", { row: r + 1, column: c + 1 }),
          }),
        ),
      ),
    );
  }

  /** @param {Event} event */
  #typed({ target }) {
    const input = /** @type {HTMLInputElement} */ (target);
    const place = this.#cells.indexOf(input),
      value = readNumber(input.value);
    if (Number.isNaN(value)) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (Number.isNaN(value) || Math.abs(value) > 1e15) return;
    this.rows = this.rows.map((row, r) => row.map((old, c) => (r * this.#width + c === place ? value : old)));
    this.change(this.rows);
  }

  /** @param {KeyboardEvent} event */
  #moved(event) {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowUp: -this.#width, ArrowDown: this.#width, Enter: this.#width, ArrowLeft: -1, ArrowRight: 1 }[
      event.key
    ];
    if (
      !by ||
      (Math.abs(by) === 1 &&
        event.key !== "Enter" &&
        this.#width > 0 &&
        !atEdge(input, by) &&
        event.key.startsWith("Arrow"))
    )
      return;
    const next = this.#cells[this.#cells.indexOf(input) + by];
    event.preventDefault();
    next?.focus();
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const rows = readMatrix(event.clipboardData?.getData("text") ?? "");
    if (!rows || rows.flat().length < 2) return;
    event.preventDefault();
    this.change(rows);
  }
}

/** @param {HTMLInputElement} input  @param {number} value */
function fill(input, value) {
  if (document.activeElement === input && readNumber(input.value) === value) return;
  if (document.activeElement === input && input.hasAttribute("aria-invalid")) return;
  input.removeAttribute("aria-invalid");
  input.value = cellText(value);
}

/** @param {number} value */
function cellText(value) {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6))).replace("-", "−");
}

/** @param {HTMLInputElement} input  @param {number} by */
function atEdge(input, by) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (start === 0 && end === value.length) return true;
  return by < 0 ? end === 0 : start === value.length;
}
