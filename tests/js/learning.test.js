/** Views of training: which scenes have them, and that they tell what the server keeps. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Curve } from "../../static/views/learning/curve.js";
import { ExcitingView } from "../../static/views/learning/exciting-view.js";
import { LearningView } from "../../static/views/learning/learning-view.js";
import { networkOf, walksKernels } from "../../static/views/learning/trained.js";
import { fire } from "./dom.js";
import { convolution, DEEDS, MANNER, viewed } from "./scenes.js";

/** A scene whose layer has weights of that name. @param {unknown} weight  @returns {any} */
function named(weight) {
  const scene = convolution();
  for (const layer of scene.opening.layers) layer.arguments = { weight };
  return scene;
}

/** What the server answers from now on, and what it was asked. @param {(address: URL) => any} told */
function serverTells(told) {
  const asked = /** @type {URL[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      asked.push(new URL(address, "http://here"));
      return { ok: true, json: async () => told(asked[asked.length - 1]) };
    }
  );
  return asked;
}

const come = () => new Promise((then) => setTimeout(then, 5));

const LEARNT = {
  network: "lenet-5",
  learnt_from: 60000,
  loss: [null, 2, 0.5],
  accuracy: [0.1, 0.9, 0.99],
  kernels: [[[[[0.5]]]], [[[[1]]]], [[[[-2]]]]],
  moved: [0.99, 0.98],
};

test("a scene learnt where its weights have a name", () => {
  assert.equal(networkOf(named("lenet-5.c1").opening), "lenet-5");
  assert.equal(networkOf(named("mlp.1").opening), "mlp");
  for (const weight of ["sobel-x", [[1]], "1.5", undefined, "a.b.c"])
    assert.equal(networkOf(named(weight).opening), "", String(weight));
});

test("only kernels of rows and columns have windows that excite them", () => {
  const { opening } = named("lenet-5.c1");
  assert.equal(walksKernels(opening), true);
  assert.equal(walksKernels({ ...opening, start: { ...opening.start, weight: [[1, 2]] } }), false);
  assert.equal(walksKernels(named("sobel-x").opening), false);
});

test("the last epoch is shown first, and the slider goes back to before training", async () => {
  const asked = serverTells(() => LEARNT);
  const view = /** @type {any} */ (new LearningView());
  view.adopt(viewed(named("lenet-5.c1")));
  await come();
  assert.deepEqual(
    asked.map(({ pathname, search }) => pathname + search),
    ["/api/learning?network=lenet-5"],
  );
  assert.equal(view.place.textContent, "after epoch 2 of 2");
  assert.match(view.loss.root.textContent, /Loss 0\.5/);
  assert.match(view.wrong.root.textContent, /Test digits misread 1 %/);
  assert.match(view.note.textContent, /lenet-5 learnt from 60,000 digits/);
  assert.match(view.moved.root.textContent, /Misread when moved by 1 pixel 2 %/);
  view.slider.value = "0";
  fire(view.slider, "input", {});
  assert.equal(view.place.textContent, "before training");
  assert.match(view.loss.root.textContent, /Loss –/);
  assert.match(view.wrong.root.textContent, /misread 90 %/);
});

test("the same network is not asked for again, another is", async () => {
  const asked = serverTells(() => LEARNT);
  const view = new LearningView();
  view.adopt(viewed(named("lenet-5.c1")));
  await come();
  view.adopt(viewed(named("lenet-5.c3")));
  view.adopt(viewed(named("mlp.1")));
  await come();
  assert.equal(asked.length, 2);
});

test("a curve falls from its corner to its corner on a scale of powers", () => {
  const curve = /** @type {any} */ (new Curve());
  curve.adopt("Loss", [100, 10, 1], String);
  const [, line] = curve.root.children;
  assert.equal(line.children[0].getAttribute("points"), "6,6 120,42 234,78");
  curve.show(1);
  assert.equal(line.children[1].getAttribute("cx"), "120");
  curve.adopt("Loss", [1, 0], String);
  curve.show(1);
  assert.equal(line.children[0].getAttribute("points"), "6,78");
  assert.equal(line.children[1].getAttribute("visibility"), "hidden");
});

test("a map is asked for once while its cells are walked, and the buttons go to its neighbours", async () => {
  const asked = serverTells((address) => ({
    network: "lenet-5",
    layer: "c1",
    unit: Number(address.searchParams.get("unit")),
    units: 6,
    of: 10000,
    size: 1,
    windows: Array.from({ length: 9 }, () => [[255]]),
    corners: [],
    labels: [7, 1, 2, 3, 4, 5, 6, 8, 9],
    values: [9, 8, 7, 6, 5, 4, 3, 2, 1],
  }));
  const sought = /** @type {number[]} */ ([]);
  const view = /** @type {any} */ (
    new ExcitingView({ ...DEEDS, seek: (/** @type {number} */ step) => sought.push(step) })
  );
  const scene = named("lenet-5.c1");
  scene.opening.start.output_shape = [6, 3, 4];
  view.adopt(viewed(scene));
  for (const [row, column] of [
    [0, 0],
    [0, 1],
    [2, 3],
  ])
    view.show({ ...scene.steps[0], at: [5, row, column] }, MANNER);
  await come();
  assert.deepEqual(
    asked.map(({ search }) => search),
    ["?network=lenet-5&layer=c1&unit=5"],
  );
  assert.equal(view.place.textContent, "Map 6 of 6 of C1");
  assert.equal(view.windows.children.length, 9);
  assert.equal(view.windows.children[0].children[0].getAttribute("aria-label"), "Window of a 7: the map answers 9");
  fire(view.after, "click", {});
  fire(view.before, "click", {});
  assert.deepEqual(sought, [0, 4 * 12]);
});

test("a server that says nothing is told of where there would be something to see, and is asked again", async () => {
  globalThis.fetch = /** @type {any} */ (async () => Promise.reject(new TypeError("no network")));
  const scene = viewed(named("lenet-5.c1"));
  const [learning, exciting] = /** @type {any[]} */ ([new LearningView(), new ExcitingView(DEEDS)]);
  learning.adopt(scene);
  exciting.adopt(scene);
  exciting.show(scene.opening.steps[0], MANNER);
  await come();
  for (const { note } of [learning, exciting]) assert.equal(note.textContent, "The server does not answer.");
  const asked = serverTells(() => LEARNT);
  learning.adopt(scene);
  await come();
  assert.equal(asked.length, 1);
  assert.notEqual(learning.note.textContent, "The server does not answer.");
});
