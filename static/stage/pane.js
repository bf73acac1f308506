/** A pane of planes: title with shape, the planes, thumbnails of the others, the legend of its colours. */
import { make } from "../page/elements.js";
import { figure, shapeText } from "../words/figures.js";
import { PlaneView } from "./planes.js";

/** Thumbnails shown at once. */
const THUMBS = 6;

/** Height of the row of thumbnails; a lower pane has none. */
const THUMB_ROW = 50;
const THUMBS_FROM = 120;

/** Milliseconds between two inkings of the thumbnails. */
const THUMB_PAUSE = 100;

/** @typedef {Parameters<PlaneView["reveal"]>[1]} Changing */
/** @typedef {{ plane: number, canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, image: ImageData,
 *              pixels: Uint32Array, count: number }} Thumb  count: cells inked */

export class Pane {
  /** @type {Thumb[]} */
  #inked = [];
  #due = 0;
  #title = make("b");
  #shape = make("span");
  #ink = make("canvas", { class: "ink" });
  #marks = make("canvas", { class: "marks" });
  #sheet = make("div", { class: "sheet", role: "img" });
  #thumbs = make("div", { class: "thumbs" });
  #legend = make("div", { class: "legend" });
  /** @type {PlaneView | null} */
  view = null;
  /** @type {number[]} */
  planes = [];

  /** @param {"input" | "output"} role  @param {(plane: number) => void} choose  a thumbnail */
  constructor(role, choose) {
    /** @type {"input" | "output"} */
    this.role = role;
    this.choose = choose;
    this.node = make(
      "section",
      { class: `pane ${role}` },
      make("div", { class: "title" }, this.#title, this.#shape),
      this.#sheet,
      this.#thumbs,
      this.#legend,
    );
  }

  /** @param {Model} model */
  adopt(model) {
    const picture = this.role === "input" ? model.input : model.output;
    const { words, palette } = model;
    this.#inked = [];
    this.view = new PlaneView({ node: this.#sheet, ink: this.#ink, marks: this.#marks }, picture, palette);
    this.planes = [];
    this.model = model;
    const shape = shapeText(picture.shape);
    const name = model.names[this.role];
    this.#sheet.setAttribute("aria-label", words[`${this.role}Label`](name, shape));
    this.#title.textContent = name;
    this.#shape.textContent = shape;
    this.#drawLegend(picture.scale, words.clipped);
    if (this.role === "input") this.view.written = this.view.grid.count;
  }

  /** @param {import("../drawing/scale.js").Scale} scale  @param {string} clipped */
  #drawLegend(scale, clipped) {
    const bar = make("i");
    bar.style.backgroundImage = scale.gradient();
    const zero = scale.signed ? [make("span", { class: "zero" }, "0")] : [];
    this.#legend.replaceChildren(
      make("span", {}, figure(scale.low)),
      make("span", { class: "bar" }, bar, ...zero),
      make("span", {}, figure(scale.high)),
      ...(scale.clipped ? [make("span", {}, clipped)] : []),
    );
  }

  /** Planes that are not drawn large have thumbnails. @param {readonly number[]} planes */
  needsThumbs(planes) {
    const { view } = this;
    return Boolean(view && view.grid.planes > planes.length);
  }

  /** @param {import("./planes.js").PlaneRoom} room  @param {number[]} planes  @param {Changing} partial */
  fit(room, planes, partial) {
    const view = /** @type {PlaneView} */ (this.view);
    const thumbs = this.needsThumbs(planes) && room.height >= THUMBS_FROM;
    this.planes = planes;
    view.layOut({ ...room, height: Math.max(40, room.height - (thumbs ? THUMB_ROW : 0)) }, planes, partial);
    this.#thumbs.hidden = !thumbs;
    if (thumbs) this.#drawThumbs(view, planes, partial);
    else this.#inked = [];
  }

  /**
   * Show so many cells; thumbnails follow a little later, together.
   * @param {number} count  @param {Changing} partial
   */
  reveal(count, partial) {
    this.view?.reveal(count, partial);
    if (this.#inked.length) this.#due ||= setTimeout(() => this.#inkThumbs(partial), THUMB_PAUSE);
  }

  /** @param {Changing} partial */
  #inkThumbs(partial) {
    clearTimeout(this.#due);
    this.#due = 0;
    for (const thumb of this.#inked)
      inkThumb(thumb, /** @type {PlaneView} */ (this.view), partial?.(thumb.plane) ?? null);
  }

  /** @param {PlaneView} view  @param {number[]} planes  @param {Changing} partial */
  #drawThumbs(view, planes, partial) {
    const model = /** @type {Model} */ (this.model);
    const { grid, picture } = view;
    const first = Math.max(0, Math.min(grid.planes - THUMBS, planes[0] - Math.floor(THUMBS / 2)));
    const shown = Array.from({ length: Math.min(THUMBS, grid.planes) }, (_, place) => first + place);
    const thumbs = shown.map((plane) => thumbOf(plane, grid));
    this.#inked = thumbs;
    this.#inkThumbs(partial);
    const buttons = thumbs.map(({ plane, canvas }) => {
      const button = make(
        "button",
        {
          type: "button",
          title: picture.name(plane),
          "aria-label": picture.name(plane),
          "aria-pressed": `${planes.includes(plane)}`,
        },
        canvas,
      );
      button.addEventListener("click", () => this.choose(plane));
      return button;
    });
    const left = grid.planes - shown.length;
    const told = picture.told ? [make("span", { class: "plane" }, picture.name(planes[0]))] : [];
    this.#thumbs.replaceChildren(...buttons, ...(left > 0 ? [model.words.morePlanes(left)] : []), ...told);
  }
}

/** @param {number} plane  @param {{ columns: number, rows: number }} grid  @returns {Thumb} */
function thumbOf(plane, { columns, rows }) {
  const canvas = make("canvas", { width: `${columns}`, height: `${rows}` });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(columns, rows);
  return { plane, canvas, context, image, pixels: new Uint32Array(image.data.buffer), count: 0 };
}

/**
 * Only what changed since it was last inked.
 * @param {Thumb} thumb  @param {PlaneView} view
 * @param {((row: number, column: number) => number | null) | null} changing
 */
function inkThumb(thumb, { grid, picture, written }, changing) {
  const { pixels, plane } = thumb;
  const first = plane * pixels.length;
  const count = Math.max(0, Math.min(pixels.length, written - first));
  const [start, stop] = changing ? [0, pixels.length] : [Math.min(count, thumb.count), Math.max(count, thumb.count)];
  for (let place = start; place < stop; place += 1) {
    const value = changing
      ? changing(Math.floor(place / grid.columns), place % grid.columns)
      : place < count
        ? picture.data[first + place]
        : null;
    pixels[place] = picture.scale.pixel(value);
  }
  if (stop > start) thumb.context.putImageData(thumb.image, 0, 0);
  thumb.count = count;
}
