import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  nextLayer,
  stepOf,
  strongest,
  usualSpeed,
  walkedShape,
  windowSize,
  writtenMap,
} from "../../static/element/actions.js";
import { convolution } from "./scenes.js";

test("every button does what it says, from anywhere in the walk", () => {
  const told = /** @type {any[]} */ ([]);
  const player = /** @type {any} */ ({
    playing: false,
    steps: 40,
    speed: 8,
    play: () => told.push("play"),
    pause: () => told.push("pause"),
    walk: (/** @type {number} */ by) => told.push(by),
    seek: (/** @type {number} */ index) => told.push(`to ${index}`),
  });
  for (const action of ["play", "back", "forward", "rowBack", "rowForward", "first", "last", "nothing"])
    act(player, action, 7);
  assert.deepEqual(told, ["play", -1, 1, -7, 7, "to 0", 40]);
  act({ ...player, playing: true }, "play", 7);
  assert.equal(told.at(-1), "pause");
  act(player, "slower", 7);
  assert.equal(player.speed, 4);
  act(player, "faster", 7);
  assert.equal(player.speed, 8);
});

test("a row and a column lead to their step, and where there is none to none", () => {
  const start = /** @type {any} */ ({ kind: "gather", output_shape: [2, 3, 5], input_shape: [1, 9, 9] });
  assert.equal(stepOf(start, 1, 2, 3), 28);
  assert.equal(stepOf(start, 0, 99, 99), -1);
  assert.deepEqual(walkedShape({ ...start, kind: "scatter" }), [1, 9, 9]);
  assert.deepEqual(walkedShape(undefined), [1, 1, 1]);
});

test("the strongest answer is the largest in size, once all of them are here", async () => {
  const output = Float64Array.of(NaN, NaN, NaN);
  const whole = async () => output.set([3, -9, 4]);
  assert.equal(await strongest(/** @type {any} */ ({ output, whole })), 1);
  assert.equal(await strongest(null), 0);
});

test("a map tells the cells that are written, and null for those that are not, or not known", () => {
  const { opening, arrays } = convolution();
  const { values, written } = /** @type {any} */ (writtenMap(opening, arrays, 2));
  assert.equal(written, 3);
  assert.deepEqual(values.slice(0, 4), [...arrays.output.slice(0, 3), null]);
  const unknown = { ...arrays, output: Float64Array.from(arrays.output, (value, cell) => (cell === 1 ? NaN : value)) };
  assert.equal(/** @type {any} */ (writtenMap(opening, unknown, 2)).values[1], null);
  assert.equal(writtenMap(null, arrays, 0), null);
});

test("a scatter's map is written with its last stamp", () => {
  const { opening, arrays } = convolution();
  const start = { ...opening.start, kind: "scatter", steps: 4 };
  assert.equal(/** @type {any} */ (writtenMap({ ...opening, start }, arrays, 2)).written, 0);
  assert.equal(/** @type {any} */ (writtenMap({ ...opening, start }, arrays, 3)).written, arrays.output.length);
});

test("speeds nobody chose show a figure slowly and a photograph in half a minute", () => {
  assert.deepEqual([9, 2542, 10 ** 6].map(usualSpeed), [1.5, 2542 / 30, 10 ** 6 / 30]);
  assert.equal(windowSize(/** @type {any} */ ({ kernel_size: [3, 3], input_shape: [64, 8, 8], groups: 1 })), 576);
  assert.equal(nextLayer(/** @type {any} */ ({ layer: 0, layers: [1, 2] })), 1);
  assert.equal(nextLayer(/** @type {any} */ ({ layer: 1, layers: [1, 2] })), null);
});
