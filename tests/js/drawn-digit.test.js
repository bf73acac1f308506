/** A drawing is brought to 28 x 28 as the digits were that networks learnt from. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { centreOfMass, inkBox, preparation } from "../../static/lab/drawn-digit.js";

/** @param {number} side  @param {(row: number, column: number) => number} ink */
const drawn = (side, ink) =>
  Array.from({ length: side }, (_r, r) => Array.from({ length: side }, (_c, c) => ink(r, c)));
/** @param {number[][]} ink */
const prepared = (ink) => preparation(ink).rows;
/** @param {number[][]} rows */
const total = (rows) => rows.flat().reduce((sum, cell) => sum + cell, 0);

test("nothing drawn is a black picture", () => {
  const rows = prepared(drawn(84, () => 0));
  assert.deepEqual([rows.length, rows[0].length, total(rows)], [28, 28, 0]);
});

test("ink fills a box whose longer side is twenty, wherever and however large it was drawn", () => {
  for (const [top, left, height, width] of [
    [3, 50, 30, 15],
    [10, 0, 60, 60],
    [70, 70, 6, 12],
    [0, 0, 84, 84],
  ]) {
    const rows = prepared(drawn(84, (r, c) => Number(r >= top && r < top + height && c >= left && c < left + width)));
    const box = inkBox(rows);
    assert.ok(box);
    assert.equal(Math.max(box.bottom - box.top, box.right - box.left) + 1, 20);
  }
});

test("the centre of mass lies in the middle, to half a cell", () => {
  const rows = prepared(drawn(84, (r, c) => Number(c < 40 && r < 70 && (c > 33 || r < 8))));
  for (const place of centreOfMass(rows)) assert.ok(Math.abs(place - 14) <= 0.5 + 1e-9, String(place));
});

test("the steps are those that the numbers came by: box, size, place", () => {
  const ink = drawn(84, (r, c) => Number(c >= 20 && c < 40 && r >= 10 && r < 70 && (c > 33 || r < 18)));
  const { box, small, corner, moved, rows } = preparation(ink);
  assert.deepEqual(box, { top: 10, bottom: 69, left: 20, right: 39 });
  assert.deepEqual([small.length, small[0].length], [20, 7]);
  for (const [r, cells] of small.entries())
    for (const [c, cell] of cells.entries())
      assert.equal(rows[corner[0] + r][corner[1] + c], Math.round(255 * Math.min(1, cell)));
  assert.deepEqual(moved, [corner[0] - 4, corner[1] - 10]);
  assert.deepEqual([Math.sign(moved[0]), Math.sign(moved[1])], [1, -1]);
  assert.equal(total(rows), total(small.map((cells) => cells.map((cell) => Math.round(255 * Math.min(1, cell))))));
});

test("moving a drawing changes nothing", () => {
  const shape = (/** @type {number} */ down, /** @type {number} */ across) =>
    drawn(84, (r, c) => Number((r - down - 10) ** 2 + (c - across - 12) ** 2 < 80 && r - down > 4));
  assert.deepEqual(prepared(shape(0, 0)), prepared(shape(31, 44)));
});

test("values are whole numbers from black to white", () => {
  for (const cell of prepared(drawn(84, (r, c) => ((r * 7 + c * 3) % 11) / 10)).flat())
    assert.ok(Number.isInteger(cell) && cell >= 0 && cell <= 255);
});
