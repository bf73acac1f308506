/**
 * One pane's planes of cells: pixels at one per cell, over them ink (lines, numbers), over that the marks of a step.
 */
import { drawDigits, drawVeil, letteringOf, setFont, sizeCanvas } from "../drawing/cells.js";
import { SIGNIFICANT, widestFigures } from "../words/figures.js";
import { NUMBER_FROM } from "../words/vocabulary.js";
import { COLOURED } from "./chosen.js";
import { Places } from "./places.js";

/**
 * @typedef {object} Picture
 * @property {number[]} shape
 * @property {Values} data
 * @property {import("../drawing/scale.js").Scale} scale
 * @property {boolean} whole  @property {boolean} coloured  a picture of red, green and blue
 * @property {import("./places.js").Border} border
 * @property {(channel: number, row: number, column: number) => number | null} bordered  a value outside the picture
 * @property {{ rows: number[], cols: number[] } | null} missed  lines that no window covers
 * @property {boolean} [told]  the planes have names of their own
 * @property {(channel: number) => string} name  @property {(channel: number) => string} letter
 */
/**
 * @typedef {{ node: HTMLElement, ink: HTMLCanvasElement, marks: HTMLCanvasElement }} Sheet  kept from scene to scene
 */
/** @typedef {import("./places.js").Place & { canvas: HTMLCanvasElement, context: CanvasRenderingContext2D,
 *             image: ImageData, pixels: Uint32Array }} Tile  a plane's own pixels */

/**
 * @typedef {{ width: number, height: number, type?: number, least?: number }} PlaneRoom  type: how much larger than
 *   usual text is; least: the smallest digits
 */

/** Cells of so many CSS pixels have lines between them. */
const LINED_FROM = 9;

/** Cells too small for numbers. */
const NONE = { size: 0, digits: SIGNIFICANT[0] };

export class PlaneView extends Places {
  /** @type {Tile[]} */
  tiles = [];
  lettering = NONE;
  #type = 1;
  /** Cells written, in memory order. */
  written = 0;
  /** @type {Picture} */
  picture;
  /** @type {Palette} */
  palette;

  /** @param {Sheet} sheet  @param {Picture} picture  @param {Palette} palette */
  constructor(sheet, picture, palette) {
    super(picture.shape, picture.border, palette.ratio);
    this.sheet = sheet;
    this.ink = contextOf(sheet.ink);
    this.marks = contextOf(sheet.marks);
    this.picture = picture;
    this.palette = palette;
  }

  /**
   * @param {PlaneRoom} room  @param {readonly number[]} planes  which to draw
   * @param {(plane: number) => ((row: number, column: number) => number | null) | null} [partial] values while they
   *   still change
   */
  layOut(room, planes, partial) {
    this.place(room, planes);
    const letters = widestFigures(this.#valueRange(), this.picture.whole);
    this.#type = room.type ?? 1;
    this.lettering = this.cell >= NUMBER_FROM ? letteringOf(this.cell, letters, room.least) : NONE;
    this.tiles = this.places.map((place) => this.#tile(place));
    const { node, ink, marks } = this.sheet;
    node.style.height = `${this.height}px`;
    for (const canvas of [ink, marks]) sizeCanvas(canvas, room.width, this.height, this.ratio);
    node.replaceChildren(...this.tiles.map((tile) => tile.canvas), ink, marks);
    ink.hidden = !this.named && this.cell < LINED_FROM; // where it stands it costs each frame
    this.#drawLines();
    const written = this.written;
    this.written = 0;
    this.reveal(written, partial);
    for (const tile of this.tiles) this.#veilMissed(tile);
  }

  /** What no window covers is veiled and hatched. @param {Tile} tile */
  #veilMissed(tile) {
    const { rows, cols } = this.picture.missed ?? { rows: [], cols: [] };
    const boxes = [
      ...rows.map((row) => this.boxOf(tile, row, 0, 1, this.grid.columns)),
      ...cols.map((column) => this.boxOf(tile, 0, column, this.grid.rows, 1)),
    ];
    if (boxes.length) this.sheet.ink.hidden = false;
    for (const box of boxes) drawVeil(this.ink, box, this.palette);
  }

  #valueRange() {
    const { low, high } = this.picture.scale;
    return [low, high];
  }

  /** @param {import("./places.js").Place} place  @returns {Tile} */
  #tile(place) {
    const { width, height } = this.side;
    const canvas = document.createElement("canvas");
    canvas.className = "cells";
    canvas.width = this.columns;
    canvas.height = this.rows;
    canvas.style.cssText = `left:${place.x}px;top:${place.y}px;width:${width}px;height:${height}px`;
    canvas.classList.toggle("small", this.cell < 1);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const image = context.createImageData(this.columns, this.rows);
    const tile = { ...place, canvas, context, image, pixels: new Uint32Array(image.data.buffer) };
    if (tile.plane === COLOURED) this.#drawColoured(tile);
    else this.#drawBorder(tile);
    return tile;
  }

  /** All channels in one. @param {Tile} tile */
  #drawColoured({ pixels, context, image }) {
    const { data, border, scale } = this.picture;
    const { rows, columns } = this.grid;
    const band = (/** @type {number} */ place) => scale.pixel(data[place]) & 0xff;
    for (let place = 0; place < rows * columns; place += 1) {
      const [row, column] = [Math.floor(place / columns) + border.top, (place % columns) + border.left];
      const [red, green, blue] = [0, 1, 2].map((plane) => band(plane * rows * columns + place));
      pixels[row * this.columns + column] = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
    }
    context.putImageData(image, 0, 0);
  }

  /** @param {Tile} tile */
  #drawBorder(tile) {
    const { border, bordered, scale } = this.picture;
    if (!(border.top || border.bottom || border.left || border.right)) return;
    this.around((row, column) => {
      const value = bordered(tile.plane, row, column);
      const place = (row + border.top) * this.columns + column + border.left;
      tile.pixels[place] = value ? ((scale.pixel(value) & 0xffffff) | (0x80 << 24)) >>> 0 : 0;
    });
    tile.context.putImageData(tile.image, 0, 0);
  }

  /** Grid lines, names of planes, numbers of the border. */
  #drawLines() {
    const { ink, palette, picture, cell } = this;
    const { width, height } = this.side;
    for (const tile of this.tiles) {
      if (this.named) {
        ink.fillStyle = palette.quiet;
        setFont(ink, `${12 * this.#type}px ${palette.sans}`);
        ink.textAlign = "start";
        ink.textBaseline = "bottom";
        const fits = ink.measureText(picture.name(tile.plane)).width <= width;
        ink.fillText((fits ? picture.name : picture.letter)(tile.plane), tile.x, tile.y - 8);
      }
      if (cell >= LINED_FROM) this.#drawGridLines(tile, width, height);
      if (this.lettering.size && tile.plane !== COLOURED) this.#drawBorderNumbers(tile);
    }
  }

  /** @param {Tile} tile  @param {number} width  @param {number} height */
  #drawGridLines(tile, width, height) {
    const { ink, cell, tall } = this;
    ink.fillStyle = this.palette.line;
    for (let row = 1; row < this.rows; row += 1) ink.fillRect(tile.x, tile.y + row * tall - 0.5, width, 1);
    for (let column = 1; column < this.columns; column += 1)
      ink.fillRect(tile.x + column * cell - 0.5, tile.y, 1, height);
  }

  /** @param {Tile} tile */
  #drawBorderNumbers(tile) {
    const { bordered } = this.picture;
    this.around((row, column) =>
      this.#number(tile, row, column, bordered(tile.plane, row, column), this.palette.quiet),
    );
  }

  /**
   * @param {Tile} tile  @param {number} row  @param {number} column  @param {number | null} value
   * @param {string} colour
   */
  #number(tile, row, column, value, colour) {
    drawDigits(this.ink, this.boxOf(tile, row, column), value, colour, this.lettering, this.palette.mono);
  }

  /**
   * Show the first cells in memory order and hide the others.
   * @param {number} count
   * @param {(plane: number) => ((row: number, column: number) => number | null) | null} [partial] values while they
   *   still change
   */
  reveal(count, partial) {
    const plane = this.grid.rows * this.grid.columns;
    const [from, to] = [Math.min(count, this.written), Math.max(count, this.written)];
    for (const tile of this.tiles) {
      if (tile.plane === COLOURED) continue;
      const changing = partial?.(tile.plane) ?? null;
      const [start, stop] = changing ? [0, plane] : [from - tile.plane * plane, to - tile.plane * plane];
      if (start < plane && stop > 0 && start < stop) {
        this.#write(tile, Math.max(0, start), Math.min(plane, stop), changing, count - tile.plane * plane);
      }
    }
    this.written = count;
  }

  /**
   * @param {Tile} tile  @param {number} start  @param {number} stop
   * @param {((row: number, column: number) => number | null) | null} changing  @param {number} written
   */
  #write(tile, start, stop, changing, written) {
    const { columns } = this.grid;
    const { border, data, scale } = this.picture;
    const base = tile.plane * this.grid.rows * columns;
    const own = this.picture.coloured && !this.lettering.size ? 0xff << (8 * tile.plane) : -1;
    const [first, last] = [Math.floor(start / columns), Math.floor((stop - 1) / columns)];
    for (let place = start; place < stop; place += 1) {
      const row = Math.floor(place / columns);
      const column = place - row * columns;
      const value = changing
        ? changing(row, column)
        : place < written && base + place < data.length
          ? data[base + place]
          : null;
      tile.pixels[(row + border.top) * this.columns + column + border.left] = tint(scale.pixel(value), own);
      if (this.lettering.size) this.#rewriteNumber(tile, row, column, value);
    }
    tile.context.putImageData(tile.image, 0, 0, 0, first + border.top, this.columns, last - first + 1);
  }

  /** @param {Tile} tile  @param {number} row  @param {number} column  @param {number | null} value */
  #rewriteNumber(tile, row, column, value) {
    const { x, y, width, height } = this.boxOf(tile, row, column);
    this.ink.clearRect(x + 1, y + 1, width - 2, height - 2);
    if (value !== null) this.#number(tile, row, column, value, this.picture.scale.ink(value));
  }

  clearMarks() {
    this.marks.clearRect(0, 0, this.sheet.marks.width, this.sheet.marks.height);
  }
}

/** Of one band the others are halved: a plane of red looks red. @param {number} pixel  @param {number} own  its bits */
const tint = (pixel, own) => ((pixel & (own | 0xff000000)) | ((pixel >>> 1) & 0x7f7f7f & ~own)) >>> 0;

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}
