/** Matrices as the lab's forms need them: turned, resized, spelled. The server reads them. Knows no DOM. */

/** @typedef {number[][]} Rows */

/** Largest sides: of a kernel, and of a matrix whose cells can be written into. */
export const MOST_SIDE = 31;

/** A quarter turn clockwise. @param {Rows} rows  @returns {Rows} */
export function rotated(rows) {
  return rows[0].map((_, column) => rows.map((row) => row[column]).reverse());
}

/** @param {Rows} rows  @returns {Rows} */
export function transposed(rows) {
  return rows[0].map((_, column) => rows.map((row) => row[column]));
}

/** @param {Rows} rows  @returns {Rows} */
export function negated(rows) {
  return rows.map((row) => row.map((value) => (value === 0 ? 0 : -value)));
}

/** The digits that mean something: what is left of 0.1 + 0.2 - 0.3 is nothing. @param {Rows} rows */
export function sum(rows) {
  const numbers = rows.flat();
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const total = numbers.reduce((before, value) => before + value, 0);
  return Math.abs(total) < largest * 1e-12 ? 0 : Number(total.toPrecision(12));
}

/** Where the first of so many cells lies, counted from the middle one: every size holds all smaller ones.
 * @param {number} side */
const fromMiddle = (side) => -Math.floor(side / 2);

/** Where it lies for a matrix that grows to the right and downwards. */
const fromCorner = () => 0;

/** @param {Rows} rows  @param {number} row  @param {number} column  counted from the anchor
 * @param {(side: number) => number} anchor  @returns {number | undefined} */
const at = (rows, row, column, anchor) => rows[row - anchor(rows.length)]?.[column - anchor(rows[0].length)];

/** Grown or cut about its middle; new cells hold what `behind` has there, else 0.
 * @param {Rows} rows  @param {number} height  @param {number} width  @param {Rows} [behind]  @returns {Rows} */
export function resized(rows, height, width, behind = rows, anchor = fromMiddle) {
  return Array.from({ length: height }, (_row, r) =>
    Array.from({ length: width }, (_column, c) => {
      const row = r + anchor(height),
        column = c + anchor(width);
      return at(rows, row, column, anchor) ?? at(behind, row, column, anchor) ?? 0;
    }),
  );
}

/** Grown or cut at its right and lower edge. @param {Rows} rows  @param {number} height  @param {number} width
 * @param {Rows} [behind]  @returns {Rows} */
export function extended(rows, height, width, behind = rows) {
  return resized(rows, height, width, behind, fromCorner);
}

/** All that is known of a plane: itself, and around it what it had before it was cut.
 * @param {Rows} rows  @param {Rows} behind  @param {typeof resized | typeof extended} [grow]  @returns {Rows} */
export function remembered(rows, behind, grow = resized) {
  return grow(rows, Math.max(rows.length, behind.length), Math.max(rows[0].length, behind[0].length), behind);
}

/** @param {unknown} nested  @returns {number[]} */
export function shapeOf(nested) {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : [];
}

/** As the scene line writes it. @param {any} nested  @returns {string} */
export function spellMatrix(nested) {
  const depth = shapeOf(nested).length;
  if (depth === 1) return `[${nested.join(" ")}]`;
  return depth === 2
    ? `[${nested.map((/** @type {number[]} */ row) => row.join(" ")).join("; ")}]`
    : JSON.stringify(nested);
}

/** As a box with several lines shows it: a row on each. @param {any} nested  @returns {string} */
export function writtenOut(nested) {
  if (shapeOf(nested).length === 2) return nested.map((/** @type {number[]} */ row) => row.join(" ")).join("\n");
  return JSON.stringify(nested)
    .replace(/\],\[/g, "],\n [")
    .replace(/\]\],\n \[\[/g, "]],\n\n [[");
}
