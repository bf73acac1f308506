/** Rows of grids in the arithmetic pane: how large, where, and drawing them. Shared by the painters that multiply. */
import { drawFrame, drawGrid, letteringOf, setFont } from "../drawing/cells.js";
import { figure } from "../words/figures.js";

/** Height of the names over the grids, and of their letters. */
export const HEAD = 20;
const HEAD_SIZE = 12;

/** Between two rows of grids, and of single cells. */
export const GAP = 8;
const CELL_GAP = 3;

/** @param {Wish} wish */
const gapOf = ({ parts }) => (parts.every(({ rows }) => rows === 1) ? CELL_GAP : GAP);

/** The largest cell of a grid. */
const LARGEST_PART = 120;

/** Thickness of a grid's frame. */
const FRAME = 2.5;

/**
 * @typedef {{ part: "window" | "kernel" | "products", x: number, y: number, cell: number, rows: number, columns:
 *   number, lettering: import("../drawing/cells.js").Lettering }} Part
 */
/**
 * @typedef {{ text: string, x: number, y: number, role: Token["role"], size: number, align?: CanvasTextAlign,
 *   room?: number }} Label  room: of names where one finds less none is drawn
 */
/** @typedef {{ x: number, y: number, size: number, room: number }} SumPlace */
/** @typedef {{ channel: number, parts: Part[], sum: SumPlace | null }} Row */
/**
 * @typedef {object} RowPlan
 * @property {Row[]} rows  @property {Label[]} labels  @property {number} height
 */
/**
 * @typedef {object} Wish
 * @property {{ part: Part["part"], rows: number, columns: number, sign: string, letters: readonly number[] }[]} parts
 *   in reading order, with the sign before and the letters of the widest numbers
 * @property {number[]} channels  one row each  @property {string[]} names  of the rows
 * @property {boolean} sums  a sum after each row
 * @property {string} more  what is said of rows that are left out
 * @property {Record<string, string>} heads
 */

/** @typedef {{ width: number, height: number, least?: number }} RowBox  least: the smallest digits */

/** @param {Wish} wish  @param {RowBox} box  @returns {RowPlan} */
export function planRows(wish, box) {
  return linePlan(wish, box, lineCell(wish, box));
}

/** Rows that keep their digits in a box of this height. @param {number} height  @param {number} kernelRows */
export function rowsThatFit(height, kernelRows) {
  return Math.max(1, Math.floor((height - HEAD) / (Math.max(24, Math.min(kernelRows * 19, height / 2 - HEAD)) + GAP)));
}

/**
 * Grids of one column stand further apart, so that their names do not touch.
 * @param {Wish} wish  @param {{ width: number }} box
 */
const signWidth = ({ parts: [{ columns }] }, box) => (columns === 1 ? 38 : narrow(box) ? 22 : 30);

/** Where digits beside the grids are smaller. @param {{ width: number }} box */
const narrow = ({ width }) => width < 330;

/** @param {Wish} wish  @param {{ width: number }} box */
function sideWidths(wish, box) {
  const several = wish.channels.length > 1;
  const letters = 3 + Math.max(...wish.parts[wish.parts.length - 1].letters);
  const sum = narrow(box) ? Math.max(44, 12 * SUM_LETTER * letters) : 64;
  return { name: several ? 18 : 0, sum: wish.sums ? sum : 0 };
}

/** @param {Wish} wish  @param {{ width: number, height: number }} box */
function lineCell(wish, box) {
  const { name, sum } = sideWidths(wish, box);
  const columns = wish.parts.reduce((total, part) => total + part.columns, 0);
  const rows = Math.max(...wish.parts.map((part) => part.rows));
  const signs = wish.parts.filter((part) => part.sign).length;
  const wide = (box.width - name - sum - signs * signWidth(wish, box) - 6) / columns;
  const count = wish.channels.length;
  const high = (box.height - HEAD - 6 - (count - 1) * gapOf(wish) - (wish.more ? 20 : 0)) / (count * rows);
  return Math.min(wide, high, LARGEST_PART);
}

/** @param {Wish} wish  @param {RowBox} box  @param {number} cell  @returns {RowPlan} */
function linePlan(wish, box, cell) {
  const { name, sum } = sideWidths(wish, box);
  const sign = signWidth(wish, box);
  const tallest = Math.max(...wish.parts.map((part) => part.rows)) * cell;
  const width = wish.parts.reduce((total, part) => total + part.columns * cell + (part.sign ? sign : 0), name + sum);
  const left = Math.max(3, (box.width - width) / 2);
  /** @type {Label[]} */
  const labels = [];
  const rows = wish.channels.map((channel, place) => {
    const top = HEAD + 2 + place * (tallest + gapOf(wish));
    let x = left + name;
    if (name)
      labels.push({ text: wish.names[place], x: left, y: top + tallest / 2, role: "quiet", size: 12, align: "left" });
    const parts = wish.parts.map((part) => {
      if (part.sign) {
        const size = Math.min(20, sign);
        labels.push({ text: part.sign, x: x + sign / 2, y: top + tallest / 2, role: "operator", size });
        x += sign;
      }
      const placed = {
        part: part.part,
        x,
        y: top + (tallest - part.rows * cell) / 2,
        cell,
        rows: part.rows,
        columns: part.columns,
        lettering: letteringOf(cell, part.letters, box.least),
      };
      if (place === 0) labels.push({ ...headOf(placed, wish.heads, HEAD - 8), room: part.columns * cell + sign });
      x += part.columns * cell;
      return placed;
    });
    const size = narrow(box) ? 12 : 15;
    return { channel, parts, sum: sum ? { x: x + 8, y: top + tallest / 2, size, room: box.width - x - 3 } : null };
  });
  const height = HEAD + 6 + rows.length * tallest + (rows.length - 1) * gapOf(wish);
  if (wish.more)
    labels.push({ text: wish.more, x: left + name, y: height + 10, role: "quiet", size: 13, align: "left" });
  return { rows, labels, height: height + (wish.more ? 20 : 0) };
}

/** @param {Part} part  @param {Record<string, string>} heads  @param {number} y  @returns {Label} */
function headOf({ part, x, columns, cell }, heads, y) {
  const role = part === "window" ? "input" : part === "kernel" ? "kernel" : "quiet";
  return { text: heads[part], x: x + (columns * cell) / 2, y, role, size: HEAD_SIZE };
}

/** @param {CanvasRenderingContext2D} context  @param {Label[]} labels  @param {Palette} palette */
export function drawLabels(context, labels, palette) {
  context.textBaseline = "middle";
  const tight = labels.some(({ text, room }) => {
    if (room) setFont(context, `${HEAD_SIZE}px ${palette.sans}`);
    return room && context.measureText(text).width > room;
  });
  for (const { text, x, y, role, size, align = "center", room } of labels) {
    if (room && tight) continue;
    context.textAlign = align;
    setFont(context, `${role === "operator" || role === "quiet" ? "" : "600 "}${size}px ${palette.sans}`);
    context.fillStyle = !role || role === "operator" || role === "arrow" ? palette.text : palette[role];
    context.fillText(text, x, y);
  }
}

/**
 * @param {CanvasRenderingContext2D} context  @param {Part} part
 * @param {(row: number, column: number) => number | null} valueAt
 * @param {import("../drawing/scale.js").Scale} scale  @param {Palette} palette
 */
export function drawPart(context, part, valueAt, scale, palette) {
  const width = part.columns * part.cell;
  const height = part.rows * part.cell;
  context.clearRect(part.x - 2, part.y - 2, width + 4, height + 4);
  drawGrid(context, part, valueAt, scale, { lettering: part.lettering, mono: palette.mono });
  const colour = part.part === "window" ? palette.input : part.part === "kernel" ? palette.kernel : palette.quiet;
  context.strokeStyle = colour;
  context.lineJoin = "round";
  context.lineWidth = part.part === "products" ? 1 : FRAME;
  if (part.part === "products") context.setLineDash([3, 2]);
  context.strokeRect(part.x, part.y, width, height);
  context.setLineDash([]);
}

/** Width of a letter of a sum, as a multiple of its size. */
const SUM_LETTER = 0.61;

/** @param {CanvasRenderingContext2D} context  @param {Row} row  @param {Value} sum  @param {Palette} palette */
export function drawSum(context, { sum: place }, sum, palette) {
  if (!place) return;
  context.clearRect(place.x - 6, place.y - 12, place.room + 3, 24); // nothing stands behind it
  const text = `→ ${figure(sum)}`;
  setFont(context, `600 ${Math.min(place.size, place.room / SUM_LETTER / text.length)}px ${palette.mono}`);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = palette.text;
  context.fillText(text, place.x - 5, place.y);
}

/**
 * Ring one cell.
 * @param {CanvasRenderingContext2D} context  @param {Part} part  @param {number} row  @param {number} column
 * @param {Palette} palette  @param {string} colour */
export function ring(context, part, row, column, palette, colour) {
  const { cell } = part;
  const box = { x: part.x + column * cell, y: part.y + row * cell, width: cell, height: cell };
  drawFrame(context, box, colour, palette.paper, Math.max(2, Math.min(4, cell / 10)));
}

/** @param {Row[]} rows  @param {number} x  @param {number} y */
export function partAt(rows, x, y) {
  for (const row of rows) {
    for (const part of row.parts) {
      const [down, across] = [Math.floor((y - part.y) / part.cell), Math.floor((x - part.x) / part.cell)];
      if (down >= 0 && across >= 0 && down < part.rows && across < part.columns) return { row, part, down, across };
    }
  }
  return null;
}
