/** Two players in lockstep: what is done to one happens to the other, once, and nothing is told back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lead } from "../../static/element/lead.js";
import { settled } from "./stand_ins.js";

globalThis.KeyboardEvent ??= /** @type {any} */ (
  class extends Event {
    constructor(/** @type {string} */ type, /** @type {any} */ init = {}) {
      super(type, init);
      for (const name of ["key", "code", "shiftKey", "repeat", "ctrlKey", "altKey", "metaKey"]) this[name] = init[name];
    }
  }
);

/** A player that stands somewhere, tells of its moves as the element does, and keeps what it was told. */
function player(/** @type {EventTarget} */ element, /** @type {number} */ steps) {
  const told = /** @type {any[]} */ ([]);
  const one = {
    told,
    steps,
    index: 0,
    inspected: /** @type {number | null} */ (null),
    playing: false,
    speed: 4,
    level: 0,
    led: false,
    seek(/** @type {number} */ index) {
      told.push(["seek", index]);
      one.index = index;
      one.inspected = null;
      element.dispatchEvent(new Event("step"));
    },
    inspect(/** @type {number} */ index) {
      told.push(["inspect", index]);
      one.inspected = index;
      element.dispatchEvent(new Event("inspect"));
    },
    release() {
      told.push(["release"]);
      one.inspected = null;
      element.dispatchEvent(new Event("step"));
    },
  };
  return one;
}

/** A first walk of 9 steps and a second of 5: each step of the second belongs to two of the first. */
function pair({ steps = [9, 5] } = {}) {
  const [host, element] = [new EventTarget(), new EventTarget()];
  const [one, other] = [player(host, steps[0]), player(element, steps[1])];
  const inside = (/** @type {any} */ found) => /** @type {any} */ ({ walk: { player: found } });
  const lead = new Lead(/** @type {any} */ (host), inside(one), /** @type {any} */ (element), inside(other));
  lead.meet({ to: (index) => Math.floor(index / 2), back: (index) => 2 * index });
  return { lead, host, element, one, other };
}

test("two that meet stand at the same place, and stay there", () => {
  const { one, other } = pair();
  assert.deepEqual([one.told, other.told], [[], [["seek", 0]]]);
  one.seek(6);
  assert.deepEqual([one.index, other.index], [6, 3]);
  one.seek(7);
  assert.deepEqual(
    other.told,
    [
      ["seek", 0],
      ["seek", 3],
    ],
    "the same step is not told twice",
  );
});

test("the second leads when it is moved, and the first is not moved by its own echo", () => {
  const { one, other } = pair();
  one.seek(3);
  other.seek(4);
  assert.deepEqual(one.told, [
    ["seek", 3],
    ["seek", 8],
  ]);
  assert.deepEqual(other.told, [
    ["seek", 0],
    ["seek", 1],
    ["seek", 4],
  ]);
});

test("a second that was moved to where the first belongs stays where it is", () => {
  const { host, one, other, lead } = pair();
  lead.meet({ to: (index) => index, back: (index) => Math.floor(index / 2) });
  other.seek(4);
  assert.equal(one.index, 2);
  host.dispatchEvent(new Event("pause"));
  assert.equal(other.index, 4);
});

test("a look at a step of one is a look at the step of the other, and ends with it", () => {
  const { one, other } = pair();
  one.inspect(5);
  assert.equal(other.inspected, 2);
  other.inspect(3);
  assert.deepEqual([one.inspected, other.inspected], [6, 3]);
  other.release();
  assert.equal(one.inspected, null);
  assert.deepEqual(one.told.at(-1), ["release"]);
});

test("after a look at the second the first may be looked at again", () => {
  const { one, other } = pair();
  other.inspect(3);
  one.seek(4);
  one.inspect(8);
  assert.equal(other.inspected, 4);
});

test("while the first plays the second is led at the speed that ends with it, on steps of its own stride", () => {
  const { host, one, other } = pair({ steps: [8, 32] });
  Object.assign(one, { playing: true, speed: 5 });
  host.dispatchEvent(new Event("play"));
  assert.deepEqual([other.led, other.speed], [true, 20]);
  one.playing = false;
  host.dispatchEvent(new Event("pause"));
  assert.equal(other.led, false);
});

test("a second that skips steps shows those it has, and its last", () => {
  const { host, lead, one, other } = pair({ steps: [20, 20] });
  lead.meet({ to: (index) => index, back: (index) => index });
  Object.assign(one, { playing: true });
  other.level = 2;
  const shown = [5, 7, 8, 18, 19].map((index) => {
    one.index = index;
    host.dispatchEvent(new Event("step"));
    return other.index;
  });
  assert.deepEqual(shown, [4, 4, 8, 16, 19]);
  one.playing = false;
  one.seek(7);
  assert.equal(other.index, 7, "whoever stands, stands exactly");
});

test("a speed that is right already, or nearly, is not set again", () => {
  const { host, one, other } = pair({ steps: [1, 3] });
  const set = /** @type {number[]} */ ([]);
  let speed = 4;
  Object.defineProperty(other, "speed", {
    get: () => speed,
    set: (value) => {
      speed = value;
      set.push(value);
    },
  });
  host.dispatchEvent(new Event("play"));
  assert.deepEqual(set, [], "who stands sets no speed");
  Object.assign(one, { playing: true, speed: 7 });
  host.dispatchEvent(new Event("play"));
  speed *= 1.005;
  host.dispatchEvent(new Event("play"));
  assert.deepEqual(set, [21]);
});

test("looks of nobody are not told on", () => {
  const { host, element, one, other } = pair();
  other.told.length = 0;
  host.dispatchEvent(new Event("inspect"));
  element.dispatchEvent(new Event("inspect"));
  assert.deepEqual([one.told, other.told], [[], []]);
});

test("who is parted or closed leads nobody, and nothing is led before there are two", async () => {
  const { lead, one, other } = pair();
  lead.part();
  one.seek(8);
  other.inspect(2);
  assert.deepEqual([other.index, one.inspected], [0, null]);
  lead.meet({ to: (index) => index, back: (index) => index });
  lead.close();
  lead.meet({ to: () => 1, back: () => 1 });
  one.seek(4);
  assert.equal(other.index, 1, "met once, and then no longer listened to");
  const [host, element] = [new EventTarget(), new EventTarget()];
  const none = /** @type {any} */ ({ walk: { player: null } });
  const early = new Lead(/** @type {any} */ (host), none, /** @type {any} */ (element), none);
  early.meet({ to: () => 0, back: () => 0 });
  for (const kind of ["step", "inspect", "play"]) host.dispatchEvent(new Event(kind));
  for (const kind of ["step", "inspect"]) element.dispatchEvent(new Event(kind));
  await settled(); // what a listener throws fails the test that is running
});

test("keys in the second are those of the first; chords and Tab stay the browser's", () => {
  const { host, element } = pair();
  const heard = /** @type {string[]} */ ([]);
  host.addEventListener("keydown", (event) => {
    heard.push(/** @type {any} */ (event).key);
    if (/** @type {any} */ (event).key === " ") event.preventDefault();
  });
  const press = (/** @type {any} */ init) => {
    const event = new KeyboardEvent("keydown", { cancelable: true, ...init });
    element.dispatchEvent(event);
    assert.equal(event.cancelBubble, !(event.ctrlKey || event.altKey || event.metaKey || event.key === "Tab"));
    return event.defaultPrevented;
  };
  assert.deepEqual([press({ key: " ", code: "Space" }), press({ key: "n", code: "KeyN" })], [true, false]);
  for (const word of ["ctrlKey", "altKey", "metaKey"]) press({ key: "n", [word]: true });
  press({ key: "Tab" });
  assert.deepEqual(heard, [" ", "n"]);
});
