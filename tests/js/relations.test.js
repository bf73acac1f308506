import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { offersView } from "../../static/views/offered.js";
import { ConnectionsView } from "../../static/views/relations/connections-view.js";
import { Im2colView } from "../../static/views/relations/im2col-view.js";
import { Links } from "../../static/views/relations/links.js";
import { nearCells } from "../../static/views/relations/near.js";
import { fire } from "./dom.js";
import { convolution, DEEDS, MANNER, pooling, viewed, withRelations } from "./scenes.js";

/** @param {any} View  @param {any} scene  @param {any} deeds */
function opened(View, scene, deeds = DEEDS) {
  const view = new View(deeds);
  view.adopt(viewed(scene));
  view.show(scene.steps[1], { ...MANNER, count: 2 });
  return view;
}

/** @param {any} node  @param {string} name */
const attributes = (node, name) => node.map((/** @type {any} */ one) => one.getAttribute(name));

for (const [name, settings] of Object.entries({
  plain: {},
  padded: { padding: 1 },
  strided: { stride: 2, padding: 1 },
  dilated: { dilation: 2, input_shape: [1, 5, 5] },
  grouped: {
    groups: 2,
    input_shape: [2, 4, 4],
    weight: [
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [
        [
          [5, 6],
          [7, 8],
        ],
      ],
    ],
  },
}))
  test(`links of a ${name} convolution bring its window and its kernel`, () => {
    const scene = withRelations(convolution(/** @type {any} */ (settings)));
    const links = new Links(viewed(scene));
    for (const step of scene.steps) {
      const found = links.of(step.at);
      assert.deepEqual(
        found.map((link) => links.valueOf(link)),
        step.window.flat(2),
      );
      const weights = found.map(({ tap }) => links.weightOf(step.at[0], tap));
      assert.deepEqual(weights, scene.start.weight[step.at[0]].flat(2));
      assert.equal(links.stepOf(step.at), step.index);
      for (const { tap } of found) assert.equal(links.tapOf(links.probeOf(tap)), tap);
    }
  });

test("pooling never reads its padding", () => {
  const scene = withRelations(pooling([1, 4, 4]));
  scene.start.padding = [
    [1, 1],
    [1, 1],
  ];
  const links = new Links(viewed(scene));
  assert.equal(links.valueOf(links.of([0, 0, 0])[0]), null);
});

test("a small layer is shown whole, of a large one the cells around the walked one", () => {
  const small = new Links(viewed(withRelations(convolution({ input_shape: [1, 3, 3] }))));
  assert.deepEqual([nearCells(small, [0, 0, 0]).inputs.length, nearCells(small, [0, 0, 0]).whole], [9, true]);
  const large = new Links(viewed(withRelations(convolution({ input_shape: [1, 20, 20] }))));
  const near = nearCells(large, [0, 4, 7]);
  assert.equal(near.whole, false);
  assert.equal(near.outputs.length, 9);
  assert.ok(near.outputs.includes(large.stepOf([0, 4, 7])));
  assert.equal(near.inputs.length, 16); // 3 x 3 windows of 2 x 2 cover 4 x 4 cells
  assert.equal(nearCells(large, [0, 5, 8]).key, near.key); // the same block: the picture stands still
  assert.notEqual(nearCells(large, [0, 6, 7]).key, near.key);
});

test("the walked cell's lines are lit, and every line says its weight", () => {
  const scene = withRelations(convolution({ input_shape: [1, 3, 3] }));
  const view = opened(ConnectionsView, scene);
  const [own, dense] = view.root.querySelectorAll("svg");
  assert.equal(own.querySelectorAll(".edge").length, 16);
  assert.equal(dense.querySelectorAll(".edge").length, 36);
  const lit = own.querySelectorAll(".edge").filter((/** @type {any} */ edge) => edge.classList.contains("lit"));
  assert.deepEqual(attributes(lit, "data-out"), ["1", "1", "1", "1"]);
  assert.deepEqual(attributes(lit, "data-in"), ["1", "2", "4", "5"]);
  assert.match(view.root.textContent, /36 weights/);
  assert.equal(view.root.querySelectorAll(".sparse td.absent").length, 20); // 36 places less 16 weights
});

test("a weight that is pointed at lights every line that carries it, and the stage", () => {
  /** @type {any[]} */
  const probes = [];
  const scene = withRelations(convolution({ input_shape: [1, 3, 3] }));
  const view = opened(ConnectionsView, scene, { ...DEEDS, probe: (/** @type {any} */ probe) => probes.push(probe) });
  fire(view.root.querySelectorAll("button.tap")[3], "pointerover", { bubbles: true });
  const [own] = view.root.querySelectorAll("svg");
  const lit = own.querySelectorAll(".edge").filter((/** @type {any} */ edge) => edge.classList.contains("lit"));
  assert.deepEqual(attributes(lit, "data-tap"), ["3", "3", "3", "3"]);
  assert.deepEqual(probes.at(-1), { part: "kernel", channel: 0, row: 1, column: 1, text: [] });
});

test("an output is looked at by pointing, and walked to by a click", () => {
  /** @type {any[]} */
  const deeds = [];
  const scene = withRelations(convolution({ input_shape: [1, 3, 3] }));
  const view = opened(ConnectionsView, scene, {
    ...DEEDS,
    look: (/** @type {any} */ index) => deeds.push(["look", index]),
    seek: (/** @type {any} */ index) => deeds.push(["seek", index]),
  });
  const node = view.root.querySelectorAll(".node.out")[3];
  fire(node, "pointerover", { bubbles: true });
  fire(node, "click", { bubbles: true });
  assert.deepEqual(deeds, [
    ["look", 3],
    ["seek", 3],
  ]);
});

test("im2col: each window a row, the kernel a column, and results as far as the walk has come", () => {
  const scene = withRelations(convolution({ input_shape: [1, 3, 3] }));
  const view = opened(Im2colView, scene);
  const rows = (/** @type {string} */ kind) =>
    view.root
      .querySelectorAll(`table.${kind} tr`)
      .map((/** @type {any} */ row) => row.children.map((/** @type {any} */ cell) => cell.textContent).join(" "));
  assert.deepEqual(rows("windows"), ["0 1 3 4", "1 2 4 5", "3 4 6 7", "4 5 7 8"]);
  assert.deepEqual(rows("kernels"), ["1", "0", "0", "−1"]);
  assert.deepEqual(rows("results"), ["−4", "−4", "", ""]);
  fire(view.root.querySelector("button.turn"), "click");
  assert.deepEqual(rows("windows"), ["0 1 3 4", "1 2 4 5", "3 4 6 7", "4 5 7 8"]); // this one is symmetric
  assert.deepEqual(rows("results"), ["−4 −4  "]);
});

test("im2col: a cell that is pointed at lights its duplicates", () => {
  const scene = withRelations(convolution({ input_shape: [1, 3, 3] }));
  const view = opened(Im2colView, scene);
  const middle = view.root.querySelectorAll('[data-place="4"]');
  assert.equal(middle.length, 4);
  fire(middle[0], "pointerover", { bubbles: true });
  assert.ok(middle.every((/** @type {any} */ cell) => cell.classList.contains("same")));
  fire(view.root, "pointerleave");
  assert.ok(middle.every((/** @type {any} */ cell) => !cell.classList.contains("same")));
});

test("only layers of sliding windows are offered", () => {
  const scene = withRelations(convolution());
  assert.equal(offersView("im2col", scene.opening), true);
  assert.equal(offersView("im2col", { ...scene.opening, relations: null }), false);
  assert.equal(offersView("connections", /** @type {any} */ (withRelations(pooling([1, 4, 4])).opening)), false);
  assert.equal(offersView("im2col", /** @type {any} */ (withRelations(pooling([1, 4, 4])).opening)), true);
});

for (const [name, View] of Object.entries({ im2col: Im2colView, connections: ConnectionsView }))
  test(`${name}: what a fast walk passed over is shown in the end`, (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const scene = withRelations(convolution({ input_shape: [1, 20, 20] }));
    const view = new View(DEEDS);
    view.adopt(viewed(scene));
    const playing = { ...MANNER, playing: true };
    for (const index of [0, 30, 120, 300]) view.show(scene.steps[index], { ...playing, count: index + 1 });
    t.mock.timers.tick(200);
    const walked = name === "im2col" ? "[data-step]" : ".edge.lit[data-out]";
    const lit = view.root.querySelectorAll(walked).filter((/** @type {any} */ one) => one.classList.contains("lit"));
    const steps = attributes(lit, name === "im2col" ? "data-step" : "data-out");
    assert.ok(steps.length > 0 && steps.every((/** @type {string} */ step) => step === "300"), steps.join());
    view.close();
  });
