/** The curves of a signal: the kernel at its place, the area of the products, the point that it becomes. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { offersView } from "../../static/views/offered.js";
import { SignalView } from "../../static/views/signal-view.js";
import { MANNER, sceneOf, viewed } from "./scenes.js";

const steps = [
  { corner: -1, products: [0, 4], output: 4 },
  { corner: 0, products: [-6, 6], output: 0 },
  { corner: 1, products: [-9, 0], output: -9 },
].map(({ corner, products, output }, index) => ({
  ...{ type: "step", index, at: [0, 0, index], corner: [0, corner], window: null, output },
  products: [[products]],
}));
const start = {
  ...{ input_shape: [1, 1, 2], output_shape: [1, 1, 3], kernel_size: [1, 2], weight: [[[[-3, 2]]]] },
  padding: [
    [0, 0],
    [1, 1],
  ],
};
const scene = sceneOf(start, [2, 3], [4, 0, -9], { steps });

/** @param {number} index */
function shown(index) {
  const view = new SignalView();
  view.adopt(viewed(scene));
  view.show(/** @type {any} */ (steps[index]), { ...MANNER, count: index + 1 });
  const number = (/** @type {any} */ node, /** @type {string} */ name) => Number(node.getAttribute(name));
  const [above, below] = [...view.root.querySelectorAll("svg")];
  return { number, above, below };
}

test("a layer that slides one row over a signal has curves, others have none", () => {
  assert.equal(offersView("signal", scene.opening), true);
  const square = sceneOf({ ...start, kernel_size: [2, 2] }, [2, 3], [4, 0, -9], { steps });
  assert.equal(offersView("signal", square.opening), false);
});

test("the areas of the products are as their numbers, on one side of the axis each", () => {
  const { number, above } = shown(1);
  const [minus, plus] = [...above.querySelectorAll("rect")];
  const axis = number([...above.querySelectorAll("line")][0], "y1");
  assert.ok(Math.abs(number(minus, "height") - number(plus, "height")) < 1e-9);
  assert.ok(Math.abs(number(minus, "y") - axis) < 1e-9);
  assert.ok(Math.abs(number(plus, "y") + number(plus, "height") - axis) < 1e-9);
});

test("the result goes as far as the walk, and its point stands under the middle of the window", () => {
  for (const index of [0, 1, 2]) {
    const { number, above, below } = shown(index);
    const dots = [...below.querySelectorAll("circle")];
    assert.equal(dots.length, index + 2);
    const taps = [...above.querySelectorAll("circle")].filter((node) => node.getAttribute("class") === "kernel");
    const middle = (number(taps[0], "cx") + number(taps[1], "cx")) / 2;
    assert.ok(Math.abs(number(dots[dots.length - 1], "cx") - middle) < 1e-9);
  }
});
