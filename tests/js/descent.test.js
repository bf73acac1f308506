/** The view of one picture's gradient descent: what it asks, and what it shows of the answer. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { AnswerBars } from "../../static/views/learning/answer-bars.js";
import { DescentView } from "../../static/views/learning/descent-view.js";
import { endsTrained } from "../../static/views/learning/trained.js";
import { fire } from "./dom.js";
import { convolution, viewed } from "./scenes.js";

const GRADIENT = { shape: [2], largest: 4, planes: [[[0.5, -1]]] };
/** @param {string} answer */
const told = (answer) => ({
  network: "mlp",
  answer,
  classes: ["0", "1", "2"],
  kind: "probability",
  losses: [2.5, 1.25],
  before: [0.7, 0.2, 0.1],
  after: [0.4, 0.5, 0.1],
  layers: [
    { layer: 0, name: "3", output: GRADIENT, weights: { bias: GRADIENT, weight: { ...GRADIENT, planes: [[]] } } },
  ],
});
const come = () => new Promise((then) => setTimeout(then, 5));
const say = /** @type {any} */ ((/** @type {string} */ text) => text);

/** A view of a scene, and the words of what it asked. */
async function opened() {
  const asked = /** @type {Record<string, string>[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      const words = Object.fromEntries(new URL(address, "http://here").searchParams);
      asked.push(words);
      return { ok: true, json: async () => told(words.answer) };
    }
  );
  const view = /** @type {any} */ (new DescentView());
  view.adopt(viewed(convolution()));
  await come();
  return { view, asked };
}

test("a scene that ends with named weights, or with one layer behind them, can learn", () => {
  const layer = (/** @type {string} */ weight) => ({ arguments: { weight } });
  const ends = (/** @type {any[]} */ ...layers) => endsTrained(/** @type {any} */ ({ layers }));
  assert.equal(ends(layer("mlp.3")), true);
  assert.equal(ends(layer("mlp.3"), { arguments: {} }), true);
  assert.equal(ends(layer("mlp.3"), { arguments: {} }, { arguments: {} }), false);
  assert.equal(ends(layer("sobel-x")), false);
});

test("another answer, step size or number of steps is asked for, and the loss is told", async () => {
  const { view, asked } = await opened();
  assert.deepEqual([asked[0].answer, asked[0].rate, asked[0].steps], ["0", "0.001", "1"]);
  assert.equal(view.loss.textContent, "Loss 2.5, then 1.25");
  fire(view.answers.querySelectorAll("button")[2], "click");
  await come();
  view.rate.value = "0.1";
  fire(view.rate, "change");
  view.steps.value = "5";
  fire(view.steps, "input");
  await come();
  const last = asked[asked.length - 1];
  assert.deepEqual([last.answer, last.rate, last.steps], ["2", "0.1", "5"]);
  const pressed = [...view.answers.querySelectorAll("button")].map((one) => one.getAttribute("aria-pressed"));
  assert.deepEqual(pressed, ["false", "false", "true"]);
});

test("each layer has the gradient of its output and of its weights; what is too much to draw is named", async () => {
  const { view } = await opened();
  const names = [...view.rows.querySelectorAll("figcaption")].map((one) => one.textContent);
  assert.deepEqual(names, ["∂L/∂output 2 · at most 4", "∂L/∂3.bias 2 · at most 4", "∂L/∂3.weight 2 · at most 4"]);
  assert.equal(view.rows.querySelectorAll("canvas").length, 2);
});

test("of probabilities the largest wins, of distances the least", () => {
  const wins = (/** @type {string} */ kind) => {
    const bars = new AnswerBars();
    bars.show(/** @type {any} */ ({ ...told("1"), kind }), say);
    return [...bars.root.querySelectorAll("tr")].map((row) =>
      [...row.querySelectorAll("td")].map((cell) => cell.classList.contains("most")),
    );
  };
  assert.deepEqual(wins("probability"), [
    [true, false],
    [false, true],
    [false, false],
  ]);
  assert.deepEqual(wins("distance"), [
    [false, false],
    [false, false],
    [true, true],
  ]);
});

test("a server that says nothing is told of in the place of the loss's story", async () => {
  globalThis.fetch = /** @type {any} */ (async () => Promise.reject(new TypeError("no network")));
  const view = /** @type {any} */ (new DescentView());
  view.adopt(viewed(convolution()));
  await come();
  assert.equal(view.note.textContent, "The server does not answer.");
});
