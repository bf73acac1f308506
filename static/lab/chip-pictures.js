/** The maps of the layers as small pictures on their chips: one request each, when nothing else is going on. */
import { make } from "../page/elements.js";
import { countOf } from "../words/cells.js";
import { address } from "./server.js";

const QUIET = 600; // milliseconds without another scene
const MOST_PICTURES = 12;
const THINNEST = 16; // sides that are more unlike make no picture
const MOST_CELLS_OF_PICTURE = 2 ** 18;

export class ChipPictures {
  #timer = 0;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
  }

  /** @param {Opening} opening */
  show(opening) {
    clearTimeout(this.#timer);
    if (opening.layers.length <= MOST_PICTURES) this.#timer = setTimeout(() => this.#bring(opening), QUIET);
  }

  /** @param {Opening} opening */
  #bring({ line, layers }) {
    for (const [layer, { input_shape, output_shape }] of layers.entries()) {
      if (layer === 0) this.#put(".chip.input", input_shape, "api/input", { scene: line, layer });
      this.#put(`[data-layer="${layer}"] .chip`, output_shape, "api/feature-map", { scene: line, layer });
    }
  }

  /** @param {string} selector  @param {number[]} shape  @param {string} path
   * @param {Record<string, string | number>} words */
  #put(selector, shape, path, words) {
    const room = this.list.querySelector(selector)?.querySelector(".chip-picture");
    const [, rows, columns] = shape,
      thin = Math.max(rows, columns) > THINNEST * Math.min(rows, columns);
    if (!room || thin || countOf(shape) > MOST_CELLS_OF_PICTURE) return;
    const picture = make("img", { class: "chip-picture", alt: "" });
    picture.addEventListener("load", () => room.replaceWith(picture), { once: true });
    picture.src = address(path, { ...words, format: "png" });
  }
}

/** Room for a picture that comes later. @param {Opening} opening  @returns {HTMLElement[]} */
export function roomForPicture({ layers }) {
  return layers.length <= MOST_PICTURES ? [make("span", { class: "chip-picture" })] : [];
}
