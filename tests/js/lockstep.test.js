/** Which steps of two walks belong together, counted window by window; and the seconds that stops leave for walking. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pairing } from "../../static/words/lockstep.js";
import { rangeOf, secondsBetween, standing } from "../../static/words/stops.js";

/** A walk over a picture of 7 x 9, in so many planes. @returns {any} */
function walk(/** @type {number} */ kernel, stride = [1, 1], before = [0, 0], planes = 1) {
  const sides = [7, 9].map((side, axis) => Math.floor((side + 2 * before[axis] - kernel) / stride[axis]) + 1);
  const padding = before.map((border) => [border, border]);
  const shape = [planes, ...sides];
  return { steps: planes * sides[0] * sides[1], input_shape: [1, 7, 9], output_shape: shape, stride, padding };
}
const WALKS = [
  walk(3),
  walk(3, [1, 1], [1, 1]),
  walk(2, [2, 3]),
  walk(3, [3, 1], [1, 2]),
  walk(1, [2, 2], [0, 3], 2),
  walk(4, [1, 2], [2, 0], 3),
];

/** Plane, and where the window of a step begins in the picture. */
function corner(/** @type {any} */ { output_shape: [, rows, columns], stride, padding }, /** @type {number} */ step) {
  const [row, column] = [Math.floor(step / columns) % rows, step % columns];
  return {
    plane: Math.floor(step / (rows * columns)),
    at: [row * stride[0] - padding[0][0], column * stride[1] - padding[1][0]],
  };
}

test("by place, a step belongs to the last window that begins no later, by rows and by columns", () => {
  for (const one of WALKS)
    for (const other of WALKS) {
      if (one.output_shape.slice(1).join() === other.output_shape.slice(1).join()) continue;
      const { to, back } = pairing("cell", one, other);
      for (const [from, into, go] of /** @type {any[]} */ ([
        [one, other, to],
        [other, one, back],
      ]))
        for (let step = 0; step < from.steps; step += 1) {
          const [here, there] = [corner(from, step), corner(into, go(step))];
          assert.equal(there.plane, Math.min(here.plane, into.output_shape[0] - 1));
          for (const axis of [0, 1]) {
            const last = (into.output_shape[axis + 1] - 1) * into.stride[axis] - into.padding[axis][0];
            const first = 0 - into.padding[axis][0];
            const beyond = here.at[axis] - there.at[axis];
            if (here.at[axis] < first) assert.equal(there.at[axis], first);
            else if (here.at[axis] >= last) assert.equal(there.at[axis], last);
            else assert.ok(beyond >= 0 && beyond < into.stride[axis], `${here.at} ${there.at}`);
          }
        }
    }
});

test("maps of one size meet cell by cell, whatever their windows do", () => {
  const [one, other] = [walk(3), { ...walk(5, [1, 1], [1, 1], 2) }];
  assert.deepEqual(one.output_shape.slice(1), other.output_shape.slice(1));
  const { to, back } = pairing("cell", one, other);
  for (let step = 0; step < one.steps; step += 1) assert.deepEqual([to(step), back(step)], [step, step]);
  assert.equal(back(one.steps + 4), 4, "a plane that is not there is the last that is");
});

test("maps with as many rows but other columns, or the reverse, do not pass for maps of one size", () => {
  const [wide, narrow] = [walk(1), walk(1, [1, 2])];
  assert.equal(pairing("cell", wide, narrow).to(9 + 3), 5 + 1);
  const low = walk(1, [2, 1]);
  assert.equal(pairing("cell", wide, low).to(2 * 9 + 4), 9 + 4);
});

test("by step the shorter walk waits at its end, and walks of as many steps go so unasked", () => {
  const { to, back } = pairing("step", WALKS[0], WALKS[2]);
  const last = WALKS[2].steps - 1;
  assert.deepEqual([to(2), to(last), to(34)], [2, last, last]);
  assert.deepEqual([back(2), back(last)], [2, last]);
  const flat = { steps: 35, input_shape: [1, 5, 7], output_shape: [35, 1, 1] };
  assert.equal(pairing(null, walk(3), /** @type {any} */ (flat)).to(17), 17);
});

test("by time both begin and end together, and walk halves in the same time", () => {
  const one = /** @type {any} */ ({ steps: 101, input_shape: [1, 1, 1], output_shape: [101, 1, 1] });
  const other = /** @type {any} */ ({ steps: 11, input_shape: [1, 2, 2], output_shape: [11, 1, 1] });
  const { to, back } = pairing("time", one, other);
  assert.deepEqual([0, 50, 54, 56, 100].map(to), [0, 5, 5, 6, 10]);
  assert.deepEqual([0, 5, 10].map(back), [0, 50, 100]);
  const single = { ...other, steps: 1, output_shape: [1, 1, 1] };
  assert.deepEqual([pairing("time", single, one).to(0), pairing("time", one, single).to(70)], [0, 0]);
});

test("each note takes four of the 44 seconds of a walk, but fifteen are left for walking", () => {
  const notes = (/** @type {number} */ count) => Array.from({ length: count }, () => ({ note: "look" }));
  assert.deepEqual(
    [0, 1, 7, 8, 20].map((count) => secondsBetween(notes(count))),
    [44, 40, 16, 15, 15],
  );
  assert.equal(secondsBetween([{ note: "" }, { note: "look" }, { note: "" }]), 40);
});

test("a stop counts from 0 or from the end, and the first step is one as any other", () => {
  const range = { first: 0, last: 8, steps: 9 };
  const places = (/** @type {any[]} */ ...stops) =>
    standing(
      stops.map((place) => ({ place, note: "" })),
      range,
      5,
    ).map(({ index }) => index);
  assert.deepEqual(places(0), [0]);
  assert.deepEqual(places(-1, -9, -10, 9, 3), [0, 3, 8]);
  assert.deepEqual(places("strongest", "corner", "last"), [0, 5, 8]);
});

test("a range that holds no step is the whole walk", () => {
  const whole = { first: 0, last: 8, steps: 9 };
  for (const [start, stop] of [
    [null, null],
    ["4", "4"],
    ["5", "3"],
    ["x", ""],
  ])
    assert.deepEqual(rangeOf(start, stop, 9), whole);
  assert.deepEqual(rangeOf("2", "-1", 9), { first: 2, last: 7, steps: 9 });
  assert.deepEqual(rangeOf(null, null, 0), { first: 0, last: 0, steps: 0 });
});
