/** Light from a window to its grid, the dot of a sum, and a window on its way, by where they are drawn. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { beam, dot } from "../../static/stage/beams.js";
import { Glide } from "../../static/stage/glide.js";
import { EASE } from "../../static/words/vocabulary.js";
import { recorder, told } from "./canvas.js";
import { handClock } from "./stand_ins.js";

const FROM = { x: 10, y: 20, width: 30, height: 40 };

/** What a beam draws. @param {Box} to */
function drawnTo(to) {
  const context = recorder(null);
  beam(context, FROM, to, "blue");
  const paths = /** @type {number[][][]} */ ([]);
  for (const { name, args } of context.calls)
    if (name === "beginPath") paths.push([]);
    else if (name === "moveTo" || name === "lineTo") paths.at(-1)?.push(args);
  return { context, paths };
}

test("to a grid beside it light goes from the right edge to the left, to one below from foot to head", () => {
  const beside = drawnTo({ x: 100, y: 0, width: 20, height: 80 }).paths;
  assert.deepEqual(beside[0], [
    [40, 20],
    [100, 0],
    [100, 80],
    [40, 60],
  ]);
  const below = drawnTo({ x: 5, y: 60, width: 50, height: 10 }).paths;
  assert.deepEqual(below[0], [
    [10, 60],
    [5, 60],
    [55, 60],
    [40, 60],
  ]);
  const overlapping = drawnTo({ x: 100, y: 59, width: 5, height: 5 }).paths;
  assert.deepEqual(overlapping[0][0], [40, 20], "what begins before its end stands beside it");
});

test("the light is faint and its two edges are seen, the ends are open", () => {
  const { context, paths } = drawnTo({ x: 100, y: 0, width: 20, height: 80 });
  assert.deepEqual(paths.slice(1), [
    [
      [40, 20],
      [100, 0],
    ],
    [
      [100, 80],
      [40, 60],
    ],
  ]);
  const [fill] = told(context, "fill");
  const edges = told(context, "stroke");
  assert.ok(fill.alpha < edges[0].alpha);
  assert.deepEqual(
    edges.map(({ alpha, line }) => [alpha, line.strokeStyle, line.lineWidth]),
    [
      [0.5, "blue", 1],
      [0.5, "blue", 1],
    ],
  );
  assert.deepEqual([context.globalAlpha, context.fillStyle], [1, "blue"], "what is drawn next is not faint");
});

test("a sum on its way is a whole round dot", () => {
  const context = recorder(null);
  dot(context, [7, 9]);
  assert.deepEqual(told(context, "arc")[0].args, [7, 9, 5, 0, 2 * Math.PI]);
  assert.equal(told(context, "fill").length, 1);
});

/** A window on its way, at so many milliseconds. @param {number[]} from  @param {number[]} to */
function gliding(from, to) {
  let now = 0;
  mock.method(performance, "now", () => now);
  const time = handClock();
  const glide = new Glide(time.clock, () => {});
  const mark = (/** @type {number[]} */ [row, column]) => ({
    planes: [0],
    rows: [row, row + 1],
    columns: [column, column + 1],
  });
  glide.begin(mark(from), mark(to));
  const at = (/** @type {number} */ when) => {
    now = when;
    return glide.offset;
  };
  return { at, glide, time, mark };
}

test("a window begins where it was, slows down on its way and is there in time", (t) => {
  t.after(() => mock.restoreAll());
  const { at } = gliding([2, 0], [2, 4]);
  assert.deepEqual(at(0), { row: 0, column: -4 });
  const way = [0, 0.25, 0.5, 0.75, 1].map((share) => at(share * EASE).column);
  const steps = way.slice(1).map((place, turn) => place - way[turn]);
  assert.ok(
    steps.every((step, turn) => step > 0 && (turn === 0 || step < steps[turn - 1])),
    `${steps}`,
  );
  assert.equal(Math.abs(at(EASE).column), 0);
  assert.equal(Math.abs(at(10 * EASE).column), 0, "and stays there");
});

test("a window that sets out anew begins from where its step was", (t) => {
  t.after(() => mock.restoreAll());
  const { at, glide, mark } = gliding([0, 0], [0, 1]);
  at(EASE / 2);
  glide.begin(mark([0, 1]), mark([1, 1]));
  assert.deepEqual(at(EASE / 2), { row: -1, column: 0 });
});

test("what jumps while it is on its way is there at once", (t) => {
  t.after(() => mock.restoreAll());
  const { at, glide, mark, time } = gliding([0, 0], [0, 1]);
  assert.ok(at(EASE / 4).column < 0);
  glide.begin(mark([0, 1]), mark([5, 7]));
  assert.deepEqual([Math.abs(at(EASE / 4).row), Math.abs(at(EASE / 4).column)], [0, 0]);
  time.turn(1 / 60);
  assert.equal(time.running, false, "and needs no frame after the next");
});

test("what reads nothing has no way to go", (t) => {
  t.after(() => mock.restoreAll());
  const { glide, at } = gliding([0, 0], [0, 0]);
  const nothing = { planes: [0], rows: [], columns: [] };
  glide.begin(nothing, nothing);
  assert.deepEqual([Math.abs(at(0).row), Math.abs(at(0).column)], [0, 0]);
});
