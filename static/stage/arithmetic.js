/** The middle pane: the painter's grids on a canvas, the result in large figures, the sum written out. */
import { sizeCanvas } from "../drawing/cells.js";
import { make } from "../page/elements.js";
import { pointIn } from "../page/pointer.js";
import { written } from "../words/formula.js";
import { inLanguage } from "../words/language.js";

/** The result's line, where it stands below the grids. */
const RESULT = 46;

/** Names over the grids and the room around them. */
const HEADS = 36;

/** A cell of this side holds the digits of a product. */
const READABLE = 27;

export class ArithmeticPane {
  #canvas = make("canvas", { role: "img" });
  #title = make("b");
  #place = make("span", { class: "long" });
  #short = make("span", { class: "short", "aria-hidden": "true" });
  #result = make("div", { class: "result" });
  #lines = make("div", { class: "lines" });
  #readout = make("div", { class: "readout" });
  #board = make("div", { class: "board" }, this.#canvas, this.#result);
  node = make(
    "section",
    { class: "pane arithmetic" },
    make("div", { class: "title" }, this.#title, this.#place, this.#short),
    this.#board,
    this.#lines,
    this.#readout,
  );
  /** @type {any} */
  plan = null;
  #key = "";
  #box = { width: 100, height: 100 };

  /** @param {Painter} painter  @param {Model} model */
  adopt(painter, model) {
    this.painter = painter;
    this.model = model;
    this.plan = null;
    this.#title.textContent = inLanguage(model.layer?.title, model.lang) || model.words.arithmetic;
    this.#canvas.setAttribute("aria-label", model.words.arithmeticLabel);
    this.#lines.style.minHeight = "";
  }

  /**
   * @param {Step} step
   * @param {{ width: number, height: number, free?: boolean }} room  below the title; free: the lines do not count
   */
  fit(step, room) {
    const model = /** @type {Model} */ (this.model);
    this.#write(model, step);
    this.#lines.style.minHeight = "";
    this.#lines.style.width = `${room.width}px`;
    this.#lines.hidden = false;
    const slack = this.#lines.childElementCount && step.sums && step.sums.length < 2 ? 20 : 0;
    const written = this.#lines.offsetHeight + slack;
    this.#lines.hidden =
      !room.free && step.products?.length === 1 && crowded(room.height - RESULT - HEADS, model.start, written);
    const lines = this.#lines.hidden ? 0 : written;
    this.#lines.style.minHeight = `${lines}px`;
    this.#box = { width: room.width, height: Math.max(90, room.height - (room.free ? 0 : lines + 8)) };
    this.#replan(step);
  }

  /** @param {Step} step */
  #replan(step) {
    const painter = /** @type {Painter} */ (this.painter);
    const model = /** @type {Model} */ (this.model);
    const { width, height } = this.#box;
    this.#key = painter.key(model, step);
    const folded = painter.plan(model, step, { width, height });
    this.plan = folded.result ? folded : painter.plan(model, step, { width, height: height - RESULT });
    const context = sizeCanvas(this.#canvas, width, this.plan.height, model.palette.ratio);
    this.context = context;
    this.#placeResult(this.plan.result);
    painter.still(context, this.plan, model, step);
  }

  /** @param {Box | undefined} box */
  #placeResult(box) {
    this.#result.classList.toggle("beside", Boolean(box));
    this.#result.style.cssText = box
      ? `left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px;` +
        `font-size:${Math.max(20, Math.min(34, box.width / 5))}px`
      : "";
  }

  /** @param {Step} step */
  show(step) {
    const painter = /** @type {Painter} */ (this.painter);
    const model = /** @type {Model} */ (this.model);
    if (painter.key(model, step) !== this.#key) this.#replan(step);
    painter.moving(/** @type {CanvasRenderingContext2D} */ (this.context), this.plan, model, step);
    this.#write(model, step);
  }

  /** @param {Model} model  @param {Step} step */
  #write(model, step) {
    const { result, lines } = written(model, step);
    const several = (model.start.kind === "scatter" ? model.start.input_shape : model.start.output_shape)[0] > 1;
    setText(this.#place, model.words.place(step.at, several));
    setText(this.#short, `[${(several ? step.at : step.at.slice(1)).join(", ")}]`);
    setTokens(this.#result, result);
    while (this.#lines.childElementCount < lines.length) this.#lines.append(make("div"));
    for (const [place, line] of [...this.#lines.children].entries()) setTokens(line, lines[place] ?? []);
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
      const probe = this.painter.probe(this.plan, this.model, step, x, y);
      this.read(probe?.text ?? []);
      probed(probe);
    });
    this.#canvas.addEventListener("pointerleave", () => {
      this.read([]);
      probed(null);
    });
  }
}

/**
 * Whether the written sum would take the digits out of the grids, which say the same.
 * @param {number} height  @param {StartLine} start  @param {number} lines
 */
function crowded(height, { kernel_size: [rows] = [1, 1] }, lines) {
  return height < rows * READABLE + lines && height >= rows * READABLE;
}

/** @param {Element} node  @param {string} text */
export function setText(node, text) {
  const first = node.firstChild;
  if (!first) node.textContent = text;
  else if (first.nodeValue !== text) first.nodeValue = text;
}

/** Write tokens into spans that are kept from step to step. @param {Element} node  @param {Token[]} tokens */
function setTokens(node, tokens) {
  while (node.childElementCount > tokens.length) node.lastElementChild?.remove();
  while (node.childElementCount < tokens.length) node.append(document.createElement("span"));
  tokens.forEach(({ text, role = "", turn }, place) => {
    const span = /** @type {HTMLElement} */ (node.children[place]);
    if (turn !== undefined || span.style.rotate) span.style.rotate = turn === undefined ? "" : `${turn}rad`;
    setText(span, text);
    if (span.className !== role) span.className = role;
  });
}
