/** Grids of gradients: keys that lead over them, planes that follow the walk, shares that are written into them. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { BackwardView } from "../../static/views/backward/backward-view.js";
import { Gradients, TOLD_AT_ONCE } from "../../static/views/backward/gradients.js";
import { Grid } from "../../static/views/backward/grid.js";
import { ShareRow } from "../../static/views/backward/share-row.js";
import { sayIn } from "../../static/words/language.js";
import { fire } from "./dom.js";
import { learnKorean } from "./korean.js";
import { convolution, counted, DEEDS, MANNER, viewed } from "./scenes.js";
import { settled } from "./stand_ins.js";

learnKorean();

/** A grid on the page whose cells keys lead to. @param {number[]} shape */
function walkable(shape) {
  const grid = new Grid("given", "dY", "gradient of the output", shape);
  grid.walkable("dY gradient of the output");
  document.body.replaceChildren(grid.root);
  grid.root.focus();
  const press = (/** @type {string} */ key, more = {}) => {
    const event = fire(document.activeElement, "keydown", { key, ...more });
    return event.defaultPrevented;
  };
  const here = () => Number(document.activeElement?.getAttribute("data-place") ?? -1);
  return { grid, press, here };
}

test("the first arrow leads to the lit cell, or to the first where none is", () => {
  const { grid, press, here } = walkable([1, 2, 3]);
  assert.equal(press("ArrowDown"), true);
  assert.equal(here(), 0);
  grid.mark("lit", (place) => place === 4);
  grid.root.focus();
  press("ArrowLeft");
  assert.equal(here(), 4);
});

test("arrows lead to the cell beside, over the edge of a plane into the next one, and no further", () => {
  const { press, here } = walkable([2, 2, 3]);
  press("ArrowDown");
  const way = (/** @type {string} */ keys) =>
    [...keys].map((key) => {
      press({ u: "ArrowUp", d: "ArrowDown", l: "ArrowLeft", r: "ArrowRight" }[key] ?? key);
      return here();
    });
  assert.deepEqual(way("rr"), [1, 2]);
  assert.deepEqual(way("rrr"), [6, 7, 8], "the first row of the second plane");
  assert.deepEqual(way("r"), [8], "behind it lies none");
  assert.deepEqual(way("dd"), [11, 11]);
  assert.deepEqual(way("uu"), [8, 8]);
  assert.deepEqual(way("lll"), [7, 6, 2], "and back");
  assert.deepEqual(way("lll"), [1, 0, 0]);
});

test("a single cell and a row of a vector have no way up or down", () => {
  for (const [shape, places] of /** @type {[number[], number[]][]} */ ([
    [
      [1, 1, 1],
      [0, 0, 0, 0],
    ],
    [
      [4, 1, 1],
      [0, 0, 1, 0],
    ],
  ])) {
    const { press, here } = walkable(shape);
    press("ArrowUp");
    const found = ["ArrowUp", "ArrowDown", "ArrowRight", "ArrowLeft"].map((key) => {
      press(key);
      return here();
    });
    assert.deepEqual(found, places);
  }
});

test("keys of the page and of other keys beside them stay theirs", () => {
  const { press } = walkable([1, 2, 3]);
  for (const more of [{ altKey: true }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }])
    assert.equal(press("ArrowRight", more), false, JSON.stringify(more));
  assert.equal(press(" "), false);
});

test("a grid that keys lead over is one stop of the keyboard with a name; its cells are none", () => {
  const { grid } = walkable([1, 2, 3]);
  assert.deepEqual([grid.root.getAttribute("role"), grid.root.getAttribute("tabindex")], ["group", "0"]);
  assert.equal(grid.root.getAttribute("aria-label"), "dY gradient of the output");
  assert.ok([...grid.cells.values()].every((cell) => cell.getAttribute("tabindex") === "-1"));
});

test("planes follow the walk, three at once, and the last three stay to the end", () => {
  const grid = new Grid("held", "dX", "", [5, 2, 2]);
  const first = (/** @type {number} */ place) => {
    grid.follow(place);
    return [...grid.cells.keys()][0];
  };
  assert.deepEqual([0, 3, 4, 8, 12, 19].map(first), [0, 0, 4, 8, 8, 8]);
  const cell = grid.cells.get(8);
  grid.follow(11);
  assert.equal(grid.cells.get(8), cell, "within a plane nothing is made anew");
  assert.match(grid.tables.textContent ?? "", /…$/);
  const few = new Grid("held", "dX", "", [3, 2, 2]);
  few.follow(11);
  assert.deepEqual([few.cells.size, few.tables.textContent], [12, ""]);
});

test("the focus stays on its cell when planes move, or on the grid where its cell went", () => {
  const { grid, press, here } = walkable([6, 1, 2]);
  press("ArrowDown");
  for (let turn = 0; turn < 4; turn += 1) press("ArrowRight");
  assert.equal(here(), 4);
  grid.follow(2);
  assert.equal(here(), 4);
  assert.equal(grid.cells.get(4)?.getAttribute("tabindex"), "-1");
  grid.follow(10);
  assert.equal(document.activeElement, grid.root);
});

test("numbers are written where they stand, and what is none is a dash", () => {
  const grid = new Grid("held", "db", "gradient of the bias", [4]);
  grid.write([1, -2.5, null, Number.NaN]);
  const texts = [...grid.cells.values()].map(({ textContent }) => textContent);
  assert.deepEqual(texts, ["1", "−2.5", "–", "–"]);
  assert.equal(grid.caption.textContent, "db gradient of the bias");
});

/** A row of shares to an input of five planes. */
function shareRow() {
  const told = {
    name: "dX",
    about: "of the input",
    factor: "weights",
    role: "kernel",
    shape: [5, 2, 2],
    window: [1, 2],
  };
  const row = new ShareRow(told, sayIn("en"));
  const first = () => [...row.held.cells.keys()][0];
  const lit = () => [...row.held.cells].filter(([, cell]) => cell.classList.contains("lit")).map(([place]) => place);
  return { row, first, lit };
}
const AFTER = counted([5, 2, 2]);

test("a share that is exact is equal, one that is rounded is nearly so, and a negative dY has brackets", () => {
  const { row } = shareRow();
  const signs = (/** @type {number | null} */ dy, /** @type {number[]} */ factors) => {
    row.show({ cells: [0, 1], factors, added: factors, after: AFTER }, dy);
    return [row.times.textContent, row.equals.textContent];
  };
  assert.deepEqual(signs(2, [1, 3]), ["2", "="]);
  assert.deepEqual(signs(-2, [1, 3]), ["(−2)", "="]);
  assert.deepEqual(signs(1 / 3, [1, 3]), ["0.333", "≈"]);
  assert.deepEqual(signs(1, [1, 1 / 7]), ["1", "≈"]);
  assert.deepEqual(signs(null, [1, 3]), ["–", "="]);
});

test("the planes of a share come into sight; a window wholly in the padding leaves those that stand", () => {
  const { row, first, lit } = shareRow();
  const show = (/** @type {number[]} */ cells) => row.show({ cells, factors: [1, 1], added: [1, 1], after: AFTER }, 1);
  show([4, -1]);
  assert.deepEqual([first(), lit()], [4, [4]]);
  const padded = () => [...row.added.cells.values()].map((cell) => cell.classList.contains("padding"));
  assert.deepEqual(padded(), [false, true]);
  show([0, -1]);
  assert.deepEqual([first(), padded()], [0, [false, true]]);
  show([4, -1]);
  show([-1, -1]);
  assert.deepEqual([first(), lit(), padded()], [4, [], [true, true]]);
});

test("steps are asked for in blocks, each once, and again where the answer failed", async () => {
  const asked = /** @type {string[]} */ ([]);
  let broken = false;
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      const start = Number(new URL(address).searchParams.get("start"));
      asked.push(`${new URL(address).searchParams.get("dy")} ${start}`);
      if (broken) throw new TypeError("no network");
      return Response.json({
        start,
        steps: Array.from({ length: TOLD_AT_ONCE }, (_, place) => ({ index: start + place })),
      });
    }
  );
  const gradients = new Gradients(viewed(convolution()));
  assert.equal(gradients.at("ones", 70), undefined);
  await Promise.all([gradients.bring("ones", 70), gradients.bring("ones", 64)]);
  await settled();
  assert.equal(gradients.at("ones", 127)?.step.index, 127);
  assert.equal(gradients.at("output", 70), undefined, "of another gradient of the output nothing is known");
  broken = true;
  for (let turn = 0; turn < 2; turn += 1) await assert.rejects(gradients.bring("output", 3));
  assert.deepEqual(asked, ["ones 64", "output 0", "output 0"]);
});

/** A view of two steps, and what was told. @param {object} [shapes]  @param {string} [language] */
function backwards(shapes = {}, language = "en") {
  globalThis.fetch = /** @type {any} */ (async () => new Promise(() => {}));
  const told = /** @type {any[]} */ ([]);
  const tell = (/** @type {string} */ name) => (/** @type {any} */ what) => told.push([name, what]);
  const scene = convolution({ input_shape: [1, 2, 2], weight: [[[[5, -3]]]] });
  scene.opening.backward = /** @type {any} */ ({ dy: [1, 2, 1], window: [1, 1, 2], dx: [1, 2, 2], ...shapes });
  const view = new BackwardView({ ...DEEDS, look: tell("look"), seek: tell("seek"), probe: tell("probe") });
  view.adopt({ ...viewed(scene), language });
  document.body.replaceChildren(view.root);
  view.show(scene.steps[0], MANNER);
  return { view, told, scene };
}

test("Enter on a cell of dY walks there, on another cell nowhere", () => {
  const { view, told } = backwards();
  const given = fire(view.given?.cells.get(1), "keydown", { key: "Enter" });
  fire(view.given?.cells.get(0), "keydown", { key: "x" });
  const held = fire(view.rows[0].held.cells.get(1), "keydown", { key: "Enter" });
  assert.deepEqual([given.defaultPrevented, held.defaultPrevented], [true, false]);
  assert.deepEqual(
    told.filter(([what]) => what === "seek"),
    [["seek", 1]],
  );
});

test("a cell of dX is pointed at in the input; what the pointer leaves is let go", () => {
  const { view, told } = backwards({ dw: [1, 1, 1, 2] });
  fire(view.rows[1].held.cells.get(1), "pointerover");
  assert.deepEqual(told.at(-1), ["probe", null], "a weight is no cell of the input");
  told.length = 0;
  fire(view.rows[0].held.cells.get(3), "pointerover");
  assert.deepEqual(told, [
    ["look", null],
    ["probe", { part: "input", channel: 0, row: 1, column: 1, text: [] }],
  ]);
  told.length = 0;
  fire(view.root, "pointerleave");
  assert.deepEqual(told, [
    ["look", null],
    ["probe", null],
  ]);
});

test("a cell of the input that is pointed at on the stage is marked in dX alone", () => {
  const { view } = backwards({ dw: [1, 1, 1, 2] });
  const same = () =>
    view.rows.map(({ held }) =>
      [...held.cells].filter(([, cell]) => cell.classList.contains("same")).map(([place]) => place),
    );
  view.light(/** @type {any} */ ({ part: "input", channel: 0, row: 0, column: 1 }));
  assert.deepEqual(same(), [[1], []]);
  view.light(/** @type {any} */ ({ part: "kernel", channel: 0, row: 0, column: 0 }));
  assert.deepEqual(same(), [[], []]);
  view.light(null);
  assert.deepEqual(same(), [[], []]);
});

test("a layer without weights has the gradient of its input alone, and says how each step shares", () => {
  const names = (/** @type {any} */ view) => view.rows.map((/** @type {any} */ row) => row.name);
  const plain = backwards().view;
  assert.deepEqual(names(plain), ["dX"]);
  assert.match(plain.about.textContent ?? "", /changes by when the cell changes by 1/);
  const weighted = backwards({ dw: [1, 1, 1, 2], db: [1] }).view;
  assert.deepEqual(names(weighted), ["dX", "dW", "db"]);
  assert.match(weighted.about.textContent ?? "", /dY times the weight to dX/);
});

test("in Korean it is said in Korean", () => {
  const { view } = backwards({ dw: [1, 1, 1, 2] }, "ko");
  assert.match(view.about.textContent ?? "", /[가-힣]/);
  for (const button of /** @type {any[]} */ (view.root.querySelectorAll("button")))
    assert.match(button.textContent, /[가-힣]/);
});
