/** Which cells two maps differ in, how they are marked, and how two walks share a room. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawDifferences, placesThatDiffer } from "../../static/element/differences.js";
import { split, together } from "../../static/element/splitting.js";
import { told } from "./canvas.js";
import { planeShown } from "./plane-views.js";
import { counted, lookedUp, sceneOf } from "./scenes.js";

const found = (/** @type {number[]} */ one, /** @type {number[]} */ other) =>
  placesThatDiffer(Float64Array.from(one), Float64Array.from(other));

test("a cell differs from what is larger, smaller, of the other sign or nothing", () => {
  assert.deepEqual(found([1, 2, 3, 0, -4], [1, 2.001, 2, 1e-300, 4]), [1, 2, 3, 4]);
  assert.deepEqual(found([], []), []);
  assert.deepEqual(found([0], [-0]), [], "zero has no sign that anybody sees");
});

test("nearly is measured by the numbers themselves, large or small", () => {
  for (const size of [1e-200, 1, 1e200]) {
    assert.deepEqual(found([size], [size * (1 + 1e-14)]), [], `${size}`);
    assert.deepEqual(found([size], [size * (1 + 1e-9)]), [0], `${size}`);
  }
});

test("infinity is as itself alone, and what is no number as what is none", () => {
  const [none, much] = [Number.NaN, Number.POSITIVE_INFINITY];
  assert.deepEqual(found([much, -much, none], [much, -much, none]), []);
  assert.deepEqual(found([much, much, 5, none, 0, none], [-much, 5, much, 0, none, much]), [0, 1, 2, 3, 4, 5]);
});

test("whole numbers are compared as they are, whatever the arrays hold them in", () => {
  assert.deepEqual(placesThatDiffer(Int32Array.of(1, -2, 255), Uint8Array.of(1, 2, 255)), [1]);
});

/** Marks of differences on a map of this shape, so much of it written.
 * @param {number[]} shape  @param {number[]} places */
function marked(shape, places, { written = Number.POSITIVE_INFINITY, side = 300, planes = [0] } = {}) {
  const { output } = lookedUp(sceneOf({ input_shape: shape, output_shape: shape }, counted(shape), counted(shape)));
  const view = planeShown(output, planes, { width: side, height: side });
  view.reveal(Math.min(written, output.data.length));
  const marks = /** @type {any} */ (view.marks);
  marks.calls.length = 0;
  drawDifferences(view, places, shape);
  const corners = told(marks, "moveTo").map(({ args }) => args);
  return { view, marks, corners, fills: told(marks, "fill").length };
}

test("each cell that differs has a corner at its upper right, inside the cell", () => {
  const { view, marks, corners } = marked([1, 3, 4], [2, 5]);
  const ends = told(marks, "lineTo").map(({ args }) => args);
  for (const [place, at] of [
    [0, [0, 0, 2]],
    [1, [0, 1, 1]],
  ]) {
    const box = view.blockAt(/** @type {number[]} */ (at));
    if (!box) throw new Error("not drawn");
    const [x, y] = corners[/** @type {number} */ (place)];
    assert.ok(x > box.x && x < box.x + box.width, "begins inside");
    assert.equal(y, box.y);
    const [right, below] = ends.slice(2 * /** @type {number} */ (place));
    assert.deepEqual(right, [box.x + box.width, box.y]);
    assert.equal(below[0], box.x + box.width);
    assert.ok(Math.abs(below[1] - box.y - (right[0] - x)) < 1e-9 && below[1] < box.y + box.height, "as high as wide");
  }
});

test("corners are in the kernel's colour, and are lined where cells are large enough for a line", () => {
  const large = marked([1, 3, 4], [1]).marks;
  assert.deepEqual([large.fillStyle, large.strokeStyle], ["amber", "paper"]);
  assert.equal(told(large, "stroke").length, 1);
  const small = marked([1, 40, 40], [1]);
  assert.ok(small.view.cell <= 8);
  assert.deepEqual([told(small.marks, "stroke").length, small.fills], [0, 1]);
});

test("a corner stays between two and fourteen pixels", () => {
  const wide = ({ view, corners: [[x]] } = marked([1, 1, 1], [0])) =>
    view.places[0].x + (view.columns - 1) * view.cell + view.cell - x;
  assert.equal(wide(), 14);
  assert.equal(wide(marked([1, 60, 60], [59])), 2);
});

test("what is not written yet is not compared, nor what lies on another plane", () => {
  assert.equal(marked([1, 3, 4], [2, 5, 9], { written: 6 }).corners.length, 2);
  assert.equal(marked([1, 3, 4], [2, 5, 9], { written: 0 }).corners.length, 0);
  assert.equal(marked([2, 3, 4], [2, 14, 20]).corners.length, 1);
  assert.equal(marked([2, 3, 4], [2, 14, 20], { planes: [1] }).corners.length, 2);
});

test("of tiny cells that nearly all differ none is marked, of a few each, and of large ones all", () => {
  const all = counted([1, 100, 100]);
  assert.equal(marked([1, 100, 100], all).corners.length, 0);
  assert.equal(marked([1, 100, 100], all.slice(0, 2500)).corners.length, 2500);
  assert.equal(marked([1, 3, 4], counted([1, 3, 4])).corners.length, 12);
});

test("a pair without a height of its own is bound by the screen, and never without height", () => {
  const high = (/** @type {number} */ screen, width = 1200) =>
    together(
      split({ width, height: null, screen, narrow: false }),
      split({ width, height: null, screen, narrow: false }).height,
    );
  assert.equal(high(100), high(340), "no lower");
  assert.equal(high(4000), high(760), "no higher");
  assert.ok(high(500) > high(340) && high(500) <= 500);
  assert.ok(split({ width: 300, height: 60, screen: 60, narrow: true }).height >= 150);
});

test("of two ways with arithmetic that with the larger pictures is taken", () => {
  const across = (/** @type {number} */ width, /** @type {number} */ height) =>
    split({ width, height, screen: height, narrow: false }).across;
  assert.equal(across(1100, 560), 1, "low and wide: one below the other keeps its width");
  assert.equal(across(1600, 560), 2);
  assert.equal(across(700, 2000), 1);
});
