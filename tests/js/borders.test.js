/** What a border repeats, compared with the extended line written out; and which planes are drawn large. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { borderOf, fillOf, seenIn } from "../../static/stage/borders.js";
import { alsoColoured, COLOURED, chosenPlanes } from "../../static/stage/chosen.js";

/** One period of each kind of border, as NumPy's pad writes it. */
const PERIODS = /** @type {Record<string, (line: number[]) => number[]>} */ ({
  circular: (line) => line,
  symmetric: (line) => [...line, ...line.toReversed()],
  reflect: (line) => [...line, ...line.slice(1, -1).toReversed()],
});

test("a border repeats its line with the period of its kind, however far out and however short the line", () => {
  for (const [mode, periodOf] of Object.entries(PERIODS))
    for (let size = 1; size <= 6; size += 1) {
      const line = Array.from({ length: size }, (_, place) => place);
      const period = periodOf(line);
      const seen = seenIn([1, size, size], mode);
      for (let place = -20; place <= 20; place += 1) {
        const expected = period[((place % period.length) + period.length) % period.length];
        assert.equal(seen(0, place, 0), expected * size, `${mode} ${size} row ${place}`);
        assert.equal(seen(0, 0, place), expected, `${mode} ${size} column ${place}`);
      }
    }
});

test("replicating takes the nearest cell, zeros take none, and inside every cell is itself in its channel", () => {
  for (const mode of ["zeros", "replicate", "circular", "symmetric", "reflect", "unknown"]) {
    const seen = seenIn([3, 4, 5], mode);
    for (let channel = 0; channel < 3; channel += 1)
      for (let row = 0; row < 4; row += 1)
        for (let column = 0; column < 5; column += 1)
          assert.equal(seen(channel, row, column), channel * 20 + row * 5 + column);
  }
  const [near, none] = [seenIn([2, 4, 5], "replicate"), seenIn([2, 4, 5], "zeros")];
  assert.deepEqual([near(1, -3, 2), near(1, 9, 9), near(0, 2, -1)], [22, 39, 10]);
  assert.deepEqual([none(1, -1, 2), none(1, 0, 5), none(0, 4, 0), none(0, 0, -1)], [-1, -1, -1, -1]);
});

test("a border holds the number of its fill, or the cell that it repeats", () => {
  const data = Int32Array.from([5, 6, 7, 8]);
  assert.equal(borderOf([1, 2, 2], data, "zeros", 3)(0, -1, 0), 3);
  assert.equal(borderOf([1, 2, 2], data, "nothing known", null)(0, -1, 0), null);
  assert.equal(borderOf([1, 2, 2], data, "replicate", 3)(0, -1, 5), 6);
  assert.equal(borderOf([1, 2, 2], data, "circular", 3)(0, -1, 2), 7);
});

test("what is added around a picture is zero or what was said; pooling reads none of it", () => {
  const start = (/** @type {object} */ more) => /** @type {any} */ (more);
  assert.equal(fillOf(null), 0);
  assert.equal(fillOf(start({ weight: [[[[1]]]] })), 0);
  assert.equal(fillOf(start({ weight: [[[[1]]]], padding_value: -2 })), -2);
  assert.equal(fillOf(start({ weight: null, padding_value: 4 })), null);
});

/** Planes that are drawn large in a pane of such a grid. */
function chosen(/** @type {any} */ grid, /** @type {number[]} */ read, /** @type {any} */ more = {}) {
  const { rows, coloured = false, planes = [] } = more;
  const view = { grid: { planes: 1, rows: 32, columns: 32, wrapped: false, ...grid }, picture: { coloured } };
  const mark = { planes: read, rows: [], columns: [] };
  return chosenPlanes(/** @type {any} */ ({ view, planes }), () => mark, rows);
}

test("few small planes are all drawn; of others those that are read, four at most", () => {
  assert.deepEqual(chosen({ planes: 4, rows: 16, columns: 16 }, [2]), [0, 1, 2, 3]);
  assert.deepEqual(chosen({ planes: 5, rows: 16, columns: 16 }, [2]), [2]);
  assert.deepEqual(chosen({ planes: 4, rows: 17, columns: 16 }, [3]), [3]);
  assert.deepEqual(chosen({ planes: 4, rows: 16, columns: 17 }, [3]), [3]);
  assert.deepEqual(chosen({ planes: 9 }, [1, 2, 3, 4]), [1, 2, 3, 4]);
  assert.deepEqual(chosen({ planes: 9 }, [1, 2, 3, 4, 5]), [1, 2, 3, 4]);
  assert.deepEqual(chosen({ planes: 9 }, [1, 2, 3, 4, 5], { rows: [0, 2, 4, 6, 8] }), [0, 2, 4, 6]);
  assert.deepEqual(chosen({ planes: 9, wrapped: true }, [5]), [0]);
});

test("where a step reads nothing the planes stay that were there; a picture in colour comes first", () => {
  assert.deepEqual(chosen({ planes: 9 }, []), [0]);
  assert.deepEqual(chosen({ planes: 9 }, [], { planes: [COLOURED, 4] }), [4]);
  assert.deepEqual(chosen({ planes: 3 }, [0, 1, 2], { coloured: true }), [COLOURED, 0, 1, 2]);
  assert.deepEqual(chosen({ planes: 9 }, [0, 1, 2, 3], { coloured: true }), [0, 1, 2, 3]);
  assert.deepEqual(
    chosenPlanes(/** @type {any} */ ({ view: null }), () => ({ planes: [], rows: [], columns: [] }), []),
    [],
  );
});

test("what is read of a colour is marked in the picture of all colours too, and nothing stays nothing", () => {
  const mark = { planes: [1], rows: [2], columns: [3] };
  assert.deepEqual(alsoColoured(mark, true), { planes: [1, COLOURED], rows: [2], columns: [3] });
  assert.equal(alsoColoured(mark, false), mark);
  assert.deepEqual(alsoColoured({ ...mark, planes: [] }, true).planes, []);
});
