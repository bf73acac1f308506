/** Where the cells of a pane's planes lie: their size, the corner of each plane, which cell is under a point. */
import { MARGIN, tiling } from "./tiling.js";

/** Room above a plane for its name, where there are several. */
const NAME = 20;

/** A vector's cells are drawn so many times as tall as wide, up to a bound. */
const TALLER = 12;
const TALLEST = 36;

/** @typedef {{ top: number, bottom: number, left: number, right: number }} Border  cells around a picture */
/** @typedef {{ plane: number, x: number, y: number }} Place  a plane that is drawn, and its corner */

/** A vector of more cells does not stand as one column. */
const LONGEST_COLUMN = 32;

/** How many cells of a vector stand in a row: one, or such that rows are full where they can be.
 * @param {number} count */
function wrappedAt(count) {
  if (count <= LONGEST_COLUMN) return 1;
  const square = Math.ceil(Math.sqrt(count));
  for (let columns = square; columns <= 2 * square; columns += 1) if (count % columns === 0) return columns;
  return square;
}

/** Where cells lie: a vector is a column, a long one wrapped into rows; all else is as it is.
 * @param {readonly number[]} shape */
export function gridOf([channels, height, width]) {
  const wrapped = height === 1 && width === 1 && channels > 1;
  const columns = wrapped ? wrappedAt(channels) : width;
  return {
    wrapped,
    columns,
    rows: wrapped ? Math.ceil(channels / columns) : height,
    planes: wrapped ? 1 : channels,
    count: channels * height * width,
  };
}

export class Places {
  /** @type {Place[]} */
  places = [];
  cell = 1;
  tall = 1;
  height = 0;
  /** Planes have names above them. */
  named = false;

  /** @param {readonly number[]} shape  @param {Border} border  @param {number} [ratio]  device pixels a CSS pixel */
  constructor(shape, border, ratio = 1) {
    this.ratio = ratio;
    this.border = border;
    this.grid = gridOf(shape);
    this.rows = this.grid.rows + border.top + border.bottom;
    this.columns = this.grid.columns + border.left + border.right;
  }

  /** Width and height of one plane, its border included. */
  get side() {
    return { width: this.columns * this.cell, height: this.rows * this.tall };
  }

  /**
   * @param {{ width: number, height: number, type?: number }} room  @param {readonly number[]} planes  which to draw
   */
  place(room, planes) {
    this.named = planes.length > 1;
    const names = this.named ? NAME * (room.type ?? 1) : 0;
    const { across, cell } = tiling(this, room, planes.length, names, this.ratio);
    this.cell = cell;
    this.tall = this.rows === 1 ? Math.max(cell, Math.min(TALLEST, cell * TALLER)) : cell;
    const { width, height } = this.side;
    const left = Math.max(MARGIN, (room.width - across * width - (across - 1) * MARGIN) / 2);
    this.places = planes.map((plane, place) => ({
      plane,
      x: snapped(left + (place % across) * (width + MARGIN), this.ratio),
      y: MARGIN + names + Math.floor(place / across) * (height + MARGIN + names),
    }));
    this.height = Math.ceil(planes.length / across) * (height + MARGIN + names) + MARGIN;
  }

  /** @param {number} row  @param {number} column */
  inside(row, column) {
    return row >= 0 && column >= 0 && row < this.grid.rows && column < this.grid.columns;
  }

  /** Visit every cell of the border. @param {(row: number, column: number) => void} visit */
  around(visit) {
    const { border, grid } = this;
    for (let row = -border.top; row < grid.rows + border.bottom; row += 1)
      for (let column = -border.left; column < grid.columns + border.right; column += 1)
        if (!this.inside(row, column)) visit(row, column);
  }

  /** @param {{ x: number, y: number }} place  @param {number} row  @param {number} column  @returns {Box} */
  boxOf(place, row, column, rows = 1, columns = 1) {
    const { border, cell, tall } = this;
    return {
      x: place.x + (column + border.left) * cell,
      y: place.y + (row + border.top) * tall,
      width: columns * cell,
      height: rows * tall,
    };
  }

  /**
   * Where a block of cells is drawn, and its plane's corner; null when its plane is not.
   * @param {readonly number[]} at  [channel, row, column]
   */
  blockAt([channel, row, column], rows = 1, columns = 1) {
    const { wrapped, columns: across } = this.grid;
    const [plane, down, right] = wrapped ? [0, Math.floor(channel / across), channel % across] : [channel, row, column];
    const place = this.places.find((candidate) => candidate.plane === plane);
    return place ? { place, ...this.boxOf(place, down, right, rows, columns) } : null;
  }

  /** The cell under a point, as [channel, row, column]; null outside. @param {number} x  @param {number} y */
  atPoint(x, y) {
    const { border } = this;
    for (const place of this.places) {
      const [down, right] = [Math.floor((y - place.y) / this.tall), Math.floor((x - place.x) / this.cell)];
      if (down < 0 || right < 0 || down >= this.rows || right >= this.columns) continue;
      const [row, column] = [down - border.top, right - border.left];
      return this.grid.wrapped ? [row * this.grid.columns + column, 0, 0] : [Math.max(0, place.plane), row, column];
    }
    return null;
  }
}

/** On whole device pixels. @param {number} place  @param {number} ratio */
function snapped(place, ratio) {
  return Math.round(place * ratio) / ratio;
}
