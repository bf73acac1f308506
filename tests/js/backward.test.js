import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { BackwardView } from "../../static/views/backward/backward-view.js";
import { Grid, layoutOf, MOST_PLANES } from "../../static/views/backward/grid.js";
import { offersView } from "../../static/views/offered.js";
import { fire } from "./dom.js";
import { convolution, DEEDS, MANNER, viewed } from "./scenes.js";

const SHAPES = { dy: [1, 1, 2], window: [1, 1, 2], dx: [1, 1, 3], dw: [1, 1, 1, 2] };

/** A kernel [5 −3] over 1 2 3, as the server walks it backward; dY is `dy` everywhere. @param {number} dy */
const walked = (dy) => ({
  count: 2,
  start: 0,
  stop: 2,
  dy: [dy, dy],
  steps: [
    {
      index: 0,
      at: [0, 0, 0],
      dy,
      dx: { cells: [0, 1], factors: [5, -3], added: [5 * dy, -3 * dy], after: [5 * dy, -3 * dy, 0] },
      dw: { cells: [0, 1], factors: [1, 2], added: [dy, 2 * dy], after: [dy, 2 * dy] },
    },
    {
      index: 1,
      at: [0, 0, 1],
      dy,
      dx: { cells: [1, -1], factors: [5, -3], added: [5 * dy, -3 * dy], after: [5 * dy, 2 * dy, 0] },
      dw: { cells: [0, 1], factors: [2, 3], added: [2 * dy, 3 * dy], after: [3 * dy, 5 * dy] },
    },
  ],
});

/** A view on a server that answers, and what it was asked. @param {any} [deeds]  @param {boolean} [lost] */
function opened(deeds = {}, lost = false) {
  /** @type {string[]} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      asked.push(address);
      if (lost) throw new TypeError("no route");
      const dy = new URL(address).searchParams.get("dy") === "output" ? 3 : 1;
      return { ok: true, json: async () => walked(dy) };
    }
  );
  const scene = convolution({ input_shape: [1, 1, 3], weight: [[[[5, -3]]]] });
  scene.opening.backward = /** @type {any} */ (SHAPES);
  const view = new BackwardView({ ...DEEDS, ...deeds });
  view.adopt(viewed(scene));
  return { view, asked, scene };
}

/** Its numbers have come. */
const come = () => new Promise((done) => setTimeout(done, 5));

/** @param {any} view  @param {string} name  @param {string} grid */
const texts = (view, name, grid) =>
  view.rows
    .find((/** @type {any} */ row) => row.name === name)
    [grid].root.querySelectorAll("td")
    .map((/** @type {any} */ cell) => cell.textContent);

test("a step tells what it adds to each gradient and what they hold by then", async () => {
  const { view, scene, asked } = opened();
  view.show(scene.steps[0], MANNER);
  await come();
  assert.deepEqual(texts(view, "dX", "factors"), ["5", "−3"]);
  assert.deepEqual(texts(view, "dX", "held"), ["5", "−3", "0"]);
  assert.deepEqual(texts(view, "dW", "held"), ["1", "2"]);
  assert.equal(view.state.textContent, "after 1 of 2 steps");
  view.show(scene.steps[1], MANNER);
  assert.deepEqual(texts(view, "dX", "held"), ["5", "2", "0"]);
  assert.match(view.state.textContent ?? "", /these are the gradients/);
  assert.equal(asked.length, 1);
  assert.deepEqual(
    view.rows.map(({ name }) => name),
    ["dX", "dW"],
  );
});

test("padding gets nothing and is marked", async () => {
  const { view, scene } = opened();
  view.show(scene.steps[1], MANNER);
  await come();
  const [row] = view.rows;
  const padded = row.factors.root.querySelectorAll("td.padding").map((/** @type {any} */ cell) => cell.textContent);
  assert.deepEqual(padded, ["−3"]);
  const lit = row.held.root
    .querySelectorAll("td.lit")
    .map((/** @type {any} */ cell) => cell.dataset?.place ?? cell.getAttribute("data-place"));
  assert.deepEqual(lit, ["1"]);
});

test("the map itself may be its gradient", async () => {
  const { view, scene, asked } = opened();
  view.show(scene.steps[0], MANNER);
  await come();
  fire(view.root.querySelectorAll("button")[1], "click");
  await come();
  assert.deepEqual(texts(view, "dX", "held"), ["15", "−9", "0"]);
  assert.match(asked[1], /dy=output/);
});

test("a cell of dY is looked at and walked to", async () => {
  /** @type {any[]} */
  const told = [];
  const { view, scene } = opened({
    look: (/** @type {any} */ index) => told.push(["look", index]),
    seek: (/** @type {any} */ index) => told.push(["seek", index]),
  });
  view.show(scene.steps[0], MANNER);
  await come();
  const cell = view.given?.cells.get(1);
  fire(cell, "pointerover");
  fire(cell, "click");
  assert.deepEqual(told, [
    ["look", 1],
    ["seek", 1],
  ]);
});

test("a server that does not answer is said, and asked again at the next step", async () => {
  const { view, scene, asked } = opened({}, true);
  view.show(scene.steps[0], MANNER);
  await come();
  assert.match(view.state.textContent ?? "", /does not answer/);
  view.show(scene.steps[1], MANNER);
  await come();
  assert.equal(asked.length, 2);
});

test("layers that the server does not walk backward are not offered", () => {
  const scene = convolution();
  assert.equal(offersView("backward", scene.opening), false);
  assert.equal(offersView("backward", { ...scene.opening, backward: /** @type {any} */ (SHAPES) }), true);
});

test("vectors are one row, their weights one matrix, and every cell of an array has one place", () => {
  assert.deepEqual(layoutOf([6, 1, 1]), { planes: 1, rows: 1, columns: 6 });
  assert.deepEqual(layoutOf([3, 6, 1, 1]), { planes: 1, rows: 3, columns: 6 });
  assert.deepEqual(layoutOf([2, 3, 2, 2]), { planes: 6, rows: 2, columns: 2 });
  assert.deepEqual(layoutOf([4]), { planes: 1, rows: 1, columns: 4 });
  const grid = new Grid("held", "dW", "", [2, 3, 2, 2]);
  grid.follow(20);
  assert.deepEqual(
    [...grid.cells.keys()],
    Array.from({ length: 4 * MOST_PLANES }, (_none, place) => 12 + place),
  );
});
