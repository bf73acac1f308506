/** Which steps are walked, how fast, where playing pauses, and which blocks of steps that needs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comingBlocks, furthest, nearBlocks } from "../../static/player/ahead.js";
import { Route } from "../../static/player/route.js";
import { BLOCK } from "../../static/words/vocabulary.js";

const FREE = Number.POSITIVE_INFINITY;

/** A route with bounds. @param {object} bounds */
function bounded(bounds = {}, steps = 100, every = 1) {
  const route = new Route(steps, every);
  route.bound({ first: 0, last: steps - 1, stops: [], within: FREE, ...bounds });
  return route;
}

test("whatever is asked for, a step that is walked is found", () => {
  const route = bounded({ first: 10, last: 20 });
  const asked = [-5, 0, 10, 14.9, 20, 21, 1e9, -FREE, FREE, Number.NaN];
  assert.deepEqual(
    asked.map((index) => route.nearest(index)),
    [10, 10, 10, 14, 20, 20, 20, 10, 20, 10],
  );
});

test("a walk of one step has that one, and one of none begins at its beginning", () => {
  for (const steps of [0, 1]) {
    const route = new Route(steps);
    assert.deepEqual([route.first, route.last, route.nearest(7)], [0, 0, 0]);
    assert.deepEqual([route.after(0), route.before(0)], [0, 0]);
  }
});

test("where each fourth step is there, and the last, only those are found", () => {
  const route = new Route(11, 4);
  assert.deepEqual(
    [0, 1, 3, 4, 7, 8, 9, 10].map((index) => route.nearest(index)),
    [0, 0, 0, 4, 4, 8, 8, 10],
  );
  const beside = (/** @type {number} */ index, /** @type {number} */ count) => route.beside(index, count);
  assert.deepEqual([beside(4, 1), beside(4, -1), beside(4, 2)], [8, 0, 12]);
  assert.deepEqual([beside(10, -1), beside(10, 1)], [8, 12], "from the last, which is none of the fourths");
});

test("without gaps the steps beside are those beside", () => {
  const route = new Route(100);
  assert.deepEqual([route.beside(7, 1), route.beside(7, -1), route.beside(7, 10), route.beside(0, -1)], [8, 6, 17, -1]);
});

test("playing pauses at the stops between the ends, and at the ends", () => {
  const route = bounded({ first: 10, last: 50, stops: [5, 10, 20, 30, 50, 70] });
  assert.deepEqual(route.stops, [20, 30], "a stop at an end, or beyond it, is none");
  assert.deepEqual(
    [10, 19, 20, 29, 30, 50].map((index) => route.after(index)),
    [20, 20, 30, 30, 50, 50],
  );
  assert.deepEqual(
    [10, 20, 21, 30, 31, 50].map((index) => route.before(index)),
    [10, 10, 20, 20, 30, 30],
  );
});

test("each stretch between stops takes an equal share of the time, however many steps it has", () => {
  const route = bounded({ last: 90, stops: [10, 40], within: 30 });
  const seconds = (/** @type {number} */ from, /** @type {number} */ to) => (to - from) / route.pace(from);
  assert.deepEqual([seconds(0, 10), seconds(10, 40), seconds(40, 90)], [10, 10, 10]);
  assert.equal(route.pace(0), route.pace(9), "the same at each step between them");
  assert.equal(bounded({ within: 33 }).pace(50), 3);
});

test("a walk whose speed nobody chose begins slowly and has its speed after a while, from its own first step", () => {
  const route = bounded({ first: 50, last: 99 });
  route.gentle = true;
  assert.equal(route.eased(100, 50), 2);
  assert.ok(route.eased(100, 60) > 2 && route.eased(100, 60) < 100);
  assert.equal(route.eased(4, 99), 4, "and no faster");
  assert.equal(route.eased(1, 50), 1, "what is slower stays so");
  assert.equal(route.eased(100, 10), 2, "before the first step, too");
});

test("a chosen speed, or a time for all of it, is kept from the first step on", () => {
  const timed = bounded({ within: 10 });
  timed.gentle = true;
  assert.equal(timed.eased(100, 0), 100);
  timed.free();
  assert.deepEqual([timed.eased(100, 0), timed.gentle, timed.within], [100, false, FREE]);
});

/** Blocks of so many steps, as a buffer numbers them. */
const BUFFER = {
  numberOf: (/** @type {number} */ index, /** @type {number} */ level) => Math.floor(index / (BLOCK * 2 ** level)),
};
const spelt = (/** @type {{ level: number, number: number }[]} */ blocks) =>
  blocks.map(({ level, number }) => `${level}:${number}`);

test("ahead of the play head lies its own block, the next one, and those within its distance", () => {
  const ahead = (/** @type {object} */ more, /** @type {number | null} */ again = null) =>
    spelt(comingBlocks(BUFFER, { index: 0, until: 100 * BLOCK, distance: BLOCK / 2, level: 0, ...more }, again));
  assert.deepEqual(ahead({}), ["0:0", "0:1"]);
  assert.deepEqual(ahead({ distance: 3 * BLOCK }), ["0:0", "0:1", "0:2", "0:3"]);
  assert.deepEqual(ahead({ index: 5 * BLOCK, level: 1 }), ["1:2", "1:3"]);
  assert.deepEqual(ahead({}, 0), ["0:0", "0:1"], "the end is far: nothing of the next turn yet");
});

test("near its end the last step is asked for as it is, and for a loop its beginning", () => {
  const until = 10 * BLOCK - 1;
  const near = { index: 9 * BLOCK, until, distance: BLOCK, level: 2 };
  assert.deepEqual(spelt(comingBlocks(BUFFER, near, null)), ["2:2", "2:3", "0:9"]);
  assert.deepEqual(spelt(comingBlocks(BUFFER, near, 0)), ["2:2", "2:3", "0:9", "2:0"]);
});

test("around a step that is looked at lie the quarters of a block on both sides, and the rows above and below", () => {
  const near = (/** @type {number} */ index, /** @type {number[]} */ ...more) =>
    spelt(nearBlocks(BUFFER, index, 4 * BLOCK, ...more));
  assert.deepEqual(near(0), ["0:0", "0:0"], "nothing before the first");
  assert.deepEqual(near(BLOCK), ["0:1", "0:0", "0:1"]);
  assert.deepEqual(near(4 * BLOCK - 1), ["0:3", "0:3"], "nothing behind the last");
  assert.deepEqual(near(2 * BLOCK, 1, BLOCK + 1), ["0:2", "0:1", "0:2", "0:0", "0:3"]);
  assert.deepEqual(near(BLOCK, 4), ["2:0", "2:0", "2:0"], "of each fourth step there are blocks four times as long");
  assert.equal(near(BLOCK + 1, 4)[0], "0:1", "the last step is none of those");
});

/** What is here. @param {number[]} here */
const having = (here) => ({
  get: (/** @type {number} */ index) => (here.includes(index) ? /** @type {any} */ ({ index }) : undefined),
});

test("the step that is due is shown, or the last before it that is here, but none that was shown", () => {
  const shown = (/** @type {number[]} */ here, /** @type {number} */ goal, /** @type {number} */ index, every = 1) =>
    furthest(having(here), goal, index, every)?.index;
  assert.equal(shown([5, 6, 7], 7, 4), 7);
  assert.equal(shown([5, 6], 9, 4), 6);
  assert.equal(shown([3, 4], 9, 4), undefined, "what stands is not shown again");
  assert.equal(shown([8, 9], 11, 4, 4), 8, "of each fourth");
  assert.equal(shown([11], 11, 4, 4), 11, "the goal itself is any step");
  assert.equal(shown([], 9, 4), undefined);
});
