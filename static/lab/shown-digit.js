/** How a drawing becomes what a network is given, step by step, and what the network answers while it is drawn. */
import { make } from "../page/elements.js";
import { _, LANG, said } from "../page/words.js";
import { Bars } from "../views/chain/map-picture.js";
import { isBars } from "../views/chain/tiles.js";
import { answered, posted } from "../wire/client.js";
import { figure, shapeText } from "../words/figures.js";
import { DIGIT_SIDE, INK_BOX, WHITE_INK } from "./drawn-digit.js";
import { Newest } from "./newest.js";
import { withInput } from "./scene.js";
import { address } from "./server.js";

/** @typedef {import("./drawn-digit.js").Rows} Rows */
/** @typedef {import("./drawn-digit.js").Preparation} Preparation */

const MARKED = "http://www.w3.org/2000/svg";

/** CSS pixels of a cell that the network is given; half the length of a cross, in cells. */
const CELL = 4;
const CROSS = 1.5;

export class ShownDigit {
  /** @type {Opening | null} */
  #opening = null;
  /** @type {Bars | null} */
  #bars = null;
  /** Scenes whose answers are asked for. @type {Newest<unknown>} */
  #asked = new Newest((scene) => this.#answer(scene));

  /** @param {HTMLCanvasElement} given  what the network is given, of which a picture is kept */
  constructor(given) {
    this.drawn = new Figure(make("canvas"));
    this.small = new Figure(make("canvas"));
    this.moved = new Figure(given);
    this.framed = new Figure(make("canvas"));
    this.framed.room.classList.add("framed");
    const figures = [this.drawn, this.small, this.moved, this.framed];
    this.steps = make("ol", { class: "pad-steps", hidden: true }, ...figures.map(({ root }) => root));
    this.answers = make("div", { class: "pad-answers", hidden: true });
  }

  /** Whether the network's answers can be asked for alone. */
  get answering() {
    return this.#bars !== null;
  }

  /** @param {Opening} opening */
  adopt(opening) {
    const shape = opening.layers[opening.layers.length - 1].output_shape;
    const several = isBars(shape);
    if (!several) this.#bars = null;
    else if (!this.#bars || shapeText(shape) !== this.answers.dataset.shape) this.#bars = new Bars(shape);
    this.#opening = opening;
    this.answers.hidden = !several;
    this.answers.dataset.shape = shapeText(shape);
    if (this.#bars) {
      this.answers.replaceChildren(make("span", { class: "quiet" }, _("What the network answers")), this.#bars.root);
      this.#ask(opening.scene);
    }
  }

  /** @param {Rows} rows  28 x 28 */
  tell(rows) {
    if (!this.#opening) return;
    const scene = /** @type {import("./scene.js").Scene} */ (this.#opening.scene);
    this.#ask(withInput(scene, { source: rows }));
  }

  /** @param {unknown} scene */
  #ask(scene) {
    this.#asked.waiting = scene;
    this.#asked.run();
  }

  /** @param {unknown} scene */
  async #answer(scene) {
    const answer = await answered(address("api/maps", { lang: LANG }), posted({ scene, first: -1 }))
      .then((response) => response.json())
      .catch(() => null);
    if (answer) this.#bars?.draw(answer.maps[0]);
  }

  /** @param {Rows} ink  @param {Preparation} made */
  show(ink, made) {
    const { box, small, centre, corner, moved, rows } = made;
    this.steps.hidden = !box;
    if (!box) return;
    const [high, wide] = [box.bottom - box.top + 1, box.right - box.left + 1];
    const sides = { rows: small.length, columns: small[0].length };
    this.drawn.draw(ink, 1, (DIGIT_SIDE * CELL) / ink.length, frame([box.top, box.left], high, wide));
    this.drawn.say(_("As drawn: ink fills {rows} × {columns} of {of} cells.", sizes(high, wide, ink)));
    this.small.draw(small, 1, CELL, cross(centre));
    this.small.say(
      _("Cut to that box and scaled, its longer side to {longer}: {rows} × {columns}.", { ...sides, longer: INK_BOX }),
    );
    const at = /** @type {[number, number]} */ (centre.map((place, axis) => place + corner[axis]));
    this.moved.mark(rows, CELL, frame(corner, sides.rows, sides.columns) + cross(at));
    const [down, right] = moved.map(signed);
    const laid = _(
      "Laid into 28 × 28, its centre of mass (cross) in the middle: {down} px down, {right} px right of a centred box.",
      { down, right },
    );
    this.moved.say(laid);
    this.#frame(rows);
  }

  /** A first layer that makes the picture larger is shown as the frame that it lays around. @param {Rows} rows */
  #frame(rows) {
    const [first] = this.#opening?.layers ?? [];
    const around = first ? (first.output_shape[1] - rows.length) / 2 : 0;
    this.framed.root.hidden = around <= 0;
    if (around <= 0) return;
    this.framed.room.style.padding = `${around * CELL}px`;
    this.framed.draw(rows, WHITE_INK, CELL, "");
    const facts = { layer: said(first.title, first.operation), given: shapeText(first.input_shape.slice(1)) };
    const made = shapeText(first.output_shape.slice(1));
    this.framed.say(_("The first layer of the scene, {layer}, frames it: {given} becomes {made}.", { ...facts, made }));
  }
}

/** A small picture of a step, what is marked in it, and its sentence. */
class Figure {
  #marks = document.createElementNS(MARKED, "path");
  #over = document.createElementNS(MARKED, "svg");
  #sentence = make("span");

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.#over.setAttribute("aria-hidden", "true");
    this.#over.append(this.#marks);
    this.room = make("span", { class: "pad-picture" }, make("span", { class: "pad-cells" }, canvas, this.#over));
    this.root = make("li", {}, this.room, this.#sentence);
  }

  /** @param {Rows} ink  @param {number} white  what is all ink  @param {number} cell  CSS pixels
   * @param {string} marks */
  draw(ink, white, cell, marks) {
    const [height, width] = [ink.length, ink[0].length];
    Object.assign(this.canvas, { width, height });
    const context = this.canvas.getContext("2d");
    const image = context?.createImageData(width, height);
    for (const [place, value] of ink.flat().entries()) {
      const grey = Math.min(WHITE_INK, Math.round((WHITE_INK * value) / white));
      image?.data.set([grey, grey, grey, WHITE_INK], 4 * place);
    }
    if (image) context?.putImageData(image, 0, 0);
    this.mark(ink, cell, marks);
  }

  /** Over a picture that somebody else draws. @param {Rows} ink  @param {number} cell  @param {string} marks */
  mark(ink, cell, marks) {
    const [height, width] = [ink.length, ink[0].length];
    Object.assign(this.canvas.style, { width: `${width * cell}px`, height: `${height * cell}px` });
    this.#over.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#marks.setAttribute("d", marks);
  }

  /** @param {string} sentence */
  say(sentence) {
    this.#sentence.textContent = sentence;
  }
}

/** @param {number} by */
const signed = (by) => (by > 0 ? `+${by}` : figure(by));

/** @param {number} rows  @param {number} columns  @param {Rows} ink */
const sizes = (rows, columns, ink) => ({ rows, columns, of: shapeText([ink.length, ink[0].length]) });

/** @param {[number, number]} corner  @param {number} rows  @param {number} columns */
const frame = ([top, left], rows, columns) => `M${left} ${top}h${columns}v${rows}h${-columns}z`;

/** @param {[number, number]} at */
const cross = ([down, right]) => `M${right - CROSS} ${down}h${2 * CROSS}M${right} ${down - CROSS}v${2 * CROSS}`;
