import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { gather } from "../../static/painters/gather.js";
import { told } from "./canvas.js";
import { drawn, middle, partOf } from "./drawn.js";
import { convolution, counted, lookedUp, pooling, sceneOf } from "./scenes.js";

test("a convolution's window, kernel and products stand with their numbers", () => {
  const scene = convolution();
  const model = lookedUp(scene);
  const { labels, numbers, still } = drawn(gather, model, scene.steps[1]);
  assert.deepEqual(
    labels.filter((text) => ["⊙", "="].includes(text)),
    ["⊙", "="],
  );
  assert.deepEqual(
    told(still, "fillText")
      .map(({ args: [text] }) => text)
      .filter((text) => /^[−\d]+$/.test(text)),
    ["1", "0", "0", "−1"],
  );
  assert.deepEqual(numbers, ["1", "2", "6", "7", "1", "0", "0", "−7"]);
});

test("every product under the pointer is read out as input times weight", () => {
  const scene = convolution();
  const model = lookedUp(scene);
  const { plan } = drawn(gather, model, scene.steps[1]);
  const read = (/** @type {string} */ part, /** @type {number} */ row, /** @type {number} */ column) => {
    const [x, y] = middle(partOf(plan, part), row, column);
    return gather.probe(plan, model, scene.steps[1], x, y);
  };
  assert.equal(
    read("kernel", 1, 1)
      ?.text.map(({ text }) => text)
      .join(""),
    "7·(−1) = −7",
  );
  assert.equal(
    read("products", 0, 0)
      ?.text.map(({ text }) => text)
      .join(""),
    "1·1 = 1",
  );
  assert.deepEqual([read("window", 1, 0)?.row, read("window", 1, 0)?.column], [1, 0]);
  assert.equal(gather.probe(plan, model, scene.steps[1], 0, 0), null);
});

test("of more channels than fit those with the largest weights are shown, and the others are counted", () => {
  const weight = [[[[1]], [[-9]], [[2]], [[8]], [[0]], [[7]]]];
  const scene = convolution({ input_shape: [6, 3, 3], weight });
  const model = lookedUp(scene);
  const { plan, labels } = drawn(gather, model, scene.steps[0], { width: 420, height: 110 });
  const rows = plan.rows.map(({ channel }) => channel);
  assert.ok(rows.length < 6);
  assert.deepEqual(
    rows,
    [...rows].sort((one, other) => one - other),
  );
  assert.ok(rows.includes(1) && (rows.length < 2 || rows.includes(3)));
  assert.ok(labels.some((text) => text.includes(String(6 - rows.length))));
});

test("where digits have no room anyway, cells get smaller before a channel is left out", () => {
  const kernel = Array.from({ length: 5 }, () => [0.25, -0.5, 0.125, 0.5, -0.25]);
  const scene = convolution({ input_shape: [3, 7, 7], weight: [[kernel, kernel, kernel]] });
  const { plan, labels } = drawn(gather, lookedUp(scene), scene.steps[0], { width: 420, height: 130 });
  assert.deepEqual(
    plan.rows.map(({ channel }) => channel),
    [0, 1, 2],
  );
  assert.ok(plan.height <= 130);
  assert.ok(!labels.some((text) => text.includes("more")));
});

test("each channel has its sum beside it where a step adds channels up", () => {
  const scene = convolution({ input_shape: [2, 3, 3], weight: [[[[1]], [[2]]]] });
  const { numbers } = drawn(gather, lookedUp(scene), scene.steps[4]);
  assert.deepEqual(
    numbers.filter((text) => text.startsWith("→")),
    ["→ 4", "→ 26"],
  );
});

test("the longest sum leaves nothing of itself behind the next", () => {
  const scene = convolution({ input_shape: [2, 3, 3], weight: [[[[1]], [[2]]]] });
  const step = { ...scene.steps[4], sums: [-0.0001234, -1.23e-100] };
  const { plan, moving } = drawn(gather, lookedUp(scene), step);
  const sums = told(moving, "fillText").filter(({ args: [text] }) => String(text).startsWith("→"));
  assert.deepEqual(
    sums.map(({ args: [text] }) => text),
    ["→ −0.000123", "→ −1.23e−100"],
  );
  for (const [row, { args }] of sums.entries()) {
    const [text, x, y] = /** @type {any} */ (args);
    const { size, room } = plan.rows[row].sum;
    const end = x + Math.min(0.61 * size * text.length, room);
    assert.ok(
      told(moving, "clearRect").some(
        ({ args: [left, top, width, height] }) =>
          left <= x && left + width >= end && top <= y - 8 && top + height >= y + 8,
      ),
    );
  }
});

test("a grouped step reads the channels of its group, and what a cell feeds is in its group", () => {
  const weight = [
    [[[1]], [[1]]],
    [[[1]], [[1]]],
  ];
  const model = lookedUp(convolution({ input_shape: [4, 3, 3], weight, groups: 2 }));
  const [first, second] = [0, 9].map(
    (index) => convolution({ input_shape: [4, 3, 3], weight, groups: 2 }).steps[index],
  );
  assert.deepEqual(gather.reads(model, first).planes, [0, 1]);
  assert.deepEqual(gather.reads(model, second).planes, [2, 3]);
  assert.deepEqual(gather.feeds(model, [3, 1, 1]).planes, [1]);
});

test("a weight lights every input cell it ever multiplies, and no other", () => {
  for (const [stride, dilation, padding] of [
    [1, 1, 0],
    [2, 1, 1],
    [1, 2, 1],
  ]) {
    const scene = convolution({
      stride,
      dilation,
      padding,
      weight: [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    });
    const model = lookedUp(scene);
    const probe = /** @type {any} */ ({ part: "kernel", channel: 0, row: 1, column: 0 });
    const { rows, columns } = /** @type {any} */ (gather.multiplies)(model, scene.steps[0], probe);
    const touched = new Set(scene.steps.map(({ corner }) => `${corner[0] + dilation} ${corner[1]}`));
    assert.deepEqual(
      new Set(
        rows.flatMap((/** @type {number} */ row) => columns.map((/** @type {number} */ column) => `${row} ${column}`)),
      ),
      touched,
    );
  }
});

test("pooling shows its window alone, with a ring round the cell that wins", () => {
  const scene = pooling();
  const { plan, numbers, moving } = drawn(gather, lookedUp(scene), scene.steps[5]);
  assert.deepEqual(
    plan.rows[0].parts.map(({ part }) => part),
    ["window"],
  );
  assert.deepEqual(numbers, ["18", "19", "22", "23"]);
  const window = partOf(plan, "window");
  const ring = told(moving, "strokeRect").find((call) => call.colour === "teal");
  assert.deepEqual(ring?.args.slice(0, 2), [window.x + window.cell, window.y + window.cell]);
});

test("a window too large to travel is looked up in the input, and has nothing outside it", () => {
  const scene = pooling([1, 4, 4]);
  const model = lookedUp(scene);
  const { window: _, ...step } = { ...scene.steps[3], corner: [3, 3] };
  assert.deepEqual(drawn(gather, model, step).numbers, ["15", "–", "–", "–"]);
});

test("a gradient filter shows its two kernels on one window", () => {
  const input = counted([1, 3, 3]);
  const weight = [[[-1, 1]], [[-1, -1]]];
  const start = { input_shape: [1, 3, 3], output_shape: [1, 3, 2], kernel_size: [1, 2], weight };
  const scene = sceneOf(start, input, [1, 1, 1, 1, 1, 1]);
  const step = /** @type {any} */ ({
    index: 0,
    at: [0, 0, 0],
    corner: [0, 0],
    window: [[0, 1]],
    products: [[[0, 1]], [[0, -1]]],
    sums: [1, -1],
    output: 1,
    angle: 0,
  });
  const { plan, labels } = drawn(gather, lookedUp(scene), step);
  assert.equal(plan.rows.length, 2);
  assert.ok(labels.includes("x") && labels.includes("y"));
});
