/** Matrices as a kernel editor needs them: read from text, turned, resized. Knows no DOM. */

export const MOST_SIDE = 31;

/** @typedef {number[][]} Rows */

/** Rows of numbers from text: a spreadsheet's cells, [1 2; 3 4], or nested lists; null for anything else.
 * @param {string} text  @returns {Rows | null} */
export function readMatrix(text) {
  const decimalComma = text.includes("\t") && !text.includes(".");
  const rows = text
    .replace(/\]\s*,?\s*\[/g, ";")
    .replace(/np\.array|array|[()[\]{}]/g, " ")
    .split(/[;\n\r]+/)
    .map((row) => cells(row, decimalComma))
    .filter((row) => row.length > 0);
  const regular = rows.length > 0 && rows.every((row) => row.length === rows[0].length);
  return regular && rows.flat().every(Number.isFinite) ? rows : null;
}

/** @param {string} row  @param {boolean} decimalComma */
function cells(row, decimalComma) {
  const words = decimalComma ? row.split("\t") : row.split(/[\s,]+/);
  return words
    .map((word) => word.trim())
    .filter(Boolean)
    .map((word) => readNumber(decimalComma ? word.replace(",", ".") : word));
}

/** A number as people type it: -2, .5, 1e-3, −1, 1/9; NaN for anything else. @param {string} text */
export function readNumber(text) {
  const word = text.trim().replace("−", "-");
  const fraction = word.match(/^([+-]?\d+)\/(\d+)$/);
  if (fraction) return Number(fraction[2]) ? Number(fraction[1]) / Number(fraction[2]) : NaN;
  return word !== "" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : NaN;
}

/** As a scene line writes it. @param {Rows} rows */
export function spellMatrix(rows) {
  return `[${rows.map((row) => row.join(" ")).join("; ")}]`;
}

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

/** @param {Rows} rows */
export function sum(rows) {
  return rows.flat().reduce((total, value) => total + value, 0);
}

/** Grown or cut about its centre; new cells hold 0. @param {Rows} rows  @param {number} height  @param {number} width
 * @returns {Rows} */
export function resized(rows, height, width) {
  const top = Math.floor((height - rows.length) / 2);
  const left = Math.floor((width - rows[0].length) / 2);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => rows[row - top]?.[column - left] ?? 0),
  );
}

/** @param {unknown} nested  @returns {number[]} */
export function shapeOf(nested) {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : [];
}
