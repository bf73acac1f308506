/** Light from a window to its grid, and the dot that goes from a sum to its cell. */

/** Of the light between a window and its grid, and of its edges. */
const BEAM = 0.07;
const EDGE = 0.5;

/** A cell so far to the right of a sum stands beside it. */
const AWAY = 40;

/** Light from a box to another, below it or beside it. @param {CanvasRenderingContext2D} context
 * @param {Box} from  @param {Box} to  @param {string} colour */
export function beam(context, from, to, colour) {
  const below = to.y >= from.y + from.height;
  const corners = below
    ? [
        [from.x, from.y + from.height],
        [to.x, to.y],
        [to.x + to.width, to.y],
        [from.x + from.width, from.y + from.height],
      ]
    : [
        [from.x + from.width, from.y],
        [to.x, to.y],
        [to.x, to.y + to.height],
        [from.x + from.width, from.y + from.height],
      ];
  context.fillStyle = context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (const [x, y] of corners) context.lineTo(x, y);
  context.globalAlpha = BEAM;
  context.fill();
  context.globalAlpha = EDGE;
  for (const [one, other] of [corners.slice(0, 2), corners.slice(2)])
    line(context, { x: one[0], y: one[1] }, { x: other[0], y: other[1] });
  context.globalAlpha = 1;
}

/** @typedef {{ x: number, y: number }} Point */

/** @param {CanvasRenderingContext2D} context  @param {Point} from  @param {Point} to */
function line(context, from, to) {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context  @param {[number, number]} at */
export function dot(context, [x, y]) {
  context.beginPath();
  context.arc(x, y, 5, 0, 2 * Math.PI);
  context.fill();
}

/**
 * The way of a sum to its cell: up to a picture above it, out under the grids to one beside it.
 * @param {Box} sum  @param {number} end  of the sum's line  @param {Box} cell
 * @returns {(share: number) => [number, number]}  where it is by then
 */
export function wayOf(sum, end, cell) {
  const [middle, centre] = [sum.y + sum.height / 2, cell.x + cell.width / 2];
  const beside = cell.x > end + AWAY;
  const level = beside && cell.y + cell.height > middle;
  const from = beside ? [end + 6, middle] : [sum.x + sum.width / 2, sum.y - 4];
  const to = level ? [cell.x - 4, cell.y + cell.height / 2] : [centre, cell.y + cell.height + 4];
  const by = beside && !level ? [centre, middle] : [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return (share) => {
    const on = (/** @type {number} */ axis) =>
      (1 - share) ** 2 * from[axis] + 2 * share * (1 - share) * by[axis] + share ** 2 * to[axis];
    return [on(0), on(1)];
  };
}

/** @param {import("../painters/rows.js").Part} part  @param {{ box: Box, type: number }} board  @returns {Box} */
export function placed({ x, y, cell, rows, columns }, { box, type }) {
  return { x: box.x + x * type, y: box.y + y * type, width: columns * cell * type, height: rows * cell * type };
}
