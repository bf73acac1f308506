/** The input as a matrix: cells, sizes and a box of text that say the same; the server reads what is written. */
import { make } from "../page/elements.js";
import { whenWritten } from "../page/typing.js";
import { _ } from "../page/words.js";
import { Brush, LARGEST_BOARD } from "./brush.js";
import { extended, remembered, shapeOf, writtenOut } from "./matrix.js";
import { NumberGrid } from "./number-grid.js";
import { tool } from "./pieces.js";
import { Reader } from "./reader.js";
import { askMatrix } from "./server.js";
import { SizeFields } from "./size-fields.js";
import { Understood } from "./understood.js";

/** @typedef {import("./reader.js").Answer} Answer */
/** @typedef {import("./reader.js").Reading} Reading */
/** @typedef {number[][] | number[][][]} Values */

const MOST_CELLS = 16;
const SIGN = "M12 4v8M8 8h8M8 18h8";

export class MatrixForm {
  /** @type {Values} */
  #source = [[0]];
  /** What a smaller size cut off. @type {number[][] | null} */
  #behind = null;
  #reader = new Reader(askMatrix, "input");

  /** @param {(source: Values) => Promise<string>} change  resolves to the refusal, or to nothing */
  constructor(change) {
    this.change = change;
    this.understood = new Understood();
    this.grid = new NumberGrid(_("Input matrix"), "input", {
      change: (rows) => this.#tell(rows),
      answer: (answer, use) => this.#answer(answer, use),
      paste: (text) => this.#paste(text),
    });
    this.sizes = new SizeFields(
      [_("Matrix {side}", { side: _("rows") }), _("Matrix {side}", { side: _("columns") })],
      (height, width) => this.#resize(height, width),
      (sentence) => this.understood.refuse(sentence),
    );
    const sign = tool(SIGN, _("Change the sign of this number"), () => this.grid.changeSign());
    sign.classList.add("sign-key");
    this.tools = make("div", { class: "kernel-tools" }, this.sizes.root, make("span", {}, sign));
    this.brush = new Brush((rows) => this.#tell(rows));
    this.text = make("textarea", {
      rows: "4",
      spellcheck: "false",
      autocapitalize: "off",
      "aria-label": _("Matrix as text"),
    });
    whenWritten(this.text, () => this.#typed());
    this.text.addEventListener("change", () => this.#typed());
    this.root = make(
      "div",
      { class: "matrix-fields" },
      ...[this.tools, this.grid.root, this.brush.root, this.text, this.understood.root],
    );
  }

  /** @param {Values} source */
  show(source) {
    if (JSON.stringify(source) !== JSON.stringify(this.#source)) this.#behind = null;
    this.#source = source;
    const [rows, columns, deeper] = shapeOf(source),
      small = deeper === undefined && rows <= MOST_CELLS && columns <= MOST_CELLS;
    this.grid.root.hidden = this.tools.hidden = !small;
    if (small) {
      this.grid.show(/** @type {number[][]} */ (source));
      this.sizes.show([rows, columns], [], MOST_CELLS);
    }
    this.brush.root.hidden = deeper !== undefined || Math.max(rows, columns) > LARGEST_BOARD;
    if (!this.brush.root.hidden) this.brush.show(/** @type {number[][]} */ (source));
    if (document.activeElement !== this.text) this.text.value = writtenOut(source);
  }

  /** @param {Values} source  @param {string} [sentence] */
  async #tell(source, sentence = "") {
    const before = this.#source;
    if (JSON.stringify(source) === JSON.stringify(before)) return this.understood.clear();
    this.#source = source;
    const refusal = await this.change(source);
    if (refusal) {
      this.#source = before;
      this.understood.refuse(refusal);
    } else if (sentence) this.understood.say(sentence, () => this.#takeBack(before));
    else this.understood.clear();
  }

  /** @param {Values} before */
  async #takeBack(before) {
    this.text.value = writtenOut(before);
    await this.#tell(before);
    this.text.focus();
  }

  /** Rows and columns are added at the right and below; those that were cut off come back.
   * @param {number} height  @param {number} width */
  #resize(height, width) {
    const rows = /** @type {number[][]} */ (this.#source);
    const behind = remembered(rows, this.#behind ?? rows, extended);
    const cut = height < rows.length || width < rows[0].length;
    const size = `${height} × ${width}`;
    this.#tell(
      extended(rows, height, width, behind),
      cut ? _("{size}: what was cut off comes back when the matrix grows.", { size }) : "",
    );
    this.#behind = behind;
  }

  #typed() {
    if (!this.text.value.trim()) return this.#reader.forget();
    this.#reader.readSoon(
      () => this.text.value,
      (answer) => answer && this.#answer(answer, (reading) => this.#use(reading)),
    );
  }

  /** @param {string} text */
  async #paste(text) {
    const answer = await this.#reader.read(text);
    if (answer) this.#answer(answer, (reading) => this.#use(reading));
  }

  /** @param {Answer} answer  @param {(reading: Reading) => void} use */
  #answer({ readings, sentence }, use) {
    if (readings.length === 1) use(readings[0]);
    else if (readings.length) this.understood.ask(readings, use);
    else this.understood.refuse(sentence);
  }

  /** @param {Reading} reading */
  #use({ values, shape, understood }) {
    if (shape.length > 3) return this.understood.refuse(_("An input has rows and columns, or channels of them."));
    this.#behind = null;
    this.#tell(values, understood.sentence);
  }
}
