/** Where the cells of a small map lie: channels as tiles, or a vector as a column that wraps. Knows no DOM. */

/** What the server tells of a map at most: channels, cells of a vector, rows and columns. */
export const MOST_CHANNELS = 16;
export const MOST_OF_VECTOR = 128;
export const LONGEST = 32;

/** Cells of a vector in one column. */
const COLUMN = 32;

/** From so many channels on an open map has two rows of them. */
const TWO_ROWS_FROM = 4;

/** CSS pixels of the shorter side of a picture, and of a cell of a vector across. */
const LEAST_SIDE = 10;

/** @param {readonly number[]} shape */
export const isVector = ([, rows, columns]) => rows === 1 && columns === 1;

/** Vectors of so many cells are bars. */
const MOST_BARS = 16;

/** @param {readonly number[]} shape */
export const isBars = (shape) => isVector(shape) && shape[0] > 1 && shape[0] <= MOST_BARS;

export class Tiles {
  /**
   * @param {readonly number[]} shape  of the whole map
   * @param {boolean} open  channels lie in two long rows, else in a square
   * @param {number} side  CSS pixels of the whole
   * @param {boolean} [whole]  channels are one picture: in colours, or of the first
   */
  constructor(shape, open, side, whole = false) {
    this.shape = shape;
    this.vector = isVector(shape) && shape[0] > 1;
    this.whole = whole && !this.vector;
    const channels = this.whole ? 1 : Math.min(shape[0], this.vector ? MOST_OF_VECTOR : MOST_CHANNELS);
    this.count = channels;
    const rows = open ? (channels < TWO_ROWS_FROM ? 1 : 2) : Math.floor(Math.sqrt(channels));
    this.down = this.vector ? Math.min(channels, COLUMN) : rows;
    this.across = Math.ceil(channels / this.down);
    this.rows = Math.min(shape[1], LONGEST);
    this.columns = Math.min(shape[2], LONGEST);
    this.gap = this.vector ? 0 : 1;
    const squares = open ? this.down : Math.max(this.down, this.across);
    const scale = side / squares / Math.max(shape[1], shape[2]);
    this.width = this.across * (this.vector ? LEAST_SIDE : Math.max(LEAST_SIDE, shape[2] * scale));
    this.height = this.vector
      ? Math.min(side, this.down * LEAST_SIDE)
      : this.down * Math.max(LEAST_SIDE, shape[1] * scale);
  }

  /** Cells of the sheet that all tiles lie on. */
  get sheet() {
    const { across, down, rows, columns, gap } = this;
    return { columns: across * (columns + gap) - gap, rows: down * (rows + gap) - gap };
  }

  /** The upper left cell of a channel on the sheet: a vector goes down its columns, channels go along their rows.
   * @param {number} channel */
  corner(channel) {
    const { across, down, rows, columns, gap, vector } = this;
    const [row, column] = vector
      ? [channel % down, Math.floor(channel / down)]
      : [Math.floor(channel / across), channel % across];
    return { row: row * (rows + gap), column: column * (columns + gap) };
  }

  /**
   * The cell of the whole map at a place of the sheet, both from 0 to 1; null between tiles.
   * @param {number} x  @param {number} y  @returns {[number, number, number] | null}
   */
  cellAt(x, y) {
    const { sheet, shape, rows, columns, count } = this;
    const [row, column] = [Math.floor(y * sheet.rows), Math.floor(x * sheet.columns)];
    for (let channel = 0; channel < count; channel += 1) {
      const corner = this.corner(channel);
      const within = row >= corner.row && row < corner.row + rows;
      if (!within || column < corner.column || column >= corner.column + columns) continue;
      const [down, along] = [(y * sheet.rows - corner.row) / rows, (x * sheet.columns - corner.column) / columns];
      return [channel, Math.floor(down * shape[1]), Math.floor(along * shape[2])];
    }
    return null;
  }

  /**
   * Where some cells of the whole map lie, in cells of the sheet: on every tile, or on those of some channels.
   * @param {import("./fields.js").SeenBox} box  @param {readonly number[] | null} channels
   */
  frames(box, channels) {
    const { vector, count, sheet, whole } = this;
    if (whole) return channels?.length === 0 ? [] : [this.#frame(0, box)];
    if (channels) return channels.filter((one) => one < count).map((one) => this.#frame(one, box));
    if (vector) return [{ x: 0, y: 0, width: sheet.columns, height: sheet.rows }];
    return Array.from({ length: count }, (_, one) => this.#frame(one, box));
  }

  /** @param {number} channel  @param {import("./fields.js").SeenBox} box */
  #frame(channel, { top, bottom, left, right }) {
    const { shape, rows, columns } = this;
    const { row, column } = this.corner(channel);
    const [down, along] = [rows / shape[1], columns / shape[2]];
    return {
      x: column + left * along,
      y: row + top * down,
      width: (right - left + 1) * along,
      height: (bottom - top + 1) * down,
    };
  }
}
