/** What is told one after another: the newest is never lost, and nothing is told twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Newest } from "../../static/lab/newest.js";

/** Somebody who takes what is told when the test lets it. */
function taker() {
  const told = /** @type {number[]} */ ([]);
  const answers = /** @type {(() => void)[]} */ ([]);
  const newest = new Newest((/** @type {number} */ one) => {
    told.push(one);
    return new Promise((done) => answers.push(() => done(undefined)));
  });
  const say = (/** @type {number} */ one) => {
    newest.waiting = one;
    return newest.run();
  };
  const answer = async () => {
    answers.shift()?.();
    await new Promise((done) => setTimeout(done));
  };
  return { newest, told, say, answer };
}

test("of what comes while one is on its way only the newest is told, and whoever began stays to the end", async () => {
  const { newest, told, say, answer } = taker();
  const first = say(1);
  assert.deepEqual([await say(2), await say(3), newest.busy, told], [false, false, true, [1]]);
  await answer();
  assert.deepEqual(told, [1, 3]);
  await answer();
  assert.deepEqual([await first, newest.busy, newest.waiting], [true, false, null]);
});

test("what is taken back before its turn is not told, and later ones are", async () => {
  const { newest, told, say, answer } = taker();
  const first = say(1);
  say(2);
  newest.waiting = null;
  await answer();
  assert.equal(await first, true);
  say(0);
  assert.deepEqual(told, [1, 0]);
});
