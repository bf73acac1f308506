import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { pointwise } from "../../static/painters/pointwise.js";
import { rearrange } from "../../static/painters/rearrange.js";
import { scatter } from "../../static/painters/scatter.js";
import { told } from "./canvas.js";
import { drawn, middle, partOf } from "./drawn.js";
import { counted, lookedUp, sceneOf } from "./scenes.js";

const BOX = { width: 420, height: 300 };

// --- one cell to many

/** A 2x2 kernel stamped by 2x2 cells. @param {object} [more] */
function stamping(more = {}) {
  const start = {
    kind: "scatter",
    input_shape: [1, 2, 2],
    output_shape: [1, 3, 3],
    kernel_size: [2, 2],
    weight: [
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    steps: 4,
    ...more,
  };
  const scene = sceneOf(start, [1, 10, 100, 1000], counted([1, 3, 3]));
  const step = /** @type {any} */ ({
    index: 1,
    at: [0, 0, 1],
    corner: [0, 1],
    input: 10,
    products: [
      [
        [10, 20],
        [30, 40],
      ],
    ],
    after: [
      [
        [12, 20],
        [34, 40],
      ],
    ],
  });
  return { model: lookedUp(scene), step };
}

test("a stamp is the cell times the kernel, and each of its products is read out", () => {
  const { model, step } = stamping();
  const { plan, labels, numbers } = drawn(scatter, model, step);
  assert.deepEqual(
    labels.filter((text) => ["×", "="].includes(text)),
    ["×", "="],
  );
  assert.deepEqual(numbers, ["10", "10", "20", "30", "40"]);
  const [x, y] = middle(partOf(plan, "kernel"), 1, 0);
  assert.equal(
    scatter
      .probe(plan, model, step, x, y)
      ?.text.map(({ text }) => text)
      .join(""),
    "10·3 = 30",
  );
});

test("what is spread without a kernel has an arrow instead", () => {
  const { model, step } = stamping({ weight: null });
  const { labels, plan } = drawn(scatter, model, step);
  assert.ok(labels.includes("→"));
  assert.equal(partOf(plan, "kernel"), undefined);
});

test("cells that a stamp reaches and stamps that reach a cell are two views of one relation", () => {
  const { model } = stamping({ stride: [2, 2], output_shape: [1, 4, 4] });
  for (let row = 0; row < 4; row += 1)
    for (let column = 0; column < 4; column += 1) {
      const { rows, columns } = /** @type {any} */ (scatter.stampedBy)(model, [0, row, column]);
      for (let down = 0; down < 2; down += 1)
        for (let across = 0; across < 2; across += 1) {
          const reach = scatter.feeds(model, [0, down, across]);
          assert.equal(
            rows.includes(down) && columns.includes(across),
            reach.rows.includes(row) && reach.columns.includes(column),
          );
        }
    }
});

test("a click on an input cell is its step, on the output there is none", () => {
  const { model } = stamping();
  assert.equal(scatter.stepAt(model, "input", [0, 1, 0]), 2);
  assert.equal(scatter.stepAt(model, "output", [0, 1, 0]), -1);
});

// --- each cell by itself, and cells that move

test("a value is found on its curve, inside the axes", () => {
  const curve = [-2, -1, 0, 1, 2].map((x) => [x, Math.max(0, x)]);
  const start = { kind: "pointwise", input_shape: [1, 1, 3], output_shape: [1, 1, 3] };
  const scene = sceneOf(start, [-2, 0, 2], [0, 0, 2], { curve });
  const model = lookedUp(scene);
  const step = /** @type {any} */ ({ index: 2, at: [0, 0, 2], input: 2, output: 2 });
  const { plan, moving } = drawn(pointwise, model, step);
  const [x, y] = told(moving, "arc").at(-1)?.args ?? [];
  const { box } = plan;
  assert.deepEqual([x, y], [box.x + box.width, box.y]);
  assert.ok(box.x + box.width <= BOX.width && plan.height <= BOX.height);
});

test("a cell that moves shows where from, where to, and its value twice", () => {
  const start = { kind: "rearrange", input_shape: [1, 2, 2], output_shape: [4, 1, 1] };
  const model = lookedUp(sceneOf(start, [1, 2, 3, 4], [1, 2, 3, 4]));
  const step = /** @type {any} */ ({ index: 1, at: [1, 0, 0], from: [0, 0, 1], output: 2 });
  assert.deepEqual(drawn(rearrange, model, step).numbers, ["2", "2", "[0, 0, 1]", "[1, 0, 0]"]);
});

test("a cell from outside the picture is padding, and has no number of its own", () => {
  const start = { kind: "rearrange", input_shape: [1, 2, 2], output_shape: [1, 4, 4] };
  const model = lookedUp(sceneOf(start, [1, 2, 3, 4], counted([1, 4, 4])));
  const step = /** @type {any} */ ({ index: 0, at: [0, 0, 0], from: [0, -1, -1], output: 0 });
  assert.deepEqual(drawn(rearrange, model, step).numbers, ["–", "0", "padding", "[0, 0, 0]"]);
});

test("a window becomes a column, number for number", () => {
  const start = { kind: "rearrange", input_shape: [1, 3, 3], output_shape: [1, 4, 4], kernel_size: [2, 2] };
  const model = lookedUp(sceneOf(start, counted([1, 3, 3]), counted([1, 4, 4])));
  const step = /** @type {any} */ ({
    index: 1,
    at: [0, 0, 1],
    corner: [0, 1],
    from: [
      [0, 0, 1],
      [0, 0, 2],
      [0, 1, 1],
      [0, 1, 2],
    ],
    output: [1, 2, 4, 5],
  });
  const { plan, moving } = drawn(rearrange, model, step);
  const texts = told(moving, "fillText")
    .map(({ args: [text] }) => text)
    .filter((text) => /^\d$/.test(text));
  assert.deepEqual(texts, ["1", "2", "4", "5", "1", "2", "4", "5"]);
  assert.deepEqual(
    plan.column?.rows[0].parts.map(({ rows, columns }) => [rows, columns]),
    [
      [2, 2],
      [4, 1],
    ],
  );
});
