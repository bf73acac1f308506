/** What excites the map that is walked: the nine windows of test digits that it answers to most. */
import { scaleOf } from "../../drawing/scale.js";
import { make } from "../../page/elements.js";
import { placeOfCell } from "../../words/cells.js";
import { figure, thousands } from "../../words/figures.js";
import { sayIn } from "../../words/language.js";
import { reasonOf } from "../reason.js";
import { Plane } from "./plane.js";
import { askExciting, trainedLayer } from "./trained.js";

const BRIGHTEST = 255;

export class ExcitingView {
  place = make("p", { class: "place" });
  before = make("button", { type: "button", class: "button" }, "◀");
  after = make("button", { type: "button", class: "button" }, "▶");
  windows = make("ol", { class: "planes windows" });
  note = make("p", { class: "quiet" });
  root = make(
    "div",
    {},
    make("div", { class: "unit-line" }, this.before, this.after, this.place),
    this.windows,
    this.note,
  );
  /** @type {ViewScene | null} */
  #scene = null;
  #unit = -1;
  #asked = new AbortController();

  /** @param {ViewEvents} events */
  constructor(events) {
    this.before.addEventListener("click", () => this.#walk(events, -1));
    this.after.addEventListener("click", () => this.#walk(events, 1));
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    const _ = sayIn(scene.language);
    this.#scene = scene;
    this.#unit = -1;
    this.before.setAttribute("aria-label", _("Map before"));
    this.after.setAttribute("aria-label", _("Map after"));
  }

  /** To the first cell of another map. @param {ViewEvents} events  @param {number} by */
  #walk(events, by) {
    const shape = this.#scene?.opening.start.output_shape;
    if (!shape) return;
    events.seek(placeOfCell([(this.#unit + by + shape[0]) % shape[0], 0, 0], shape));
  }

  /** @param {Step} step */
  show({ at: [unit] }) {
    if (unit === this.#unit || !this.#scene) return;
    this.#unit = unit;
    const { opening, server } = this.#scene;
    const named = trainedLayer(opening.layers[opening.layer]);
    this.#asked.abort();
    this.#asked = new AbortController();
    if (named) this.#ask(server, named, unit, this.#asked.signal);
  }

  /** @param {string} server  @param {{ network: string, layer: string }} named  @param {number} unit
   * @param {AbortSignal} signal */
  async #ask(server, named, unit, signal) {
    try {
      this.#lay(await askExciting(server, named, unit, signal));
    } catch (error) {
      if (signal.aborted) return;
      this.#unit = -1;
      this.note.textContent = reasonOf(error, sayIn(this.#scene?.language ?? ""));
    }
  }

  /** @param {Exciting} told */
  #lay({ layer, unit, units, of, size, windows, labels, values }) {
    if (!this.#scene) return;
    const { language, palette } = this.#scene;
    const _ = sayIn(language);
    const map = unit + 1;
    this.place.textContent = _("Map {map} of {units} of {layer}", { map, units, layer: layer.toUpperCase() });
    const scale = scaleOf([0, BRIGHTEST], "picture", palette.dark);
    this.windows.replaceChildren(
      ...windows.map((rows, place) => {
        const plane = new Plane();
        plane.draw(rows, scale);
        const [digit, answer] = [labels[place], figure(values[place])];
        plane.root.setAttribute("role", "img");
        plane.root.setAttribute("aria-label", _("Window of a {digit}: the map answers {answer}", { digit, answer }));
        return make("li", {}, plane.root, make("span", { class: "quiet number", "aria-hidden": "true" }, answer));
      }),
    );
    this.note.textContent = _(
      "Of {count} test digits, the nine windows of {size} cells to a side that it answers to most, and its answers.",
      { count: thousands(of), size },
    );
  }

  close() {
    this.#asked.abort();
  }
}
