/** A place of the chain: the input, or what a layer makes, as a box with its small map, its name and its shape. */
import { make } from "../../page/elements.js";
import { shapeText } from "../../words/figures.js";
import { Bars, MapPicture } from "./map-picture.js";
import { isBars, isVector, MOST_CHANNELS } from "./tiles.js";

/** CSS pixels of the longer side of a map: of one that is walked, and of the others. */
const SIDES = { open: 92, small: 72 };

/** Channels of an input that is one picture in colours. */
const COLOURS = 3;

/** @typedef {import("./fields.js").SeenBox} SeenBox */

export class ChainMap {
  #seen = make("span", { class: "seen" });

  /**
   * @param {{ name: string, shape: readonly number[], walked: boolean }} told
   * @param {boolean} walks  whether it is a layer, which can be walked
   */
  constructor({ name, shape, walked }, walks) {
    this.shape = shape;
    const whole = !walks && shape[0] === COLOURS;
    const bars = isBars(shape);
    this.map = bars
      ? new Bars(shape)
      : new MapPicture(shape, { open: walked, side: walked ? SIDES.open : SIDES.small, whole });
    const title = make("span", { class: "map-name", title: name }, name);
    if (this.map instanceof MapPicture) title.style.setProperty("--wide", `${this.map.tiles.width}px`);
    const hidden = isVector(shape) ? 0 : shape[0] - MOST_CHANNELS;
    const parts = [
      make(
        "span",
        { class: "map-room" },
        this.map.root,
        ...(hidden > 0 ? [make("span", { class: "more" }, `+${hidden}`)] : []),
      ),
      title,
      make("span", { class: "map-shape" }, shapeText(shape)),
    ];
    this.box = walks
      ? make("button", { type: "button", class: "map-box", "aria-current": walked ? "true" : false }, ...parts)
      : make("span", { class: "map-box" }, ...parts);
    this.root = make("li", {}, this.box, this.#seen);
  }

  /** @param {SmallMap} told  @param {number} place  @param {boolean} dark */
  draw(told, place, dark) {
    this.map.draw(told, place, dark);
  }

  /** @param {SeenBox | null} box  @param {readonly number[] | null} [channels]  those that it lies in, where not all */
  show(box, channels = null) {
    this.map.show(box, channels);
    const nothing = !box || isVector(this.shape) || box.bottom < box.top || box.right < box.left;
    const told = nothing ? "" : `${box.bottom - box.top + 1}×${box.right - box.left + 1}`;
    if (this.#seen.textContent !== told) this.#seen.textContent = told;
  }
}
