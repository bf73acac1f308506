import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf, keyName, leavingBy } from "../../static/element/keys.js";

/** @param {string} key  @param {object} more */
const press = (key, more = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  defaultPrevented: false,
  ...more,
});

test("a presenter's clicker steps", () => {
  assert.equal(actionOf(press("PageDown"), ""), "onward");
  assert.equal(actionOf(press("PageUp"), ""), "backward");
});

test("shift and an arrow walk a row", () => {
  assert.equal(actionOf(press("ArrowRight", { shiftKey: true }), ""), "rowForward");
  assert.equal(actionOf(press("ArrowRight"), ""), "forward");
});

test("a focused button keeps its space, a slider its arrows, a field everything", () => {
  assert.equal(actionOf(press(" "), "button"), null);
  assert.equal(actionOf(press("ArrowLeft"), "button"), "back");
  assert.equal(actionOf(press("ArrowLeft"), "range"), null);
  assert.equal(actionOf(press(","), "range"), "back");
  assert.equal(actionOf(press("f"), "text"), null);
});

test("the browser's own shortcuts stay its own", () => {
  assert.equal(actionOf(press("f", { ctrlKey: true }), ""), null);
  assert.equal(actionOf(press("ArrowLeft", { altKey: true }), ""), null);
  assert.equal(actionOf(press("["), ""), "slower");
  assert.equal(actionOf(press("x"), ""), null);
});

test("a key is known by its place while another script is typed", () => {
  for (const [typed, code, action] of [
    ["ㅜ", "KeyN", "next"],
    ["ㄹ", "KeyF", "fullscreen"],
    ["а", "KeyF", "fullscreen"],
    ["х", "BracketLeft", "slower"],
    ["ъ", "BracketRight", "faster"],
    ["б", "Comma", "back"],
    ["ｎ", "KeyN", "next"],
    ["Process", "KeyN", "next"],
    ["Unidentified", "Space", "play"],
    ["ö", "Semicolon", null],
  ])
    assert.equal(actionOf(press(/** @type {string} */ (typed), { code }), ""), action, `${typed} at ${code}`);
  assert.equal(keyName(press("١", { code: "Digit1" })), "1");
  assert.equal(keyName(press("&", { code: "Digit1" })), "1", "the digits of a French keyboard need shift");
  assert.equal(actionOf(press("؟", { code: "Slash", shiftKey: true }), ""), "keys");
});

test("a Latin letter is the one that is written on the key, wherever it stands", () => {
  assert.equal(actionOf(press("n", { code: "KeyL" }), ""), "next");
  assert.equal(actionOf(press("c", { code: "KeyN" }), ""), null);
  assert.equal(actionOf(press("N", { code: "KeyN", shiftKey: true }), ""), "next");
  assert.equal(keyName(press("!", { code: "Digit1", shiftKey: true })), "");
});

test("a key that takes part in writing a syllable is no command", () => {
  assert.equal(actionOf(press("ㅜ", { code: "KeyN", isComposing: true }), ""), null);
  assert.equal(actionOf(press("Process", { code: "KeyN", isComposing: true }), ""), null);
});

test("brackets that are typed with AltGr still change the speed", () => {
  const right = { ctrlKey: true, altKey: true, getModifierState: (/** @type {string} */ name) => name === "AltGraph" };
  assert.equal(actionOf(press("[", { code: "Digit8", ...right }), ""), "slower");
  assert.equal(actionOf(press("[", { code: "Digit8", ctrlKey: true, altKey: true }), ""), null);
});

test("modifiers take every key away, by its letter and by its place", () => {
  for (const modifier of ["ctrlKey", "altKey", "metaKey"])
    for (const [key, code] of [
      ["n", "KeyN"],
      ["ㅜ", "KeyN"],
      [" ", "Space"],
      ["PageDown", "PageDown"],
    ])
      assert.equal(actionOf(press(key, { code, [modifier]: true }), ""), null);
});

test("a presenter's keys lead out of the walk at its ends, and only there", () => {
  const walk = { index: 8, route: { first: 0, last: 8 }, loop: false, playing: false };
  assert.equal(leavingBy(press("PageDown"), walk), "next");
  assert.equal(leavingBy(press(" "), walk), "next");
  assert.equal(leavingBy(press("PageUp"), walk), null);
  assert.equal(leavingBy(press("PageUp"), { ...walk, index: 0 }), "prev");
  assert.equal(leavingBy(press("PageDown"), { ...walk, index: 7 }), null);
  assert.equal(leavingBy(press("ArrowRight"), walk), null);
  assert.equal(leavingBy(press("PageDown", { repeat: true }), walk), null, "a key that is held does not fly on");
  assert.equal(leavingBy(press("PageDown"), { ...walk, loop: true }), null);
  assert.equal(leavingBy(press(" "), { ...walk, playing: true }), null);
});

test("a list of keys names those that are pressed by their place as they are printed", async () => {
  const { keyListIn, nameAsPrinted } = await import("../../static/words/key-list.js");
  const listOn = async (/** @type {any} */ keyboard) => {
    Object.defineProperty(globalThis, "navigator", { value: { language: "en", keyboard }, configurable: true });
    const list = document.createElement("dl");
    for (const [key] of keyListIn("en")) {
      const named = document.createElement("dt");
      named.textContent = key;
      list.append(named);
    }
    await nameAsPrinted(list);
    return Array.from(list.querySelectorAll("dt"), (key) => key.textContent);
  };
  const french = new Map([
    ["BracketLeft", "^"],
    ["BracketRight", "$"],
  ]);
  const english = keyListIn("en").map(([key]) => key);
  assert.deepEqual(await listOn(undefined), english, "a browser that does not tell");
  assert.deepEqual(await listOn({ getLayoutMap: async () => new Map() }), english);
  assert.deepEqual(await listOn({ getLayoutMap: () => Promise.reject(new Error("not in a frame")) }), english);
  assert.deepEqual(
    await listOn({ getLayoutMap: async () => french }),
    english.map((key) => (key === "[ ]" ? "^ $" : key)),
  );
});
