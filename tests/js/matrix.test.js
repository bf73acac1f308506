/** What the lab's forms do with numbers that the server has read: turned, resized, taken back, cut out of a picture. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../static/lab/history.js";
import { eachPlane, kernelsOf, Uncut, weightOf } from "../../static/lab/kernel-planes.js";
import {
  extended,
  negated,
  resized,
  rotated,
  spellMatrix,
  sum,
  transposed,
  writtenOut,
} from "../../static/lab/matrix.js";
import { between, heldAt, movedBy, orWhole } from "../../static/lab/region.js";

const FIVE = Array.from({ length: 5 }, (_row, r) => Array.from({ length: 5 }, (_column, c) => 10 * r + c));
const ROWS = [
  [1, 2, 3],
  [4, 5, 6],
];

test("a kernel turns clockwise, and four turns change nothing", () => {
  assert.deepEqual(rotated(ROWS), [
    [4, 1],
    [5, 2],
    [6, 3],
  ]);
  assert.deepEqual(rotated(rotated(rotated(rotated(ROWS)))), ROWS);
  assert.deepEqual(transposed(transposed(ROWS)), ROWS);
  assert.deepEqual(negated([[0, -1]]), [[0, 1]]);
  assert.equal(sum(ROWS), 21);
});

test("a matrix is written as the scene line has it, and with a row on each line in a box", () => {
  const cube = [ROWS, ROWS];
  assert.equal(spellMatrix(ROWS), "[1 2 3; 4 5 6]");
  assert.equal(writtenOut(ROWS), "1 2 3\n4 5 6");
  assert.equal(writtenOut(cube), "[[[1,2,3],\n [4,5,6]],\n\n [[1,2,3],\n [4,5,6]]]");
  for (const spell of [spellMatrix, writtenOut]) assert.deepEqual(JSON.parse(spell(cube)), cube);
});

test("a kernel grows and shrinks about its middle, an input at its right and lower edge", () => {
  assert.deepEqual(resized([[7]], 3, 3), [
    [0, 0, 0],
    [0, 7, 0],
    [0, 0, 0],
  ]);
  assert.deepEqual(resized([[1, 2]], 1, 3), [[1, 2, 0]]);
  assert.deepEqual(extended([[1, 2]], 2, 3), [
    [1, 2, 0],
    [0, 0, 0],
  ]);
});

test("what any row of sizes cuts off comes back with the first size", () => {
  for (const [, ...sizes] of [
    [5, 3, 5],
    [5, 4, 3, 2, 1, 2, 3, 4, 5],
    [5, 1, 31, 5],
    [5, 2, 4, 1, 5],
    [5, 6, 2, 5],
  ]) {
    const uncut = new Uncut();
    const made = sizes.reduce((kernels, side) => uncut.resized(kernels, side, side), [[FIVE, negated(FIVE)]]);
    assert.deepEqual(made, [[FIVE, negated(FIVE)]], sizes.join());
  }
});

test("a number that is written between two sizes is kept, and what surrounds it too", () => {
  const uncut = new Uncut();
  const small = uncut.resized([[FIVE]], 3, 3);
  small[0][0][1][1] = 99;
  const large = uncut.resized(small, 5, 5);
  assert.deepEqual(large[0][0], FIVE.with(2, FIVE[2].with(2, 99)));
});

test("numbers that come from elsewhere grow with zeros", () => {
  const uncut = new Uncut();
  uncut.resized([[FIVE]], 1, 1);
  uncut.forget();
  assert.deepEqual(uncut.resized([[[[7]]]], 3, 3), [[resized([[7]], 3, 3)]]);
  uncut.resized([[FIVE]], 3, 3);
  assert.deepEqual(uncut.resized([[[[8]]]], 3, 3), [[resized([[8]], 3, 3)]]);
});

test("a weight keeps its depth unless it needs more", () => {
  for (const weight of [ROWS, [ROWS], [[ROWS]], [[ROWS], [ROWS]]]) {
    const depth = String(spellMatrix(weight)).match(/^\[*/)?.[0].length ?? 0;
    assert.deepEqual(weightOf(kernelsOf(weight), Math.max(depth, 2)), weight);
  }
  assert.deepEqual(eachPlane([[ROWS]], negated), [[negated(ROWS)]]);
  assert.deepEqual(weightOf([[ROWS], [ROWS]], 2), [[ROWS], [ROWS]]);
});

test("changes are taken back and made again, and a new one ends what could be made again", () => {
  const history = new History();
  history.remember("a");
  history.remember("b");
  assert.deepEqual([history.undo("c"), history.undo("b"), history.undo("a")], ["b", "a", undefined]);
  assert.deepEqual([history.redo("a"), history.redo("b"), history.redo("c")], ["b", "c", undefined]);
  history.undo("c");
  history.remember("b");
  assert.deepEqual([history.canUndo, history.canRedo], [true, false]);
  history.forget();
  assert.equal(history.undo("d"), "a");
});

test("a region is what lies between two points, inside the picture and never empty", () => {
  assert.deepEqual(between([10.2, 20.7], [30.1, 25.2], [100, 100]), [10, 20, 21, 6]);
  assert.deepEqual(between([30.1, 25.2], [10.2, 20.7], [100, 100]), [10, 20, 21, 6]);
  assert.deepEqual(between([-5, -5], [500, 500], [100, 80]), [0, 0, 100, 80]);
  assert.deepEqual(between([200, 200], [200, 200], [100, 80]), [99, 79, 1, 1]);
  assert.deepEqual(between([5, 5], [5, 5], [100, 80]), [5, 5, 1, 1]);
});

test("a region moves within the picture and keeps its size", () => {
  assert.deepEqual(movedBy([10, 10, 20, 30], [5.4, -3.6], [100, 100]), [15, 6, 20, 30]);
  assert.deepEqual(movedBy([10, 10, 20, 30], [500, -500], [100, 100]), [80, 0, 20, 30]);
});

test("a pointer holds a corner, the inside, or nothing", () => {
  const crop = /** @type {import("../../static/lab/region.js").Crop} */ ([10, 20, 30, 40]);
  assert.deepEqual(heldAt(crop, [11, 19], [3, 3]), { opposite: [40, 60] });
  assert.deepEqual(heldAt(crop, [41, 61], [3, 3]), { opposite: [10, 20] });
  assert.deepEqual(heldAt(crop, [40, 20], [3, 3]), { opposite: [10, 60] });
  assert.equal(heldAt(crop, [25, 40], [3, 3]), "inside");
  assert.equal(heldAt(crop, [60, 40], [3, 3]), null);
});

test("the region that is the whole picture is none", () => {
  assert.equal(orWhole([0, 0, 30, 40], [30, 40]), undefined);
  assert.deepEqual(orWhole([0, 0, 30, 39], [30, 40]), [0, 0, 30, 39]);
});
