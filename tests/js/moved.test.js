/** One pixel to the side: the slider moves the digit, both networks answer beside each other, both curves go along. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { MovedView } from "../../static/views/learning/moved-view.js";
import { offersView, showsView } from "../../static/views/offered.js";
import { fire } from "./dom.js";
import { convolution, viewed } from "./scenes.js";

const network = (/** @type {string} */ name, /** @type {any} */ rest) => ({
  network: name,
  title: { en: name, ko: name },
  classes: ["0", "1"],
  learnt_moved: 0,
  of: 10000,
  ...rest,
});

const TOLD = {
  pictures: [[[0, 255, 0]], [[0, 0, 255]]],
  inputs: 3,
  changed: [0, 2],
  networks: [
    network("mlp", {
      kind: "probability",
      answers: [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
      best: [1, 0],
      right: [1, 0.5],
    }),
    network("lenet-5", {
      kind: "distance",
      answers: [
        [90, 3],
        [80, 4],
      ],
      best: [1, 1],
      right: [1, 0.75],
      learnt_moved: 1.5,
    }),
  ],
};

/** @returns {{ view: any, asked: URL[] }} */
function opened(scene = convolution()) {
  const asked = /** @type {URL[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      asked.push(new URL(address, "http://here"));
      return { ok: true, json: async () => TOLD };
    }
  );
  const view = /** @type {any} */ (new MovedView());
  view.adopt(viewed(scene));
  return { view, asked };
}

/** A scene that begins with a digit and has a network. @returns {any} */
function digitScene() {
  const scene = /** @type {any} */ (convolution());
  for (const layer of scene.opening.layers) layer.arguments = { weight: "mlp.1" };
  scene.opening.layers[0].input_shape = [1, 28, 28];
  return scene;
}

const come = () => new Promise((then) => setTimeout(then, 5));

test("the slider moves the digit, and tells how many inputs change and who still knows it", async () => {
  const { view } = opened();
  await come();
  assert.equal(view.place.textContent, "moved by 1 pixel");
  assert.equal(view.changed.textContent, "2 of 3 inputs change");
  assert.match(view.bars.root.textContent, /mlp0, no longer 1probability.*lenet-51distance: the least wins/);
  assert.match(view.curves.root.textContent, /mlp 50 %learnt from digits that were not moved/);
  assert.match(view.curves.root.textContent, /lenet-5 75 %learnt from digits moved by up to 1\.5 pixels/);
  view.slider.value = "0";
  fire(view.slider, "input", {});
  assert.equal(view.changed.textContent, "0 of 3 inputs change");
  assert.match(view.bars.root.textContent, /mlp1probability/);
  assert.equal(view.slider.getAttribute("aria-valuetext"), "moved by 0 pixels");
});

test("a scene that begins with no digit moves one of ours, and another when it is chosen", async () => {
  const { view, asked } = opened();
  await come();
  assert.equal(asked[0].searchParams.get("scene"), "digit-7 | @mlp");
  const [, first] = view.digits.children;
  fire(first, "click", {});
  assert.equal(asked[1].searchParams.get("scene"), "digit-0 | @mlp");
  assert.equal(first.getAttribute("aria-pressed"), "true");
});

test("a scene that begins with a digit moves that one, and is asked once", async () => {
  const scene = digitScene();
  const { view, asked } = opened(scene);
  await come();
  view.adopt(viewed(scene));
  assert.deepEqual(
    asked.map(({ searchParams }) => searchParams.get("scene")),
    [scene.opening.line],
  );
  assert.equal(view.digits.hidden, true);
});

test("it is offered for digits in networks, and shown wherever somebody asks for it", () => {
  const { opening } = /** @type {any} */ (convolution());
  assert.equal(offersView("moved", opening), false);
  assert.equal(showsView("moved", opening), true);
  assert.equal(showsView("exciting", opening), false);
  assert.equal(offersView("moved", digitScene().opening), true);
});

test("a server that says nothing is told of, and asked again for the same", async () => {
  const { view } = opened();
  globalThis.fetch = /** @type {any} */ (async () => Promise.reject(new TypeError("no network")));
  view.adopt(viewed(digitScene()));
  await come();
  assert.equal(view.note.textContent, "The server does not answer.");
  globalThis.fetch = /** @type {any} */ (async () => ({ ok: true, json: async () => TOLD }));
  view.adopt(viewed(digitScene()));
  await come();
  assert.notEqual(view.note.textContent, "The server does not answer.");
});
