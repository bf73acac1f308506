/** Steps that pass faster than frames: which of them are written. */
import "./dom.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Effects } from "../../static/stage/effects.js";

test("faster than frames numbers are written now and then, and at once where the walk rests", async () => {
  const stage = /** @type {any} */ ({
    node: document.createElement("div"),
    board: { node: document.createElement("div") },
  });
  const made = new Effects(stage, /** @type {any} */ ({}));
  const shown = /** @type {any} */ ({});
  const written = /** @type {any[]} */ ([]);
  const timeline = /** @type {any} */ ({
    showStep: (/** @type {number} */ index) => written.push(["timeline", index]),
  });
  stage.board.show = (/** @type {Step} */ step) => written.push(["board", step.index]);
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = 5000;
  mock.method(performance, "now", () => now);
  const walk = (/** @type {number} */ index, more = {}) => {
    now += 16;
    stage.step = { index };
    return made.paces(stage.step, { inspected: false, playing: true, speed: 960, index, ...more }, timeline);
  };
  const passed = Array.from({ length: 12 }, (_, place) => walk(16 * place));
  assert.deepEqual(
    passed.map((silent, place) => (silent ? "" : place)).filter(String),
    [0, 7],
    "one frame in seven of 16 ms, those in between are not even asked for later",
  );
  assert.deepEqual(written, []);
  made.over(null);
  assert.deepEqual(written, [], "it goes on");
  made.over(shown);
  assert.deepEqual(
    written.splice(0),
    [
      ["board", 176],
      ["timeline", 176],
    ],
    "it rests",
  );
  mock.timers.tick(1000);
  made.over(shown);
  assert.deepEqual(written, [], "once");

  assert.deepEqual(
    [walk(192), walk(208), walk(1, { inspected: true }), walk(2, { playing: false })],
    [true, true, false, false],
  );
  assert.deepEqual([walk(3, { speed: 60 }), walk(4, { speed: 60 })], [false, false], "each that has its frame");
  mock.timers.tick(1000);
  assert.deepEqual(written, [], "what came after was written itself");

  walk(224);
  mock.timers.tick(99);
  assert.deepEqual(written, []);
  mock.timers.tick(1);
  assert.deepEqual(
    written.splice(0),
    [
      ["board", 224],
      ["timeline", 224],
    ],
    "steps that do not come leave the last one written",
  );
  walk(240);
  stage.step = { index: 0 };
  mock.timers.tick(1000);
  assert.deepEqual(written, [], "another scene");
});
