/** Numbers as text: integers stay integers, others get three significant digits, and there is one minus sign. */

/** Significant digits of what is no integer: where there is room, and where there is less. */
export const SIGNIFICANT = [3, 2, 1];

/** Relative; what adding a few floats may leave behind. */
const NOISE = 2e-15;

/** @param {number | null | undefined} value  @returns {string} */
export function figure(value) {
  return figureIn(value, SIGNIFICANT[0]);
}

/** @param {number | null | undefined} value  @param {number} digits  significant ones  @returns {string} */
export function figureIn(value, digits) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = Number.isInteger(value) && Math.abs(value) < 1e12 ? String(value) : rounded(value, digits);
  return text.replaceAll("-", "−");
}

/** @param {number} value  @param {number} digits */
function rounded(value, digits) {
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) return value.toExponential(digits - 1).replace(/\.?0*e\+?/, "e");
  return size >= 10 ** (digits - 1) ? value.toFixed(0) : String(Number(value.toPrecision(digits)));
}

/** Whether its figure says the whole number, nothing rounded away. @param {number | null | undefined} value */
export function isExact(value) {
  if (value === null || value === undefined) return true;
  return Math.abs(Number(figure(value).replaceAll("−", "-")) - value) <= NOISE * Math.abs(value);
}

/** A figure that follows an operator: negative numbers in brackets. @param {number | null | undefined} value */
export function bracketed(value) {
  const text = figure(value);
  return text.startsWith("−") ? `(${text})` : text;
}

/** Steps a second, short. @param {number} speed */
export function speedFigure(speed) {
  if (speed >= 10) return thousands(Math.round(speed));
  return String(Number(speed.toPrecision(2)));
}

/** A whole number with commas; the browser's own way to write them costs tens of milliseconds. @param {number} value */
export function thousands(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** @param {readonly number[]} shape */
export function shapeText(shape) {
  return shape.join("×");
}

/** A number as a grid between these ends holds it: longer than its ends, as most are. */
const COMMON = 0.1234;

/**
 * Letters of the numbers that a grid must have room for, by how many digits they have: the most first.
 * @param {readonly number[]} range  @param {boolean} whole
 */
export function widestFigures(range, whole) {
  if (whole) return [Math.max(...range.map((value) => figure(value).length))];
  const [low, high] = [Math.min(...range), Math.max(...range)];
  const common = Math.max(-low, high) * (low < 0 ? -COMMON : COMMON);
  return SIGNIFICANT.map((digits) => Math.max(...[low, high, common].map((value) => figureIn(value, digits).length)));
}
