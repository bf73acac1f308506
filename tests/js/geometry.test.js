import assert from "node:assert/strict";
import { test } from "node:test";
import { gather } from "../../static/painters/gather.js";
import { scatter } from "../../static/painters/scatter.js";
import { outputsTouching } from "../../static/painters/slides.js";

/** @param {Partial<StartLine>} start  @returns {Model} */
const model = (start) =>
  /** @type {any} */ ({
    start: {
      stride: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
      dilation: [1, 1],
      kernel_size: [3, 3],
      groups: 1,
      ...start,
    },
  });

test("an input row feeds exactly the outputs whose windows touch it", () => {
  for (const stride of [1, 2, 3])
    for (const spacing of [1, 2])
      for (const before of [0, 1, 2]) {
        for (let input = 0; input < 9; input += 1) {
          const expected = [0, 1, 2, 3, 4].filter((output) =>
            [0, 1, 2].some((weight) => output * stride - before + weight * spacing === input),
          );
          assert.deepEqual(outputsTouching(input, 5, { kernel: 3, stride, before, spacing }), expected);
        }
      }
});

test("what an input cell feeds and what an output cell reads are two views of one relation", () => {
  const walk = model({
    input_shape: [4, 7, 7],
    output_shape: [2, 4, 4],
    groups: 2,
    stride: [2, 2],
    padding: [
      [1, 1],
      [1, 1],
    ],
    weight: [[[[1]]], [[[1]]]],
  });
  const at = /** @type {[number, number, number]} */ ([1, 2, 3]);
  const reads = gather.reads(walk, /** @type {any} */ ({ at, corner: [3, 5], window: [[[0]]], products: [] }));
  assert.deepEqual(reads.planes, [2, 3]);
  for (const plane of reads.planes)
    for (const row of reads.rows)
      for (const column of reads.columns) {
        const fed = gather.feeds(walk, [plane, row, column]);
        assert.ok(
          fed.planes.includes(1) && fed.rows.includes(2) && fed.columns.includes(3),
          `${plane} ${row} ${column}`,
        );
      }
});

test("a dilated window reads only the cells it touches", () => {
  const walk = model({ input_shape: [1, 7, 7], output_shape: [1, 3, 3], dilation: [2, 2], weight: [[[[1]]]] });
  assert.deepEqual(gather.reads(walk, /** @type {any} */ ({ at: [0, 0, 1], corner: [0, 1] })).columns, [1, 3, 5]);
});

test("a cell's step is its place in memory", () => {
  const walk = model({ output_shape: [2, 3, 4], input_shape: [3, 5, 5] });
  assert.equal(gather.stepAt(walk, "output", [1, 2, 3]), 23);
  assert.equal(gather.stepAt(walk, "input", [0, 0, 0]), -1);
  assert.equal(scatter.stepAt(walk, "input", [2, 1, 0]), 55);
});
