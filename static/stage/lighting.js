/** Cells that are lit because something that they meet is pointed at. */
import { extent, frameBlock, lightBlock } from "./marks.js";

/** More rectangles than this are drawn as one. */
const MOST_LIT = 6000;

/** More cells than these are tinted, and framed together: what they show stays legible. */
const FRAMED = 64;
const TINT = 0.14;

/**
 * Light every cell of a mark.
 * @param {import("./planes.js").PlaneView} view  @param {Mark} mark  @param {string} colour
 */
export function lightMark(view, mark, colour) {
  const [rows, columns] = [runs(mark.rows), runs(mark.columns)];
  const many = rows.length * columns.length > MOST_LIT;
  const share = mark.rows.length * mark.columns.length > FRAMED ? TINT : 0.45;
  for (const plane of mark.planes) {
    const at = [plane, mark.rows[0], mark.columns[0]];
    if (share === TINT) frameBlock(view, at, colour, extent(mark.rows), extent(mark.columns), 2);
    if (many) {
      lightBlock(view, at, colour, TINT, extent(mark.rows), extent(mark.columns));
      continue;
    }
    for (const row of rows)
      for (const column of columns) {
        lightBlock(view, [plane, row.start, column.start], colour, share, row.count, column.count);
        if (rows.length * columns.length < FRAMED)
          frameBlock(view, [plane, row.start, column.start], colour, row.count, column.count, 2, 5);
      }
  }
}

/** Neighbouring places put together. @param {readonly number[]} places */
function runs(places) {
  /** @type {{ start: number, count: number }[]} */
  const found = [];
  for (const place of places) {
    const last = found[found.length - 1];
    if (last && last.start + last.count === place) last.count += 1;
    else found.push({ start: place, count: 1 });
  }
  return found;
}
