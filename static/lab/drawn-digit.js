/**
 * A drawing brought to what networks of digits were trained on: the ink in a box of 20 x 20, its centre of mass in the
 * middle of 28 x 28. Source: LeCun, Cortes, Burges, the MNIST database of handwritten digits.
 */

/** @typedef {number[][]} Rows  ink from 0 to 1 */

export const DIGIT_SIDE = 28;
export const INK_BOX = 20;
export const WHITE_INK = 255;

/** First and last row and column that hold ink; null where there is none. @param {Rows} ink */
export function inkBox(ink) {
  const rows = ink.flatMap((row, at) => (row.some((cell) => cell > 0) ? [at] : []));
  const columns = ink[0].flatMap((_, at) => (ink.some((row) => row[at] > 0) ? [at] : []));
  if (!rows.length) return null;
  return { top: rows[0], bottom: rows[rows.length - 1], left: columns[0], right: columns[columns.length - 1] };
}

/** The mean of ink over a rectangle whose sides may cut through cells. @param {Rows} ink  @param {number} top
 * @param {number} left  @param {number} side */
function inkIn(ink, top, left, side) {
  let total = 0;
  for (let row = Math.floor(top); row < top + side; row++) {
    const high = Math.min(row + 1, top + side) - Math.max(row, top);
    for (let column = Math.floor(left); column < left + side; column++) {
      const wide = Math.min(column + 1, left + side) - Math.max(column, left);
      total += (ink[row]?.[column] ?? 0) * high * wide;
    }
  }
  return total / side ** 2;
}

/** Where the mass of rows lies, in cells. @param {Rows} rows  @returns {[number, number]} */
export function centreOfMass(rows) {
  let [mass, down, across] = [0, 0, 0];
  for (const [row, cells] of rows.entries())
    for (const [column, cell] of cells.entries()) {
      mass += cell;
      down += cell * (row + 0.5);
      across += cell * (column + 0.5);
    }
  return mass ? [down / mass, across / mass] : [rows.length / 2, rows[0].length / 2];
}

/**
 * @typedef {object} Preparation  what becomes of a drawing on its way to a network
 * @property {Rows} rows  28 x 28 whole numbers from 0 to 255
 * @property {{ top: number, bottom: number, left: number, right: number } | null} box  cells that hold ink
 * @property {Rows} small  the ink of that box, its longer side 20
 * @property {[number, number]} centre  of mass of it  @property {[number, number]} corner  where it begins
 * @property {[number, number]} moved  rows down and columns right of where the box itself would be in the middle
 */

/** @param {Rows} ink  @returns {Preparation} */
export function preparation(ink) {
  const box = inkBox(ink);
  if (!box) return { rows: placedIn([[0]], [0, 0]), box, small: [[0]], centre: [0, 0], corner: [0, 0], moved: [0, 0] };
  const scale = Math.max(box.bottom - box.top + 1, box.right - box.left + 1) / INK_BOX;
  const height = Math.round((box.bottom - box.top + 1) / scale),
    width = Math.round((box.right - box.left + 1) / scale);
  const small = Array.from({ length: Math.max(1, height) }, (_row, row) =>
    Array.from({ length: Math.max(1, width) }, (_column, column) =>
      inkIn(ink, box.top + row * scale, box.left + column * scale, scale),
    ),
  );
  const sides = [small.length, small[0].length];
  const centre = centreOfMass(small);
  const corner = /** @type {[number, number]} */ (centre.map((place, axis) => placed(place, sides[axis])));
  const moved = /** @type {[number, number]} */ (
    corner.map((first, axis) => first - Math.floor((DIGIT_SIDE - sides[axis]) / 2))
  );
  return { rows: placedIn(small, corner), box, small, centre, corner, moved };
}

/** @param {Rows} small  @param {[number, number]} corner  @returns {Rows} */
const placedIn = (small, [top, left]) =>
  Array.from({ length: DIGIT_SIDE }, (_row, row) =>
    Array.from({ length: DIGIT_SIDE }, (_column, column) =>
      Math.round(WHITE_INK * Math.min(1, small[row - top]?.[column - left] ?? 0)),
    ),
  );

/** The first line of a box whose centre of mass is to be in the middle, as far as the box stays inside.
 * @param {number} centre  @param {number} length */
const placed = (centre, length) => Math.max(0, Math.min(DIGIT_SIDE - length, Math.round(DIGIT_SIDE / 2 - centre)));
