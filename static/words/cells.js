/** Cells of a map by their place in memory, and back: [channel, row, column] of a shape (C, H, W). */

/** How many there are. @param {readonly number[]} shape */
export const countOf = (shape) => shape.reduce((cells, side) => cells * side, 1);

/** @param {readonly number[]} at  @param {readonly number[]} shape */
export const placeOfCell = ([channel, row, column], [, rows, columns]) => (channel * rows + row) * columns + column;

/** @param {number} place  @param {readonly number[]} shape  @returns {[number, number, number]} */
export function cellAtPlace(place, [, rows, columns]) {
  return [Math.floor(place / (rows * columns)), Math.floor(place / columns) % rows, place % columns];
}
