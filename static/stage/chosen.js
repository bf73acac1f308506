/** Which planes of a pane are drawn large, and the picture in colour that they make together. */

/** So many small planes are shown side by side. */
const TILES = 4;
const SMALL = 16;

/** The plane of a picture in colour: all its channels in one. */
export const COLOURED = -1;

/**
 * @param {import("./pane.js").Pane} pane  @param {() => Mark} marked  what a step reads or writes there
 * @param {readonly number[] | undefined} rows  planes whose arithmetic is drawn, of those that are read
 */
export function chosenPlanes(pane, marked, rows) {
  if (!pane.view) return [];
  const planes = large(pane, pane.view, marked, rows);
  return pane.view.picture.coloured && planes.length < TILES ? [COLOURED, ...planes] : planes;
}

/** @type {(pane: import("./pane.js").Pane, view: import("./planes.js").PlaneView, marked: () => Mark,
 *   rows: readonly number[] | undefined) => number[]} */
function large(pane, { grid }, marked, rows) {
  if (grid.planes <= TILES && grid.rows <= SMALL && grid.columns <= SMALL)
    return Array.from({ length: grid.planes }, (_, plane) => plane);
  if (grid.wrapped) return [0];
  const { planes } = marked();
  if (!planes.length) return pane.planes.length ? pane.planes.filter((plane) => plane !== COLOURED) : [0];
  return planes.length <= TILES ? planes : (rows ?? planes).slice(0, TILES);
}

/** What a step reads lies in the picture in colour, too.
 * @param {Mark} mark  @param {boolean} coloured  @returns {Mark} */
export function alsoColoured(mark, coloured) {
  return coloured && mark.planes.length ? { ...mark, planes: [...mark.planes, COLOURED] } : mark;
}
