/** The chain of a scene as a strip of maps: a click opens a layer, arrows go along, a cell lights what it sees. */
import { DIRECTIONS } from "../../page/directions.js";
import { make } from "../../page/elements.js";
import { countOf, placeOfCell } from "../../words/cells.js";
import { inLanguage, sayIn } from "../../words/language.js";
import { ChainMap } from "./chain-map.js";
import { Fields } from "./fields.js";
import { Lights } from "./lights.js";
import { askMaps } from "./maps.js";

/** Where arrows lead along the strip. */
const ON_THE_STRIP = /** @type {Record<string, (place: number, last: number) => number>} */ ({
  ArrowLeft: (place) => place - 1,
  ArrowRight: (place) => place + 1,
  Home: () => 1,
  End: (_place, last) => last,
});

export class ChainStrip {
  root = make("ol", { class: "network-chain" });
  /** @type {ChainMap[]} */
  #maps = [];
  /** @type {Lights | null} */
  #lights = null;
  /** @type {Step | null} */
  #step = null;
  /** The cell that keys have moved to. @type {number[]} */
  #pointed = [];
  /** @type {Opening | null} */
  #opening = null;

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
    this.root.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    const { opening, language, server } = scene;
    const _ = sayIn(language);
    const focused = this.#focused();
    this.#opening = opening;
    this.#step = null;
    this.#lights?.fields.close();
    this.#maps = mapsOf(opening, language, _);
    this.#lights = new Lights(
      this.#maps,
      new Fields(server, opening.line, () => this.#lights?.draw()),
      opening.layer + 1,
    );
    for (const [place, map] of this.#maps.entries()) this.#listen(map, place);
    this.root.replaceChildren(...this.#maps.map(({ root }) => root));
    this.root.setAttribute("aria-label", _("Layers, and what the walked cell sees of each map"));
    if (focused > 0) this.#focus(Math.min(focused, this.#maps.length - 1));
    this.#draw(scene, this.#maps);
    requestAnimationFrame(() => this.#reveal());
  }

  /** The walked map in sight, in a strip that may be longer than the page. */
  #reveal() {
    const { offsetLeft, offsetWidth } = this.#maps[this.#lights?.walked ?? 0].root;
    const { scrollLeft, clientWidth } = this.root;
    const within = offsetLeft >= scrollLeft && offsetLeft + offsetWidth <= scrollLeft + clientWidth;
    if (!within) this.root.scrollLeft = offsetLeft - Math.max(0, (clientWidth - offsetWidth) / 2);
  }

  /** @param {ViewScene} scene  @param {ChainMap[]} maps */
  async #draw({ server, opening, palette }, maps) {
    const told = await askMaps(server, opening.line).catch(() => []);
    for (const [place, map] of maps.entries()) if (told[place]) map.draw(told[place], place, palette.dark);
  }

  /** @param {ChainMap} map  @param {number} place */
  #listen(map, place) {
    const { events } = this;
    const walked = place === this.#lights?.walked;
    map.map.root.addEventListener("pointermove", (event) => {
      const cell = map.map.cellAt(event);
      this.#lights?.look(place, cell);
      if (walked) events.look(cell && this.#stepOf(place, cell));
    });
    map.map.root.addEventListener("pointerleave", () => {
      this.#lights?.look(place, null);
      if (walked) events.look(null);
    });
    if (place === 0) return;
    map.box.tabIndex = walked ? 0 : -1;
    map.box.addEventListener("click", (event) => {
      const cell = map.map.cellAt(event);
      const step = cell && event.detail ? this.#stepOf(place, cell) : null;
      if (!walked) events.layer(place - 1, step ?? 0);
      else if (step !== null) events.seek(step);
    });
    map.box.addEventListener("focus", () =>
      this.#point(place, walked && this.#step ? this.#step.at : middleOf(map.shape)),
    );
    map.box.addEventListener("blur", () => this.#lights?.look(place, null));
  }

  /** The step that makes a cell; null where steps are something else. @param {number} place  @param {number[]} cell */
  #stepOf(place, cell) {
    const layer = this.#opening?.layers[place - 1];
    return layer && layer.steps === countOf(layer.output_shape) ? placeOfCell(cell, layer.output_shape) : null;
  }

  /** @param {number} place  @param {readonly number[]} at */
  #point(place, at) {
    this.#pointed = [...at];
    this.#lights?.look(place, this.#pointed);
  }

  /** The place whose box has the focus, or -1. */
  #focused() {
    const root = /** @type {Document | ShadowRoot} */ (this.root.getRootNode?.() ?? document);
    return this.#maps.findIndex(({ box }) => box === root.activeElement);
  }

  /** @param {number} place */
  #focus(place) {
    for (const [index, { box }] of this.#maps.entries()) if (index > 0) box.tabIndex = index === place ? 0 : -1;
    this.#maps[place].box.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const place = this.#focused();
    const way = event.shiftKey ? DIRECTIONS[event.key] : ON_THE_STRIP[event.key];
    if (place < 0 || !way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (typeof way === "function") {
      const last = this.#maps.length - 1;
      this.#focus(Math.max(1, Math.min(last, way(place, last))));
    } else this.#point(place, movedIn(this.#maps[place].shape, this.#pointed, way));
  }

  /** @param {Step} step */
  show(step) {
    this.#step = step;
    this.#lights?.walk(step.at);
  }

  close() {
    this.#lights?.fields.close();
  }
}

/** @param {Opening} opening  @param {string} language  @param {import("../../words/language.js").Say} _ */
function mapsOf({ layers, layer: walked }, language, _) {
  return [
    new ChainMap({ name: _("Input"), shape: layers[0].input_shape, walked: false }, false),
    ...layers.map(({ title, operation, output_shape: shape }, place) => {
      const name = inLanguage(title, language) || operation;
      return new ChainMap({ name, shape, walked: place === walked }, true);
    }),
  ];
}

/** @param {readonly number[]} shape */
const middleOf = ([, rows, columns]) => [0, Math.floor(rows / 2), Math.floor(columns / 2)];

/** A vector has its cells one below another. @param {readonly number[]} shape  @param {readonly number[]} at
 * @param {[number, number]} by */
function movedIn(shape, at, [down, along]) {
  const [channels, rows, columns] = shape;
  const within = (/** @type {number} */ place, /** @type {number} */ size) => Math.max(0, Math.min(size - 1, place));
  if (rows * columns === 1) return [within(at[0] + down + along, channels), 0, 0];
  return [at[0], within(at[1] + down, rows), within(at[2] + along, columns)];
}
