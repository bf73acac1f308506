/** A step that is pointed at: where it lies is known before its numbers are, or it is not drawn at all. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { gather } from "../../static/painters/gather.js";
import { pointwise } from "../../static/painters/pointwise.js";
import { COLOURED } from "../../static/stage/chosen.js";
import { foreseen, glance } from "../../static/stage/glance.js";
import { told } from "./canvas.js";
import { planeShown } from "./plane-views.js";
import { convolution, counted, lookedUp, pooling, sceneOf } from "./scenes.js";

/** What the layer's geometry says of each step, from what is known of one of them.
 * @param {any} scene  @param {number} known */
const allForeseen = ({ start, steps }, known) =>
  steps.map((/** @type {any} */ { index }) => foreseen(start, index, steps[known]));

test("each step of a layer that slides lies where the server will say, from whichever is known", () => {
  const kernel = (/** @type {number} */ filters) =>
    Array.from({ length: filters }, () => [
      [
        [1, 0, 2],
        [0, -1, 3],
      ],
    ]);
  for (const given of [
    {},
    { padding: 1 },
    { stride: 2 },
    { stride: 3, padding: 2 },
    { dilation: 2, padding: 1 },
    { weight: kernel(3), padding: 1, stride: 2 },
    { input_shape: [1, 1, 9], weight: [[[[1, 2]]]] },
    { input_shape: [1, 1, 1], weight: [[[[4]]]] },
  ]) {
    const scene = convolution(/** @type {any} */ (given));
    const right = scene.steps.map(({ index, at, corner }) => ({ index, at, corner }));
    for (const known of [0, scene.steps.length - 1])
      assert.deepEqual(allForeseen(scene, known), right, JSON.stringify(given));
  }
});

test("rows and columns have strides and borders of their own", () => {
  const start = /** @type {any} */ ({
    ...{ kind: "gather", output_shape: [2, 2, 3], kernel_size: [2, 3], stride: [2, 3] },
    padding: [
      [1, 0],
      [4, 2],
    ],
  });
  const known = /** @type {any} */ ({ index: 0, at: [0, 0, 0], corner: [-1, -4] });
  assert.deepEqual(foreseen(start, 11, known), { index: 11, at: [1, 1, 2], corner: [1, 2] });
});

test("pooling windows are foreseen like those of kernels", () => {
  const scene = pooling([3, 4, 6]);
  const right = scene.steps.map(({ index, at, corner }) => ({ index, at, corner }));
  assert.deepEqual(allForeseen(scene, 5), right);
});

test("a cell by itself is foreseen without a window", () => {
  const start = /** @type {any} */ ({ kind: "pointwise", output_shape: [2, 2, 3] });
  const known = /** @type {any} */ ({ index: 0, at: [0, 0, 0], input: 1, output: 1 });
  assert.deepEqual(foreseen(start, 10, known), { index: 10, at: [1, 1, 1] });
});

test("what the server alone knows is not foreseen: moved cells, stamps, bins of several sizes, other orders", () => {
  const scene = convolution();
  const [step] = scene.steps;
  const of = (/** @type {object} */ start, /** @type {object} */ more = {}) =>
    foreseen(/** @type {any} */ ({ ...scene.start, ...start }), 3, { ...step, ...more });
  assert.notEqual(of({}), null);
  assert.equal(of({ kind: "scatter" }), null);
  assert.equal(of({ kind: "rearrange" }), null);
  assert.equal(of({ walked_shape: [1, 2, 2] }), null, "its steps are not its cells");
  assert.notEqual(of({ walked_shape: [1, 3, 4] }), null);
  assert.equal(of({}, { size: [2, 2] }), null, "the next bin may have another size");
  assert.equal(of({}, { input_channel: 0 }), null, "the next step may read another channel");
  assert.equal(of({}, { corner: [5, 5] }), null, "a corner that no stride leads to");
});

/** A stage that shows the first step of a scene, and where its marks went.
 * @param {any} scene  @param {any} painter  @param {number[]} [planes] */
function stageOf(scene, painter, planes = [0]) {
  const model = lookedUp(scene);
  const pictures = {
    input: { view: planeShown(model.input, planes) },
    output: { view: planeShown(model.output, [0]) },
  };
  const board = { node: document.createElement("div") };
  const stage = /** @type {any} */ ({ model, painter, pictures, board, step: scene.steps[0] });
  const marks = (/** @type {"input" | "output"} */ role) => /** @type {any} */ (pictures[role].view.marks);
  const ticks = (/** @type {"input" | "output"} */ role) => told(marks(role), "fillRect").map(({ args }) => args);
  return { stage, marks, ticks };
}

test("a glance frames window and cell at once, in the colours of their panes, and its numbers are awaited", () => {
  const { stage, marks, ticks } = stageOf(convolution(), gather);
  assert.equal(glance(stage, 6), true);
  const { cell, places } = stage.pictures.input.view;
  const [{ x, y }] = places;
  assert.deepEqual(ticks("input"), [
    [x - 7, y + cell, 4, 2 * cell],
    [x + 2 * cell, y - 7, 2 * cell, 4],
  ]);
  assert.deepEqual([...new Set(told(marks("input"), "fillRect").map(({ colour }) => colour))], ["blue"]);
  assert.deepEqual([...new Set(told(marks("output"), "fillRect").map(({ colour }) => colour))], ["teal"]);
  assert.ok(stage.board.node.classList.contains("awaited"));
});

test("the marks of the step before are taken away in both panes", () => {
  const { stage, marks } = stageOf(convolution(), gather);
  glance(stage, 0);
  for (const role of /** @type {const} */ (["input", "output"])) marks(role).calls.length = 0;
  glance(stage, 5);
  for (const role of /** @type {const} */ (["input", "output"])) assert.equal(marks(role).calls[0].name, "clearRect");
});

test("in a picture in colour the window lies on its one plane too", () => {
  const scene = sceneOf(
    { input_shape: [3, 4, 4], output_shape: [3, 4, 4], kind: "pointwise" },
    Array(48).fill(200),
    counted([3, 4, 4]),
  );
  scene.opening.input = { ...scene.opening.input, type: "uint8", range: [0, 255] };
  const steps = [{ index: 0, at: [0, 0, 0], input: 200, output: 0 }];
  const { stage, ticks } = stageOf({ ...scene, steps }, pointwise, [COLOURED]);
  assert.ok(stage.model.input.coloured);
  assert.equal(glance(stage, 5), true);
  assert.equal(ticks("input").length, 2);
});

test("where nothing can be drawn nothing is touched, and it is said", () => {
  const { stage, marks } = stageOf(convolution(), gather);
  const scattered = { ...stage.model, start: { ...stage.model.start, kind: "scatter" } };
  const unseen = { ...stage.pictures, output: { view: null } };
  for (const more of [
    { model: null },
    { step: null },
    { painter: null },
    { model: scattered },
    { pictures: unseen },
    { pictures: { ...stage.pictures, input: { view: null } } },
  ])
    assert.equal(glance({ ...stage, ...more }, 3), false, Object.keys(more)[0]);
  assert.deepEqual(told(marks("input"), "clearRect"), []);
  assert.equal(stage.board.node.classList.contains("awaited"), false);
});
