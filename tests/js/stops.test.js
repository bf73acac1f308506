import assert from "node:assert/strict";
import { test } from "node:test";
import { Player } from "../../static/player/player.js";
import { rangeOf, readStops, spellStops, standing } from "../../static/words/stops.js";
import { audience, handClock, source, stepsBetween } from "./stand_ins.js";

const WHOLE = { first: 0, last: 99, steps: 100 };

/** @param {string} text @param {object} [range] @param {number | null} [strongest] */
const stand = (text, range = {}, strongest = null) => standing(readStops(text), { ...WHOLE, ...range }, strongest);

test("a stop is a step or a word, with a note or without", () => {
  assert.deepEqual(readStops("0:corner,17:first edge,strongest"), [
    { place: 0, note: "corner" },
    { place: 17, note: "first edge" },
    { place: "strongest", note: "" },
  ]);
});

test("a comma within a note stays there, and so does a colon", () => {
  const stops = [
    { place: 3, note: "1, 2 and 3: a row" },
    { place: "last", note: "done" },
  ];
  assert.deepEqual(readStops("3:1, 2 and 3: a row,last:done"), stops);
  assert.deepEqual(readStops(spellStops(stops)), stops);
});

test("what is no stop is left out, and there is a bound for all of it", () => {
  assert.deepEqual(readStops("<b>,zebra:x"), []);
  assert.deepEqual(readStops(""), []);
  assert.equal(readStops(Array.from({ length: 500 }, (_, place) => place).join(",")).length, 50);
  assert.equal(readStops(`1:${"x".repeat(9000)}`)[0].note.length, 300);
});

test("stops stand in the order of the steps, each once, and only where there are steps", () => {
  assert.deepEqual(stand("40:b,-1:end,7:a,7:c,100:beyond,-500:before"), [
    { index: 7, note: "a · c" },
    { index: 40, note: "b" },
    { index: 99, note: "end" },
  ]);
});

test("corner and last are the ends of what is walked, and the strongest step waits until it is known", () => {
  const range = { first: 20, last: 60 };
  assert.deepEqual(
    stand("corner,strongest:here,last", range).map(({ index }) => index),
    [20, 60],
  );
  assert.deepEqual(
    stand("corner,strongest:here,last", range, 33).map(({ index }) => index),
    [20, 33, 60],
  );
});

test("a range is that of Python's slices, and one that holds no step is no range", () => {
  /** @type {[string | null, string | null, number, number][]} */
  const ranges = [
    ["3", "7", 3, 6],
    [null, "7", 0, 6],
    ["-4", null, 6, 9],
    ["0", "-1", 0, 8],
    ["3", "99", 3, 9],
    ["7", "3", 0, 9],
    ["5", "5", 0, 9],
    ["x", "1e3", 0, 9],
  ];
  for (const [start, stop, first, last] of ranges)
    assert.deepEqual(rangeOf(start, stop, 10), { first, last, steps: 10 }, `${start}:${stop}`);
});

/**
 * A player with stops.
 * @param {{ steps?: number, stops?: number[], first?: number, last?: number, within?: number }} walk
 */
function stopped({ steps = 60, stops = [], first = 0, last = steps - 1, within = Number.POSITIVE_INFINITY } = {}) {
  const time = handClock();
  const { seen, audience: listener } = audience();
  const settings = { steps, index: 0, ready: stepsBetween(0, steps), source: source().ask };
  const player = new Player({ ...settings, clock: time.clock, audience: listener });
  player.begin();
  player.speed = 4;
  player.bound({ first, last, stops, within });
  return { player, time, seen };
}

test("playing pauses at each stop, goes on with the next press, and comes to its end once", () => {
  const { player, time, seen } = stopped({ steps: 12, stops: [3, 7] });
  for (const rest of [3, 7, 11]) {
    player.play();
    time.turn(3);
    assert.deepEqual([player.index, player.playing], [rest, false]);
  }
  assert.equal(seen.ends, 1);
});

test("far stops are reached in their share of the time, until somebody chooses a speed", () => {
  const { player, time } = stopped({ steps: 900, stops: [10, 800], within: 45 });
  player.play();
  assert.equal(player.speed, 4, "a near stop is walked to as ever");
  time.turn(4);
  assert.equal(player.index, 10);
  player.play();
  assert.ok(player.speed > 50);
  time.turn(15.1);
  assert.equal(player.index, 800);
  player.play();
  player.speed = 2;
  assert.equal(player.speed, 2);
});

test("stops that come while it plays lead to the pace they would have had from the beginning", () => {
  const bounds = { first: 0, last: 899, stops: [300, 600], within: 45 };
  const paceAfter = (/** @type {number} */ seconds) => {
    const { player, time } = stopped({ steps: 900 });
    player.play();
    time.turn(seconds);
    player.bound(bounds);
    return player.speed;
  };
  assert.deepEqual([0, 1, 10, 60].map(paceAfter), [20, 20, 20, 20]);
  const { player } = stopped({ steps: 900 });
  player.bound(bounds);
  for (const index of [0, 299, 300, 450, 899]) {
    player.seek(index);
    assert.equal(player.speed, index < 899 ? 20 : (299 * 3) / 45, `from ${index}`);
  }
});

test("a walk of a range keeps to it, and a loop begins at its first step", () => {
  const { player, time, seen } = stopped({ first: 5, last: 9 });
  assert.equal(player.index, 5, "it is brought into the range");
  player.seek(0);
  assert.equal(player.index, 5);
  player.seek(50);
  assert.equal(player.index, 9);
  player.loop = true;
  player.play();
  time.turn(4);
  assert.ok(player.playing);
  assert.ok(seen.shown.every((index) => index === 0 || (index >= 5 && index <= 9)));
});

test("a clicker goes from stop to stop, and step by step where there are none", () => {
  const { player, time } = stopped({ steps: 30, stops: [10, 20] });
  player.onward();
  assert.ok(player.playing);
  time.turn(1);
  player.onward();
  assert.deepEqual([player.index, player.playing], [10, false], "pressed under way, it is there at once");
  player.seek(25);
  player.backward();
  assert.equal(player.index, 20);
  player.backward();
  player.backward();
  assert.equal(player.index, 0);
  const plain = stopped();
  plain.player.onward();
  plain.player.onward();
  plain.player.backward();
  assert.equal(plain.player.index, 1);
});
