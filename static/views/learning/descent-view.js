/** What the network would learn from this picture: its loss goes back layer by layer, then some steps downhill. */
import { divergingScale } from "../../drawing/scale.js";
import { make } from "../../page/elements.js";
import { figure } from "../../words/figures.js";
import { inLanguage, sayIn } from "../../words/language.js";
import { reasonOf } from "../reason.js";
import { AnswerBars } from "./answer-bars.js";
import { Plane } from "./plane.js";
import { askDescent } from "./trained.js";

const RATES = [0.0001, 0.001, 0.01, 0.1];
const MOST_DOWNHILL = 20;
const TALL = 28; // rows: more is a matrix, not a map

export class DescentView {
  answers = make("div", { class: "answers", role: "group" });
  rate = make("select", { class: "rate" });
  steps = make("input", { type: "range", min: "0", max: String(MOST_DOWNHILL), step: "1", value: "1", class: "epoch" });
  #rateName = make("span");
  #stepsName = make("output", { class: "place" });
  loss = make("p", { role: "status" });
  bars = new AnswerBars();
  rows = make("ol", { class: "back-rows" });
  note = make("p", { class: "quiet" });
  root = make(
    "div",
    {},
    this.answers,
    make(
      "div",
      { class: "epoch-line" },
      make("label", { class: "rate-line" }, this.#rateName, this.rate),
      make("label", { class: "epoch-line" }, this.#stepsName, this.steps),
    ),
    this.loss,
    this.bars.root,
    this.rows,
    this.note,
  );
  /** @type {ViewScene | null} */
  #scene = null;
  #answer = "";
  #asked = new AbortController();

  constructor() {
    this.rate.append(...RATES.map((rate) => make("option", { value: String(rate) }, String(rate))));
    this.rate.value = String(RATES[1]);
    this.rate.addEventListener("change", () => this.#ask());
    this.steps.addEventListener("input", () => this.#ask());
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    const same = scene.opening.line === this.#scene?.opening.line;
    const _ = sayIn(scene.language);
    this.#scene = scene;
    this.answers.setAttribute("aria-label", _("The right answer"));
    this.#rateName.textContent = _("Step size");
    this.steps.setAttribute("aria-label", _("Steps downhill"));
    if (!same) this.#answer = "";
    this.#ask();
  }

  async #ask() {
    const scene = this.#scene;
    if (!scene) return;
    const _ = sayIn(scene.language);
    const count = Number(this.steps.value);
    this.#stepsName.textContent = _("{count} {count|step/steps} downhill", { count });
    this.#asked.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const words = { scene: scene.opening.line, answer: this.#answer || "0", rate: this.rate.value, steps: count };
    try {
      this.#lay(await askDescent(scene.server, words, asked.signal), scene);
    } catch (error) {
      if (!asked.signal.aborted) this.note.textContent = reasonOf(error, _);
    }
  }

  /** @param {Descent} told  @param {ViewScene} scene */
  #lay(told, scene) {
    const { classes, losses } = told;
    const _ = sayIn(scene.language);
    this.#answer = told.answer;
    this.#choices(classes);
    const [before, after] = [losses[0], losses[losses.length - 1]].map(figure);
    this.loss.textContent =
      losses.length > 1 ? _("Loss {before}, then {after}", { before, after }) : _("Loss {before}", { before });
    this.bars.show(told, _);
    this.rows.replaceChildren(...told.layers.map((layer) => this.#row(layer, scene)));
    this.note.textContent = _("Plain gradient descent on this picture alone: w becomes w − step size · ∂L/∂w.");
  }

  /** @param {readonly string[]} classes */
  #choices(classes) {
    const _ = sayIn(this.#scene?.language ?? "en");
    const choose = (/** @type {string} */ name) => {
      const pressed = String(name === this.#answer);
      const button = make("button", { type: "button", class: "button", "aria-pressed": pressed }, name);
      button.addEventListener("click", () => {
        this.#answer = name;
        this.#press();
        this.#ask();
      });
      return button;
    };
    if (this.answers.childElementCount === classes.length + 1) return this.#press();
    this.answers.replaceChildren(make("span", {}, _("The right answer")), ...classes.map(choose));
  }

  #press() {
    for (const button of this.answers.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.textContent === this.#answer));
  }

  /** One layer: what its output did to the loss, and what its weights did. @param {LayerGradients} layer
   * @param {ViewScene} scene */
  #row({ layer, name, output, weights }, { opening, language, palette }) {
    const _ = sayIn(language);
    const title = inLanguage(opening.layers[layer]?.title, language);
    const parts = [
      { of: _("∂L/∂output"), gradient: output },
      ...Object.entries(weights).map(([key, gradient]) => ({ of: `∂L/∂${name}.${key}`, gradient })),
    ];
    return make(
      "li",
      {},
      make("b", {}, title),
      ...parts.map(({ of, gradient }) => partOf(of, gradient, _, palette.dark)),
    );
  }

  /** The loss stands still while the kernel walks. */
  show() {}

  close() {
    this.#asked.abort();
  }
}

/** @param {string} of  @param {GradientPicture} gradient  @param {import("../../words/language.js").Say} _
 * @param {boolean} dark */
function partOf(of, { shape, largest, planes }, _, dark) {
  const scale = divergingScale(1, dark);
  const drawn = planes.filter((rows) => rows.length).map((rows) => planeOf(rows, scale));
  const sizes = shape.join("×");
  return make(
    "figure",
    {},
    make("figcaption", { class: "quiet" }, `${of} ${sizes} · `, _("at most {largest}", { largest: figure(largest) })),
    make("div", { class: "planes", role: "img", "aria-label": `${of} ${sizes}` }, ...drawn),
  );
}

/** A vector is a row of cells. @param {number[][]} rows  @param {import("../../drawing/scale.js").Scale} scale */
function planeOf(rows, scale) {
  const plane = new Plane();
  plane.draw(rows, scale);
  const [height, width] = [rows.length, rows[0].length];
  plane.root.classList.toggle("flat", width > 4 * height || height > TALL);
  plane.root.style.aspectRatio = `${width} / ${height}`;
  return plane.root;
}
