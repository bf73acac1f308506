import assert from "node:assert/strict";
import { test } from "node:test";
import { bracketed, figure, figureIn, speedFigure, thousands, widestFigures } from "../../static/words/figures.js";

test("integers stay integers, with one minus sign", () => {
  assert.deepEqual([6, -42, 231, -1020, 58152].map(figure), ["6", "−42", "231", "−1020", "58152"]);
});

test("other numbers get three significant digits", () => {
  assert.deepEqual([1 / 3, -12.345, 0.5, 132.625, 0.0123456].map(figure), ["0.333", "−12.3", "0.5", "133", "0.0123"]);
});

test("very large and very small numbers keep their size", () => {
  assert.deepEqual([1.5e-7, 2.5e13].map(figure), ["1.5e−7", "2.5e13"]);
});

test("zero has no sign, and what is no number is a dash", () => {
  assert.deepEqual(
    [0, -0, NaN, null, undefined].map((value) => figure(value)),
    ["0", "0", "–", "–", "–"],
  );
});

test("a negative factor stands in brackets", () => {
  assert.deepEqual([-1, 2].map(bracketed), ["(−1)", "2"]);
});

test("speeds are short", () => {
  assert.deepEqual([0.5, 1.53, 24.4, 131072].map(speedFigure), ["0.5", "1.5", "24", "131,072"]);
});

test("where there is less room a number has fewer digits, but never fewer than its whole part", () => {
  const shorter = (/** @type {number} */ value) => [3, 2, 1].map((digits) => figureIn(value, digits));
  assert.deepEqual(shorter(-0.2345), ["−0.234", "−0.23", "−0.2"]);
  assert.deepEqual(shorter(12.34), ["12.3", "12", "12"]);
  assert.deepEqual(shorter(132.625), ["133", "133", "133"]);
  assert.deepEqual(shorter(0.00001234), ["1.23e−5", "1.2e−5", "1e−5"]);
  assert.deepEqual(shorter(7), ["7", "7", "7"]);
});

test("a grid has room for its ends and for what lies between them", () => {
  assert.deepEqual(widestFigures([0, 255], true), [3]);
  assert.deepEqual(widestFigures([-1020, 7], true), [5]);
  assert.deepEqual(widestFigures([0, 1], false), [5, 4, 3]);
  assert.deepEqual(widestFigures([-1, 1], false), [6, 5, 4]);
  assert.ok(widestFigures([0, 0.005], false)[0] >= "0.00427".length);
});

test("thousands have commas, and smaller numbers none", () => {
  for (const number of [0, 7, 999, 1000, 12345, 138357544, 1e15])
    assert.equal(thousands(number), number.toLocaleString("en"));
});
