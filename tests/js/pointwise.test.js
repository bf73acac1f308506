/** A function's own curve: how much room it has, its axes and their numbers, and the step's value upon it. */
import "./dom.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { pointwise } from "../../static/painters/pointwise.js";
import { told } from "./canvas.js";
import { drawn } from "./drawn.js";
import { lookedUp, sceneOf } from "./scenes.js";

afterEach(() => Object.assign(globalThis, { innerWidth: 1440 }));

const BOX = { width: 420, height: 300 };
const LINE = [
  [-2, -1],
  [0, 0],
  [2, 1],
];

/** What is drawn of a step on a curve. @param {number[][] | undefined} curve */
function curved(curve, { input = /** @type {any} */ (1), output = /** @type {any} */ (0.5), box = BOX } = {}) {
  const shape = [1, 1, 1];
  const start = { kind: "pointwise", input_shape: shape, output_shape: shape };
  const model = lookedUp(sceneOf(start, [1], [1], { curve }));
  const { plan, moving } = drawn(
    pointwise,
    model,
    /** @type {any} */ ({ index: 0, at: [0, 0, 0], input, output }),
    box,
  );
  const args = (/** @type {string} */ name) => told(moving, name).map((/** @type {any} */ call) => call.args);
  const strokes = () => told(moving, "stroke").map((/** @type {any} */ { line }) => [line.strokeStyle, line.lineWidth]);
  return { plan, moving, args, strokes };
}
const planned = (/** @type {number} */ width, /** @type {number} */ height, curve = /** @type {any} */ (LINE)) => {
  const { box, height: all } = curved(curve, { box: { width, height } }).plan;
  return [box.x, box.y, box.width, box.height, all];
};

test("a curve is three quarters as high as wide, no larger than it need be, and stands in the middle", () => {
  assert.deepEqual(planned(420, 300), [44, 14, 362, 260, 300], "all that the room gives");
  assert.deepEqual(planned(1000, 700), [290, 14, 420, 315, 355]);
  const [, , width, height] = planned(1000, 240);
  assert.deepEqual([width, height], [300, 200], "low: narrower, too");
});

test("in the least of rooms it keeps a size, and its right edge stays inside", () => {
  const [x, , width, height] = planned(120, 50);
  assert.deepEqual([height, x + width <= 120], [60, true]);
});

test("numbers beside the axis have the room of their letters and a gap", () => {
  const [x, , width] = planned(420, 300, [
    [0, -123456789],
    [1, 5],
  ]);
  assert.equal(x, 10 * 7.3 + 8, "−123456789 has ten letters");
  assert.ok(x + width <= 420 - 14);
});

test("only on a telephone, and where it is as wide as that, a curve is flat", () => {
  const height = (/** @type {number} */ screen, /** @type {number} */ width, curve = /** @type {any} */ (LINE)) => {
    Object.assign(globalThis, { innerWidth: screen });
    return planned(width, 600, curve)[3];
  };
  assert.deepEqual([height(479, 360), height(480, 360)], [302 * 0.24, 302 * 0.75]);
  assert.deepEqual([height(479, 300), height(479, 301)], [242 * 0.75, 60], "and never lower than 60");
  assert.deepEqual([height(479, 360, []), height(480, 360, [])], [64, 96], "without a curve: low cells");
});

test("a board asks for room that suits a curve", () => {
  assert.deepEqual(pointwise.board(/** @type {any} */ ({}), /** @type {any} */ ({})), {
    ...{ columns: 7, rows: 5, count: 1 },
    ...{ signs: 0, letters: 3 },
  });
});

test("the frame is pale, the axes quiet, the curve strong, and its value's lines are in their colours", () => {
  const { strokes, moving, plan } = curved(LINE);
  const { x, y, width, height } = plan.box;
  assert.deepEqual(
    told(moving, "strokeRect").map(({ colour, args }) => [colour, ...args]),
    [["line", x, y, width, height]],
  );
  assert.deepEqual(strokes(), [
    ["quiet", 1],
    ["text", 2],
    ["blue", 2],
    ["teal", 2],
    ["paper", 2],
  ]);
});

test("the curve goes through its points, in their order", () => {
  const { args, plan } = curved(LINE, { output: null });
  const { x, y, width, height } = plan.box;
  assert.deepEqual(args("lineTo").slice(-3), [
    [x, y + height],
    [x + width / 2, y + height / 2],
    [x + width, y],
  ]);
});

test("an axis that zero only touches is the frame itself", () => {
  const axes = (/** @type {number[][]} */ curve) => curved(curve, { output: null }).args("moveTo").length;
  assert.equal(axes(LINE), 2);
  assert.equal(
    axes([
      [0, 0],
      [3, 3],
    ]),
    0,
  );
  assert.equal(
    axes([
      [-3, 3],
      [0, 0],
    ]),
    0,
  );
  assert.equal(
    axes([
      [-3, 0],
      [3, 3],
    ]),
    1,
    "that of the input alone",
  );
  assert.equal(
    axes([
      [1, -3],
      [3, 3],
    ]),
    1,
    "that of the output alone",
  );
  assert.equal(
    axes([
      [-3, -3],
      [3, 0],
    ]),
    1,
  );
});

test("the ends stand at the corners of the frame, those of the input below and those of the output beside it", () => {
  const { moving, plan } = curved(LINE);
  const { x, y, width, height } = plan.box;
  const below = y + height + 6;
  assert.deepEqual(
    told(moving, "fillText").map(({ args, colour, align, base, font }) => [...args, colour, align, base, font]),
    [
      ["−2", x, below, "blue", "left", "top", "12px mono"],
      ["2", x + width, below, "blue", "right", "top", "12px mono"],
      ["1", x - 6, y, "teal", "right", "top", "12px mono"],
      ["−1", x - 6, y + height, "teal", "right", "bottom", "12px mono"],
    ],
  );
});

test("broken lines lead from the input up to the curve and from there to the output, and only they are broken", () => {
  const { args, moving, plan } = curved(LINE);
  const { x, y, width, height } = plan.box;
  const [across, up] = [x + 0.75 * width, y + 0.25 * height];
  assert.deepEqual(args("moveTo").slice(-2), [
    [across, y + height],
    [across, up],
  ]);
  assert.deepEqual(args("lineTo").slice(-2), [
    [across, up],
    [x, up],
  ]);
  assert.deepEqual(args("setLineDash"), [[[4, 3]], [[]]]);
  const names = moving.calls.map((/** @type {any} */ { name }) => name);
  assert.ok(names.indexOf("setLineDash") > names.indexOf("stroke"), "the curve is whole");
  assert.ok(names.lastIndexOf("setLineDash") < names.indexOf("arc"), "and so is the dot");
});

test("the value is a dot of the output's colour with a rim that parts it from the curve", () => {
  const { args, moving, plan } = curved(LINE);
  const { x, y, width, height } = plan.box;
  assert.deepEqual(args("arc"), [[x + 0.75 * width, y + 0.25 * height, 7, 0, 7]]);
  assert.deepEqual([moving.fillStyle, moving.strokeStyle], ["teal", "paper"]);
});

test("what the step before left is cleared, its dot at the right end included", () => {
  const { args, plan } = curved(LINE, { input: 2, output: 1 });
  const [[left, top, width, height]] = args("clearRect");
  const [[x, y, radius]] = args("arc");
  assert.deepEqual([left, top, height], [0, 0, plan.height]);
  assert.ok(x + radius < width && y - radius > top);
});

test("of a value that is no number there is the curve alone", () => {
  for (const told of [{ input: null }, { output: null }, { input: null, output: null }]) {
    const { args, strokes } = curved(LINE, told);
    assert.deepEqual([args("arc"), args("setLineDash"), strokes().length], [[], [], 2]);
  }
});

test("a curve of one point lies in a corner of its frame, not nowhere", () => {
  const { args } = curved([[3, 5]], { input: 3, output: 5 });
  for (const place of [...args("lineTo"), ...args("arc")]) assert.ok(place.every(Number.isFinite));
});

test("without a curve the cell, an arrow and what becomes of it stand in a row, inside their room", () => {
  for (const [width, height] of [
    [420, 300],
    [1000, 700],
    [140, 300],
    [420, 90],
  ]) {
    const { args, moving } = curved(undefined, { box: { width, height } });
    const [[left, top, side, high], [right, other]] = args("strokeRect");
    const [, , [arrow, across, middle]] = args("fillText");
    assert.deepEqual([side, top], [high, other], "squares, level");
    assert.equal(arrow, "→");
    assert.ok(left >= 0 && left + side < across && across < right && right + side <= width, `${width}`);
    assert.equal(middle, top + side / 2);
    const sizes = told(moving, "fillText").map(({ font }) => Number.parseFloat(font));
    assert.deepEqual(sizes, [Math.min(side / 4, 22), Math.min(side / 4, 22), side / 3]);
  }
});

test("numbers stand in the middle of their cells in the colours of their panes, the arrow is quiet", () => {
  const { moving, args } = curved(undefined, { input: null, output: -1.5 });
  const [[left, top, side], [right]] = args("strokeRect");
  assert.deepEqual(
    told(moving, "fillText").map(({ args: [text, x, y], colour, align, base }) => [text, x, y, colour, align, base]),
    [
      ["–", left + side / 2, top + side / 2, "blue", "center", "middle"],
      ["−1.5", right + side / 2, top + side / 2, "teal", "center", "middle"],
      ["→", (left + right + side) / 2, top + side / 2, "quiet", "center", "middle"],
    ],
  );
});
