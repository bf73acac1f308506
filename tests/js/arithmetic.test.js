/** The middle pane by itself: where the step is, the sum in figures, its board, and what lies under a pointer. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { gather } from "../../static/painters/gather.js";
import { ArithmeticPane } from "../../static/stage/arithmetic.js";
import { told } from "./canvas.js";
import { fire } from "./dom.js";
import { learnKorean } from "./korean.js";
import { convolution, lookedUp } from "./scenes.js";

learnKorean();

const ROOM = { width: 400, height: 300, text: 0, result: 40 };

/** A painter that tells what it was asked: its plan is the box, its key the channel. @param {object} [more] */
function painting(more = {}) {
  const asked = /** @type {any[]} */ ([]);
  const painter = /** @type {any} */ ({
    key: (/** @type {any} */ _model, /** @type {any} */ { at }) => `${at[0]}`,
    plan: (/** @type {any} */ _model, /** @type {any} */ { index }, /** @type {any} */ box) => {
      asked.push(["plan", index, box]);
      return { height: box.height, ...more };
    },
    still: (...[, , , { index }]) => asked.push(["still", index]),
    moving: (...[, , , { index }]) => asked.push(["moving", index]),
    probe: (...[, , , x, y]) => {
      asked.push(["probe", x, y]);
      return x < 0
        ? null
        : { channel: 0, row: Math.floor(y / 10), column: Math.floor(x / 10), text: [{ text: "1·2" }] };
    },
  });
  return { asked, painter };
}

/** A pane with the first step of a convolution. */
function pane({
  given = {},
  painter = /** @type {any} */ (gather),
  room = ROOM,
  type = 1,
  lines = 0,
  lang = "en",
} = {}) {
  const scene = convolution(/** @type {any} */ (given));
  const made = new ArithmeticPane();
  const model = { ...lookedUp(scene), lang };
  const find = (/** @type {string} */ selector) => /** @type {any} */ (made.node.querySelector(selector));
  find(".lines").box = { left: 0, top: 0, width: 0, height: lines };
  made.adopt(painter, model);
  made.fit(scene.steps[0], room, type);
  const text = (/** @type {string} */ selector) => find(selector)?.textContent ?? null;
  return { made, model, find, text, steps: /** @type {any[]} */ (scene.steps) };
}

test("the title says which layer and where, in words and in short", () => {
  const { made, text, find, steps } = pane();
  assert.deepEqual([text("b"), text(".long"), text(".short")], ["Some", "row 1, column 1", "[0, 0]"]);
  assert.equal(find(".short").getAttribute("aria-hidden"), "true", "read out once");
  made.show(steps[6]);
  assert.deepEqual([text(".long"), text(".short")], ["row 2, column 3", "[1, 2]"]);
});

test("of several channels the title says which", () => {
  const kernel = [[[1, 2]], [[3, 4]]].map((plane) => [plane]);
  const { made, text, steps } = pane({ given: { input_shape: [1, 1, 3], weight: kernel } });
  made.show(steps[3]);
  assert.deepEqual([text(".long"), text(".short")], ["channel 2, row 1, column 2", "[1, 0, 1]"]);
});

test("a layer without a name has that of the pane, and a canvas has a name to be read out", () => {
  const { made, model, steps, text, find } = pane();
  made.adopt(gather, { ...model, layer: /** @type {any} */ ({ title: undefined }) });
  made.fit(steps[0], ROOM, 1);
  assert.equal(text("b"), model.words.arithmetic);
  assert.equal(find("canvas").getAttribute("aria-label"), "Arithmetic of this step");
});

test("the name of a layer is in the language of the page", () => {
  const { made, model, steps, text } = pane();
  made.adopt(gather, { ...model, lang: "ko", layer: /** @type {any} */ ({ title: { en: "Edges", ko: "경계" } }) });
  made.fit(steps[0], ROOM, 1);
  assert.equal(text("b"), "경계");
});

/** @param {any} node */
const tokens = (node) => node.children.map((/** @type {any} */ span) => [span.textContent, span.className]);

test("the sum is written with the colours of its parts; what does not fit the spans before is made anew", () => {
  const { made, find, steps } = pane();
  const result = find(".result");
  assert.deepEqual(tokens(result), [
    ["Σ = ", "quiet"],
    ["−6", "output"],
  ]);
  const span = result.children[1];
  made.show({ ...steps[1], output: -7 });
  assert.equal(result.children[1], span, "the same length: only its text changes");
  assert.equal(span.textContent, "−7");
  made.show({ ...steps[1], output: 123 });
  assert.notEqual(result.children[1], span, "another length would be seen to move");
  assert.equal(result.textContent, "Σ = 123");
});

test("an arrow is turned to its angle, and what takes its place stands upright", () => {
  const { made, find, steps } = pane({ painter: painting().painter });
  made.show({ ...steps[0], angle: Math.PI / 2 });
  const turned = () => find(".result").children.map((/** @type {any} */ span) => span.style.rotate ?? "");
  assert.deepEqual(turned(), ["", "", `${Math.PI / 2}rad`, ""]);
  assert.match(find(".result").textContent, /➝ 90°$/);
  made.show({ ...steps[0], angle: 0 });
  assert.equal(turned()[2], "0rad");
  made.show(steps[0]);
  assert.deepEqual(turned(), ["", ""]);
});

test("a number that is none is a dash", () => {
  const { made, text, steps } = pane({ painter: painting().painter });
  made.show({ ...steps[0], output: null });
  assert.equal(text(".result"), "Σ = –");
});

test("the sum is as large as its room, and smaller where it would not fit", () => {
  const size = (/** @type {any} */ room) =>
    Number.parseInt(pane({ room: { ...ROOM, ...room } }).find(".result").style.fontSize, 10);
  assert.equal(size({}), 40);
  assert.equal(size({ result: 24 }), 24);
  const narrow = size({ width: 60 });
  assert.ok(narrow < 40 && narrow > 0, `${narrow}`);
  assert.equal(size({ text: 60 }), narrow, "the room beside the board is what counts");
  const { made, model, steps } = pane();
  assert.ok(narrow * made.widthOf(model, steps[0]) <= 60);
});

test("the widest number of the map has its room, whatever the step", () => {
  const { made, model, steps } = pane();
  assert.equal(made.widthOf(model, { ...steps[0], output: 1 }), made.widthOf(model, { ...steps[0], output: -6 }));
  assert.ok(made.widthOf(model, { ...steps[0], output: -60000 }) > made.widthOf(model, steps[0]));
});

test("the board has what the sum and its lines leave, and is never lower than it can be read", () => {
  const planned = (/** @type {any} */ room, /** @type {number} */ lines = 0, type = 1) => {
    const { asked, painter } = painting();
    const { find } = pane({ painter, room: { ...ROOM, ...room }, lines, type });
    return { box: asked[0][2], least: find(".lines").style.minHeight };
  };
  assert.deepEqual(planned({}).box, { width: 400, height: 300 - 48, least: undefined });
  assert.deepEqual(planned({}, 50), { box: { width: 400, height: 300 - 48 - 53, least: undefined }, least: "53px" });
  assert.deepEqual(planned({ text: 150 }, 50), { box: { width: 400, height: 300, least: undefined }, least: "" });
  assert.deepEqual(planned({ board: 120 }, 50), { box: { width: 400, height: 120, least: undefined }, least: "" });
  assert.equal(planned({ height: 10 }, 50).box.height, 40);
  assert.deepEqual(
    planned({}, 0, 2).box,
    { width: 200, height: 126, least: 12 },
    "in a hall all is drawn twice as large",
  );
});

test("a canvas that is drawn larger is as large on the page as its room", () => {
  const { find, made } = pane({ painter: painting().painter, type: 2 });
  assert.deepEqual([find("canvas").style.width, find("canvas").style.height], ["400px", "252px"]);
  assert.deepEqual([find("canvas").width, find("canvas").height], [400, 252], "and as sharp");
  assert.equal(find(".result").style.minHeight, "48px");
  assert.equal(made.type, 2);
});

test("only another plan draws anew what stands still", () => {
  const { asked, painter } = painting();
  const { made, steps } = pane({ painter });
  asked.length = 0;
  made.show(steps[1]);
  assert.deepEqual(asked, [["moving", 1]]);
  made.show({ ...steps[2], at: [1, 0, 0] });
  assert.deepEqual(
    asked.slice(1).map(([what]) => what),
    ["plan", "still", "moving"],
  );
});

test("a step that passes without its numbers is written only where they stand elsewhere", () => {
  const { asked, painter } = painting();
  const { made, steps, text } = pane({ painter });
  asked.length = 0;
  made.show(steps[1], true);
  assert.deepEqual([asked, text(".long")], [[], "row 1, column 1"]);
  made.show({ ...steps[2], at: [1, 0, 0] }, true);
  assert.equal(asked.map(([what]) => what).join(), "plan,still,moving");
});

test("lines of the sum are counted in letters", () => {
  const { made, model, steps } = pane();
  assert.deepEqual(made.lettersOf(model, steps[0]), []);
  const line = { kind: "relation", sides: [{ kind: "symbol", name: "y" }, "1 + 1", 2], signs: ["=", "="] };
  const ruled = /** @type {any} */ ({ ...model, rule: { numbers: [line, line], said: [] } });
  const [one, other] = made.lettersOf(ruled, steps[0]);
  assert.ok(one > 0 && one === other);
});

const PARTS = [
  { part: "window", x: 0, y: 0, cell: 10, rows: 2, columns: 2 },
  { part: "kernel", x: 50, y: 0, cell: 10, rows: 2, columns: 2 },
  { part: "products", x: 100, y: 0, cell: 10, rows: 1, columns: 2 },
  { part: "sums", x: 150, y: 0, cell: 10, rows: 2, columns: 1 },
];
const ROWS = [
  { channel: 0, parts: PARTS },
  { channel: 1, parts: PARTS },
];

/** A pane that is pointed at, and what it told. */
function pointed({ type = 1, stands = true } = {}) {
  const { asked, painter } = painting({ rows: ROWS });
  const { made, find, steps } = pane({ painter, type });
  const probes = /** @type {any[]} */ ([]);
  made.listen(
    (probe) => probes.push(probe && [probe.row, probe.column]),
    () => (stands ? steps[0] : null),
  );
  const canvas = find("canvas");
  canvas.box = { left: 100, top: 50, width: 400, height: 252 };
  const frames = () => told(canvas.getContext("2d"), "strokeRect").map(({ args, colour }) => [colour, ...args]);
  const point = (/** @type {number} */ x, /** @type {number} */ y) => {
    asked.length = 0;
    canvas.getContext("2d").calls.length = 0;
    fire(canvas, "pointermove", { clientX: 100 + x, clientY: 50 + y });
  };
  return { asked, canvas, find, frames, point, probes };
}

test("the cells that belong together are framed, each in the colour of its part, where they have that cell", () => {
  const { point, frames, find, probes } = pointed();
  point(15, 5);
  assert.deepEqual(probes, [[0, 1]]);
  assert.equal(find(".readout").textContent, "1·2");
  const own = frames().filter(([colour]) => colour !== "paper");
  assert.deepEqual(own, [
    ["blue", 12, 2, 6, 6],
    ["amber", 62, 2, 6, 6],
    ["teal", 112, 2, 6, 6],
  ]);
  point(5, 15);
  assert.deepEqual(
    frames().filter(([colour]) => colour !== "paper"),
    [
      ["blue", 2, 12, 6, 6],
      ["amber", 52, 12, 6, 6],
      ["teal", 152, 12, 6, 6],
    ],
    "the products have one row, the sums one column",
  );
});

test("what was framed goes before the next is, and within one cell nothing is drawn twice", () => {
  const { point, asked } = pointed();
  point(15, 5);
  assert.deepEqual(
    asked.map(([what]) => what),
    ["probe", "moving"],
  );
  point(16, 6);
  assert.deepEqual(
    asked.map(([what]) => what),
    ["probe"],
  );
  point(5, 5);
  assert.deepEqual(
    asked.map(([what]) => what),
    ["probe", "plan", "still", "moving"],
  );
});

test("beside every cell nothing is framed or read, and a pointer that leaves takes all with it", () => {
  const { point, frames, find, probes, canvas, asked } = pointed();
  point(15, 5);
  point(-5, 5);
  assert.deepEqual([frames(), find(".readout").textContent, probes.at(-1)], [[], "", null]);
  point(15, 5);
  asked.length = 0;
  fire(canvas, "pointerleave");
  assert.deepEqual([find(".readout").textContent, probes.at(-1)], ["", null]);
  assert.deepEqual(
    asked.map(([what]) => what),
    ["plan", "still", "moving"],
  );
  asked.length = 0;
  fire(canvas, "pointerleave");
  assert.deepEqual(asked, [], "nothing was lit");
});

test("a pointer is found on a board that is drawn twice as large, and on none without a step", () => {
  const { point, asked, probes } = pointed({ type: 2 });
  point(30, 10);
  assert.deepEqual([asked[0], probes], [["probe", 15, 5], [[0, 1]]]);
  const none = pointed({ stands: false });
  none.point(15, 5);
  assert.deepEqual([none.asked, none.probes], [[], []]);
});
