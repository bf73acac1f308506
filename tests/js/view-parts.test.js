/** Parts of views: what a cell sees, which maps are lit, a place that keeps its height; the gallery and the lesson. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ViewBox } from "../../static/views/box.js";
import { Fields } from "../../static/views/chain/fields.js";
import { Lights } from "../../static/views/chain/lights.js";
import { fire, SightObserver, SizeObserver } from "./dom.js";
import { settled } from "./stand_ins.js";

/** A server that tells one answer. @param {unknown} answer  null: it does not answer */
function answering(answer) {
  const asked = /** @type {any[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ url, /** @type {RequestInit} */ { body, signal } = {}) => {
      asked.push({ url, told: body ? JSON.parse(String(body)) : null, signal });
      if (answer === null) throw new TypeError("no network");
      return new Response(JSON.stringify(answer), { status: 200 });
    }
  );
  return asked;
}

const LINES = (/** @type {number[]} */ shape, /** @type {number[]} */ first, /** @type {number[]} */ last) => ({
  shape,
  first,
  last,
});
const FIELDS = [
  {
    rows: LINES([2, 3, 1], [0, 1, 2, 5, 6, 7], [2, 3, 4, 7, 8, 9]),
    cols: LINES([1, 1, 2], [0, 4], [3, 6]),
    channels: [[0], [1, 2]],
  },
  { rows: LINES([1, 1, 1], [9], [9]), cols: LINES([1, 1, 1], [8], [8]), channels: null },
];

test("what a cell sees is asked once a layer and looked up for each cell, the input first", async () => {
  const asked = answering({ fields: FIELDS });
  let come = 0;
  const fields = new Fields("http://s", "cat 64 | relu", () => {
    come += 1;
  });
  assert.deepEqual(fields.boxes(1, [0, 0, 0]), []);
  assert.deepEqual(fields.boxes(1, [0, 0, 0]), []);
  await settled();
  assert.deepEqual([asked.length, asked[0].told, come], [1, { scene: "cat 64 | relu", layer: 1 }, 1]);
  const [input, own] = fields.boxes(1, [1, 2, 1]);
  assert.deepEqual(input, { channels: null, top: 9, bottom: 9, left: 8, right: 8 });
  assert.deepEqual(own, { channels: [1, 2], top: 7, bottom: 9, left: 4, right: 6 });
  assert.deepEqual(fields.boxes(1, [0, 1, 0])[1], { channels: [0], top: 1, bottom: 3, left: 0, right: 3 });
});

test("a server that does not tell, or tells too late, lights nothing and is not asked again", async () => {
  const asked = answering(null);
  let come = 0;
  const lost = new Fields("http://s", "x", () => {
    come += 1;
  });
  lost.boxes(0, [0, 0, 0]);
  await settled();
  assert.deepEqual([lost.boxes(0, [0, 0, 0]), asked.length, come], [[], 1, 0]);
  answering({ fields: FIELDS });
  const closed = new Fields("http://s", "x", () => {
    come += 1;
  });
  closed.boxes(0, [0, 0, 0]);
  closed.close();
  await settled();
  assert.equal(come, 0);
});

test("the walked cell lights what it sees below; a cell that is looked at takes its place until it is left", () => {
  const shown = /** @type {any[]} */ ([]);
  const maps = [0, 1, 2].map((place) => ({
    show: (/** @type {any} */ box) => Object.assign(shown, { [place]: box && [box.top, box.left] }),
  }));
  const seen = (/** @type {number} */ layer) => [
    { top: 10 + layer, left: 0 },
    { top: 20 + layer, left: 0 },
  ];
  const fields = /** @type {any} */ ({ boxes: (/** @type {number} */ layer) => seen(layer) });
  const lights = new Lights(/** @type {any} */ (maps), fields, 2);
  lights.draw();
  lights.look(1, null);
  assert.deepEqual(shown, [], "nothing is known yet");
  lights.walk([0, 4, 5]);
  assert.deepEqual(shown, [
    [11, 0],
    [21, 0],
    [4, 5],
  ]);
  lights.look(1, [0, 7, 8]);
  assert.deepEqual(shown, [[10, 0], [7, 8], null], "what comes after it sees it, and is not lit");
  lights.walk([0, 6, 6]);
  assert.deepEqual(shown[1], [7, 8], "the walk goes on unseen");
  lights.look(0, [0, 1, 2]);
  assert.deepEqual(shown, [[1, 2], null, null]);
  lights.look(0, null);
  assert.deepEqual(shown, [
    [11, 0],
    [21, 0],
    [6, 6],
  ]);
});

/** A view whose height depends on its step. @param {number[]} heights */
function boxed(heights) {
  const root = /** @type {any} */ (document.createElement("div"));
  root.box = { left: 0, top: 0, width: 500, height: 0 };
  const shown = /** @type {number[]} */ ([]);
  const view = /** @type {any} */ ({
    root,
    adopt() {},
    show: (/** @type {any} */ { index }) => {
      shown.push(index);
      root.box.height = heights[index];
    },
  });
  const box = new ViewBox("numbers", view);
  const opening = { steps: heights.map((_, index) => ({ index })) };
  box.adopt(/** @type {any} */ ({ opening }));
  const show = (/** @type {number} */ index) =>
    box.show(/** @type {any} */ ({ index }), { inspected: false, playing: true, count: 1 });
  const observer = /** @type {any} */ ([...SizeObserver.all].at(-1));
  return { box, root, shown, show, widen: () => observer.act([]) };
}

test("a view is as high as the highest of some steps from its first one on, and shows the step it is told last", () => {
  const { root, shown, show } = boxed([40, 10, 90, 10]);
  show(1);
  assert.deepEqual([root.style.minHeight, shown.at(-1)], ["90px", 1]);
  const tries = shown.length;
  show(3);
  assert.equal(shown.length, tries + 1, "its height is known");
});

test("in a room of another width the height is found anew, in one without a width later", () => {
  const { root, shown, show, widen } = boxed([40, 10]);
  root.box.width = 0;
  show(1);
  assert.deepEqual([root.style.minHeight ?? "", shown], ["", [1]]);
  root.box.width = 300;
  widen();
  assert.deepEqual([root.style.minHeight, shown.at(-1)], ["40px", 1]);
  const before = shown.length;
  widen();
  assert.equal(shown.length, before, "the same width is no change");
});

/** Put nodes of a page in place. @param {string} tag  @param {Record<string, string>} attributes */
function node(tag, attributes, text = "") {
  const made = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  document.body.append(made);
  return made;
}

test("a figure of the gallery comes alive near the screen, and walks while a pointer is over its card", async () => {
  const card = node("div", { class: "figure" });
  const place = node("div", { class: "live", "data-scene": "cat 64 | sobel", "data-layer": "1" });
  card.append(place);
  const quiz = node("details", { class: "test-yourself", "data-scene": "cat 64 | relu" });
  await import("../../static/gallery/gallery.js");
  const sight = /** @type {any} */ ([...SightObserver.all].at(-1));
  sight.act([{ isIntersecting: false, target: place }]);
  assert.equal(place.querySelector("kernel-walk"), null);
  sight.act([{ isIntersecting: true, target: place }]);
  const walk = place.querySelector("kernel-walk");
  assert.deepEqual(
    ["scene", "layer", "controls"].map((name) => walk.getAttribute(name)),
    ["cat 64 | sobel", "1", "none"],
  );
  assert.equal(sight.seen.has(place), false, "once");
  const told = /** @type {any[]} */ ([]);
  Object.assign(walk, {
    steps: 40,
    seek: (/** @type {number} */ index) => told.push(index),
    play: () => told.push("play"),
    pause: () => told.push("pause"),
  });
  fire(walk, "ready");
  fire(card, "pointerenter");
  fire(card, "pointerleave");
  assert.deepEqual(told, [39, 0, "play", "pause", 39]);
  fire(quiz, "toggle");
  fire(quiz, "toggle");
  const asking = quiz.querySelectorAll("kernel-walk");
  assert.deepEqual(
    [asking.length, asking[0].getAttribute("mode"), asking[0].getAttribute("count")],
    [1, "predict", "2"],
  );
});

test("a lesson goes from figure to figure between its ends, and lets go of the key that leads out of it", async () => {
  const figures = ["one", "two"].map((title) => ({
    scene: `@${title}`,
    layer: 0,
    step: 3,
    words: { stops: "last", view: "" },
    title,
    about: `about ${title}`,
  }));
  node("script", { id: "lesson" }, JSON.stringify(figures));
  const page = node("main", { class: "playlist", "data-place": "0" });
  const parts = Object.fromEntries(
    ["before", "after", "present", "caption", "place"].map((name) => [name, node("button", { class: name })]),
  );
  const heading = node("h1", {});
  document.querySelector(".figure")?.remove();
  const figure = node("div", { class: "figure" });
  globalThis.history = /** @type {any} */ ({
    replaceState: (/** @type {any} */ _, __, /** @type {any} */ address) =>
      Object.assign(page, { address: String(address) }),
  });
  answering(null);
  await import("../../static/lesson/lesson.js");
  await settled();
  const shown = () => [
    heading.textContent,
    parts.caption.textContent,
    parts.place.textContent,
    figure.querySelector("kernel-walk").getAttribute("scene"),
  ];
  assert.deepEqual(shown(), ["one", "about one", "1 / 2", "@one"]);
  assert.deepEqual(
    [parts.before.getAttribute("aria-disabled"), parts.after.getAttribute("aria-disabled")],
    ["true", "false"],
  );
  parts.before.click();
  parts.after.click();
  parts.after.click();
  await settled();
  assert.deepEqual(shown(), ["two", "about two", "2 / 2", "@two"]);
  assert.match(page.address, /[?&]at=1/);
  const walk = figure.querySelector("kernel-walk");
  assert.deepEqual([walk.getAttribute("stops"), walk.hasAttribute("view")], ["last", false]);
  const leaves = (/** @type {string} */ way) =>
    fire(figure.querySelector("kernel-walk"), "leave", { detail: { way } }).defaultPrevented;
  assert.equal(leaves("next"), false, "after the last figure the key is the page's around it");
  assert.equal(leaves("before"), true);
  await settled();
  assert.equal(shown()[0], "one");
});
