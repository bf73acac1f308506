/** Random whole numbers as the input: how many, from which seed, from where to where. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { link } from "./pieces.js";
import { SizeFields } from "./size-fields.js";
import { Understood } from "./understood.js";

/** @typedef {import("./scene.js").SceneInput} SceneInput */

/** The word that a scene says for them. */
export const RANDOM = "random";
/** @type {SceneInput} */
export const FIRST_RANDOM = { source: RANDOM, shape: [6, 6], seed: 1 };
const MOST_SIDE_OF_RANDOM = 64;
const SEEDS = 1000;

export class RandomForm {
  /** @type {SceneInput} */
  #input = FIRST_RANDOM;

  /**
   * @param {(input: SceneInput) => Promise<string>} change  resolves to the refusal, or to nothing
   * @param {() => void} write  makes a matrix of the numbers
   */
  constructor(change, write) {
    this.change = change;
    this.understood = new Understood();
    this.sizes = new SizeFields(
      [_("Random numbers: {side}", { side: _("rows") }), _("Random numbers: {side}", { side: _("columns") })],
      (height, width) => this.#tell({ shape: [...(this.#input.shape ?? []).slice(0, -2), height, width] }),
      (sentence) => this.understood.refuse(sentence),
    );
    this.seed = this.#number("input-seed", "0", (seed) => ({ seed }));
    this.slider = make("input", { type: "range", class: "slider", min: "0", max: "99", "aria-label": _("Seed") });
    this.slider.addEventListener("input", () => this.#tell({ seed: this.slider.valueAsNumber }));
    this.least = this.#number("input-least", "", (min) => ({ min }));
    this.most = this.#number("input-most", "", (max) => ({ max }));
    this.root = make(
      "div",
      { class: "matrix-fields" },
      this.sizes.root,
      make(
        "div",
        { class: "fields bare" },
        drawnField("input-seed", _("Seed"), this.seed, this.slider),
        make("div", { class: "field" }),
        drawnField("input-least", _("Least number"), this.least),
        drawnField("input-most", _("Largest number"), this.most),
      ),
      this.understood.root,
      make(
        "div",
        { class: "planes" },
        link(_("Other numbers"), () => this.#tell({ seed: ((this.#input.seed ?? 0) + 1) % SEEDS })),
        link(_("Write them out as a matrix"), write),
      ),
    );
  }

  /** @param {SceneInput} input */
  show(input) {
    this.#input = input;
    const { shape = [1, 1], seed = 0, min = 0, max = 9 } = input;
    this.sizes.show(shape.slice(-2), [], MOST_SIDE_OF_RANDOM);
    this.slider.value = String(seed);
    for (const [control, value] of /** @type {const} */ ([
      [this.seed, seed],
      [this.least, min],
      [this.most, max],
    ]))
      if (document.activeElement !== control) control.value = String(value);
  }

  /** @param {string} id  @param {string} min  @param {(number: number) => Partial<SceneInput>} told */
  #number(id, min, told) {
    const input = make("input", { type: "number", id, min, step: "1" });
    input.addEventListener("change", () => {
      if (Number.isInteger(input.valueAsNumber)) this.#tell(told(input.valueAsNumber));
      else this.understood.refuse(_("Write a whole number."));
    });
    return input;
  }

  /** @param {Partial<SceneInput>} told */
  async #tell(told) {
    const refusal = await this.change({ ...this.#input, ...told });
    if (refusal) this.understood.refuse(refusal);
    else this.understood.clear();
  }
}

/** @param {string} id  @param {string} text  @param {HTMLElement[]} controls */
function drawnField(id, text, ...controls) {
  const label = make("label", { for: id, class: "label" }, text);
  return make("div", { class: "field" }, label, make("div", { class: "control" }, ...controls));
}
