/** One small map: a canvas with a pixel a cell, and over it what is framed. */
import { make } from "../../page/elements.js";
import { figure } from "../../words/figures.js";
import { inLanguage } from "../../words/language.js";
import { inColours, planesOf } from "./maps.js";
import { Tiles } from "./tiles.js";

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {import("./fields.js").SeenBox} SeenBox */

export class MapPicture {
  #frames = document.createElementNS(SVG, "path");
  #over = document.createElementNS(SVG, "svg");
  #canvas = make("canvas");
  root = make("span", { class: "map" }, this.#canvas, this.#over);

  /** @param {readonly number[]} shape  @param {{ open: boolean, side: number, whole: boolean }} manner */
  constructor(shape, { open, side, whole }) {
    this.shape = shape;
    this.open = open;
    this.tiles = new Tiles(shape, open, side, whole);
    const { tiles, root } = this;
    root.style.width = `${tiles.width}px`;
    root.style.height = `${tiles.height}px`;
    root.classList.toggle("several", !tiles.vector && shape[0] > tiles.count && !open);
    this.#over.setAttribute("viewBox", `0 0 ${tiles.sheet.columns} ${tiles.sheet.rows}`);
    this.#over.setAttribute("preserveAspectRatio", "none");
    this.#over.setAttribute("aria-hidden", "true");
    this.#frames.setAttribute("class", "field");
    this.#over.append(this.#frames);
  }

  /** @param {SmallMap} told  @param {number} place  in the chain  @param {boolean} dark */
  draw(told, place, dark) {
    if (told.cells === null) return;
    const coloured = inColours(told, place);
    if (coloured) this.root.classList.remove("several");
    this.#paint(planesOf(told, dark, coloured));
  }

  /** @param {Uint32Array[]} planes */
  #paint(planes) {
    const { tiles } = this;
    const { rows, columns } = tiles.sheet;
    this.#canvas.width = columns;
    this.#canvas.height = rows;
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    const sheet = context.createImageData(columns, rows);
    const pixels = new Uint32Array(sheet.data.buffer);
    for (let channel = 0; channel < Math.min(tiles.count, planes.length); channel += 1) {
      const corner = tiles.corner(channel);
      for (let row = 0; row < tiles.rows; row += 1)
        pixels.set(
          planes[channel].subarray(row * tiles.columns, (row + 1) * tiles.columns),
          (corner.row + row) * columns + corner.column,
        );
    }
    context.putImageData(sheet, 0, 0);
  }

  /** Frame these cells in every channel, or in some. @param {SeenBox | null} box
   * @param {readonly number[] | null} [channels] */
  show(box, channels = null) {
    const { tiles } = this;
    const empty = !box || box.bottom < box.top || box.right < box.left;
    const frames = empty ? [] : tiles.frames(box, channels);
    const path = frames.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`);
    this.#frames.setAttribute("d", path.join(""));
  }

  /** The cell of the map under a pointer. @param {PointerEvent | MouseEvent} event */
  cellAt(event) {
    const { left, top, width, height } = this.root.getBoundingClientRect();
    return this.tiles.cellAt((event.clientX - left) / width, (event.clientY - top) / height);
  }
}

/** The numbers of a short vector as bars, each with its place or its class; what a network answers stands out. */
export class Bars {
  /** @type {HTMLElement[]} */
  #rows = [];
  root = make("span", { class: "value-bars" });

  /** @param {readonly number[]} shape  */
  constructor(shape) {
    this.#rows = Array.from({ length: shape[0] }, (_, place) =>
      make("span", { class: "value-bar" }, make("b", {}, String(place)), make("i"), make("span", { class: "number" })),
    );
    this.root.replaceChildren(...this.#rows);
  }

  /** @param {SmallMap} told */
  draw({ values, low, high, answer, classes }) {
    if (!values) return;
    const language = this.root.closest("[lang]")?.getAttribute("lang") ?? "";
    const names = classes?.map((name) => inLanguage(name, language));
    this.root.classList.toggle("named", names?.some((name) => name.length > 1) ?? false);
    for (const [place, row] of this.#rows.entries()) {
      const [name, bar, number] = /** @type {HTMLElement[]} */ ([...row.children]);
      const value = values[place];
      const [zero, end] = [0, value ?? 0].map((one) => (one - low) / (high - low));
      bar.style.setProperty("--from", String(Math.min(zero, end)));
      bar.style.setProperty("--long", String(Math.abs(end - zero)));
      number.textContent = figure(value);
      name.textContent = names?.[place] ?? String(place);
      row.classList.toggle("most", place === answer);
    }
  }

  /** @param {SeenBox | null} box  @param {readonly number[] | null} [channels] */
  show(box, channels = null) {
    for (const [place, row] of this.#rows.entries())
      row.classList.toggle("lit", box !== null && (channels === null || channels.includes(place)));
  }

  /** @param {PointerEvent | MouseEvent} event  @returns {[number, number, number] | null} */
  cellAt({ target }) {
    const place = this.#rows.findIndex((row) => target instanceof Node && row.contains(target));
    return place < 0 ? null : [place, 0, 0];
  }
}
