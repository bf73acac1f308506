/** Numbers that come into the kernel's editor all at once: divided, pasted. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fire } from "./dom.js";
import { editor, SOBEL } from "./editors.js";
import { reading, reads } from "./matrices.js";
import { settled } from "./stand_ins.js";

test("a kernel is divided by what it sums to over its channels, and one that sums to 0 says so", async () => {
  const mean = editor([
    [1, 2, 1],
    [2, 4, 2],
    [1, 2, 1],
  ]);
  await mean.press("Divide by the sum of the kernel");
  const box = [
    [1, 1],
    [1, 1],
  ];
  const colour = editor([box, box, box], { channels: 3 });
  await colour.press("Divide by the sum of the kernel");
  const tenths = editor([[0.1, 0.1, 0.1]]);
  await tenths.press("Divide by the sum of the kernel");
  assert.deepEqual([mean.told, colour.told, tenths.told], [[{ divisor: 16 }], [{ divisor: 12 }], [{ divisor: 0.3 }]]);
  for (const weight of [SOBEL, [[0.1, 0.2, -0.3]], [[0]]]) {
    const none = editor(weight);
    await none.press("Divide by the sum of the kernel");
    assert.deepEqual([none.told, none.complaint()], [[], "This kernel sums to 0, and nothing can be divided by 0."]);
  }
});

test("with several kernels the divisor is the sum of the one in sight", async () => {
  const { told, press, choose } = editor([[[[1, 1]]], [[[2, 3]]]]);
  choose(0, 1);
  await press("Divide by the sum of the kernel");
  assert.deepEqual(told, [{ divisor: 5 }]);
});

test("a pasted matrix takes the place of the plane in sight, the others follow its size", async () => {
  reads(() => reading([[5, 6, 7]], [1, 3], "1 × 3"));
  const { told, press, made, said, choose } = editor(
    [
      [[1], [2]],
      [[3], [4]],
    ],
    { channels: 2 },
  );
  choose(0, 1);
  await press("Paste a matrix");
  assert.equal(made.sheet.root.hidden, false);
  made.sheet.text.value = "5 6 7";
  /** @type {any} */ (made.sheet.root.children[2]).click();
  await settled();
  assert.deepEqual(told, [{ weight: [[[0, 2, 0]], [[5, 6, 7]]] }]);
  assert.equal(said(), "1 × 3");
  await press("Undo");
  assert.deepEqual(told.at(-1), {
    weight: [
      [[1], [2]],
      [[3], [4]],
    ],
  });
});

test("what is pasted into a cell is its plane, a deeper matrix the weight; two meanings are a question", async () => {
  const deep = [[[1]], [[2]]];
  reads((text) => {
    if (text === "deep 1") return reading(deep, [2, 1, 1], "2 channels");
    if (text === "1,5 2,5")
      return { detail: "Which?", readings: [reading([[1.5, 2.5]], [1, 2]), reading([[15]], [1, 1])] };
    return { detail: "No matrix." };
  });
  const { told, made, complaint } = editor([[9]], { channels: 2 });
  const paste = async (/** @type {string} */ text) => {
    fire(made.grid.root.children[0], "paste", { clipboardData: { getData: () => text } });
    await settled();
  };
  await paste("x y");
  assert.equal(complaint(), "No matrix.");
  await paste("1,5 2,5");
  const [first] = made.understood.choices.querySelectorAll("button");
  first.click();
  await settled();
  assert.deepEqual(told, [{ weight: [[1.5, 2.5]] }]);
  await paste("deep 1");
  assert.deepEqual(told.at(-1), { weight: deep });
});
