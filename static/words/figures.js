/** Numbers as text: integers stay integers, others get three significant digits, and there is one minus sign. */

/** @param {number | null | undefined} value  @returns {string} */
export function figure(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = Number.isInteger(value) && Math.abs(value) < 1e12 ? String(value) : threeDigits(value);
  return text.replaceAll("-", "−");
}

/** @param {number} value */
function threeDigits(value) {
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) return value.toExponential(2).replace(/\.?0*e\+?/, "e");
  return size >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** A figure that follows an operator: negative numbers in brackets. @param {number | null | undefined} value */
export function bracketed(value) {
  const text = figure(value);
  return text.startsWith("−") ? `(${text})` : text;
}

/** Steps a second, short. @param {number} speed */
export function speedFigure(speed) {
  if (speed >= 10) return Math.round(speed).toLocaleString("en");
  return String(Number(speed.toPrecision(2)));
}

/** @param {readonly number[]} shape */
export function shapeText(shape) {
  return shape.join("×");
}

/** Text a cell must have room for. @param {readonly number[]} range  @param {boolean} whole */
export function widestFigure(range, whole) {
  return whole ? Math.max(...range.map((value) => figure(value).length)) : 6;
}
