/** A region of a picture, (top, left, height, width) in its pixels: drawn, moved, pulled at a corner. Knows no DOM. */

/** @typedef {[number, number, number, number]} Crop */
/** @typedef {[number, number]} Pair  row and column, or rows and columns */

/** @param {number} value  @param {number} most */
const within = (value, most) => Math.max(0, Math.min(most, value));

/** The cells between two points, both included. @param {Pair} from  @param {Pair} to  @param {Pair} extent
 * @returns {Crop} */
export function between(from, to, extent) {
  const [top, bottom] = span(from[0], to[0], extent[0]),
    [left, right] = span(from[1], to[1], extent[1]);
  return [top, left, bottom - top, right - left];
}

/** @param {number} one  @param {number} other  @param {number} side  @returns {Pair} */
function span(one, other, side) {
  const first = within(Math.floor(Math.min(one, other)), side - 1);
  return [first, within(Math.max(Math.ceil(Math.max(one, other)), first + 1), side)];
}

/** @param {Crop} crop  @param {Pair} by  @param {Pair} extent  @returns {Crop} */
export function movedBy([top, left, height, width], [rows, columns], extent) {
  return [
    within(Math.round(top + rows), extent[0] - height),
    within(Math.round(left + columns), extent[1] - width),
    height,
    width,
  ];
}

/** What a pointer takes hold of: the corner opposite the one it is near, the inside, or nothing.
 * @param {Crop} crop  @param {Pair} point  @param {Pair} reach  how near is near
 * @returns {{ opposite: Pair } | "inside" | null} */
export function heldAt([top, left, height, width], [row, column], reach) {
  for (const [near, far] of [
    [top, top + height],
    [top + height, top],
  ])
    for (const [beside, across] of [
      [left, left + width],
      [left + width, left],
    ])
      if (Math.abs(row - near) <= reach[0] && Math.abs(column - beside) <= reach[1]) return { opposite: [far, across] };
  const inside = row >= top && row <= top + height && column >= left && column <= left + width;
  return inside ? "inside" : null;
}

/** Undefined for all of the picture. @param {Crop} crop  @param {Pair} extent */
export function orWhole(crop, [rows, columns]) {
  return crop[2] === rows && crop[3] === columns ? undefined : crop;
}
