import assert from "node:assert/strict";
import { test } from "node:test";
import { placesThatDiffer } from "../../static/element/differences.js";
import { split, together } from "../../static/element/splitting.js";
import { besideOf, differing, unsaid } from "../../static/words/lines.js";
import { pairing } from "../../static/words/lockstep.js";

const LINE = "cat 64 | conv2d sobel-x stride=2 padding=1 | relu";

test("settings and operations are put into the layer that is walked", () => {
  /** @type {[string, number, string, number | null][]} */
  const wishes = [
    ["stride=1", 0, "cat 64 | conv2d sobel-x padding=1 stride=1 | relu", 0],
    ["stride=3 bias=2", 0, "cat 64 | conv2d sobel-x padding=1 stride=3 bias=2 | relu", 0],
    ["tanh", 1, "cat 64 | conv2d sobel-x stride=2 padding=1 | tanh", 1],
    ["conv2d [1 2; 3 4]", 0, "cat 64 | conv2d [1 2; 3 4] | relu", 0],
    ["[1 2] | abs", 1, "[1 2] | abs", 0],
    ["@sobel", 1, "@sobel", null],
    ["@sobel layer=1", 0, "@sobel", 1],
    ["layer=1", 0, LINE, 1],
    ["layer=-1", 0, LINE, -1],
  ];
  for (const [wish, layer, line, found] of wishes)
    assert.deepEqual(besideOf(wish, LINE, layer), { line, layer: found }, wish);
});

test("two lines are told apart by what only one of them says", () => {
  const [one, other] = differing("cat 64 | conv2d [1 2; 3 4]", "cat 64 | conv2d [1 2; 3 5] stride=2");
  const said = (/** @type {import("../../static/words/lines.js").Run[]} */ runs) =>
    runs.filter((run) => run.other).map(({ text }) => text);
  assert.deepEqual([said(one), said(other)], [["4]"], ["5] stride=2"]]);
  assert.equal(other.map(({ text }) => text).join(" "), "cat 64 | conv2d [1 2; 3 5] stride=2");
  assert.deepEqual(
    differing("a b", "a b")
      .flat()
      .filter((run) => run.other),
    [],
  );
});

test("what one line leaves at its default is said beside the other's setting, if it is one number", () => {
  const start = {
    stride: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
    dilation: [1, 2],
  };
  const other = [
    { text: "stride=2 padding=1 dilation=3 zebra=1", other: true },
    { text: "flip=true", other: false },
  ];
  assert.deepEqual(unsaid(other, start), ["stride=1", "padding=0"]);
});

test("very long lines are compared by their beginnings, quickly", () => {
  const [long, longer] = [new Array(20_000).fill("1"), new Array(20_000).fill("1")];
  longer[19_999] = "2";
  const [, runs] = differing(long.join(" "), longer.join(" "));
  assert.deepEqual(
    runs.filter((run) => run.other).map(({ text }) => text),
    ["2"],
  );
});

/** @param {number} steps  @param {object} more */
const start = (steps, more = {}) => /** @type {StartLine} */ ({ steps, input_shape: [1, 6, 6], ...more });
const ONE = start(16, { output_shape: [1, 4, 4], walked_shape: [1, 4, 4], stride: [1, 1] });
const TWO = start(4, { output_shape: [1, 2, 2], walked_shape: [1, 2, 2], stride: [2, 2] });
const PADDED = start(36, {
  output_shape: [1, 6, 6],
  walked_shape: [1, 6, 6],
  padding: [
    [1, 1],
    [1, 1],
  ],
});

test("walks of one picture meet where their windows do", () => {
  const { to, back } = pairing(null, ONE, TWO);
  assert.deepEqual([0, 1, 2, 3, 4, 8, 15].map(to), [0, 0, 1, 1, 0, 2, 3]);
  assert.deepEqual([0, 1, 2, 3].map(back), [0, 2, 8, 10]);
  const padded = pairing("cell", ONE, PADDED);
  assert.equal(padded.to(0), 7, "the window at the picture's corner is the eighth with a border of one");
  assert.equal(padded.back(0), 0);
});

test("chosen by step or by time, places do not matter; of other pictures there is only time", () => {
  assert.deepEqual([0, 3, 15].map(pairing("step", ONE, TWO).to), [0, 3, 3]);
  assert.deepEqual([0, 5, 15].map(pairing("time", ONE, TWO).to), [0, 1, 3]);
  const elsewhere = { ...TWO, input_shape: /** @type {any} */ ([1, 9, 9]) };
  assert.deepEqual([0, 5, 15].map(pairing("cell", ONE, elsewhere).to), [0, 1, 3]);
  assert.deepEqual([0, 5, 15].map(pairing("zebra", ONE, elsewhere).to), [0, 1, 3]);
});

test("no pairing leads out of either walk", () => {
  for (const way of ["step", "cell", "time", null])
    for (const [one, other] of [
      [ONE, TWO],
      [TWO, ONE],
      [PADDED, TWO],
      [ONE, ONE],
    ]) {
      const { to } = pairing(way, one, other);
      for (let index = 0; index < one.steps; index += 1) {
        const found = to(index);
        assert.ok(Number.isInteger(found) && found >= 0 && found < other.steps, `${way} ${index} ${found}`);
      }
    }
});

test("cells differ by more than what adding in another order leaves", () => {
  const noise = 0.1 + 0.2;
  const values = [Float64Array.of(1, 0.3, 5, 0), Float64Array.of(1, noise, 6, 0)];
  assert.deepEqual(placesThatDiffer(values[0], values[1]), [2]);
});

test("a pair has its arithmetic where that can be read, and both walks the same room", () => {
  const room = (/** @type {number} */ width, /** @type {number | null} */ height, screen = height ?? 0) =>
    split({ width, height, screen, narrow: width < 600 });
  assert.deepEqual([room(676, 340).across, room(676, 340).arithmetic], [2, false]);
  assert.deepEqual([room(936, 600).across, room(936, 600).arithmetic], [1, true]);
  assert.deepEqual([room(1880, 420).across, room(1880, 420).arithmetic], [2, true]);
  assert.deepEqual([room(336, null, 600).across, room(336, null, 600).arithmetic], [1, false]);
  for (const [width, height] of [
    [676, 340],
    [936, 600],
    [1880, 420],
    [336, 560],
  ]) {
    const half = room(width, height);
    assert.ok(together(half, half.height) <= height && half.width <= width);
  }
});
