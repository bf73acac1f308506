import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { NumbersView } from "../../static/lab/numbers-view.js";
import { Views } from "../../static/lab/views.js";
import { VIEW_CLASSES } from "../../static/views/registry.js";
import { sizeLines } from "../../static/views/sizes.js";
import { showLines } from "../../static/views/tokens.js";
import { fire, SightObserver } from "./dom.js";
import { convolution, counted, DEEDS, MANNER, pooling, sceneOf, viewed } from "./scenes.js";

/** The rows of the numbers: title, then the number of each cell. @param {any} view */
const numberRows = (view) =>
  view.root
    .querySelectorAll("tr")
    .map((/** @type {any} */ row) => row.children.map((/** @type {any} */ cell) => cell.textContent).join(" "));

/** The numbers of a step. @param {any} scene  @param {any} step */
function numbersOf(scene, step, events = DEEDS) {
  const view = new NumbersView(events);
  view.adopt(viewed(scene));
  view.show(step, MANNER);
  return view;
}

/** What the server answers from now on. @param {(address: string, body: any) => string} told */
function serverTells(told) {
  const asked = /** @type {any[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address, /** @type {any} */ { body }) => {
      asked.push(JSON.parse(body));
      const text = told(String(address), JSON.parse(body));
      return { ok: true, text: async () => text, json: async () => JSON.parse(text) };
    }
  );
  return asked;
}

/** Until what was asked has come. */
const come = () => new Promise((then) => setTimeout(then, 5));

test("numbers of channels that an output is not linked to stand nowhere", async () => {
  const scene = /** @type {any} */ (convolution());
  const plane = (/** @type {number} */ value) => [[value]];
  scene.opening.start = { ...scene.opening.start, links: [[1, 0, 1]], weight: [[plane(2), plane(3), plane(4)]] };
  const step = {
    ...scene.steps[0],
    window: [plane(5), plane(6), plane(7)],
    products: [plane(10), plane(0), plane(28)],
    sums: [10, 0, 28],
  };
  scene.opening.steps = [step];
  serverTells(() => JSON.stringify({ index: 0, partial: [plane(10), plane(10), plane(38)] }));
  const view = numbersOf(scene, step);
  await come();
  assert.deepEqual(numberRows(view).slice(0, 5), [
    "window 5 7",
    "kernel 2 4",
    "products 10 28",
    "sum so far 10 38",
    "sum of each channel 10 28",
  ]);
});

test("a convolution is told product by product, with the sum so far that the server adds up", async () => {
  const scene = convolution();
  scene.opening.steps = scene.steps;
  const asked = serverTells(() =>
    JSON.stringify({
      type: "step",
      index: 1,
      partial: [
        [
          [1, 1],
          [1, -6],
        ],
      ],
    }),
  );
  const view = numbersOf(scene, scene.steps[1]);
  await come();
  assert.deepEqual(numberRows(view), ["window 1 2 6 7", "kernel 1 0 0 −1", "products 1 0 0 −7", "sum so far 1 1 1 −6"]);
  assert.deepEqual(asked[0], { scene: "scene", layer: 0, detail: "partial", start: 0, stop: 12 });
  assert.equal(view.place.textContent.startsWith("step 2 of 12"), true);
});

test("the next step writes into the same cells", () => {
  const scene = convolution();
  const view = numbersOf(scene, scene.steps[1]);
  const table = view.root.querySelector("table");
  view.show(scene.steps[2], MANNER);
  assert.equal(view.root.querySelector("table"), table);
  assert.equal(numberRows(view)[0], "window 2 3 7 8");
});

test("all channels have their sum, and of very many numbers the rest is counted", () => {
  const weight = (/** @type {number} */ channels) => [Array.from({ length: channels }, (_, channel) => [[channel, 1]])];
  const few = convolution({ input_shape: [2, 3, 3], weight: weight(2) });
  assert.equal(numberRows(numbersOf(few, few.steps[0])).at(-1), `sum of each channel ${few.steps[0].sums.join(" ")}`);
  const many = convolution({ input_shape: [70, 1, 2], weight: weight(70) });
  assert.match(numberRows(numbersOf(many, many.steps[0]))[0], / \+12$/);
});

test("every kernel's answer at this place stands there, and leads to its step", () => {
  const scene = convolution({ weight: [[[[1, 0]]], [[[0, 1]]]] });
  const seen = /** @type {any[]} */ ([]);
  const events = {
    ...DEEDS,
    seek: (/** @type {number} */ to) => seen.push(to),
    look: (/** @type {any} */ to) => seen.push(to),
  };
  const view = numbersOf(scene, scene.steps[0], events);
  const row = view.root.querySelectorAll("tr").at(-1);
  assert.match(row.textContent, /every kernel, here/);
  const steps = scene.opening.start.steps;
  fire(row.children[2], "click", {});
  fire(row.children[2], "pointerover", {});
  assert.deepEqual(seen, [steps / 2, steps / 2]);
});

test("pooling marks the cell that wins", () => {
  const scene = pooling([1, 4, 4]);
  const marked = numbersOf(scene, scene.steps[0]).root.querySelectorAll("td.marked");
  assert.deepEqual(
    marked.map((/** @type {any} */ cell) => cell.textContent),
    ["5"],
  );
});

test("a step without more numbers than the stage shows says so", () => {
  const start = { kind: "rearrange", input_shape: [1, 2, 2], output_shape: [1, 4, 4] };
  const scene = sceneOf(start, [1, 2, 3, 4], counted([1, 4, 4]));
  const view = numbersOf(scene, { index: 5, at: [0, 1, 1], from: [0, 0, 0], output: 1 });
  assert.match(view.tables.textContent, /no more numbers/);
});

test("sizes are told in two notations with the numbers, the remainder and the lines never visited", () => {
  const relation = (/** @type {string} */ name) => ({ kind: "relation", sides: [name, 2], signs: ["="] });
  const size = (/** @type {string} */ axis, /** @type {number} */ remainder) => ({
    axis,
    symbols: relation("O_h"),
    lecture: relation("OH"),
    numbers: relation("O_h"),
    remainder,
  });
  const unvisited = { rows: [], cols: [3, 4, 5, 6, 7, 8, 9] };
  const opening = /** @type {any} */ ({ layer: 0, layers: [{ unvisited }], sizes: [size("rows", 0), size("cols", 1)] });
  const [rows, columns] = sizeLines(opening, "en");
  assert.equal(rows.querySelector(".rest")?.textContent, "");
  assert.match(rows.textContent ?? "", /Oh=2OH=2Oh=2/);
  assert.equal(columns.querySelector(".rest")?.textContent, "remainder 1never visited: column 4, 5, 6, 7 … 10");
  assert.deepEqual(sizeLines({ ...opening, sizes: [] }, "en"), []);
});

test("words are renewed in place, and only what differs", () => {
  const root = document.createElement("div");
  showLines(root, [[{ text: "1", role: "input" }, { text: " = " }]]);
  const [word] = root.querySelectorAll("span");
  showLines(root, [[{ text: "2", role: "input" }, { text: " = " }]]);
  assert.equal(root.querySelectorAll("span")[0], word);
  assert.equal(root.textContent, "2 = ");
  showLines(root, [[{ text: "2", role: "kernel" }]]);
  assert.notEqual(root.querySelectorAll("span")[0], word, "another form is built anew");
});

/** Where the views are that come with their tabs. */
const LATE_VIEWS = new URL("../../static/views/registry.js", import.meta.url).href;

/** The views in a page, which count what they are shown. @param {import("node:test").TestContext} t */
function tabs(t) {
  const shown = /** @type {string[]} */ ([]);
  for (const [name, kind] of Object.entries({ numbers: NumbersView, ...VIEW_CLASSES })) {
    t.mock.method(kind.prototype, "adopt", () => shown.push(`${name} adopts`));
    t.mock.method(kind.prototype, "show", () => shown.push(name));
  }
  const root = document.createElement("div");
  const chosen = /** @type {string[]} */ ([]);
  const walk = /** @type {any} */ (document.createElement("kernel-walk"));
  const views = new Views(root, walk, LATE_VIEWS, { ...DEEDS, chosen: (view) => chosen.push(view) });
  const scene = convolution();
  return {
    root,
    views,
    chosen,
    shown,
    scene,
    tab: (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`#tab-${name}`)),
  };
}

test("only the view that is open moves with the window; another takes up where it is opened", async (t) => {
  const { views, shown, scene, tab, chosen } = tabs(t);
  views.adopt(viewed(scene));
  views.show(scene.steps[0], MANNER);
  assert.deepEqual(shown, ["numbers adopts", "numbers"]);
  shown.length = 0;
  tab("network").click();
  while (!shown.length) await new Promise((done) => setTimeout(done, 5)); // its script comes
  assert.deepEqual(shown, ["network adopts", "network"]);
  assert.equal(chosen.at(-1), "network");
  views.show(scene.steps[1], MANNER);
  assert.deepEqual(shown.slice(2), ["network"]);
});

test("below the window nothing is written; what is scrolled to is at the step that stands", (t) => {
  const { root, views, shown, scene } = tabs(t);
  const [sight] = [...SightObserver.all].filter(
    (observer) => observer instanceof SightObserver && observer.seen.has(root),
  );
  views.adopt(viewed(scene));
  sight.act([{ isIntersecting: false }]);
  shown.length = 0;
  views.show(scene.steps[1], MANNER);
  assert.deepEqual(shown, []);
  sight.act([{ isIntersecting: true }]);
  assert.deepEqual(shown, ["numbers"]);
});

test("arrows walk round the tabs, which are one stop of the keyboard", (t) => {
  const { root, views, tab } = tabs(t);
  const stops = () => root.querySelectorAll("[role=tab]").map((/** @type {any} */ one) => one.tabIndex);
  assert.deepEqual([stops()[0], new Set(stops().slice(1))], [0, new Set([-1])]);
  assert.equal(fire(tab("numbers"), "keydown", { key: "ArrowLeft" }).defaultPrevented, true);
  assert.equal(views.view, "moved");
  assert.equal(document.activeElement, tab("moved"));
  fire(tab("moved"), "keydown", { key: "ArrowRight" });
  assert.equal(views.view, "numbers");
  assert.equal(fire(tab("numbers"), "keydown", { key: "a" }).defaultPrevented, false);
  assert.deepEqual([stops()[0], new Set(stops().slice(1))], [0, new Set([-1])]);
});
