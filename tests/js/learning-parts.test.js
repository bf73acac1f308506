/** What views of training are made of: bars of answers, a curve over epochs, small planes, names of what was learnt. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleOf } from "../../static/drawing/scale.js";
import { AnswerBars } from "../../static/views/learning/answer-bars.js";
import { Curve } from "../../static/views/learning/curve.js";
import { MovedBars } from "../../static/views/learning/moved-bars.js";
import { Plane } from "../../static/views/learning/plane.js";
import { endsTrained, networkOf, trainedLayer, walksKernels } from "../../static/views/learning/trained.js";
import { sayIn } from "../../static/words/language.js";
import { told } from "./canvas.js";

const _ = sayIn("en");

/** Lengths of the bars of each row. @param {any} root */
const lengths = (root) =>
  root
    .querySelectorAll("tbody tr")
    .map((/** @type {any} */ row) =>
      row.querySelectorAll("i").map((/** @type {any} */ bar) => Number(bar.style["--long"])),
    );
/** Which cells of each row win. @param {any} root */
const winners = (root) =>
  root
    .querySelectorAll("tbody tr")
    .map((/** @type {any} */ row) =>
      row.querySelectorAll("td").map((/** @type {any} */ cell) => cell.classList.contains("most")),
    );

test("answers before and after share one scale, what is negative has no bar, the right class is marked", () => {
  const bars = new AnswerBars();
  const answers = {
    classes: ["cat", "dog"],
    kind: "probability",
    before: [0.25, 0.5],
    after: [1, -0.5],
    answer: "dog",
  };
  bars.show(/** @type {any} */ (answers), _);
  assert.deepEqual(lengths(bars.root), [
    [0.25, 1],
    [0.5, 0],
  ]);
  assert.deepEqual(winners(bars.root), [
    [false, true],
    [true, false],
  ]);
  const rows = /** @type {any[]} */ (bars.root.querySelectorAll("tr"));
  assert.deepEqual(
    rows.map((row) => row.getAttribute("aria-current")),
    [null, "true"],
  );
  assert.match(bars.root.querySelector("caption")?.textContent ?? "", /^Probability/);
});

test("of distances the least wins, and answers that are all zero have bars of no length", () => {
  const bars = new AnswerBars();
  bars.show(
    /** @type {any} */ ({ classes: ["a", "b"], kind: "distance", before: [3, 1], after: [2, 4], answer: "a" }),
    _,
  );
  assert.deepEqual(winners(bars.root), [
    [false, true],
    [true, false],
  ]);
  bars.show(/** @type {any} */ ({ classes: ["a"], kind: "distance", before: [0], after: [0], answer: "a" }), _);
  assert.deepEqual(lengths(bars.root), [[0, 0]]);
});

test("a digit that moves on says what it is taken for, and what it is no longer taken for", () => {
  const bars = new MovedBars();
  const networks = /** @type {any} */ ([
    {
      kind: "probability",
      classes: ["0", "1"],
      best: [0, 0, 1],
      answers: [
        [1, 0],
        [0.75, 0.25],
        [0.5, 0.5],
      ],
    },
    {
      kind: "distance",
      classes: ["0", "1"],
      best: [1, 1, 1],
      answers: [
        [4, 2],
        [4, 1],
        [8, 0],
      ],
    },
  ]);
  bars.adopt(networks, ["One", "Other"], _);
  const said = () =>
    bars.root.querySelectorAll("th b").map((/** @type {any} */ one) => [one.textContent, one.className]);
  bars.show(0);
  assert.deepEqual(said(), [
    ["0", ""],
    ["1", ""],
  ]);
  assert.deepEqual(
    lengths(bars.root),
    [
      [1, 0.5],
      [0, 0.25],
    ],
    "each network by its own longest",
  );
  bars.show(2);
  assert.deepEqual(said(), [
    ["1, no longer 0", "turned"],
    ["1", ""],
  ]);
  assert.deepEqual(winners(bars.root), [
    [false, false],
    [true, true],
  ]);
  assert.deepEqual(lengths(bars.root), [
    [0.5, 1],
    [0.5, 0],
  ]);
  const units = bars.root.querySelectorAll("small").map((/** @type {any} */ unit) => unit.textContent);
  assert.deepEqual(units, ["probability", "distance: the least wins"]);
});

/** A curve over epochs. @param {(number | null)[]} values */
function curved(values) {
  const curve = new Curve();
  curve.adopt("Loss", values, (value) => `${value}!`);
  const dot = /** @type {any} */ (curve.root.querySelector("circle"));
  const at = (/** @type {number} */ epoch) => {
    curve.show(epoch);
    const text = curve.root.querySelector(".place")?.textContent;
    return [text, dot.getAttribute("visibility"), dot.getAttribute("cx"), dot.getAttribute("cy")];
  };
  return { at, points: curve.root.querySelector("polyline")?.getAttribute("points") };
}

test("a curve has its largest at the top, its least at the foot, and tenths between them as far apart", () => {
  const { points, at } = curved([100, 10, 1]);
  assert.equal(points, "6,6 120,42 234,78");
  assert.deepEqual(at(1), ["10!", "visible", "120", "42"]);
});

test("epochs without a number leave a gap, and neither line nor dot stands where there is none", () => {
  const { points, at } = curved([null, 4, 0, 1, null]);
  assert.equal(points, "63,6 177,78");
  assert.deepEqual(at(0).slice(0, 2), ["–", "hidden"]);
  assert.deepEqual(at(2).slice(0, 2), ["0!", "hidden"], "zero has no place on such a scale, but it is a number");
  assert.deepEqual(at(3), ["1!", "visible", "177", "78"]);
  assert.equal(curved([null, null]).points, "");
});

test("one epoch, or the same number in all of them, is a line at the foot", () => {
  assert.equal(curved([5]).points, "6,78");
  assert.equal(curved([5, 5]).points, "6,78 234,78");
});

test("a plane is a pixel a cell, and what is no number is clear", () => {
  const plane = new Plane();
  const scale = scaleOf([0, 2], "map", false);
  plane.draw(
    [
      [0, 1, 2],
      [2, Number.NaN, 0],
    ],
    scale,
  );
  const root = /** @type {any} */ (plane.root);
  assert.deepEqual([root.width, root.height], [3, 2]);
  const [
    {
      args: [image],
    },
  ] = told(root.getContext("2d"), "putImageData");
  assert.deepEqual(
    [...new Uint32Array(image.data.buffer)],
    [0, 1, 2, 2, null, 0].map((value) => scale.pixel(value)),
  );
});

/** Layers whose weights have these names. @param {(string | undefined)[]} names */
const layersOf = (...names) => /** @type {any[]} */ (names.map((weight) => ({ arguments: weight ? { weight } : {} })));

test("weights with the name of a network and of a layer were learnt, numbers and other words were not", () => {
  assert.deepEqual(trainedLayer(layersOf("lenet-5.c1")[0]), { network: "lenet-5", layer: "c1" });
  for (const name of ["sobel", "[1 2; 3 4]", "lenet.", ".c1", "Lenet.c1", "a.b.c", "5.c1"])
    assert.equal(trainedLayer(layersOf(name)[0]), null, name);
  assert.equal(trainedLayer(undefined), null);
  assert.equal(trainedLayer(layersOf(undefined)[0]), null);
});

test("a scene's network is that of its first layer with a name; it can learn where its end has one", () => {
  const opening = (/** @type {any[]} */ ...names) =>
    /** @type {any} */ ({ layers: layersOf(...names), layer: 0, start: {} });
  assert.deepEqual([networkOf(opening()), networkOf(opening(undefined, "b.x", "a.y"))], ["", "b"]);
  const ends = [opening("a.x"), opening("a.x", undefined), opening("a.x", undefined, undefined), opening()];
  assert.deepEqual(ends.map(endsTrained), [true, true, false, false]);
});

test("windows excite kernels of rows and columns alone, and of the walked layer", () => {
  const walks = (/** @type {any} */ weight, layer = 0) =>
    walksKernels(/** @type {any} */ ({ layers: layersOf("a.x", undefined), layer, start: { weight } }));
  assert.deepEqual([walks([[[[1]]]]), walks([[1, 2]]), walks(null), walks([[[[1]]]], 1)], [true, false, false, false]);
});
