/** Parts of the stage by themselves: a window on its way, what a pointer looks at, ways to share a room, effects. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { gather } from "../../static/painters/gather.js";
import { deckOf, resultSize, rowOf } from "../../static/stage/candidates.js";
import { Effects } from "../../static/stage/effects.js";
import { Glide } from "../../static/stage/glide.js";
import { Pointing } from "../../static/stage/pointing.js";
import { recorder, told } from "./canvas.js";
import { fire } from "./dom.js";
import { convolution, lookedUp, PALETTE } from "./scenes.js";
import { handClock, settled } from "./stand_ins.js";

/** @param {number[]} rows  @param {number[]} columns */
const mark = (rows, columns, planes = [0]) => ({ planes, rows, columns });

test("a window glides along a row or a column, and jumps everywhere else", () => {
  for (const { from, to, glides } of [
    { from: mark([2], [3]), to: mark([2], [4]), glides: { row: 0, column: -1 } },
    { from: mark([2, 3], [0]), to: mark([3, 4], [0]), glides: { row: -1, column: 0 } },
    { from: mark([2], [9]), to: mark([3], [0]), glides: null },
    { from: mark([2], [3]), to: mark([2], [4], [1]), glides: null },
  ]) {
    const time = handClock();
    const glide = new Glide(time.clock, () => {});
    glide.begin(from, to);
    assert.equal(time.running, glides !== null);
    for (const axis of /** @type {const} */ (["row", "column"])) {
      const rest = glide.offset[axis];
      if (glides?.[axis]) assert.ok(rest < 0 && rest >= -1, `${rest}`);
      else assert.equal(Math.abs(rest), 0);
    }
    glide.close();
    assert.equal(time.running, false);
  }
});

test("a glide draws each frame until it is there, and then the clock stands", async () => {
  const time = handClock();
  let drawn = 0;
  const glide = new Glide(time.clock, () => {
    drawn += 1;
  });
  glide.begin(mark([0], [0]), mark([0], [1]));
  time.turn(2 / 60);
  assert.deepEqual([drawn, time.running], [2, true]);
  await new Promise((go) => setTimeout(go, 140));
  time.turn(1 / 60);
  assert.deepEqual([drawn, time.running], [3, false]);
  assert.ok(Math.abs(glide.offset.column) < 1e-9);
});

/** A pane of two planes of three rows and four columns, ten pixels a cell. @param {"input" | "output"} role */
function pane(role, shape = [1, 4, 5]) {
  const node = /** @type {any} */ (document.createElement("section"));
  const sheet = /** @type {any} */ (document.createElement("div"));
  sheet.box = { left: 0, top: 0, width: 10 * shape[2], height: 10 * shape[1] };
  node.append(sheet);
  const atPoint = (/** @type {number} */ x, /** @type {number} */ y) => [0, Math.floor(y / 10), Math.floor(x / 10)];
  return /** @type {any} */ ({ role, node, view: { sheet: { node: sheet }, atPoint, picture: { shape } } });
}

/** What is looked at, chosen and lit over both panes of a convolution. */
function pointed() {
  const scene = convolution();
  const heard = /** @type {any[]} */ ([]);
  const stage = {
    model: lookedUp(scene),
    painter: gather,
    step: scene.opening.steps[0],
    light: (/** @type {any} */ lit) => heard.push(["light", lit]),
  };
  const pointing = new Pointing(stage, {
    hover: (index) => heard.push(["hover", index]),
    pick: (index) => heard.push(["pick", index]),
  });
  const panes = { input: pane("input"), output: pane("output", [1, 3, 4]) };
  for (const one of Object.values(panes)) pointing.listen(one);
  const at = (
    /** @type {"input" | "output"} */ role,
    /** @type {string} */ type,
    /** @type {number[]} */ cell,
    more = {},
  ) => {
    heard.length = 0;
    const [row, column] = cell;
    const place = { clientX: 10 * column + 5, clientY: 10 * row + 5, buttons: 0, button: 0 };
    fire(panes[role].node, type, { pointerType: "mouse", ...place, ...more });
    return heard.filter(([what, lit]) => what !== "light" || Object.keys(lit).length);
  };
  return { at, pointing, heard, stage };
}

test("an output cell is its step to look at; beyond the map there is none", () => {
  const { at } = pointed();
  assert.deepEqual(at("output", "pointermove", [1, 2]), [["hover", 6]]);
  assert.deepEqual(at("output", "pointermove", [3, 0]), [["hover", null]]);
  assert.deepEqual(at("output", "pointerleave", [0, 0]), [["hover", null]]);
});

test("an input cell lights the outputs it feeds, and is no step", () => {
  const { at } = pointed();
  const [hover, light] = at("input", "pointermove", [1, 2]);
  assert.deepEqual(hover, ["hover", null]);
  assert.deepEqual(light[1].output, { planes: [0], rows: [0, 1], columns: [1, 2] });
  assert.equal(light[1].colour, "teal");
});

test("a click on an input cell goes to the middle one of the steps that read it", () => {
  const { at } = pointed();
  assert.deepEqual(at("input", "click", [1, 2]), [["pick", 6]]);
  assert.deepEqual(at("output", "click", [2, 3]), [["pick", 11]]);
  assert.deepEqual(at("output", "click", [9, 9]), []);
});

test("a finger looks at nothing in passing; a drag scrubs once it is more than a tremble", () => {
  const { at } = pointed();
  assert.deepEqual(at("output", "pointermove", [1, 2], { pointerType: "touch" }), []);
  at("output", "pointerdown", [0, 0], { clientX: 5, clientY: 5 });
  const moved = (/** @type {number} */ x) =>
    at("output", "pointermove", [0, 0], { clientX: x, clientY: 5, buttons: 1, pointerType: "touch" });
  assert.deepEqual(moved(9), []);
  assert.deepEqual(moved(25), [["pick", 2]]);
});

test("a weight lights each cell it ever multiplies, a cell of the window itself", () => {
  const { pointing, heard } = pointed();
  pointing.probed(/** @type {any} */ ({ part: "kernel", channel: 0, row: 1, column: 0 }));
  assert.deepEqual(heard.pop()[1].input, { planes: [0], rows: [1, 2, 3], columns: [0, 1, 2, 3] });
  pointing.probed(/** @type {any} */ ({ part: "products", channel: 0, row: 1, column: 1 }));
  assert.deepEqual(heard.pop()[1].input, { planes: [0], rows: [1], columns: [1] });
  pointing.probed(null);
  assert.deepEqual(heard.pop()[1], {});
});

const BOARD = { columns: 9, rows: 3, count: 1, signs: 2, letters: 4 };
const WISHES = { board: BOARD, lines: [60], sum: 3, picture: { steepness: 0.7, columns: 64 } };
const VIEWS = ["input", "arithmetic", "output"];

test("panes beside each other take the width they are given and no more", () => {
  for (const width of [620, 1000, 1500])
    for (const { style, side, middle } of rowOf(
      { width, height: 420, seen: 420, narrow: false, type: 1, result: 50 },
      VIEWS,
      WISHES,
    )) {
      const gap = Number(/gap:(\d+)px/.exec(style)?.[1]);
      assert.ok(2 * side.width + middle.width + 2 * gap <= width && side.width > 0);
      assert.ok(side.height < 420 && middle.height < 420);
    }
});

test("a deck leaves a fifth of its height to the pictures, and its board stands in its own width", () => {
  for (const [width, height] of [
    [1000, 560],
    [700, 640],
    [340, 500],
  ]) {
    const decks = deckOf({ width, height, seen: height, narrow: width < 480, type: 1, result: 40 }, VIEWS, WISHES);
    assert.ok(decks.length > 0);
    for (const { side, middle, cell } of decks) {
      assert.ok(side.height >= height / 5);
      assert.ok(side.height + middle.height <= height);
      assert.ok(9 * cell + 60 <= (middle.text ? middle.width : width));
      assert.ok(middle.width + (middle.text ? middle.text : 0) <= width);
    }
  }
});

test("a sum grows with its stage between two bounds; a hall's is bound by its back row alone", () => {
  assert.deepEqual(
    [100, 300, 4000].map((height) => resultSize(height)),
    [24, 36, 56],
  );
  assert.ok(resultSize(4000, 2000) >= 0.06 * 2000);
});

/** Effects on a stage whose places a test knows. */
function effects() {
  const time = handClock();
  const node = /** @type {any} */ (document.createElement("div"));
  const asked = { places: 0 };
  Object.defineProperty(node, "offsetWidth", {
    get() {
      asked.places += 1;
      return 900;
    },
  });
  const board = /** @type {any} */ (document.createElement("div"));
  const context = recorder(null);
  const view = { marks: recorder(null), palette: PALETTE, lettering: { size: 0 }, grid: { wrapped: false } };
  const pictures = { input: { view, node: board }, output: { view: null, node: board } };
  const stage = /** @type {any} */ ({ node, clock: time.clock, model: { palette: PALETTE }, pictures });
  stage.board = { plan: null, node: board, type: 1 };
  const made = new Effects(stage, /** @type {any} */ ({ drawFrame() {}, sizeCanvas: () => context }));
  const shown = /** @type {any} */ ({
    step: {},
    reads: mark([], []),
    writes: mark([0], [0]),
    offset: { row: 0, column: 0 },
  });
  return { made, time, asked, shown, canvas: node.firstElementChild };
}

test("what is too fast to be followed asks for no place, which would cost a layout", async () => {
  const { made, asked, canvas } = effects();
  for (let turn = 0; turn < 9; turn += 1) made.over(null);
  await settled();
  assert.deepEqual([asked.places, canvas.hidden], [0, true]);
});

test("places are asked for once all of a step is written, and once for all that was told of it", async () => {
  const { made, asked, shown, canvas } = effects();
  made.over(shown);
  made.over(shown);
  assert.equal(asked.places, 0);
  await settled();
  assert.deepEqual([asked.places > 0, canvas.hidden], [true, false]);
  const once = asked.places;
  made.over(shown);
  made.over(null);
  await settled();
  assert.deepEqual([asked.places, canvas.hidden], [once, true], "gone before it was drawn");
});

test("effects stop the clock when they are over, and when the stage closes", async () => {
  const { made, time, shown } = effects();
  made.over(shown);
  await settled();
  made.begin();
  assert.equal(time.running, true);
  await new Promise((go) => setTimeout(go, 380));
  time.turn(1 / 60);
  assert.equal(time.running, false);
  made.begin();
  made.close();
  assert.equal(time.running, false);
});

test("nothing steps back where numbers are read", () => {
  const { made, shown } = effects();
  const { view } = made.stage.pictures.input;
  const lined = { ...shown, reads: mark([0], [0]) };
  Object.assign(/** @type {any} */ (view), { places: [], side: { width: 9, height: 9 } });
  made.under(lined);
  assert.equal(/** @type {any} */ (view).marks.globalAlpha, 1);
  Object.assign(/** @type {any} */ (view), { lettering: { size: 12 }, marks: recorder(null) });
  made.under(lined);
  assert.equal(told(/** @type {any} */ (view).marks, "fill").length, 0);
});
