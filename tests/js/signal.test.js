/** The curves of a signal: the kernel at its place, the area of the products, the point that it becomes. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { offersView } from "../../static/views/offered.js";
import { SignalView } from "../../static/views/signal-view.js";
import { learnKorean } from "./korean.js";
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

/** A kernel on a signal: its taps, one row of results for each kernel. @param {object} given */
function slid({
  signal = [1, 2, 3, 4, 5],
  kernels = [[1, 1]],
  stride = 1,
  dilation = 1,
  before = 0,
  known = 999,
  language = "en",
}) {
  const reach = (kernels[0].length - 1) * dilation + 1;
  const columns = Math.floor((signal.length + before - reach) / stride) + 1;
  const walked = kernels.flatMap((kernel, filter) =>
    Array.from({ length: columns }, (_, column) => {
      const left = column * stride - before;
      const products = kernel.map((weight, tap) => weight * (signal[left + tap * dilation] ?? 0));
      const output = products.reduce((sum, value) => sum + value, 0);
      return {
        index: filter * columns + column,
        at: [filter, 0, column],
        corner: [0, left],
        products: [[products]],
        output,
      };
    }),
  );
  const told = {
    ...{ input_shape: [1, 1, signal.length], output_shape: [kernels.length, 1, columns] },
    ...{ kernel_size: [1, kernels[0].length], weight: kernels.map((kernel) => [[kernel]]) },
    ...{ stride: [1, stride], dilation: [1, dilation] },
    padding: [
      [0, 0],
      [before, 0],
    ],
  };
  const outputs = walked.map(({ output }) => output);
  const made = sceneOf(told, signal, outputs, { steps: walked.slice(0, known) });
  const view = new SignalView();
  view.adopt({ ...viewed(made), language });
  const show = (/** @type {number} */ index, count = index + 1, more = {}) =>
    view.show(/** @type {any} */ ({ ...walked[index], ...more }), { ...MANNER, count });
  const [above, below] = /** @type {any[]} */ ([...view.root.querySelectorAll("svg")]);
  const find = (/** @type {any} */ svg, /** @type {string} */ tag, /** @type {string} */ role) =>
    [...svg.querySelectorAll(tag)].filter((node) => node.getAttribute("class") === role);
  const places = (/** @type {any} */ svg, /** @type {string} */ role, axis = "cx") =>
    find(svg, "circle", role).map((node) => Number(node.getAttribute(axis)));
  const texts = (/** @type {any} */ svg, /** @type {string} */ role) =>
    find(svg, "text", role).map((node) => node.textContent);
  return { view, made, show, above, below, find, places, texts };
}

test("what is drawn is named, in the language of the page, each in the colour of its curve", () => {
  learnKorean();
  const named = (/** @type {string} */ language) =>
    [...slid({ language }).view.root.querySelectorAll("figcaption span")].map((/** @type {any} */ part) => [
      part.className,
      part.textContent,
    ]);
  assert.deepEqual(named("en").slice(0, 2), [
    ["input", "signal"],
    ["kernel", "kernel where it stands"],
  ]);
  assert.deepEqual(
    named("ko").map(([role]) => role),
    ["input", "kernel", "output"],
  );
  for (const [, text] of named("ko")) assert.match(text, /[가-힣]/);
});

test("taps of a dilated kernel stand over the values that they multiply", () => {
  const { show, above, places } = slid({ kernels: [[1, 2, 3]], dilation: 2 });
  show(0);
  const signal = places(above, "input");
  assert.deepEqual(places(above, "kernel"), [signal[0], signal[2], signal[4]]);
});

test("with a stride the points of the result stand apart as far as the kernel moves", () => {
  const { show, above, below, places } = slid({ signal: [1, 2, 3, 4, 5, 6, 7], kernels: [[1, 1, 1]], stride: 2 });
  show(2);
  const signal = places(above, "input");
  assert.deepEqual(places(below, "output"), [signal[1], signal[3], signal[5]]);
});

test("each kernel has the curve of its own result, from its beginning", () => {
  const { show, above, below, places, texts } = slid({
    kernels: [
      [1, 1],
      [-1, 1],
    ],
  });
  show(4);
  assert.equal(places(below, "output").length, 1);
  assert.deepEqual(texts(above, "output"), ["−1", "2"]);
  assert.deepEqual(texts(below, "output here"), ["1"]);
  const axis = Number(above.querySelector("line").getAttribute("y1"));
  const [minus, plus] = places(above, "kernel", "cy");
  assert.ok(minus > axis && plus < axis, "its own weights");
  show(6);
  assert.equal(places(below, "output").length, 3);
  assert.equal(new Set(places(below, "output", "cy")).size, 1, "each of them is 1");
});

test("what was walked already stays when somebody looks back", () => {
  const { show, below, places, texts } = slid({});
  show(1, 4);
  assert.equal(places(below, "output").length, 4);
  assert.deepEqual(texts(below, "quiet"), ["0", "1", "2", "3"]);
});

test("the step says what came out while the map is on its way, and its point is there", () => {
  const { view, made, show, below, places, texts } = slid({});
  const unknown = /** @type {any} */ (made.arrays);
  unknown.output = new Float64Array(4).fill(Number.NaN);
  view.adopt(viewed(made));
  show(2);
  assert.deepEqual([texts(below, "output here"), places(below, "output here").length], [["7"], 1]);
  assert.equal(places(below, "output").length, 1);
  for (const node of below.within())
    for (const value of node.attributes.values()) assert.doesNotMatch(String(value), /NaN/);
});

test("a result that is no number has a dash on the axis and no point", () => {
  const { made, view, show, below, places, texts } = slid({});
  const unknown = /** @type {any} */ (made.arrays);
  unknown.output = new Float64Array(4).fill(Number.NaN);
  view.adopt(viewed(made));
  show(0, 1, { output: null });
  assert.deepEqual([texts(below, "output here"), places(below, "output here")], [["–"], []]);
  for (const node of below.within()) assert.doesNotMatch(String(node.getAttribute("y")), /NaN/);
});

test("a flat signal of zeros, and one value alone, lie on the axis", () => {
  for (const given of [{ signal: [0, 0, 0] }, { signal: [0], kernels: [[2]] }]) {
    const { show, above, places } = slid(given);
    show(0);
    const axis = Number(above.querySelector("line").getAttribute("y1"));
    for (const y of places(above, "input", "cy")) assert.equal(y, axis);
  }
});

test("a long signal keeps to its width", () => {
  const { show, above } = slid({ signal: Array(200).fill(1) });
  show(0);
  assert.ok(Math.abs(Number(above.getAttribute("viewBox").split(" ")[2]) - 900) < 1e-6);
});

test("a scale that had to grow for a product stays as it is when the walk goes back", () => {
  const { show, above, places } = slid({ signal: [1, 1, 5, 1], kernels: [[10, 10]], known: 1 });
  const tap = () => places(above, "kernel", "cy")[0];
  show(0);
  const before = tap();
  show(1);
  const grown = tap();
  show(0);
  assert.ok(grown > before, "lower, as the scale reaches higher");
  assert.equal(tap(), grown);
});
