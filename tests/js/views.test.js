import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { NumbersView } from "../../static/lab/numbers-view.js";
import { Views } from "../../static/lab/views.js";
import { NetworkView } from "../../static/views/network-view.js";
import { fillTable, showLines, tableOf } from "../../static/views/tokens.js";
import { fire, SightObserver } from "./dom.js";
import { convolution, counted, DEEDS, MANNER, pooling, sceneOf, viewed } from "./scenes.js";

/** Tables of a view: caption and numbers of each. @param {any} view */
const tables = (view) =>
  view.root.querySelectorAll("table").map((/** @type {any} */ table) => [
    table.caption.textContent,
    table
      .querySelectorAll("tr")
      .map((/** @type {any} */ row) => row.children.map((/** @type {any} */ cell) => cell.textContent).join(" "))
      .join(" / "),
  ]);

/** The numbers of a step. @param {any} scene  @param {any} step */
function numbersOf(scene, step) {
  const view = new NumbersView();
  view.adopt(viewed(scene));
  view.show(step);
  return view;
}

test("a convolution is a window times a kernel, its products and their sum", () => {
  const scene = convolution();
  const view = numbersOf(scene, scene.steps[1]);
  assert.deepEqual(tables(view), [
    ["window", "1 2 / 6 7"],
    ["kernel", "1 0 / 0 −1"],
    ["products", "1 0 / 0 −7"],
  ]);
  assert.equal(view.root.querySelector(".total b")?.textContent, "−6");
  assert.equal(view.place.textContent.startsWith("step 2 of 12"), true);
});

test("the next step writes into the same cells", () => {
  const scene = convolution();
  const view = numbersOf(scene, scene.steps[1]);
  const table = view.root.querySelector("table");
  view.show(scene.steps[2]);
  assert.equal(view.root.querySelector("table"), table);
  assert.deepEqual(tables(view)[0], ["window", "2 3 / 7 8"]);
});

test("every channel has its row and its sum, up to eight, and the others are counted", () => {
  const weight = (/** @type {number} */ channels) => [Array.from({ length: channels }, (_, channel) => [[channel, 1]])];
  const few = convolution({ input_shape: [2, 3, 3], weight: weight(2) });
  const view = numbersOf(few, few.steps[0]);
  const sums = view.root.querySelectorAll(".total b").map((/** @type {any} */ sum) => sum.textContent);
  assert.deepEqual(sums, few.steps[0].sums.map(String));
  const many = convolution({ input_shape: [10, 1, 2], weight: weight(10) });
  const crowd = numbersOf(many, many.steps[0]);
  assert.equal(crowd.root.querySelectorAll(".equation").length, 8);
  assert.match(crowd.channels.lastElementChild?.textContent ?? "", /2/);
});

test("channels of one cell each stand in one row", () => {
  const scene = convolution({ input_shape: [3, 1, 1], weight: [[[[1]], [[2]], [[3]]]] });
  const view = numbersOf(scene, scene.steps[0]);
  assert.equal(view.root.querySelectorAll(".equation").length, 1);
  assert.deepEqual(
    tables(view).map(([, rows]) => rows.replaceAll(" / ", " ")),
    ["0 1 2", "1 2 3", "0 2 6"],
  );
});

test("pooling marks the cell that wins", () => {
  const scene = pooling([1, 4, 4]);
  const view = numbersOf(scene, scene.steps[0]);
  const marked = view.root
    .querySelectorAll("td")
    .filter((/** @type {any} */ cell) => cell.classList.contains("marked"));
  assert.deepEqual(
    marked.map((/** @type {any} */ cell) => cell.textContent),
    ["5"],
  );
});

test("a cell that moves is told with both its places, and one from outside is padding", () => {
  const start = { kind: "rearrange", input_shape: [1, 2, 2], output_shape: [1, 4, 4] };
  const scene = sceneOf(start, [1, 2, 3, 4], counted([1, 4, 4]));
  const view = numbersOf(scene, { index: 5, at: [0, 1, 1], from: [0, 0, 0], output: 1 });
  assert.deepEqual(tables(view), [
    ["[0, 0, 0]", "1"],
    ["[0, 1, 1]", "1"],
  ]);
  view.show(/** @type {any} */ ({ index: 0, at: [0, 0, 0], from: [0, -1, -1], output: 0 }));
  assert.deepEqual(tables(view), [
    ["padding", "–"],
    ["[0, 0, 0]", "0"],
  ]);
});

test("a window that becomes a column stands beside it", () => {
  const start = { kind: "rearrange", input_shape: [1, 3, 3], output_shape: [1, 4, 4], kernel_size: [2, 2] };
  const scene = sceneOf(start, counted([1, 3, 3]), counted([1, 4, 4]));
  const view = numbersOf(scene, { index: 1, at: [0, 0, 1], from: [], output: [1, 2, 4, 5] });
  assert.deepEqual(tables(view), [
    ["window", "1 2 / 4 5"],
    ["column", "1 / 2 / 4 / 5"],
  ]);
});

test("a stamp is shown as what it adds", () => {
  const start = {
    kind: "scatter",
    input_shape: [1, 1, 2],
    output_shape: [1, 1, 3],
    kernel_size: [1, 2],
    weight: [[[[1, 2]]]],
    steps: 2,
  };
  const scene = sceneOf(start, [3, 4], [3, 10, 8]);
  const view = numbersOf(scene, { index: 0, at: [0, 0, 0], corner: [0, 0], input: 3, products: [[[3, 6]]] });
  assert.deepEqual(
    tables(view).map(([, rows]) => rows),
    ["3 6"],
  );
});

test("network are told layer by layer and added up, with the size formula of the one that is walked", () => {
  const scene = convolution();
  const layer = (/** @type {string} */ name, /** @type {number} */ parameters) => ({
    operation: name,
    title: { en: name },
    input_shape: [1, 4, 5],
    output_shape: [1, 3, 4],
    parameters,
    multiply_adds: 1_000_000,
    receptive_field: [3, 3],
    formula: { rows: "(4 - 2) / 1 + 1 = 3", cols: "(5 - 2) * 1 = 3" },
  });
  const view = new NetworkView();
  scene.opening = {
    ...scene.opening,
    layer: 1,
    layers: [layer("one", 1234), layer("two", 8)],
    warnings: ["row 4 is never visited"],
  };
  view.adopt(viewed(scene));
  const rows = view.root
    .querySelectorAll("tbody tr")
    .map((/** @type {any} */ row) => row.children.map((/** @type {any} */ cell) => cell.textContent));
  assert.deepEqual(rows, [
    ["one", "1×4×5", "1×3×4", "1,234", "1,000,000", "3×3"],
    ["two", "1×4×5", "1×3×4", "8", "1,000,000", "3×3"],
    ["Together", "", "", "1,242", "2,000,000", ""],
  ]);
  assert.deepEqual(view.root.querySelectorAll("[aria-current=true]").length, 1);
  assert.match(view.formula.textContent, /\(4 − 2\).*\(5 − 2\) · 1/s);
  assert.equal(view.warnings.textContent, "row 4 is never visited");
  scene.opening = { ...scene.opening, layer: 0, layers: [{ ...layer("flip", 0), formula: null }] };
  view.adopt(viewed(scene));
  assert.equal(view.formula.hidden, true);
});

test("words and tables are renewed in place, and only what differs", () => {
  const root = document.createElement("div");
  showLines(root, [[{ text: "1", role: "input" }, { text: " = " }]]);
  const [word] = root.querySelectorAll("span");
  showLines(root, [[{ text: "2", role: "input" }, { text: " = " }]]);
  assert.equal(root.querySelectorAll("span")[0], word);
  assert.equal(root.textContent, "2 = ");
  showLines(root, [[{ text: "2", role: "kernel" }]]);
  assert.notEqual(root.querySelectorAll("span")[0], word, "another form is built anew");
  const table = /** @type {any} */ (tableOf({ caption: "a", role: "input", rows: [[1, 2]] }));
  fillTable(table, { caption: "b", role: "input", rows: [[3, null]] });
  assert.deepEqual([table.caption.textContent, table.textContent], ["b", "b3–"]);
});

/** The views in a page, with stand-ins that count what they are shown. */
function tabs() {
  const root = document.createElement("div");
  const chosen = /** @type {string[]} */ ([]);
  const walk = /** @type {any} */ (document.createElement("kernel-walk"));
  const views = new Views(root, walk, { ...DEEDS, chosen: (view) => chosen.push(view) });
  const shown = /** @type {string[]} */ ([]);
  for (const [name, view] of views.boxes)
    Object.assign(view, { adopt: () => shown.push(`${name} adopts`), show: () => shown.push(name) });
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

test("only the view that is open moves with the window; another takes up where it is opened", () => {
  const { views, shown, scene, tab, chosen } = tabs();
  views.adopt(viewed(scene));
  views.show(scene.steps[0], MANNER);
  assert.deepEqual(shown, ["numbers adopts", "numbers"]);
  shown.length = 0;
  tab("network").click();
  assert.deepEqual(shown, ["network adopts", "network"]);
  assert.equal(chosen.at(-1), "network");
  views.show(scene.steps[1], MANNER);
  assert.deepEqual(shown.slice(2), ["network"]);
});

test("below the window nothing is written; what is scrolled to is at the step that stands", () => {
  const { root, views, shown, scene } = tabs();
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

test("arrows walk round the tabs, which are one stop of the keyboard", () => {
  const { root, views, tab } = tabs();
  const stops = () => root.querySelectorAll("[role=tab]").map((/** @type {any} */ one) => one.tabIndex);
  assert.deepEqual(stops(), [0, -1, -1, -1]);
  assert.equal(fire(tab("numbers"), "keydown", { key: "ArrowLeft" }).defaultPrevented, true);
  assert.equal(views.view, "network");
  assert.equal(document.activeElement, tab("network"));
  fire(tab("network"), "keydown", { key: "ArrowRight" });
  assert.equal(views.view, "numbers");
  assert.equal(fire(tab("numbers"), "keydown", { key: "a" }).defaultPrevented, false);
  assert.deepEqual(stops(), [0, -1, -1, -1]);
});
