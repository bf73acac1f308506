import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { TensorBoxes } from "../../static/views/chain/boxes.js";
import { sceneOf } from "./scenes.js";

/** Boxes of a layer, and its first step. @param {any} start  @param {any} step */
function boxed(start, step) {
  const scene = sceneOf(start, [0, 1], [0, 1]);
  const boxes = new TensorBoxes();
  boxes.adopt(/** @type {any} */ ({ opening: { ...scene.opening, steps: [step] }, language: "en" }));
  boxes.show(step);
  const all = (/** @type {string} */ selector) => /** @type {any[]} */ ([...boxes.root.querySelectorAll(selector)]);
  return { boxes, all, text: boxes.root.textContent, step };
}

const kernels = (/** @type {number} */ count, /** @type {number} */ depth) =>
  Array.from({ length: count }, () =>
    Array.from({ length: depth }, () => [
      [1, 2],
      [3, 4],
    ]),
  );
const WINDOW = [
  [1, 2],
  [3, 4],
];
const STEP = { index: 0, at: [0, 0, 0], corner: [0, 0], window: WINDOW };
const CELL = 24; // of an input as small as these

/** Left and top of what lies over the input, and its depth in channels. @param {ReturnType<typeof boxed>} told */
function over({ all }) {
  const [front] = all(".over .front");
  const lines = all(".over .lines")[0].getAttribute("d").match(/M/g)?.length ?? 0;
  return [Number(front.getAttribute("x")), Number(front.getAttribute("y")), lines + 1];
}

/** Left and top of the input's front. @param {ReturnType<typeof boxed>} told */
const input = ({ all }) =>
  [all(".input > .front")[0]].flatMap((front) => [+front.getAttribute("x"), +front.getAttribute("y")]);

test("a kernel is as deep as its input, and a window goes through all channels", () => {
  const told = boxed(
    { input_shape: [3, 4, 5], output_shape: [2, 3, 4], weight: kernels(2, 3) },
    { ...STEP, at: [1, 1, 2], corner: [1, 2] },
  );
  assert.match(told.text ?? "", /as deep as its input: 3 channels.*2 kernels make 2 slices/);
  assert.match(told.text ?? "", /2 × \(3×2×2\)/);
  const [left, top] = input(told);
  assert.deepEqual(over(told), [left + 2 * CELL, top + CELL, 3]);
  assert.deepEqual(
    told.all(".solid.kernel").map((kernel) => kernel.classList.contains("lit")),
    [false, true],
  );
});

test("kernels of a group are as deep as the group, and look at its channels alone", () => {
  const start = { input_shape: [4, 4, 5], output_shape: [4, 3, 4], groups: 2, weight: kernels(4, 2) };
  const first = boxed(start, { ...STEP, at: [1, 0, 0] });
  const second = boxed(start, { ...STEP, at: [2, 0, 0] });
  assert.match(first.text ?? "", /sees 2 of the 4 channels/);
  const [left, top] = input(first);
  assert.deepEqual(over(first), [left, top, 2]);
  const [x, y, deep] = over(second);
  assert.ok(x > left && y < top && x - left === top - y, "two channels further back");
  assert.equal(deep, 2);
});

test("where each channel has its own kernel the boxes are one channel deep", () => {
  const told = boxed({ input_shape: [3, 4, 5], output_shape: [3, 3, 4], groups: 3, weight: kernels(3, 1) }, STEP);
  assert.match(told.text ?? "", /3 × \(1×2×2\)/);
  assert.deepEqual(over(told).slice(2), [1]);
});

test("without a kernel each channel goes by itself, and nothing is multiplied", () => {
  const told = boxed(
    { input_shape: [3, 4, 4], output_shape: [3, 2, 2], kernel_size: [2, 2] },
    { ...STEP, at: [2, 0, 0] },
  );
  assert.deepEqual([told.all(".solid.kernel").length, told.all(".sheet").length], [0, 3]);
  assert.match(told.text ?? "", /Each channel goes by itself: 3 come in, and 3 slices of the output go out/);
  assert.doesNotMatch(told.text ?? "", /[∗=]/);
  assert.deepEqual(over(told).slice(2), [1]);
  assert.deepEqual(
    told
      .all(".sheet")
      .map((sheet) => sheet.classList.contains("lit"))
      .filter(Boolean),
    [true],
  );
});

test("a window with gaps reaches as far as its last cell", () => {
  const start = { input_shape: [1, 6, 6], output_shape: [1, 4, 4], dilation: [2, 2], weight: kernels(1, 1) };
  const [front] = boxed(start, STEP).all(".over .front");
  assert.equal(Number(front.getAttribute("width")), 3 * (132 / 6));
});

test("what boxes would not be true of has none", () => {
  for (const start of [
    { input_shape: [3, 4, 4], output_shape: [1, 4, 4] }, // across channels, without a kernel
    { input_shape: [1, 4, 4], output_shape: [1, 2, 2] }, // one channel has no box
    {
      input_shape: [3, 4, 4],
      output_shape: [2, 3, 3],
      weight: kernels(2, 2),
      links: [
        [1, 1, 0],
        [0, 1, 1],
      ],
    },
    { input_shape: [3, 4, 4], output_shape: [3, 3, 3], weight: [WINDOW, WINDOW] }, // two sums at once
    { kind: "pointwise", input_shape: [3, 4, 4], output_shape: [3, 4, 4] },
  ])
    assert.equal(boxed(start, STEP).boxes.root.hidden, true, JSON.stringify(start));
});
