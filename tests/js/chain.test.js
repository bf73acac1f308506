import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { planesOf } from "../../static/views/chain/maps.js";
import { Tiles } from "../../static/views/chain/tiles.js";
import { NetworkView } from "../../static/views/network-view.js";
import { fire } from "./dom.js";
import { convolution, DEEDS, viewed } from "./scenes.js";

/** A chain of two layers. */
function chained() {
  const scene = convolution();
  const layer = (/** @type {string} */ name, /** @type {any} */ told) => ({
    operation: name,
    title: { en: name },
    input_shape: [1, 4, 5],
    output_shape: [1, 3, 4],
    steps: 12,
    parameters: 1234,
    multiply_adds: 1_000_000,
    receptive_field: [3, 3],
    kernel_size: [2, 2],
    stride: [1, 1],
    ...told,
  });
  const layers = [layer("one", {}), layer("t|w,o", { parameters: 8, kernel_size: null, stride: null })];
  return { ...scene, opening: { ...scene.opening, layer: 1, layers, warnings: [] } };
}

const LINES = (/** @type {number[]} */ first, /** @type {number[]} */ last) => ({ shape: [1, 3, 1], first, last });
const FIELDS = {
  layer: 1,
  fields: [
    {
      shape: [1, 3, 4],
      rows: LINES([0, 1, 2], [1, 2, 2]),
      cols: { shape: [1, 1, 1], first: [1], last: [2] },
      channels: null,
    },
    {
      shape: [1, 4, 5],
      rows: LINES([0, 1, 2], [2, 3, 3]),
      cols: { shape: [1, 1, 1], first: [0], last: [-1] },
      channels: null,
    },
  ],
};

/** What is framed on each map. @param {any} view */
const framed = (view) => view.root.querySelectorAll(".seen").map((/** @type {any} */ seen) => seen.textContent);

/** @param {number[]} shape  @param {number[]} cells  @param {object} [more] */
const small = (shape, cells, more) => ({
  shape,
  shown: shape,
  low: 0,
  high: 254,
  cells: btoa(String.fromCharCode(...cells)),
  ...more,
});
const MAPS = [
  small([1, 4, 5], Array(20).fill(7)),
  small([1, 3, 4], Array(12).fill(7)),
  small([1, 3, 4], Array(12).fill(7)),
];

/** What a server answers, by the call. @param {Record<string, any>} [answers] */
function serverTells({ fields = FIELDS, maps = MAPS } = {}) {
  const asked = /** @type {string[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      asked.push(new URL(address).pathname);
      const answer = String(address).endsWith("api/maps") ? { line: "scene", maps } : fields;
      return { ok: true, json: async () => answer };
    }
  );
  return asked;
}

/** Until what was asked has come. */
const come = () => new Promise((then) => setTimeout(then, 5));

let scenes = 0;

/** A network that walks a step of its second layer. @param {Partial<ViewEvents>} [deeds] */
function walkedNetwork(deeds = {}) {
  const scene = chained();
  scenes += 1;
  scene.opening.line = `scene ${scenes}`; // maps of a scene are asked for once
  const view = new NetworkView({ ...DEEDS, ...deeds });
  view.adopt(viewed(scene));
  document.body.replaceChildren(view.root);
  view.show({ ...scene.steps[0], at: [0, 1, 3] });
  return /** @type {any} */ (view);
}

/** The frames on each map. @param {any} view */
const frames = (view) =>
  view.root.querySelectorAll(".field").map((/** @type {any} */ field) => field.getAttribute("d"));

test("the network frames on each map what the cell of the step sees; of what it does not see, nothing", async () => {
  const asked = serverTells();
  const view = walkedNetwork();
  assert.deepEqual(framed(view), ["", "", "1×1"], "the cell itself, until the server has told the rest");
  await come();
  assert.deepEqual(framed(view), ["", "2×2", "1×1"]);
  assert.deepEqual(frames(view), ["", "M1 1h2v2h-2z", "M3 1h1v1h-1z"]);
  assert.deepEqual(asked.sort(), ["/api/fields", "/api/maps"], "one answer for all maps, one for what is seen");
});

test("what is pointed at on any map lights what it sees, until the pointer leaves", async () => {
  serverTells({ fields: { layer: 0, fields: [FIELDS.fields[1]] } });
  const view = walkedNetwork();
  const map = view.root.querySelectorAll(".map")[1];
  map.box = { left: 100, top: 0, width: 80, height: 60 };
  fire(map, "pointermove", { clientX: 150, clientY: 30 });
  await come();
  assert.deepEqual(frames(view), ["", "M2 1h1v1h-1z", ""], "its column is never seen in the input");
  fire(map, "pointerleave");
  assert.deepEqual(framed(view)[2], "1×1");
});

test("the walked map shows the step of its cell, a click goes there, and another map is walked from its cell", () => {
  serverTells();
  const done = /** @type {any[]} */ ([]);
  const tell =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ ...told) =>
      done.push([name, ...told]);
  const view = walkedNetwork({ look: tell("look"), seek: tell("seek"), layer: tell("layer") });
  const [, first, walked] = view.root.querySelectorAll(".map");
  for (const map of [first, walked]) map.box = { left: 0, top: 0, width: 80, height: 60 };
  const place = { clientX: 70, clientY: 50 };
  fire(walked, "pointermove", place);
  fire(walked, "pointerleave");
  fire(walked, "click", { ...place, detail: 1 });
  fire(first, "click", { ...place, detail: 1 });
  assert.deepEqual(done, [
    ["look", 11],
    ["look", null],
    ["seek", 11],
    ["layer", 0, 11],
  ]);
});

test("arrows go along the maps, Shift and arrows over the cells of one", () => {
  serverTells();
  const view = walkedNetwork();
  const [first, second] = view.root.querySelectorAll("button.map-box");
  second.focus();
  fire(second, "keydown", { key: "ArrowLeft" });
  assert.equal(document.activeElement, first);
  assert.deepEqual([first.tabIndex, second.tabIndex], [0, -1], "one stop of the Tab key");
  fire(first, "focus");
  fire(first, "keydown", { key: "ArrowDown", shiftKey: true });
  assert.deepEqual(frames(view)[1], "M2 2h1v1h-1z", "from the middle one down");
  fire(first, "keydown", { key: "ArrowLeft" });
  assert.equal(document.activeElement, first, "the input is not walked");
});

test("the numbers of a short vector are bars with their classes, the answer bold; what comes is drawn", async () => {
  const cells = [127, 254, 0];
  const last = {
    ...small([3, 1, 1], cells),
    low: -2,
    high: 2,
    values: [0, 2, -2],
    answer: 2,
    classes: ["Coat", "1", "2"],
  };
  serverTells({ maps: [...MAPS.slice(0, 2), last] });
  const scene = chained();
  scene.opening.layers[1].output_shape = [3, 1, 1];
  scene.opening.line = "bars";
  const view = /** @type {any} */ (new NetworkView(DEEDS));
  view.adopt(viewed(scene));
  await come();
  const bars = view.root.querySelectorAll(".value-bar");
  assert.deepEqual(
    bars.map((/** @type {any} */ bar) => bar.textContent),
    ["Coat0", "12", "2−2"],
  );
  assert.deepEqual(
    bars.map((/** @type {any} */ bar) => /most/.test(bar.className)),
    [false, false, true],
    "the least, where the server says so",
  );
  assert.match(view.root.querySelector(".value-bars").className, /named/);
  const [canvas] = view.root.querySelectorAll("canvas");
  assert.deepEqual([canvas.width, canvas.height], [5, 4]);
});

test("a byte of a map has the colour of its number; zero of a signed map is white, what is no number clear", () => {
  const told = /** @type {any} */ ({ ...small([1, 1, 3], [127, 254, 255]), low: -1, high: 1 });
  const [plane] = planesOf(told, false, false);
  assert.deepEqual([...plane], [0xffffffff, 0xff2604b4, 0]);
  const coloured = /** @type {any} */ ({ ...small([3, 1, 1], [254, 0, 127]), high: 255 });
  assert.deepEqual([...planesOf(coloured, false, true)[0]], [0xff8000ff]);
});

test("channels lie in two rows, a vector in columns, and each place of the sheet belongs to one cell", () => {
  const maps = new Tiles([6, 4, 4], true, 80);
  assert.deepEqual([maps.across, maps.down, maps.sheet], [3, 2, { columns: 14, rows: 9 }]);
  assert.deepEqual(maps.cellAt(0.99, 0.99), [5, 3, 3]);
  assert.equal(maps.cellAt(4.5 / 14, 0.1), null, "between two maps");
  const vector = new Tiles([84, 1, 1], false, 64);
  assert.deepEqual([vector.across, vector.down, vector.corner(33)], [3, 32, { row: 1, column: 1 }]);
  assert.deepEqual(vector.cellAt(0.5, 1.5 / 32), [33, 0, 0]);
  const large = new Tiles([1, 100, 50], false, 64);
  assert.deepEqual(large.cellAt(0.5, 0.5), [0, 50, 25]);
  assert.deepEqual(large.frames({ top: 50, bottom: 99, left: 0, right: 24 }, null), [
    { x: 0, y: 16, width: 16, height: 16 },
  ]);
});

test("a cell frames what it sees in the channels it is linked to alone; a picture in colours is one", () => {
  const square = new Tiles([6, 4, 4], false, 72);
  assert.deepEqual([square.across, square.down, square.width, square.height], [3, 2, 72, 48]);
  const box = { top: 1, bottom: 2, left: 1, right: 2 };
  assert.deepEqual(square.frames(box, [0, 4]), [
    { x: 1, y: 1, width: 2, height: 2 },
    { x: 6, y: 6, width: 2, height: 2 },
  ]);
  assert.equal(square.frames(box, null).length, 6);
  const coloured = new Tiles([3, 4, 4], false, 72, true);
  assert.deepEqual([coloured.frames(box, [2]).length, coloured.frames(box, []).length], [1, 0]);
});

test("the channels that the server names are framed, and no others", async () => {
  const [seen, picture] = FIELDS.fields;
  const linked = { ...seen, shape: [3, 3, 4], channels: [[0, 2]] };
  serverTells({ fields: { layer: 1, fields: [/** @type {any} */ (linked), picture] } });
  const scene = chained();
  scene.opening.layers[0].output_shape = [3, 3, 4];
  scene.opening.line = "linked";
  const view = /** @type {any} */ (new NetworkView(DEEDS));
  view.adopt(viewed(scene));
  view.show({ ...scene.steps[0], at: [0, 1, 3] });
  await come();
  assert.equal(frames(view)[1], "M1 1h2v2h-2zM11 1h2v2h-2z");
});

test("a box of the network walks its layer, and its table is copied as Markdown and as CSV", async () => {
  serverTells();
  const walked = /** @type {number[]} */ ([]);
  const copied = /** @type {string[]} */ ([]);
  Object.defineProperty(globalThis.navigator, "clipboard", {
    value: { writeText: async (/** @type {string} */ text) => copied.push(text) },
    configurable: true,
  });
  const view = new NetworkView({ ...DEEDS, layer: (layer) => walked.push(layer) });
  view.adopt(viewed(chained()));
  const [first, , markdown, csv] = /** @type {any[]} */ (view.root.querySelectorAll("button"));
  first.click();
  assert.deepEqual(walked, [0]);
  markdown.click();
  csv.click();
  await come();
  assert.match(copied[0], /^\| Layer \| Output \| Kernel .*\n\| --- \| --- \| ---: /);
  assert.match(copied[0], /\n\| t\\\|w,o \| 1×3×4 \| {2}\| {2}\| 8 \| 1000000 \| 3×3 \|\n/);
  assert.match(
    copied[1],
    /\none,1×3×4,2×2,1×1,1234,1000000,3×3\n"t\|w,o",1×3×4,,,8,1000000,3×3\nTogether,,,,1242,2000000,\n$/,
  );
  assert.equal(view.root.querySelectorAll("tr[aria-current=true]").length, 1);
});
