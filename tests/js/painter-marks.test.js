/** Which cells a step reads and writes, and which step a cell is, for the kinds of step that come late. */
import "./dom.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { pointwise } from "../../static/painters/pointwise.js";
import { rearrange } from "../../static/painters/rearrange.js";
import { scatter } from "../../static/painters/scatter.js";
import { told } from "./canvas.js";
import { drawn } from "./drawn.js";
import { counted, lookedUp, sceneOf } from "./scenes.js";

afterEach(() => Object.assign(globalThis, { innerWidth: 1440 }));

/** @param {any} start  @param {object} [more] */
const modelOf = (start, more = {}) =>
  lookedUp(sceneOf(start, counted(start.input_shape), counted(start.output_shape), more));
const step = (/** @type {any} */ told) => /** @type {any} */ ({ type: "step", index: 0, ...told });

test("a cell by itself reads and writes its own place, in both panes, and is that step", () => {
  const model = modelOf({ kind: "pointwise", input_shape: [3, 4, 5], output_shape: [3, 4, 5] });
  const at = [2, 1, 3];
  const own = { planes: [2], rows: [1], columns: [3] };
  assert.deepEqual([pointwise.reads(model, step({ at })), pointwise.writes(model, step({ at }))], [own, own]);
  assert.deepEqual(pointwise.feeds(model, at), own);
  for (const pane of /** @type {const} */ (["input", "output"])) assert.equal(pointwise.stepAt(model, pane, at), 48);
});

const CURVE = [-3, -1, 0, 1, 3].map((x) => [x, x * 1000]);
const shown = (/** @type {any} */ model, /** @type {any} */ told, box = { width: 420, height: 300 }) =>
  drawn(pointwise, model, step({ at: [0, 0, 0], ...told }), box);

test("a curve leaves room for its longest number, and its ends stand at its axes", () => {
  const start = { kind: "pointwise", input_shape: [1, 1, 2], output_shape: [1, 1, 2] };
  const { plan, numbers } = shown(modelOf(start, { curve: CURVE }), { input: 1, output: 1000 });
  assert.deepEqual(numbers, ["−3", "3", "3000", "−3000"]);
  const long = CURVE.map(([x, y]) => [x, y * 1e9 + 0.123]);
  const wider = shown(modelOf(start, { curve: long }), { input: 1, output: 1000 });
  assert.ok(wider.plan.box.x >= plan.box.x);
  assert.ok(wider.plan.box.x + wider.plan.box.width <= 420);
});

test("axes stand where zero is, and a curve that never passes zero has none", () => {
  const start = { kind: "pointwise", input_shape: [1, 1, 2], output_shape: [1, 1, 2] };
  const lines = (/** @type {number[][]} */ curve) =>
    told(shown(modelOf(start, { curve }), { input: null, output: null }).moving, "moveTo").map(({ args }) => args);
  const { plan } = shown(modelOf(start, { curve: CURVE }), { input: 1, output: 1 });
  const { x, y, width, height } = plan.box;
  assert.deepEqual(lines(CURVE), [
    [x + width / 2, y],
    [x, y + height / 2],
  ]);
  assert.deepEqual(
    lines([
      [1, 2],
      [3, 4],
    ]),
    [],
  );
});

test("a flat curve is drawn at its foot, not nowhere", () => {
  const start = { kind: "pointwise", input_shape: [1, 1, 1], output_shape: [1, 1, 1] };
  const { moving, plan } = shown(
    modelOf(start, {
      curve: [
        [0, 5],
        [1, 5],
      ],
    }),
    { input: 0.5, output: 5 },
  );
  const [x, y] = told(moving, "arc")[0].args;
  assert.deepEqual([x, y], [plan.box.x + plan.box.width / 2, plan.box.y + plan.box.height]);
});

test("a value that the step does not tell has no point on the curve", () => {
  const start = { kind: "pointwise", input_shape: [1, 1, 1], output_shape: [1, 1, 1] };
  const { moving } = shown(modelOf(start, { curve: CURVE }), { input: 1, output: null });
  assert.deepEqual([told(moving, "arc").length, told(moving, "lineTo").length > 0], [0, true]);
});

test("where there is no curve the cell stands beside what becomes of it", () => {
  const start = { kind: "pointwise", input_shape: [1, 1, 1], output_shape: [1, 1, 1] };
  const { numbers, moving, plan } = shown(modelOf(start), { input: -1.5, output: 0 });
  assert.deepEqual(numbers, ["−1.5", "0", "→"]);
  const [from, to] = told(moving, "strokeRect");
  assert.deepEqual([from.colour, to.colour], ["blue", "teal"]);
  assert.ok(from.args[0] + from.args[2] < to.args[0], "they do not touch");
  assert.ok(plan.height <= 300);
});

test("on a telephone a curve is as wide as the screen and flat enough to leave the output in sight", () => {
  const start = { kind: "pointwise", input_shape: [1, 1, 1], output_shape: [1, 1, 1] };
  const model = modelOf(start, { curve: CURVE });
  const box = { width: 360, height: 600 };
  const { plan: wide } = shown(model, { input: 1, output: 1 }, box);
  Object.assign(globalThis, { innerWidth: 360 });
  const { plan: narrow } = shown(model, { input: 1, output: 1 }, box);
  assert.equal(narrow.box.width, wide.box.width);
  assert.ok(narrow.box.height < wide.box.height / 2);
  assert.ok(shown(modelOf(start), { input: 1, output: 1 }, box).plan.box.height <= 64);
});

test("a cell that moves reads where it came from and writes where it goes; from outside it reads nothing", () => {
  const model = modelOf({ kind: "rearrange", input_shape: [2, 2, 2], output_shape: [2, 4, 4] });
  const inside = step({ at: [1, 2, 3], from: [1, 1, 0], output: 6 });
  assert.deepEqual(rearrange.reads(model, inside), { planes: [1], rows: [1], columns: [0] });
  assert.deepEqual(rearrange.writes(model, inside), { planes: [1], rows: [2], columns: [3] });
  const nothing = { planes: [], rows: [], columns: [] };
  for (const from of [[0, -1, 0], [0, 2, 0], [0, 0, 2], [2, 0, 0], undefined])
    assert.deepEqual(rearrange.reads(model, step({ at: [0, 0, 0], from, output: 0 })), nothing, String(from));
  assert.deepEqual(rearrange.feeds(model, [0, 0, 0]), nothing);
});

test("a window that becomes a column reads all channels with its dilation, and writes the whole column", () => {
  const start = {
    kind: "rearrange",
    input_shape: [2, 5, 5],
    output_shape: [1, 8, 9],
    kernel_size: [2, 2],
    dilation: [2, 1],
  };
  const model = modelOf(start);
  const column = step({ at: [0, 0, 4], corner: [1, -1], output: counted([8]), from: [] });
  assert.deepEqual(rearrange.reads(model, column), { planes: [0, 1], rows: [1, 3], columns: [-1, 0] });
  assert.deepEqual(rearrange.writes(model, column), { planes: [0], rows: counted([8]), columns: [4] });
});

test("a cell of a rearranged map is its own step, one of a column the step of its column; the input's are none", () => {
  const cells = modelOf({ kind: "rearrange", input_shape: [1, 2, 3], output_shape: [2, 3, 4] });
  assert.equal(rearrange.stepAt(cells, "output", [1, 2, 3]), 23);
  assert.equal(rearrange.stepAt(cells, "input", [0, 0, 0]), -1);
  const start = { kind: "rearrange", input_shape: [1, 3, 3], output_shape: [2, 4, 4], walked_shape: [2, 1, 4] };
  const columns = modelOf(start);
  assert.deepEqual(
    [0, 3].map((row) => rearrange.stepAt(columns, "output", [1, row, 2])),
    [6, 6],
  );
});

test("a stamp reads its cell, and writes as far as its kernel is spread", () => {
  const start = {
    kind: "scatter",
    input_shape: [1, 2, 2],
    output_shape: [1, 5, 5],
    kernel_size: [2, 2],
    dilation: [2, 3],
    weight: [
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
  };
  const model = modelOf(start);
  const stamp = step({ at: [0, 1, 0], corner: [1, 0], input: 2 });
  assert.deepEqual(scatter.reads(model, stamp), { planes: [0], rows: [1], columns: [0] });
  assert.deepEqual(scatter.writes(model, stamp), { planes: [0], rows: [1, 3], columns: [0, 3] });
  const vector = step({ at: [0, 0, 1], corner: [0, 1], input: [5, 6, 7] });
  assert.deepEqual(scatter.reads(model, vector).rows, [0, 1, 2], "a column of numbers that goes back");
});

test("boards have room for what is drawn on them", () => {
  const board = (/** @type {any} */ painter, /** @type {any} */ start) => painter.board(modelOf(start));
  const shape = { input_shape: [1, 4, 4], output_shape: [1, 4, 4] };
  assert.deepEqual(board(rearrange, { kind: "rearrange", ...shape, kernel_size: [2, 3] }), {
    columns: 4,
    rows: 6,
    count: 1,
    signs: 1,
    letters: 3,
  });
  assert.equal(board(rearrange, { kind: "rearrange", ...shape }).rows, 15);
  assert.equal(board(rearrange, { kind: "rearrange", ...shape, kernel_size: [1, 1] }).rows, 4);
  const kernel = {
    kernel_size: [2, 2],
    weight: [
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
  };
  const stamped = board(scatter, { kind: "scatter", ...shape, ...kernel });
  assert.deepEqual([stamped.columns, stamped.rows, stamped.signs], [5, 2, 2]);
  const spread = board(scatter, { kind: "scatter", ...shape, kernel_size: [2, 2], weight: null });
  assert.deepEqual([spread.columns, spread.signs], [3, 1], "no kernel, one sign less");
});
