/** The middle pane: the painter's grids on a canvas, the result in large figures, the sum written out. */
import { drawFrame, sizeCanvas } from "../drawing/cells.js";
import { make } from "../page/elements.js";
import { pointIn } from "../page/pointer.js";
import { widestFigures } from "../words/figures.js";
import { written } from "../words/formula.js";
import { inLanguage } from "../words/language.js";

/** A board is never lower. */
const LEAST_BOARD = 40;

/** Lines of the next steps may be a little longer than that of this one. */
const SLACK = 1.06;

/** Of the figures of the sum and of the words beside them: width of a letter, as a share of the sum's size. */
const FIGURE = 0.62;
const WORD = 0.3;
const ARROW = 1.1;

/**
 * @typedef {object} ArithmeticRoom
 * @property {number} width  @property {number} height  below the title
 * @property {number} text  width of the sum beside the board; 0: it stands below
 * @property {number} result  size of the sum's figures  @property {number} [board]  height of the board alone
 */

export class ArithmeticPane {
  #canvas = make("canvas", { role: "img" });
  #name = "";
  #head = make("div", { class: "title" });
  #result = make("div", { class: "result" });
  #lines = make("div", { class: "lines" });
  #readout = make("div", { class: "readout" });
  #form = "";
  #board = make("div", { class: "board" }, this.#canvas);
  node = make(
    "section",
    { class: "pane arithmetic" },
    this.#head,
    this.#board,
    this.#result,
    this.#lines,
    this.#readout,
  );
  /** @type {any} */
  plan = null;
  #key = "";
  /** Which cells are lit. */
  #lit = "";
  #box = { width: 100, height: 100 };
  #type = 1;

  /** @param {Painter} painter  @param {Model} model */
  adopt(painter, model) {
    this.painter = painter;
    this.model = model;
    this.plan = null;
    this.#name = inLanguage(model.layer?.title, model.lang) || model.words.arithmetic;
    this.#head.replaceChildren();
    this.#canvas.setAttribute("aria-label", model.words.arithmeticLabel);
  }

  /** How much larger than it is planned the board is drawn. */
  get type() {
    return this.#type;
  }

  /** Letters of each line of the sum. @param {Model} model  @param {Step} step */
  lettersOf(model, step) {
    return written(model, step).lines.map((line) => lettersIn(line));
  }

  /** @param {Step} step  @param {ArithmeticRoom} room  @param {number} type  how much larger than usual text is */
  fit(step, room, type) {
    const model = /** @type {Model} */ (this.model);
    this.#type = type;
    this.#write(model, step);
    const text = room.text || room.width;
    this.#result.style.fontSize = `${Math.floor(Math.min(room.result, text / this.widthOf(model, step)))}px`;
    this.#result.style.minHeight = `${1.2 * room.result}px`;
    this.#lines.style.minHeight = "";
    this.#lines.style.width = `${text}px`;
    const lines = room.text || room.board ? 0 : Math.ceil(this.#lines.offsetHeight * SLACK);
    this.#lines.style.minHeight = lines ? `${lines}px` : "";
    const height = room.board ?? (room.text ? room.height : room.height - lines - 1.2 * room.result);
    this.#box = { width: room.width / type, height: Math.max(LEAST_BOARD, height) / type };
    this.#replan(step);
  }

  /** Width of the sum, as a multiple of its size. @param {Model} model  @param {Step} step */
  widthOf(model, step) {
    const widest = widestFigures([model.output.scale.low, model.output.scale.high], model.output.whole)[0];
    return written(model, step).result.reduce((sum, { text, role }) => {
      if (role === "output") return sum + Math.max(widest, text.length) * FIGURE;
      return sum + text.length * (role === "arrow" ? ARROW : WORD);
    }, 0.1);
  }

  /** @param {Step} step */
  #replan(step) {
    const painter = /** @type {Painter} */ (this.painter);
    const model = /** @type {Model} */ (this.model);
    const type = this.#type;
    this.#key = painter.key(model, step);
    this.#lit = "";
    this.plan = painter.plan(model, step, { ...this.#box, least: type > 1 ? 12 : undefined });
    const context = sizeCanvas(this.#canvas, this.#box.width, this.plan.height, model.palette.ratio * type);
    this.#canvas.style.width = `${this.#box.width * type}px`;
    this.#canvas.style.height = `${this.plan.height * type}px`;
    this.context = context;
    painter.still(context, this.plan, model, step);
  }

  /** @param {Step} step  @param {boolean} [silent]  its numbers are written later, if they stand where others stood */
  show(step, silent) {
    const painter = /** @type {Painter} */ (this.painter);
    const model = /** @type {Model} */ (this.model);
    if (painter.key(model, step) !== this.#key) this.#replan(step);
    else if (silent) return;
    painter.moving(/** @type {CanvasRenderingContext2D} */ (this.context), this.plan, model, step);
    this.#write(model, step);
  }

  /** @param {Model} model  @param {Step} step */
  #write(model, step) {
    const { result, lines } = written(model, step);
    const several = (model.start.kind === "scatter" ? model.start.input_shape : model.start.output_shape)[0] > 1;
    this.#place(model.words.place(step.at, several), `[${(several ? step.at : step.at.slice(1)).join(", ")}]`);
    setTokens(this.#result, result);
    const form = lines.map(formOf).join(";");
    if (form !== this.#form) this.#lines.replaceChildren();
    this.#form = form;
    while (this.#lines.childElementCount < lines.length) this.#lines.append(make("div"));
    for (const [place, line] of [...this.#lines.children].entries()) setTokens(line, lines[place] ?? []);
  }

  /** Where the step is, in words and in short. @param {string} words  @param {string} short */
  #place(words, short) {
    if (this.#head.children[1]?.textContent === words) return;
    const place = make("span", { class: "long" }, words);
    const shorter = make("span", { class: "short", "aria-hidden": "true" }, short);
    this.#head.replaceChildren(make("b", {}, this.#name), place, shorter);
  }

  /** Text under the pointer; empty takes it away. @param {Token[]} text */
  read(text) {
    setTokens(this.#readout, text);
  }

  /** @param {(probe: Probe | null) => void} probed  @param {() => Step | null} shown */
  listen(probed, shown) {
    this.#canvas.addEventListener("pointermove", (event) => {
      const step = shown();
      if (!step || !this.plan || !this.painter || !this.model) return;
      const { x, y } = pointIn(this.#canvas, event);
      const probe = this.painter.probe(this.plan, this.model, step, x / this.#type, y / this.#type);
      this.#light(probe, step);
      probed(probe);
    });
    this.#canvas.addEventListener("pointerleave", () => {
      const step = shown();
      if (step && this.#lit) this.#light(null, step);
      probed(null);
    });
  }

  /** Window cell, weight and product that belong together. @param {Probe | null} probe  @param {Step} step */
  #light(probe, step) {
    this.read(probe?.text ?? []);
    const lit = probe ? `${probe.channel} ${probe.row} ${probe.column}` : "";
    if (lit === this.#lit || !this.painter || !this.model) return;
    if (this.#lit) this.#replan(step);
    this.#lit = lit;
    this.painter.moving(/** @type {CanvasRenderingContext2D} */ (this.context), this.plan, this.model, step);
    for (const row of this.plan.rows ?? []) if (probe && row.channel === probe.channel) this.#frame(row.parts, probe);
  }

  /** @param {import("../painters/rows.js").Part[]} parts  @param {Probe} probe */
  #frame(parts, { row, column }) {
    const { palette } = /** @type {Model} */ (this.model);
    for (const { part, x, y, cell, rows, columns } of parts) {
      if (row >= rows || column >= columns) continue;
      const box = { x: x + column * cell + 2, y: y + row * cell + 2, width: cell - 4, height: cell - 4 };
      const colour = part === "window" ? palette.input : part === "kernel" ? palette.kernel : palette.output;
      drawFrame(/** @type {CanvasRenderingContext2D} */ (this.context), box, colour, palette.paper, 2);
    }
  }
}

/** @param {Token[]} line */
const lettersIn = (line) => line.reduce((sum, { text }) => sum + text.length, 0);

/** @param {Element} node  @param {string} text */
export function setText(node, text) {
  const first = node.firstChild;
  if (!first) node.textContent = text;
  else if (first.nodeValue !== text) first.nodeValue = text;
}

/** What is of another length is made anew, so that nothing is seen to move. @param {Token[]} tokens */
const formOf = (tokens) => tokens.map(({ text }) => text.length).join();

/** Write tokens into spans that are kept from step to step. @param {Element} node  @param {Token[]} tokens */
function setTokens(node, tokens) {
  const form = formOf(tokens);
  if (form !== node.getAttribute("data-form")) node.replaceChildren();
  node.setAttribute("data-form", form);
  while (node.childElementCount < tokens.length) node.append(document.createElement("span"));
  tokens.forEach(({ text, role = "", turn }, place) => {
    const span = /** @type {HTMLElement} */ (node.children[place]);
    if (turn !== undefined || span.style.rotate) span.style.rotate = turn === undefined ? "" : `${turn}rad`;
    setText(span, text);
    if (span.className !== role) span.className = role;
  });
}
