/** The list of ways out of a page: what a click copies or saves, what is said of it, and what choices change. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fire } from "./dom.js";
import { settled, until } from "./stand_ins.js";

const { Sheet } = await import("../../static/sharing/sheet.js");

const STATE = { scene: "cat 64 | relu", layer: 0, step: 7, playing: false, view: "numbers", lang: "", theme: "auto" };

const { setTimeout: later } = globalThis;
/** What is let go of in a minute keeps no test waiting. */
globalThis.setTimeout = /** @type {any} */ (
  (/** @type {() => void} */ act, /** @type {number} */ pause) =>
    pause > 10_000 ? later(act, pause).unref() : later(act, pause)
);

/** A sheet of a page, on a browser that copies, or does not. */
function sheet({ told = {}, copies = true, still = "step" } = {}) {
  const state = { ...STATE };
  const copied = /** @type {string[]} */ ([]);
  let changes = 0;
  const clipboard = {
    writeText: async (/** @type {string} */ text) => (copies ? copied.push(text) : Promise.reject(new Error("denied"))),
  };
  Object.defineProperty(globalThis, "navigator", { value: { clipboard, language: "en" }, configurable: true });
  const shown = () => ({
    base: "http://host/",
    link: "http://host/?x",
    title: "A cat",
    state: { ...state },
    own: false,
  });
  const made = new Sheet(shown, told, still, () => {
    changes += 1;
  });
  document.body.replaceChildren(made.root);
  const way = (/** @type {string} */ name) => /** @type {any} */ (made.root.querySelector(`[data-way=${name}]`));
  const use = async (/** @type {string} */ name, more = {}) => {
    const event = fire(way(name), "click", more);
    await settled();
    return event.defaultPrevented;
  };
  const choose = (/** @type {any} */ field, /** @type {string} */ value, kind = "change") => {
    field.value = value;
    fire(field, kind);
  };
  return { made, state, copied, way, use, choose, changes: () => changes };
}

/** A server that draws files, or says why not. @param {{ detail?: string, silent?: boolean }} [given] */
function drawing({ detail = "", silent = false } = {}) {
  const saved = /** @type {any[]} */ ([]);
  const asked = /** @type {string[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      asked.push(address);
      if (silent) throw new TypeError("no network");
      return detail ? Response.json({ detail }, { status: 422 }) : new Response("drawn");
    }
  );
  Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL() {} });
  const { createElement } = document;
  document.createElement = /** @type {any} */ (
    (/** @type {any} */ tag) => {
      const node = createElement.call(document, tag);
      if (tag === "a")
        node.addEventListener("click", () => saved.push([node.getAttribute("href"), node.getAttribute("download")]));
      return node;
    }
  );
  return { saved, asked };
}

test("what is copied is said, and can be read below", async () => {
  const { made, use, copied } = sheet();
  assert.equal(made.copied.hidden, true);
  assert.equal(await use("link"), true);
  assert.deepEqual([copied, made.code.value], [["http://host/?x"], "http://host/?x"]);
  assert.deepEqual([made.copied.hidden, made.status.textContent], [false, "Link: copied"]);
});

test("where copying is not allowed the text is selected, and it is said how to go on", async () => {
  const { made, use } = sheet({ copies: false });
  await use("frame");
  assert.equal(made.status.textContent, "iframe: selected, press Ctrl+C");
  assert.equal(document.activeElement, made.code);
});

test("a click with a key that opens another tab is the browser's own", async () => {
  const { use, copied } = sheet();
  for (const key of ["ctrlKey", "metaKey", "shiftKey"]) assert.equal(await use("link", { [key]: true }), false);
  assert.deepEqual(copied, []);
});

test("a file is made when it is wanted, and saved by its name", async () => {
  const { made, use } = sheet();
  const { saved, asked } = drawing();
  await use("png");
  await until(() => saved.length);
  assert.equal(new URL(asked[0]).pathname, "/render.png");
  assert.match(saved[0][1], /\.png$/);
  assert.equal(made.status.textContent, `${saved[0][1]} is saved`);
});

test("what cannot be drawn is said with the server's reason, and can be asked for again", async () => {
  const { made, use, way } = sheet();
  drawing({ detail: "at most 400 steps move" });
  await use("gif");
  await until(() => !way("gif").getAttribute("aria-busy"));
  assert.equal(made.status.textContent, "at most 400 steps move");
  const { asked } = drawing({ silent: true });
  await use("gif");
  await until(() => !way("gif").getAttribute("aria-busy"));
  assert.deepEqual([asked.length, made.status.textContent], [1, "The server does not answer."]);
});

test("while a file is made another click on it asks for no second one", async () => {
  const { use, made } = sheet();
  const gates = /** @type {(() => void)[]} */ ([]);
  let asked = 0;
  globalThis.fetch = /** @type {any} */ (
    async () => {
      asked += 1;
      await new Promise((go) => gates.push(() => go(null)));
      return new Response("drawn");
    }
  );
  await use("pdf");
  await use("pdf");
  assert.deepEqual([asked, made.status.textContent?.startsWith("Making ")], [1, true]);
  for (const go of gates) go();
  await settled();
});

test("choices are in every address from then on, and in what was copied already", async () => {
  const { made, use, way, choose, changes } = sheet({ told: { languages: '{"en": "English", "ko": "한국어"}' } });
  await use("frame");
  const before = changes();
  choose(made.lang, "ko");
  choose(made.theme, "dark");
  choose(made.width, "1000", "input");
  choose(made.height, "600", "input");
  assert.match(made.code.value, /lang=ko&amp;theme=dark" width="1000" height="600"/);
  assert.equal(changes() - before, 4);
  const png = new URL(way("png").getAttribute("href")).searchParams;
  assert.deepEqual([png.get("lang"), png.get("theme"), png.get("width")], ["ko", "dark", "1000"]);
});

test("a side that no frame may have is brought to the nearest, and an empty one to what it was at first", () => {
  const { made, choose } = sheet();
  const sides = () => [made.choices.width, made.choices.height];
  assert.deepEqual(sides(), [700, 440]);
  for (const [text, width] of /** @type {[string, number][]} */ ([
    ["10", 320],
    ["99999", 3840],
    ["640.4", 640],
    ["", 700],
    ["0", 700],
  ])) {
    choose(made.width, text, "input");
    assert.equal(made.choices.width, width, text);
  }
  choose(made.height, "", "input");
  assert.equal(made.choices.height, 440);
});

test("a still shows the step that stands when it is taken, not the one that stood when the list was made", async () => {
  const { state, way } = sheet();
  const step = () => new URL(way("png").getAttribute("href")).searchParams.get("step");
  assert.equal(step(), "7");
  state.step = 9;
  fire(way("png"), "pointerenter");
  assert.equal(step(), "9");
  state.step = 11;
  fire(way("png"), "focus");
  assert.equal(step(), "11");
});

test("what is pointed at is the way that a page may show a picture of", () => {
  const { made, way, changes } = sheet();
  const before = changes();
  fire(way("gif"), "pointerenter");
  assert.deepEqual([made.way?.name, changes() - before], ["gif", 1]);
  assert.match(made.way?.seen ?? "", /render\.png/);
});

test("stills begin with the step that the page wants, and films stand where the server makes them", () => {
  const { made, way } = sheet({ still: "last" });
  assert.deepEqual([made.choices.still, way("mp4")], ["last", null]);
  assert.ok(sheet({ told: { films: "" } }).way("mp4"));
});
