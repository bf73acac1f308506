/** Draws where a step lies on the planes: frames, ruler ticks, the trail. */

import { drawDigits, drawFrame } from "../drawing/cells.js";

/** @param {readonly number[]} places */
const contiguous = (places) => places.length < 2 || places[1] - places[0] === 1;

/** @param {readonly number[]} places */
export const extent = (places) => (places.length ? places[places.length - 1] - places[0] + 1 : 0);

/**
 * The frame of a step's cells on one pane.
 * @param {import("./planes.js").PlaneView} view  @param {Mark} mark  @param {string} colour
 * @param {{ row: number, column: number }} offset  of a frame that is still on its way
 */
export function drawMark(view, mark, colour, offset = { row: 0, column: 0 }) {
  if (!mark.planes.length || !mark.rows.length || !mark.columns.length) return;
  if (view.grid.wrapped) return frameWrapped(view, mark, colour);
  const [rows, columns] = [extent(mark.rows), extent(mark.columns)];
  const stroke = view.cell * Math.max(rows, columns) > 24 ? 4 : 3;
  for (const plane of mark.planes) {
    const at = [plane, mark.rows[0] + offset.row, mark.columns[0] + offset.column];
    if (contiguous(mark.rows) && contiguous(mark.columns)) frameBlock(view, at, colour, rows, columns, stroke);
    else frameTouched(view, mark, plane, colour, offset);
    drawTicks(view, at, colour, rows, columns);
  }
}

/**
 * A dilated window: a thin outline, and a frame for each cell that is touched.
 * @type {(view: import("./planes.js").PlaneView, mark: Mark, plane: number, colour: string, offset: { row: number,
 *   column: number }) => void}
 */
function frameTouched(view, mark, plane, colour, offset) {
  frameBlock(
    view,
    [plane, mark.rows[0] + offset.row, mark.columns[0] + offset.column],
    colour,
    extent(mark.rows),
    extent(mark.columns),
    1,
  );
  for (const row of mark.rows) {
    for (const column of mark.columns) {
      const at = [plane, row + offset.row, column + offset.column];
      if (view.cell >= 7) frameBlock(view, at, colour, 1, 1, view.cell >= 16 ? 3 : 2, 0);
      else lightBlock(view, at, colour, 0.9);
    }
  }
}

/** @param {import("./planes.js").PlaneView} view  @param {Mark} mark  @param {string} colour */
function frameWrapped(view, mark, colour) {
  if (mark.planes.length === 1) frameBlock(view, [mark.planes[0], 0, 0], colour, 1, 1, 4);
  else frameBlock(view, [0, 0, 0], colour, view.grid.rows, view.grid.columns, 3);
}

/**
 * The input cell that gave a maximum.
 * @param {PlaneView} view  @param {Mark} reads  @param {Step} step  @param {string} colour
 */
export function drawWinner(view, { planes, rows, columns }, { winner, channel }, colour) {
  const [row, column] = winner ?? [rows[0], columns[0]];
  const at = winner ? [planes[0], row, column] : channel === undefined ? null : [channel, row, column];
  if (at && !view.grid.wrapped) frameBlock(view, at, colour, 1, 1, view.cell >= 16 ? 3 : 2, 4);
}

/**
 * A soft trail where the window came from.
 * @param {import("./planes.js").PlaneView} view  @param {Mark} mark  @param {string} colour
 */
export function drawTrail(view, mark, colour) {
  if (view.grid.wrapped || !mark.planes.length) return;
  const [rows, columns] = [extent(mark.rows), extent(mark.columns)];
  const length = Math.max(columns * 2, 4);
  const first = Math.max(-view.picture.border.left, mark.columns[0] - length);
  for (const plane of mark.planes) {
    for (let column = first; column < mark.columns[0]; column += 1) {
      const age = (mark.columns[0] - column) / length;
      lightBlock(view, [plane, mark.rows[0], column], colour, 0.24 * (1 - age), rows, 1);
    }
  }
}

/** @typedef {import("./planes.js").PlaneView} PlaneView */

/** @param {PlaneView} view  @param {readonly number[]} at  @param {string} colour  @param {number} share */
export function lightBlock(view, at, colour, share, rows = 1, columns = 1) {
  const box = view.blockAt(at, rows, columns);
  if (!box) return;
  view.marks.globalAlpha = share;
  view.marks.fillStyle = colour;
  view.marks.fillRect(box.x, box.y, box.width, box.height);
  view.marks.globalAlpha = 1;
}

/**
 * Frame a block of cells, never smaller than the eye finds.
 * @param {PlaneView} view  @param {readonly number[]} at  @param {string} colour
 */
export function frameBlock(view, at, colour, rows = 1, columns = 1, stroke = 3, smallest = 9) {
  const box = view.blockAt(at, rows, columns);
  if (box) drawFrame(view.marks, grown(box, smallest), colour, view.palette.paper, stroke);
}

/**
 * Bars at the plane's edge, level with a block: a ruler that is seen from far.
 * @param {PlaneView} view  @param {readonly number[]} at  @param {string} colour
 * @param {number} rows  @param {number} columns */
function drawTicks(view, at, colour, rows, columns) {
  const block = view.blockAt(at, rows, columns);
  if (!block) return;
  const box = grown(block, 5);
  view.marks.fillStyle = colour;
  view.marks.fillRect(block.place.x - 7, box.y, 4, box.height);
  view.marks.fillRect(box.x, block.place.y - 7, box.width, 4);
}

/**
 * The value of a cell that is not written yet.
 * @param {PlaneView} view  @param {readonly number[]} at  @param {number | null} value
 */
export function drawPeek(view, at, value) {
  const box = view.blockAt(at);
  const { scale } = view.picture;
  if (!box || value === null) return;
  view.marks.fillStyle = scale.colour(value);
  view.marks.fillRect(box.x, box.y, box.width, box.height);
  if (view.lettering.size) drawDigits(view.marks, box, value, scale.ink(value), view.lettering, view.palette.mono);
}

/** @param {Box} box  @param {number} smallest  @returns {Box} */
function grown(box, smallest) {
  const [wider, taller] = [Math.max(0, smallest - box.width) / 2, Math.max(0, smallest - box.height) / 2];
  return { x: box.x - wider, y: box.y - taller, width: box.width + 2 * wider, height: box.height + 2 * taller };
}
