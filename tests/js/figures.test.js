import assert from "node:assert/strict";
import { test } from "node:test";
import { bracketed, figure, speedFigure } from "../../static/words/figures.js";

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
