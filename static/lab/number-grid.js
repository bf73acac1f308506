/** A matrix whose cells are written into: arrow keys walk, pasted tables replace it. The server reads what is typed. */
import { make } from "../page/elements.js";
import { whenWritten } from "../page/typing.js";
import { _ } from "../page/words.js";
import { isOneNumber, isUnfinished, PAUSE, Reader } from "./reader.js";
import { askMatrix } from "./server.js";
import { tintOf } from "./tint.js";

/** @typedef {import("./reader.js").Answer} Answer */
/**
 * @typedef {object} GridActs
 * @property {(rows: number[][]) => void} change  a number was finished
 * @property {(answer: Answer, use: (reading: import("./reader.js").Reading) => void) => void} answer  to show: a
 *   question, or a refusal
 * @property {(text: string) => void} paste  more than one number
 */

export class NumberGrid {
  #width = 0;
  #timer = 0;
  /** The cell that was written into last. @type {HTMLInputElement | null} */
  #last = null;

  /** @param {string} label  @param {string} field  what refusals call it  @param {GridActs} acts */
  constructor(label, field, acts) {
    this.field = field;
    this.acts = acts;
    /** @type {number[][]} */
    this.rows = [];
    /** @type {readonly number[] | null} */
    this.weights = null;
    this.root = make("div", { class: "grid", role: "group", "aria-label": label });
    const typed = (/** @type {Event} */ event) => this.#typed(/** @type {HTMLInputElement} */ (event.target));
    whenWritten(this.root, typed, () => clearTimeout(this.#timer));
    this.root.addEventListener("keydown", (event) => this.#moved(event));
    this.root.addEventListener("paste", (event) => this.#pasted(event));
    this.root.addEventListener("focusin", ({ target }) => this.#entered(/** @type {HTMLInputElement} */ (target)));
    this.root.addEventListener("focusout", ({ target }) => this.#left(/** @type {HTMLInputElement} */ (target)));
  }

  /**
   * @param {number[][]} rows
   * @param {readonly number[] | null} [weights]  of the whole kernel; null: the cells wear no colours
   */
  show(rows, weights = this.weights) {
    this.rows = rows;
    this.weights = weights;
    const numbers = rows.flat();
    if (this.#width !== rows[0].length || this.#cells.length !== numbers.length) this.#build(rows);
    this.#stop();
    const letters = numbers.reduce((most, number) => Math.max(most, cellText(number).length), 1);
    this.root.style.setProperty("--letters", String(letters));
    const tint = weights && tintOf(weights);
    for (const [place, input] of this.#cells.entries()) {
      if (!isBusy(input)) fill(input, numbers[place]);
      if (tint) Object.assign(input.style, tint(numbers[place]));
    }
  }

  /** The other sign for the number that is being written: telephones have keypads without a minus. */
  changeSign() {
    const input = this.#last?.isConnected ? this.#last : this.#cells[0];
    const text = input.value.trim();
    input.focus();
    input.value = /^[-−–]/.test(text) ? text.slice(1) : `−${text.replace(/^\+/, "")}`;
    this.#typed(input);
  }

  /** A cell that can be written into at once: where one was before, or the nearest. @param {number} [place] */
  focus(place = this.#last ? this.#cells.indexOf(this.#last) : 0) {
    this.#cells[Math.max(0, Math.min(place, this.#cells.length - 1))].focus();
  }

  get #cells() {
    return /** @type {HTMLInputElement[]} */ ([...this.root.children]);
  }

  /** New cells; the one that had the focus gives it to the one in its place, or the nearest.
   * @param {number[][]} rows */
  #build(rows) {
    const focused = this.#cells.indexOf(/** @type {any} */ (document.activeElement));
    const [row, column] = [Math.floor(focused / this.#width), focused % this.#width];
    this.#width = rows[0].length;
    this.#last = null;
    this.root.style.setProperty("--columns", String(this.#width));
    this.root.classList.toggle("small", this.#width > 7);
    this.root.replaceChildren(...rows.flatMap((cells, r) => cells.map((_value, c) => cellAt(r, c))));
    if (focused >= 0) this.focus(Math.min(row, rows.length - 1) * this.#width + Math.min(column, this.#width - 1));
  }

  /** Tab stops once in the whole grid: at the cell that was written into last. */
  #stop() {
    const stop = this.#last?.isConnected ? this.#last : this.#cells[0];
    for (const input of this.#cells) input.tabIndex = input === stop ? 0 : -1;
  }

  /** @param {HTMLInputElement} input */
  #entered(input) {
    this.#last = input;
    this.#stop();
    if (!isBusy(input)) input.select();
  }

  /** What is half typed does not count; what is whole is read when the cell is left, if not sooner.
   * @param {HTMLInputElement} input */
  #left(input) {
    if (!isBusy(input)) return;
    if (!input.value.trim() || input.hasAttribute("aria-invalid")) this.#restore(input);
    else this.#finish(input);
  }

  /** @param {HTMLInputElement} input */
  #restore(input) {
    input.classList.remove("typing");
    fill(input, this.rows.flat()[this.#cells.indexOf(input)]);
  }

  /** @param {HTMLInputElement} input */
  #typed(input) {
    input.classList.add("typing");
    input.removeAttribute("aria-invalid");
    delete input.dataset.read;
    clearTimeout(this.#timer);
    if (!isUnfinished(input.value)) this.#timer = setTimeout(() => this.#finish(input), PAUSE);
  }

  /** @param {HTMLInputElement} input */
  async #finish(input) {
    clearTimeout(this.#timer);
    input.removeAttribute("aria-invalid");
    const text = input.value;
    const answer = await readerOf(input, this.field).read(text);
    if (!answer || !input.isConnected || input.value !== text) return;
    const [reading, ...others] = answer.readings;
    if (reading && !others.length) return this.#take(input, reading.values[0][0]);
    if (others.length || document.activeElement === input) input.setAttribute("aria-invalid", "true");
    else this.#restore(input);
    this.acts.answer(answer, ({ values }) => this.#take(input, values[0][0]));
  }

  /** @param {HTMLInputElement} input  @param {number} value */
  #take(input, value) {
    const place = this.#cells.indexOf(input);
    input.classList.remove("typing");
    input.dataset.read = String(value);
    fill(input, value);
    if (place < 0 || this.rows.flat()[place] === value) return;
    this.rows = this.rows.map((row, r) => row.map((old, c) => (r * this.#width + c === place ? value : old)));
    this.acts.change(this.rows);
  }

  /** @param {KeyboardEvent} event */
  #moved(event) {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || event.isComposing || event.altKey || event.ctrlKey || event.metaKey)
      return;
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const by = sideways ?? { ArrowUp: -this.#width, ArrowDown: this.#width, Enter: this.#width }[event.key];
    if (event.key === "Escape" && isBusy(input)) return this.#takenBack(event, input);
    if (!by || (sideways && !atEdge(input, sideways))) return;
    event.preventDefault();
    if (event.key === "Enter" && isBusy(input)) this.#finish(input);
    this.#cells[this.#cells.indexOf(input) + by]?.focus();
  }

  /** @param {KeyboardEvent} event  @param {HTMLInputElement} input */
  #takenBack(event, input) {
    event.stopPropagation();
    clearTimeout(this.#timer);
    this.#restore(input);
    input.select();
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!text.trim() || isOneNumber(text)) return;
    event.preventDefault();
    clearTimeout(this.#timer);
    this.acts.paste(text);
  }
}

/** @type {WeakMap<HTMLInputElement, Reader>} */
const READERS = new WeakMap();

/** Each cell has its own: what is typed into one does not call off the other. @param {HTMLInputElement} input
 * @param {string} field */
function readerOf(input, field) {
  const found = READERS.get(input) ?? new Reader(askMatrix, field, true);
  READERS.set(input, found);
  return found;
}

/** Text and not decimal: the keypads for decimals have no minus. @param {number} row  @param {number} column */
function cellAt(row, column) {
  return make("input", {
    inputmode: "text",
    enterkeyhint: "next",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    size: "1",
    "aria-label": _("row {row}, column {column}", { row: row + 1, column: column + 1 }),
  });
}

/** Somebody is writing into it, or it is being read. @param {HTMLInputElement} input */
const isBusy = (input) => input.classList.contains("typing");

/** A cell that is written into keeps its own spelling of a number. @param {HTMLInputElement} input
 * @param {number} value */
function fill(input, value) {
  input.removeAttribute("aria-invalid");
  if (document.activeElement === input && input.dataset.read === String(value)) return;
  const text = cellText(value);
  if (input.value !== text) input.value = text;
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
