/** Cells in which two maps of one shape differ, and the marks that show them. */
import { cellAtPlace } from "../words/cells.js";

/** Relative: what two ways of adding the same floats may leave between them. */
const NEARLY = 1e-12;

/**
 * @param {Values} one  @param {Values} other
 * @returns {number[]} places, in memory order
 */
export function placesThatDiffer(one, other) {
  const found = [];
  for (let place = 0; place < one.length; place += 1) {
    if (!nearlyEqual(Number(one[place]), Number(other[place]))) found.push(place);
  }
  return found;
}

/** What is no number is as another that is none; infinity is as nothing but itself.
 * @param {number} one  @param {number} other */
function nearlyEqual(one, other) {
  if (!Number.isFinite(one) || !Number.isFinite(other)) return Object.is(one, other);
  return Math.abs(one - other) <= NEARLY * Math.max(Math.abs(one), Math.abs(other));
}

/** Cells of which so small nearly all are marked are no picture any more. */
const SMALL = 6;

/**
 * A corner of each cell that differs, as far as the map is written.
 * @param {import("../stage/planes.js").PlaneView} view  @param {readonly number[]} places
 * @param {readonly number[]} shape
 */
export function drawDifferences(view, places, shape) {
  const { marks, palette, cell, grid } = view;
  if (cell < SMALL && places.length > grid.count / 4) return;
  marks.beginPath();
  for (const place of places) {
    if (place >= view.written) break;
    const box = view.blockAt(cellAtPlace(place, shape));
    if (!box) continue;
    const side = Math.max(2, Math.min(14, box.width * 0.34));
    marks.moveTo(box.x + box.width - side, box.y);
    marks.lineTo(box.x + box.width, box.y);
    marks.lineTo(box.x + box.width, box.y + side);
    marks.closePath();
  }
  marks.fillStyle = palette.kernel;
  marks.fill();
  marks.strokeStyle = palette.paper;
  marks.lineWidth = 0.75;
  if (view.cell > 8) marks.stroke();
}
