import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../static/stage/timeline.js";
import { wordsOf } from "../../static/words/strings.js";
import { fastest, SLOWEST } from "../../static/words/vocabulary.js";
import { fire } from "./dom.js";

/** A timeline of a layer, and what it asks for. */
function bar({ steps = 2542, more = false } = {}) {
  const asked = /** @type {any[]} */ ([]);
  const timeline = new Timeline({
    act: (action) => asked.push(action),
    seek: (index) => asked.push(["seek", index]),
    jump: (row, column) => asked.push(["jump", row, column]),
    speed: (speed) => asked.push(["speed", speed]),
  });
  document.body.replaceChildren(timeline.node);
  timeline.adopt(steps, wordsOf("en"), more);
  const find = (/** @type {string} */ selector) => /** @type {any} */ (timeline.node.querySelector(selector));
  return { timeline, asked, find };
}

const STATE = { playing: false, speed: 21, loop: false, waiting: false };

test("every button asks for what it is named for, and has a name", () => {
  const { asked, timeline } = bar();
  const buttons = timeline.node.querySelectorAll(".moves button, .extras button");
  for (const button of buttons) /** @type {any} */ (button).click();
  assert.deepEqual(asked, [
    "first",
    "rowBack",
    "back",
    "play",
    "forward",
    "rowForward",
    "last",
    "loop",
    "strongest",
    "keys",
  ]);
  for (const button of buttons) assert.ok(button.getAttribute("aria-label"));
});

test("the scrubber seeks, and follows the step without asking back", () => {
  const { timeline, asked, find } = bar();
  timeline.showStep(17, false);
  assert.deepEqual([find(".scrubber").value, find(".field").value, asked], ["17", "18", []]);
  assert.equal(find(".scrubber").getAttribute("aria-valuetext"), "step 18 of 2542");
  find(".scrubber").value = "40";
  fire(find(".scrubber"), "input");
  assert.deepEqual(asked, [["seek", 40]]);
  assert.equal(find(".scrubber").max, "2541");
});

test("the thumb of what is looked at stands where the scrubber's would, in a part that is walked too", () => {
  const { timeline, find } = bar({ steps: 1001 });
  const shares = (/** @type {number[]} */ ...indices) =>
    indices.map((index) => {
      timeline.look(index);
      return Number(find(".track").style.getPropertyValue("--looked"));
    });
  assert.deepEqual(shares(0, 250, 1000), [0, 0.25, 1]);
  timeline.bound({ first: 500, last: 700 });
  assert.deepEqual(shares(500, 550, 700), [0, 0.25, 1]);
  assert.deepEqual(shares(0, 1000), [0, 1], "what lies outside of it is shown at its ends");
  timeline.bound({ first: 5, last: 5 });
  assert.deepEqual(shares(5), [0]);
});

test("a step that is looked at has a thumb of its own, and leaves the walk's where it is", () => {
  const { timeline, find } = bar();
  timeline.showStep(100, false);
  timeline.look(1900);
  assert.deepEqual(
    [find(".ghost").hidden, find(".looked").textContent, find(".scrubber").value],
    [false, "1901", "100"],
  );
  timeline.look(null);
  assert.deepEqual([find(".ghost").hidden, find(".looked").hidden], [true, true]);
});

test("a number is a step counted from one, two are a row and a column, words are nothing", () => {
  const { asked, find } = bar();
  for (const text of ["18", "3:17", "row 3, column 17", "2 / 3 / 4", "abc", ""]) {
    find(".field").value = text;
    fire(find(".field"), "change");
  }
  assert.deepEqual(
    asked.filter(([name]) => name === "seek"),
    [["seek", 17]],
  );
  const jumps = asked.filter(([name]) => name === "jump").map(([, row, column]) => [row, column]);
  assert.deepEqual(jumps, [
    [2, 16],
    [2, 16],
  ]);
});

test("what is being typed is not overwritten by the walk", () => {
  const { timeline, find } = bar();
  timeline.showStep(4, false);
  find(".field").focus();
  assert.equal(find(".field").selected, true);
  find(".field").value = "12";
  timeline.node.getRootNode = () => /** @type {any} */ (document);
  timeline.showStep(5, true);
  assert.equal(find(".field").value, "12");
  find(".field").blur();
  timeline.showStep(6, true);
  assert.equal(find(".field").value, "7");
});

test("the speed runs from one step in two seconds to the whole layer in two, evenly to the ear", () => {
  const { timeline, asked, find } = bar();
  const speed = find(".speed input");
  const heard = [0, 50, 100].map((notch) => {
    speed.value = String(notch);
    fire(speed, "input");
    return asked.at(-1)[1];
  });
  assert.equal(heard[0], SLOWEST);
  assert.ok(Math.abs(heard[2] - fastest(2542)) < 1e-6);
  assert.ok(Math.abs(heard[1] / heard[0] - heard[2] / heard[1]) < 1e-6);
  for (const value of heard) {
    timeline.showState({ ...STATE, speed: value });
    fire(speed, "input");
    assert.ok(Math.abs(asked.at(-1)[1] / value - 1) < 0.05, "the place of a speed leads back to it");
  }
});

test("the bar says whether it plays, loops and waits", () => {
  const { timeline, find } = bar();
  timeline.showState({ ...STATE, playing: true, loop: true, waiting: true });
  assert.equal(find(".play").title, wordsOf("en").pause);
  assert.equal(find(".loop").getAttribute("aria-pressed"), "true");
  assert.equal(find(".waiting").hidden, false);
  timeline.showState(STATE);
  assert.equal(find(".play").title, wordsOf("en").play);
  assert.equal(find(".waiting").hidden, true);
});

test("the next layer is offered at the end of one that has a next", () => {
  const { timeline, asked, find } = bar({ steps: 9, more: true });
  timeline.showStep(7, false);
  assert.equal(find(".next").hidden, true);
  timeline.showStep(8, false);
  assert.equal(find(".next").hidden, false);
  find(".next").click();
  assert.deepEqual(asked, ["next"]);
  const last = bar({ steps: 9 });
  last.timeline.showStep(8, false);
  assert.equal(last.find(".next").hidden, true);
});

test("a screen reader is not told every step of a quick walk, but where it stands", () => {
  const { timeline, find } = bar();
  timeline.showStep(1, false);
  timeline.showStep(2, true);
  assert.equal(find(".scrubber").getAttribute("aria-valuetext"), "step 2 of 2542");
  timeline.showStep(3, false);
  assert.equal(find(".scrubber").getAttribute("aria-valuetext"), "step 4 of 2542");
  timeline.showStep(4, true);
  timeline.showState({ ...STATE, playing: true });
  assert.equal(find(".scrubber").getAttribute("aria-valuetext"), "step 4 of 2542");
  timeline.showState(STATE);
  assert.equal(find(".scrubber").getAttribute("aria-valuetext"), "step 5 of 2542");
});
