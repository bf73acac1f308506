import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  digitSize,
  drawDigits,
  drawFrame,
  drawGrid,
  drawVeil,
  letteringOf,
  setFont,
  shortened,
  sizeCanvas,
} from "../../static/drawing/cells.js";
import { makeProbe, readPalette, sharpness } from "../../static/drawing/palette.js";
import { divergingScale, scaleOf } from "../../static/drawing/scale.js";
import { recorder, told } from "./canvas.js";

const BOX = { x: 10, y: 20, width: 40, height: 40 };

test("digits fit their cell, or there are none", () => {
  for (let cell = 5; cell < 80; cell += 1)
    for (let letters = 1; letters < 9; letters += 1) {
      const size = digitSize(cell, letters);
      assert.ok(size === 0 || (size >= 9 && size * 0.61 * letters <= cell - 3 && size <= cell), `${cell} ${letters}`);
    }
  assert.ok(digitSize(22, 3) > 0, "three letters from 22 px");
});

test("a grid takes as many digits as fit, and fewer where there is less room", () => {
  const letters = [6, 5, 4];
  assert.deepEqual(
    [60, 37, 32, 26, 12].map((cell) => letteringOf(cell, letters).digits),
    [3, 3, 2, 1, 3],
  );
  assert.equal(letteringOf(12, letters).size, 0);
});

test("large type has two digits somewhat smaller rather than a single one", () => {
  const letters = [7, 6, 5];
  assert.deepEqual(
    [60, 56, 46, 42, 40].map((cell) => letteringOf(cell, letters, 12)),
    [
      { size: 13, digits: 3 },
      { size: 12, digits: 3 },
      { size: 11, digits: 2 },
      { size: 10, digits: 2 },
      { size: 0, digits: 3 },
    ],
  );
});

test("a whole number that does not fit is not rounded into another", () => {
  assert.deepEqual(letteringOf(24, [5]), { size: 0, digits: 3 });
});

/** @param {number | null} value  @param {number} size  @param {number} digits  @param {number} [width] */
function written(value, size, digits, width = 40) {
  const context = recorder(null);
  drawDigits(context, { ...BOX, width }, value, "ink", { size, digits }, "mono");
  return told(context, "fillText")[0];
}

test("a number stands in the middle of its cell", () => {
  const { args, colour, font } = written(7, 12, 3);
  assert.deepEqual([args[0], args[1], colour, font], ["7", 30, "ink", "12px mono"]);
  assert.ok(Math.abs(args[2] - 40) < 2);
});

test("a number longer than its grid expected loses digits before it is set smaller", () => {
  assert.equal(written(0.00427, 12, 3, 60).args[0], "0.00427");
  assert.equal(written(0.00427, 12, 3, 48).args[0], "0.0043");
  assert.equal(written(2.34e-6, 12, 3, 40).args[0], "2e−6");
  const { args, font } = written(-1234567, 12, 3, 40);
  assert.deepEqual([args[0], font], ["−1234567", "7px mono"], "an integer keeps its digits and is smaller, alone");
});

test("a number below one gives up the zero before its point, then decimals, and keeps the size of its grid", () => {
  assert.deepEqual(
    ["−.04", "−.005", "−.01", ".0"],
    [shortened(-0.04, 2, 4), shortened(-0.00491, 1, 5), shortened(-0.0051, 2, 4), shortened(0.03, 2, 2)],
  );
  assert.equal(written(-0.0051, 12, 3, 36).font, "12px mono");
  assert.equal(shortened(-123456, 3, 4), "−123456", "digits before the point are never given up");
});

test("a font is set when it changes, and again once a canvas has forgotten it", () => {
  const canvas = document.createElement("canvas");
  const context = sizeCanvas(canvas, 100, 50, 1);
  for (const font of ["12px a", "12px a", "13px a", "13px a"]) setFont(context, font);
  assert.equal(told(context, "font").length, 2);
  sizeCanvas(canvas, 100, 50, 1);
  setFont(context, "13px a");
  assert.equal(told(context, "font").length, 2, "the same size forgets nothing");
  sizeCanvas(canvas, 200, 50, 1);
  setFont(context, "13px a");
  assert.equal(told(context, "font").length, 3);
});

test("a canvas has whole device pixels and the size of its room", () => {
  const canvas = document.createElement("canvas");
  sizeCanvas(canvas, 100.4, 33.3, 1.5);
  assert.deepEqual([canvas.width, canvas.height], [151, 50]);
  assert.equal(canvas.style.width, `${151 / 1.5}px`);
  assert.deepEqual(told(canvas.getContext("2d"), "setTransform")[0].args.slice(0, 4), [1.5, 0, 0, 1.5]);
});

test("a canvas never has no pixel at all", () => {
  const canvas = document.createElement("canvas");
  sizeCanvas(canvas, 0, 0, 1);
  assert.deepEqual([canvas.width, canvas.height], [1, 1]);
});

const GRID = { x: 0, y: 0, cell: 30, rows: 2, columns: 2 };
const LOOK = { lettering: { size: 12, digits: 3 }, mono: "mono" };

test("every cell of a grid wears its value's colour and its number", () => {
  const context = recorder(null);
  const scale = divergingScale(4, false);
  const values = [
    [-4, 0],
    [4, 1],
  ];
  drawGrid(context, GRID, (row, column) => values[row][column], scale, LOOK);
  assert.deepEqual(
    told(context, "fillRect").map(({ colour }) => colour),
    values.flat().map((value) => scale.colour(value)),
  );
  assert.deepEqual(
    told(context, "fillText").map(({ args: [text] }) => text),
    ["−4", "0", "4", "1"],
  );
});

test("a cell without a value has a dash and no colour", () => {
  const context = recorder(null);
  drawGrid(context, { ...GRID, rows: 1, columns: 1 }, () => null, divergingScale(1, false), LOOK);
  assert.equal(told(context, "fillRect").length, 0);
  assert.equal(told(context, "fillText")[0].args[0], "–");
});

test("a grid of tiny cells is drawn as one picture", () => {
  const context = recorder(null);
  drawGrid(context, { ...GRID, cell: 3 }, () => 1, divergingScale(1, false), LOOK);
  assert.equal(told(context, "fillRect").length, 0);
  assert.equal(told(context, "drawImage").length, 1);
});

test("a frame is its colour between two lines of paper", () => {
  const context = recorder(null);
  drawFrame(context, BOX, "blue", "paper", 3);
  assert.deepEqual(
    told(context, "strokeRect").map(({ colour }) => colour),
    ["paper", "blue"],
  );
});

test("a veil stays inside its box", () => {
  const context = recorder(null);
  drawVeil(context, BOX, /** @type {any} */ ({ paper: "paper", text: "text" }));
  const names = context.calls.map(({ name }) => name);
  assert.ok(names.indexOf("clip") > names.indexOf("rect") && names.indexOf("clip") < names.indexOf("fillRect"));
  assert.deepEqual(told(context, "rect")[0].args, [10, 20, 40, 40]);
  assert.equal(names.at(-1), "restore");
});

test("a page shown larger is drawn sharper, within reason, and never blurred when smaller", () => {
  const ratio = globalThis.devicePixelRatio;
  assert.deepEqual([1, 2, 3.5, 40, 0.5].map(sharpness), [1, 2, 3.5, 4, 1]);
  globalThis.devicePixelRatio = 6;
  assert.equal(sharpness(2), 6, "a screen sharper than any scale keeps its own");
  globalThis.devicePixelRatio = ratio;
});

test("the palette is what the roles come to on this page", () => {
  const probe = makeProbe();
  for (const [place, child] of probe.children.entries())
    Object.assign(child, { computed: { color: `rgb(${place}, ${place}, ${place})` } });
  const palette = readPalette(probe);
  assert.equal(palette.paper, "rgb(0, 0, 0)");
  assert.equal(palette.dark, true);
  Object.assign(probe.children[0], { computed: { color: "color(srgb 0.99 0.98 0.97)" } });
  assert.equal(readPalette(probe).dark, false);
});

test("a picture that ends at 255 keeps its greys, a darker table runs to its largest number", () => {
  assert.deepEqual([scaleOf([0, 200], "picture", false).high, scaleOf([0, 9], "picture", false).high], [255, 9]);
  assert.equal(scaleOf([0, 200], "table", false).high, 200);
});
