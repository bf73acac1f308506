/** Draws where a step lies on the planes: frames, ruler ticks, the trail, cells that are lit. */

/** More rectangles than this are drawn as one. */
const MANY = 6000;

/** @param {readonly number[]} places */
const contiguous = (places) => places.length < 2 || places[1] - places[0] === 1;

/** @param {readonly number[]} places */
const extent = (places) => (places.length ? places[places.length - 1] - places[0] + 1 : 0);

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
    if (contiguous(mark.rows) && contiguous(mark.columns)) view.frame(at, colour, rows, columns, stroke);
    else frameTouched(view, mark, plane, colour, offset);
    view.ticks(at, colour, rows, columns);
  }
}

/** A dilated window: a thin outline, and a frame for each cell that is touched. @type {(view: import("./planes.js").PlaneView, mark: Mark, plane: number, colour: string, offset: { row: number, column: number }) => void} */
function frameTouched(view, mark, plane, colour, offset) {
  view.frame([plane, mark.rows[0] + offset.row, mark.columns[0] + offset.column], colour, extent(mark.rows), extent(mark.columns), 1);
  for (const row of mark.rows) {
    for (const column of mark.columns) {
      const at = [plane, row + offset.row, column + offset.column];
      if (view.cell >= 7) view.frame(at, colour, 1, 1, view.cell >= 16 ? 3 : 2, 0);
      else view.light(at, colour, 0.9);
    }
  }
}

/** @param {import("./planes.js").PlaneView} view  @param {Mark} mark  @param {string} colour */
function frameWrapped(view, mark, colour) {
  if (mark.planes.length === 1) view.frame([mark.planes[0], 0, 0], colour, 1, 1, 4);
  else view.frame([0, 0, 0], colour, view.grid.rows, view.grid.columns, 3);
}

/** A soft trail where the window came from. @param {import("./planes.js").PlaneView} view  @param {Mark} mark  @param {string} colour */
export function drawTrail(view, mark, colour) {
  if (view.grid.wrapped || !mark.planes.length) return;
  const [rows, columns] = [extent(mark.rows), extent(mark.columns)];
  const length = Math.max(columns * 2, 4);
  const first = Math.max(-view.picture.border.left, mark.columns[0] - length);
  for (const plane of mark.planes) {
    for (let column = first; column < mark.columns[0]; column += 1) {
      const age = (mark.columns[0] - column) / length;
      view.light([plane, mark.rows[0], column], colour, 0.24 * (1 - age), rows, 1);
    }
  }
}

/** Light every cell of a mark. @param {import("./planes.js").PlaneView} view  @param {Mark} mark  @param {string} colour */
export function lightMark(view, mark, colour) {
  const [rows, columns] = [runs(mark.rows), runs(mark.columns)];
  const many = rows.length * columns.length > MANY;
  for (const plane of mark.planes) {
    if (many) {
      view.light([plane, mark.rows[0], mark.columns[0]], colour, 0.35, extent(mark.rows), extent(mark.columns));
      continue;
    }
    for (const row of rows) for (const column of columns) {
      view.light([plane, row.start, column.start], colour, 0.45, row.count, column.count);
      if (rows.length * columns.length < 64) view.frame([plane, row.start, column.start], colour, row.count, column.count, 2, 5);
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
