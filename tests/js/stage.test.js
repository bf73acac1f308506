import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFrame, sizeCanvas } from "../../static/drawing/cells.js";
import { Effects } from "../../static/stage/effects.js";
import { Stage } from "../../static/stage/stage.js";
import { told } from "./canvas.js";
import { fire } from "./dom.js";
import { convolution, counted, lookedUp, pooling, sceneOf } from "./scenes.js";
import { handClock } from "./stand_ins.js";

const ROOM = { width: 900, height: 420, screen: 800, narrow: false };
const STILL = { inspected: false, ease: false };

/** A stage that shows a scene, and what it is told to look at or to choose. @param {any} scene */
function staged(scene, room = ROOM) {
  const time = handClock();
  const told = /** @type {any[]} */ ([]);
  const stage = new Stage(time.clock, {
    hover: (index) => told.push(["hover", index]),
    pick: (index) => told.push(["pick", index]),
  });
  stage.adopt(lookedUp(scene), scene.opening.steps[0]);
  stage.fit(room);
  const pane = (/** @type {string} */ name) => /** @type {any} */ (stage.node.querySelector(`.pane.${name}`));
  return { stage, time, told, pane };
}

/** What comes after the first step is there. @param {Stage} stage */
function complete(stage) {
  stage.effects = new Effects(stage, { drawFrame, sizeCanvas });
}

/** Pixels of a pane's first plane. @param {any} pane  @returns {number[]} */
const pixels = (pane) => {
  const canvas = pane.querySelector(".cells");
  const image = told(canvas.getContext("2d"), "putImageData").at(-1)?.args[0];
  return image ? [...new Uint32Array(image.data.buffer)] : [];
};

/** Point at the middle of a cell of a pane.
 * @param {any} pane  @param {string} type  @param {number[]} at  @param {number[]} size */
function point(pane, type, [row, column], [rows, columns], more = {}) {
  const canvas = pane.querySelector(".cells");
  const [, left, top, width, height] =
    /left:([\d.]+)px;top:([\d.]+)px;width:([\d.]+)px;height:([\d.]+)px/.exec(canvas.style.cssText)?.map(Number) ?? [];
  const sheet = pane.querySelector(".sheet");
  sheet.box = { left: 0, top: 0, width: 400, height: 400 };
  return fire(sheet, type, {
    clientX: left + ((column + 0.5) * width) / columns,
    clientY: top + ((row + 0.5) * height) / rows,
    ...more,
  });
}

test("the map shows as many cells as steps were walked, and takes them back", () => {
  const scene = convolution();
  const { stage, pane } = staged(scene);
  for (const count of [1, 7, 3]) {
    stage.show(scene.steps[count - 1], count, STILL);
    assert.equal(pixels(pane("output")).filter(Boolean).length, count);
  }
});

test("the whole input is there from the first step", () => {
  const scene = convolution();
  assert.equal(pixels(staged(scene).pane("input")).filter((pixel) => pixel >>> 24 === 255).length, 20);
});

test("every pane has its name, its shape, and the sentence of the step", () => {
  const scene = convolution();
  const { stage, pane } = staged(scene);
  stage.show(scene.steps[5], 6, STILL);
  assert.equal(pane("input").querySelector(".title").textContent, "Input1×4×5");
  assert.equal(pane("output").querySelector(".title").textContent, "Feature map1×3×4");
  assert.match(pane("arithmetic").querySelector(".short").textContent, /^\[1, 1\]$/);
});

test("panes that nobody wants to see are hidden", () => {
  const { stage, pane } = staged(convolution());
  stage.views = ["output"];
  stage.fit(ROOM);
  assert.deepEqual(
    ["input", "arithmetic", "output"].map((name) => pane(name).hidden),
    [true, true, false],
  );
});

test("a stage too small to be seen lays nothing out", () => {
  const { stage, pane } = staged(convolution(), { ...ROOM, width: 20 });
  assert.equal(pane("input").querySelector(".cells"), null);
  stage.fit(ROOM);
  assert.ok(pane("input").querySelector(".cells"));
});

test("small planes stand side by side; of many the one that is walked is large and the others are thumbnails", () => {
  const few = staged(convolution({ input_shape: [2, 4, 5], weight: [[[[1]], [[1]]]] }));
  assert.equal(few.pane("input").querySelectorAll(".cells").length, 2);
  assert.equal(few.pane("input").querySelector(".thumbs").hidden, true);
  const weight = Array.from({ length: 9 }, (_, filter) => [[[filter]]]);
  const scene = convolution({ weight });
  const many = staged(scene);
  many.stage.show(scene.steps[3 * 20], 61, STILL);
  const output = many.pane("output");
  assert.equal(output.querySelectorAll(".cells").length, 1);
  const thumbs = output.querySelectorAll(".thumbs button");
  assert.deepEqual(
    thumbs.map((/** @type {any} */ thumb) => thumb.getAttribute("aria-pressed")),
    ["true", "false", "false", "false", "false", "false"].map((_, place) => String(place === 3)),
  );
  assert.match(output.querySelector(".thumbs").textContent, /3/, "three more");
});

test("a thumbnail leads to the same place in its plane", () => {
  const weight = Array.from({ length: 9 }, (_, filter) => [[[filter]]]);
  const scene = convolution({ weight });
  const { stage, pane, told: asked } = staged(scene);
  stage.show(scene.steps[7], 8, STILL);
  pane("output").querySelectorAll(".thumbs button")[2].click();
  assert.deepEqual(asked.at(-1), ["pick", 2 * 20 + 7]);
});

test("an output cell under the pointer is looked at, a click goes there", () => {
  const { pane, told: asked } = staged(convolution());
  point(pane("output"), "pointermove", [1, 2], [3, 4]);
  assert.deepEqual(asked.at(-1), ["hover", 6]);
  point(pane("output"), "click", [2, 0], [3, 4]);
  assert.deepEqual(asked.at(-1), ["pick", 8]);
  fire(pane("output"), "pointerleave");
  assert.deepEqual(asked.at(-1), ["hover", null]);
});

test("a finger does not hover", () => {
  const { pane, told: asked } = staged(convolution());
  point(pane("output"), "pointermove", [1, 2], [3, 4], { pointerType: "touch" });
  assert.deepEqual(asked, []);
});

test("an input cell lights the outputs it feeds, and a click picks the middle one of them", () => {
  const scene = convolution();
  const { stage, pane, told: asked } = staged(scene);
  complete(stage);
  const marks = pane("output").querySelector(".marks").getContext("2d");
  marks.calls.length = 0;
  point(pane("input"), "pointermove", [1, 1], [4, 5]);
  assert.equal(
    told(marks, "fillRect").filter(({ colour, alpha }) => colour === "teal" && alpha === 0.45).length,
    1,
    "four cells as one block",
  );
  assert.deepEqual(asked.at(-1), ["hover", null]);
  point(pane("input"), "click", [1, 1], [4, 5]);
  assert.deepEqual(asked.at(-1), ["pick", 5]);
});

test("a place beside every cell is neither looked at nor chosen", () => {
  const { pane, told: asked } = staged(convolution());
  fire(pane("output").querySelector(".sheet"), "click", { clientX: 1, clientY: 1 });
  assert.deepEqual(asked, []);
});

test("a weight under the pointer lights the input, and its product is read out until the pointer leaves", () => {
  const scene = convolution();
  const { stage, pane } = staged(scene);
  complete(stage);
  const canvas = pane("arithmetic").querySelector("canvas");
  canvas.box = {
    left: 0,
    top: 0,
    width: Number.parseFloat(canvas.style.width),
    height: Number.parseFloat(canvas.style.height),
  };
  const marks = pane("input").querySelector(".marks").getContext("2d");
  const readout = pane("arithmetic").querySelector(".readout");
  let lit = 0;
  for (let x = 0; x < canvas.box.width && !lit; x += 4) {
    marks.calls.length = 0;
    fire(canvas, "pointermove", { clientX: x, clientY: 60 });
    lit = told(marks, "fillRect").filter(({ colour }) => colour === "amber").length;
  }
  assert.ok(lit > 0);
  assert.match(readout.textContent, /^\d+·\(?−?\d\)? = /);
  fire(canvas, "pointerleave");
  assert.equal(readout.textContent, "");
});

test("the window glides to its neighbour, and the clock rests when it is there", () => {
  const scene = convolution();
  const { stage, time } = staged(scene);
  stage.show(scene.steps[0], 1, STILL);
  stage.show(scene.steps[1], 2, { inspected: false, ease: true });
  assert.equal(time.running, true);
  const end = performance.now() + 140;
  while (performance.now() < end);
  time.turn(0.1);
  assert.equal(time.running, false);
});

test("a window that jumps to another row and column does not fly across the picture", () => {
  const scene = convolution();
  const { stage, time } = staged(scene);
  stage.show(scene.steps[0], 1, STILL);
  stage.show(scene.steps[9], 10, { inspected: false, ease: true });
  assert.equal(time.running, false);
});

test("a step that is looked at leaves no trail and shows the value that is not written yet", () => {
  const scene = convolution();
  const { stage, pane } = staged(scene);
  stage.show(scene.steps[1], 2, STILL);
  const [input, output] = ["input", "output"].map((name) => pane(name).querySelector(".marks").getContext("2d"));
  for (const marks of [input, output]) marks.calls.length = 0;
  stage.show(scene.steps[6], 2, { inspected: true, ease: false });
  assert.equal(told(input, "fillRect").filter(({ alpha }) => alpha < 0.3).length, 0);
  assert.equal(told(output, "fillText")[0].args[0], String(scene.steps[6].output).replace("-", "−"));
});

test("pooling rings the cell of the input that won", () => {
  const scene = pooling([1, 4, 4]);
  const { stage, pane } = staged(scene);
  stage.show(scene.steps[0], 1, STILL);
  const rings = told(pane("input").querySelector(".marks").getContext("2d"), "strokeRect").filter(
    ({ colour }) => colour === "teal",
  );
  assert.equal(rings.length > 0, true);
});

test("on a phone the pictures stand beside each other, over the arithmetic", () => {
  const { stage, pane } = staged(convolution(), { width: 340, height: null, screen: 740, narrow: true });
  assert.equal(stage.node.classList.contains("deck"), true);
  assert.match(stage.node.style.cssText, /columns:repeat\(2,165px\)/);
  assert.ok(pane("input").querySelector(".cells"));
});

test("a legend says where a scale begins and ends, and where its zero is", () => {
  const { pane } = staged(convolution());
  assert.equal(pane("input").querySelector(".legend").textContent, "019");
  assert.equal(pane("output").querySelector(".legend").textContent, "−606");
});

test("another scene on the same stage begins with nothing lit", () => {
  const { stage, pane } = staged(convolution());
  point(pane("input"), "pointermove", [1, 1], [4, 5]);
  const next = pooling([1, 4, 4]);
  stage.adopt(lookedUp(next), next.steps[0]);
  const marks = pane("output").querySelector(".marks").getContext("2d");
  assert.equal(told(marks, "fillRect").filter(({ alpha }) => alpha === 0.45).length > 1, false);
  stage.close();
});

test("a map whose cells come in another order than its steps shows those whose step was walked", () => {
  const start = {
    kind: "gather",
    input_shape: [1, 2, 2],
    output_shape: [1, 2, 2],
    walked_shape: [1, 1, 4],
    kernel_size: [1, 1],
    weight: [[[[1]]]],
    steps: 4,
  };
  const scene = sceneOf(start, counted([1, 2, 2]), [5, 6, 7, 8]);
  const step = /** @type {any} */ ({
    type: "step",
    index: 2,
    at: [0, 1, 0],
    corner: [1, 0],
    window: [[[2]]],
    products: [[[2]]],
    sums: [2],
    output: 7,
  });
  scene.opening.steps = [step];
  const { stage, pane } = staged(scene);
  stage.show(step, 3, STILL);
  assert.deepEqual(pixels(pane("output")).map(Boolean), [true, true, true, false]);
});
