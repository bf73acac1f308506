import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { commandIn, joinFrame } from "../../static/element/frame.js";
import { fire, happen } from "./dom.js";

test("a command has one shape", () => {
  assert.deepEqual(commandIn({ type: "kernelwalk", command: "seek", value: 3 }), { command: "seek", value: 3 });
  assert.deepEqual(commandIn({ type: "kernelwalk", command: "play" }), { command: "play", value: null });
});

test("anything else is not heard", () => {
  for (const data of [
    null,
    1,
    "play",
    {},
    { type: "kernelwalk" },
    { type: "kernelwalk", command: "constructor" },
    { type: "other", command: "play" },
    { type: "kernelwalk", command: "seek", value: "3" },
    { type: "kernelwalk", command: "seek", value: NaN },
    { type: "kernelwalk", command: "show", value: 4 },
    { type: "kernelwalk", command: "theme", value: {} },
  ])
    assert.equal(commandIn(data), null, JSON.stringify(data));
});

/** The element in a frame of a page of this origin; "" for a page that hides its own. @param {string} [origin] */
function framed(origin = "https://school.example") {
  const said = /** @type {any[]} */ ([]);
  const parent = {
    postMessage: (/** @type {any} */ message, /** @type {string} */ target) => said.push([message, target]),
  };
  const walk = /** @type {any} */ (document.createElement("kernel-walk"));
  const done = /** @type {any[]} */ ([]);
  for (const name of ["play", "pause", "stepForward", "stepBack"]) walk[name] = () => done.push(name);
  Object.assign(walk, {
    seek: (/** @type {number} */ index) => done.push(`seek ${index}`),
    show: async (/** @type {unknown} */ scene) => done.push(scene),
    opening: { step: 2 },
  });
  const view = /** @type {any} */ (globalThis.window);
  Object.assign(view, { parent, location: { ancestorOrigins: origin ? [origin] : [] }, document: { referrer: "" } });
  const around = /** @type {any} */ (joinFrame(walk));
  const hear = (/** @type {unknown} */ data, /** @type {object} */ from = {}) =>
    happen({ type: "message", data, source: parent, origin, ...from });
  return {
    said,
    done,
    walk,
    around,
    hear,
    close() {
      around?.close();
      Object.assign(view, { parent: view });
    },
  };
}

test("a frame obeys the page around it, and nobody else", () => {
  const { hear, done, walk, close } = framed();
  hear({ type: "kernelwalk", command: "play" });
  hear({ type: "kernelwalk", command: "seek", value: 4 });
  hear({ type: "kernelwalk", command: "speed", value: 9 });
  hear({ type: "kernelwalk", command: "theme", value: "dark" });
  hear({ type: "kernelwalk", command: "show", value: "cat 64 | sobel" });
  hear({ type: "kernelwalk", command: "pause" }, { origin: "https://evil.example" });
  hear({ type: "kernelwalk", command: "pause" }, { source: {} });
  assert.deepEqual(done, ["play", "seek 4", "cat 64 | sobel"]);
  assert.deepEqual([walk.speed, walk.getAttribute("theme")], [9, "dark"]);
  close();
});

test("what leaves a frame goes to the page around it alone, and holds numbers, not pictures", () => {
  const { said, walk, around, close } = framed();
  fire(walk, "step", { detail: { index: 3, at: [0, 1, 2], output: 7, window: [[1]], secret: 1 } });
  around.height(440.2);
  assert.deepEqual(said[0][0], {
    type: "kernelwalk",
    event: "step",
    detail: {
      index: 3,
      at: [0, 1, 2],
      output: 7,
      activated: undefined,
      line: undefined,
      layer: undefined,
      message: undefined,
      steps: undefined,
    },
  });
  assert.deepEqual(said[1], [{ type: "kernelwalk", event: "height", height: 441 }, "https://school.example"]);
  close();
  fire(walk, "step", { detail: {} });
  assert.equal(said.length, 2);
});

test("a page without an origin of its own is spoken to as everybody", () => {
  const { said, around, close } = framed("");
  around.height(10);
  assert.equal(said[0][1], "*");
  close();
});

test("a key that leaves is passed on in two languages", () => {
  const { said, around, close } = framed();
  around.leave("PageDown", "next");
  assert.deepEqual(
    said.map(([message]) => message),
    [{ type: "kernelwalk", event: "leave", key: "PageDown" }, '{"method":"next"}'],
  );
  close();
});

test("a slide that is shown begins its walk if that plays by itself, and stops it when it is left", () => {
  const { hear, done, walk, close } = framed();
  hear("slide:start");
  walk.setAttribute("autoplay", "");
  hear("slide:start");
  hear("slide:stop");
  hear("toString");
  assert.deepEqual(done, ["seek 2", "play", "pause"]);
  close();
});

test("the first player of a page speaks for its frame, and hands that on when it leaves", () => {
  const first = framed();
  assert.equal(joinFrame(/** @type {any} */ (document.createElement("kernel-walk"))), null);
  first.close();
  const second = framed();
  assert.ok(second.around);
  second.close();
  assert.equal(joinFrame(/** @type {any} */ (document.createElement("kernel-walk"))), null, "a page that is no frame");
});
