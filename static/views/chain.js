/** The chain of a scene as boxes with their maps, and on each map the part that a cell further on sees. */
import { make } from "../page/elements.js";
import { addressOf } from "../wire/client.js";
import { shapeText } from "../words/figures.js";
import { inLanguage, sayIn } from "../words/language.js";

/** The longer side of a map, in CSS pixels. */
const SIDE = 72;
const LEAST_SIDE = 10;
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {import("./field.js").SeenBox} SeenBox */

/** One map of the chain: the input, or what a layer makes. */
export class ChainMap {
  #field = document.createElementNS(SVG, "rect");
  #picture = document.createElementNS(SVG, "svg");
  #seen = make("span", { class: "seen" });
  map = make("span", { class: "map" }, this.#picture);

  /**
   * @param {{ name: string, shape: readonly number[], picture: string, walked: boolean }} told
   * @param {(() => void) | null} walk
   */
  constructor({ name, shape, picture, walked }, walk) {
    this.shape = shape;
    this.#frame(picture);
    const parts = [
      this.map,
      make("span", { class: "map-name" }, name),
      make("span", { class: "map-shape" }, shapeText(shape)),
    ];
    const box = walk
      ? make("button", { type: "button", class: "map-box", "aria-current": walked ? "true" : false }, ...parts)
      : make("span", { class: "map-box" }, ...parts);
    if (walk) box.addEventListener("click", walk);
    this.root = make("li", {}, box, this.#seen);
  }

  /** @param {string} address */
  #frame(address) {
    const [channels, rows, columns] = this.shape;
    const scale = SIDE / Math.max(rows, columns);
    this.#picture.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
    this.#picture.setAttribute("preserveAspectRatio", "none");
    this.#picture.setAttribute("aria-hidden", "true");
    this.map.style.width = `${Math.max(LEAST_SIDE, columns * scale)}px`;
    this.map.style.height = `${Math.max(LEAST_SIDE, rows * scale)}px`;
    if (channels > 1 && rows * columns === 1) this.map.style.width = `${LEAST_SIDE}px`;
    else if (channels > 1) this.map.classList.add("several");
    else this.map.replaceChildren(pictureOf(address), this.#picture);
    this.#field.setAttribute("class", "field");
    this.#picture.append(this.#field);
    this.show(null);
  }

  /** @param {SeenBox | null} box */
  show(box) {
    const empty = !box || box.bottom < box.top || box.right < box.left;
    const { top, bottom, left, right } = empty ? { top: 0, bottom: -1, left: 0, right: -1 } : box;
    for (const [name, value] of [
      ["x", left],
      ["y", top],
      ["width", right - left + 1],
      ["height", bottom - top + 1],
    ])
      this.#field.setAttribute(String(name), String(value));
    const told = empty ? "" : `${bottom - top + 1}×${right - left + 1}`;
    if (this.#seen.textContent !== told) this.#seen.textContent = told;
  }

  /** The cell under a pointer. @param {PointerEvent | MouseEvent} event */
  cellAt(event) {
    const [, rows, columns] = this.shape;
    const { left, top, width, height } = this.map.getBoundingClientRect();
    const row = Math.floor(((event.clientY - top) / height) * rows);
    const column = Math.floor(((event.clientX - left) / width) * columns);
    return row >= 0 && column >= 0 && row < rows && column < columns ? [row, column] : null;
  }
}

/** A map that does not come is a plain box. @param {string} address */
function pictureOf(address) {
  const picture = make("img", { src: address, alt: "", loading: "lazy" });
  picture.addEventListener("error", () => picture.remove());
  return picture;
}

/**
 * The input and the map of each layer, in their order.
 * @param {ViewScene} scene  @param {(layer: number) => void} walk
 */
export function mapsOf({ opening, language, server }, walk) {
  const _ = sayIn(language);
  const { layers, line } = opening;
  const of = (/** @type {number} */ layer, /** @type {string} */ path) =>
    addressOf(server, `api/${path}`, { scene: line, layer, format: "png" });
  const input = { name: _("Input"), shape: layers[0].input_shape, picture: of(0, "input"), walked: false };
  return [
    new ChainMap(input, null),
    ...layers.map(
      (layer, place) =>
        new ChainMap(
          {
            name: inLanguage(layer.title, language) || layer.operation,
            shape: layer.output_shape,
            picture: of(place, "feature-map"),
            walked: place === opening.layer,
          },
          () => walk(place),
        ),
    ),
  ];
}
