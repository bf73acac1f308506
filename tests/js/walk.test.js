import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Walk } from "../../static/element/walk.js";
import { convolution } from "./scenes.js";
import { settled } from "./stand_ins.js";

/** A walk on a host, whose shell and page write down what they are told. @param {object} [attributes] */
function walked(attributes = {}) {
  const host = /** @type {any} */ (document.createElement("kernel-walk"));
  Object.assign(host, { server: "http://here" });
  for (const [name, value] of Object.entries(attributes)) host.setAttribute(name, value);
  const log = /** @type {any[]} */ ([]);
  const shell = /** @type {any} */ ({
    keys: { bring() {} },
    paint: () => log.push("paint"),
    present: (/** @type {Step} */ step, /** @type {number} */ count, /** @type {any} */ manner) =>
      log.push(["present", step.index, count, manner]),
    showState: () => {},
    stage: { close: () => log.push("closed"), rest: () => {} },
  });
  const events = {
    fire: (/** @type {string} */ name) => log.push(`fire ${name}`),
    fail: (/** @type {Error} */ error) => log.push(`fail ${error.message}`),
    found: () => log.push("found"),
  };
  const walk = new Walk(host, shell, () => "en", events);
  return {
    walk,
    host,
    log,
    presented: () => log.filter(([name]) => name === "present").map(([, index, , manner]) => ({ index, ...manner })),
  };
}

test("a scene is painted, its first step shown, and then it is ready", () => {
  const { walk, log } = walked();
  const { opening, arrays } = convolution();
  walk.adopt(opening, arrays);
  assert.deepEqual(
    log.filter((entry) => typeof entry === "string"),
    ["paint", "found", "fire step", "fire ready", "fire scene"],
  );
  walk.adopt(opening, arrays);
  assert.equal(log.filter((entry) => entry === "fire ready").length, 1, "ready is said once");
  walk.close();
});

test("attributes say how a first scene is walked; somebody's speed is kept for the next", () => {
  const { walk } = walked({ speed: "3", loop: "", autoplay: "" });
  const { opening, arrays } = convolution();
  walk.adopt(opening, arrays);
  assert.deepEqual([walk.player?.speed, walk.player?.loop, walk.player?.playing], [3, true, true]);
  /** @type {any} */ (walk.player).speed = 5;
  walk.adopt(opening, arrays);
  assert.equal(walk.player?.speed, 3);
  walk.paced = true;
  /** @type {any} */ (walk.player).speed = 5;
  walk.adopt(opening, arrays);
  assert.deepEqual([walk.player?.speed, walk.player?.playing], [5, true]);
  walk.close();
  assert.equal(walk.player, null);
});

test("nothing plays by itself for those who asked for calm", () => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  Object.assign(still, { matches: true });
  const { walk, presented } = walked({ autoplay: "" });
  const { opening, arrays } = convolution();
  walk.adopt(opening, arrays);
  assert.equal(walk.player?.playing, false);
  walk.player?.seek(3);
  assert.equal(presented().at(-1).ease, false);
  Object.assign(still, { matches: false });
  walk.player?.seek(4);
  assert.equal(presented().at(-1).ease, true);
  walk.close();
});

test("a step that is looked at leaves the counter where it is", () => {
  const { walk, presented } = walked();
  const { opening, arrays } = convolution();
  walk.adopt(opening, arrays);
  walk.player?.seek(2);
  walk.player?.inspect(9);
  const { index, inspected, ease } = presented().at(-1);
  assert.deepEqual([index, inspected, ease], [2, true, false], "the manner's own index is the step that stands");
  walk.close();
});

test("the whole output is asked for after the first step, and told when it fails", async () => {
  const { walk, log } = walked();
  const { opening, arrays } = convolution();
  let asked = 0;
  const whole = () => {
    asked += 1;
    return Promise.reject(new Error("gone"));
  };
  walk.adopt(opening, { ...arrays, whole });
  assert.equal(asked, 0);
  await settled();
  await settled();
  assert.equal(asked, 1);
  assert.equal(log.at(-1), "fail gone");
  walk.retry();
  assert.equal(asked, 2);
  await settled();
  walk.close();
});

test("what was walked beyond the known steps is painted anew once the output has come", async () => {
  const { walk, log } = walked();
  const { opening, arrays } = convolution();
  walk.adopt({ ...opening, steps: opening.steps.slice(0, 4) }, { ...arrays, whole: async () => {} });
  walk.player?.buffer.add(opening.steps);
  walk.player?.seek(8);
  log.length = 0;
  await settled();
  await settled();
  assert.ok(log.includes("paint"));
  walk.close();
});

test("an output that comes for a scene that is no longer walked changes nothing", async () => {
  const { walk, log } = walked();
  const { opening, arrays } = convolution();
  walk.adopt(opening, { ...arrays, whole: () => Promise.reject(new Error("late")) });
  walk.adopt(opening, arrays);
  log.length = 0;
  await settled();
  await settled();
  assert.deepEqual(log, []);
  walk.close();
});

test("out of sight, or where nobody can see it, a walk stands", () => {
  const { walk, host } = walked();
  const { opening, arrays } = convolution();
  walk.adopt(opening, arrays);
  const { player } = /** @type {any} */ (walk);
  assert.equal(player.seen(), true);
  walk.hold(true);
  assert.equal(player.seen(), false);
  walk.hold(false);
  host.visible = false;
  assert.equal(player.seen(), true, "it looks now and then only");
  walk.close();
});

test("buttons of speed and loop belong to the walk, the strongest answer to its arrays", async () => {
  const { walk } = walked();
  walk.act("loop");
  const { opening, arrays } = convolution();
  walk.adopt(opening, arrays);
  walk.act("loop");
  assert.equal(walk.player?.loop, true);
  walk.act("faster");
  assert.equal(walk.paced, true);
  walk.act("strongest");
  await settled();
  const sizes = Array.from(arrays.output, Math.abs);
  assert.equal(walk.player?.index, sizes.indexOf(Math.max(...sizes)));
  walk.close();
});

test("a walk that came to its end by playing plays on in the next layer, one that was led there does not", () => {
  const { walk } = walked();
  const { opening, arrays } = convolution();
  walk.adopt(opening, arrays);
  walk.player?.seek(11);
  assert.equal(walk.playsOn, false);
  walk.player?.audience.end();
  assert.equal(walk.playsOn, true);
  walk.player?.seek(3);
  assert.equal(walk.playsOn, false, "whoever goes back starts over");
  walk.player?.audience.end();
  walk.adopt(opening, arrays);
  assert.equal(walk.playsOn, false);
  walk.close();
});
