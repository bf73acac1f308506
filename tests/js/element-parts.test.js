/** Parts of the element by themselves: keys that come too early, scripts that come late, stops, asking. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Asking } from "../../static/element/asking.js";
import { HeldKeys } from "../../static/element/held-keys.js";
import { LateParts } from "../../static/element/late-parts.js";
import { fire } from "./dom.js";
import "./sheets.js";
import { settled } from "./stand_ins.js";

const { Part } = await import("../../static/element/course.js");

/** A script of a few lines, as an address. @param {string} text */
const script = (text) => `data:text/javascript,${encodeURIComponent(text)}`;

/** An element whose keys are not here yet. */
function waiting(model = /** @type {any} */ ({})) {
  const host = /** @type {any} */ (document.createElement("kernel-walk"));
  const root = host.attachShadow();
  const [frame, button, field] = ["div", "button", "input"].map(
    (tag) => /** @type {any} */ (document.createElement(tag)),
  );
  root.append(frame, button, field);
  document.body.append(host);
  const keys = new HeldKeys(/** @type {any} */ ({ root, host, frame, model }));
  const press = (/** @type {any} */ target, /** @type {string} */ key, more = {}) => {
    const event = { target, key, type: "keydown", prevented: false, stopped: false, ...more };
    Object.assign(event, {
      composedPath: () => [target],
      preventDefault: () => Object.assign(event, { prevented: true }),
      stopPropagation: () => Object.assign(event, { stopped: true }),
    });
    keys.press(/** @type {any} */ (event));
    return [event.prevented, event.stopped];
  };
  return { keys, host, root, frame, button, field, press };
}

/** What a keyboard that has come is pressed with. */
const pressed = /** @type {any[]} */ ([]);
const keyboard = /** @type {any} */ (
  () => ({ press: (/** @type {any} */ { key }) => pressed.push(key), open: () => pressed.push("open") })
);

test("keys that are pressed too early are pressed again when their script is here, in order and once", () => {
  const { keys, frame, button, press } = waiting();
  const again = /** @type {any[]} */ ([]);
  for (const node of [frame, button])
    node.addEventListener("keydown", (/** @type {any} */ event) => again.push(event.key));
  assert.deepEqual(
    [press(frame, "ArrowRight"), press(frame, " ")],
    [
      [true, true],
      [true, true],
    ],
    "and the page stays where it is",
  );
  assert.deepEqual(press(button, "Enter"), [false, false], "a control's own key is no command");
  assert.deepEqual(press(button, "f"), [false, true], "it may still need it");
  keys.take(keyboard);
  assert.deepEqual(again, ["ArrowRight", " ", "f"]);
  pressed.length = 0;
  press(frame, "End");
  assert.deepEqual(pressed, ["End"]);
});

test("keys with Control, of a field, of what a page puts inside the tag, and of nothing shown are left alone", () => {
  const { keys, host, frame, field, press } = waiting();
  const inside = document.createElement("p");
  host.append(inside);
  for (const [target, key, more] of /** @type {any[]} */ ([
    [frame, "ArrowRight", { ctrlKey: true }],
    [frame, "ArrowRight", { metaKey: true }],
    [frame, "Tab", {}],
    [field, "1", {}],
    [inside, "ArrowRight", {}],
  ]))
    assert.deepEqual(press(target, key, more), [false, false], key);
  const again = /** @type {any[]} */ ([]);
  frame.addEventListener("keydown", (/** @type {any} */ event) => again.push(event.key));
  keys.take(keyboard);
  assert.deepEqual(again, []);
  assert.deepEqual(waiting(null).press(frame, "ArrowRight"), [false, false]);
});

test("the script of the keys is asked for once; one that did not come, with the next key", async () => {
  const { keys } = waiting();
  keys.address = script("export const keyboardOf = () => ({ press() {}, open() { globalThis.keysOpened = true; } });");
  assert.equal(keys.bring(), keys.bring());
  await keys.open();
  assert.equal(/** @type {any} */ (globalThis).keysOpened, true);
  const lost = waiting();
  lost.keys.address = script("throw new Error('lost');");
  lost.press(lost.frame, "ArrowRight");
  await lost.keys.bring();
  const again = /** @type {any[]} */ ([]);
  lost.frame.addEventListener("keydown", () => again.push(1));
  lost.keys.address = script("export const keyboardOf = () => ({ press() {}, open() {} });");
  await lost.keys.bring();
  assert.deepEqual(again, [], "what was pressed before it was lost is not pressed again");
});

test("a part comes when a tag has one of its words, once, and takes what the tag says from then on", async () => {
  const told = /** @type {any[]} */ ([]);
  Object.assign(globalThis, { partsTold: told });
  const host = document.createElement("kernel-walk");
  const parts = new LateParts(host, "", { tool: 7 });
  const text = `export class Part {
    constructor(host, tools) { partsTold.push(["made", tools.tool]); }
    adopt() { partsTold.push("adopt"); }
  }`;
  parts.known = [
    { words: ["stops", "start"], address: script(text) },
    { words: ["compare"], address: script("throw new Error('lost');") },
  ];
  await parts.bring();
  await parts.changed("scene");
  assert.deepEqual(told, [], "nothing asks for it");
  host.setAttribute("start", "3");
  await Promise.all([parts.bring(), parts.changed("start")]);
  await parts.changed("stops");
  assert.deepEqual(told, [["made", 7], "adopt", "adopt"]);
  host.setAttribute("compare", "x");
  await parts.changed("compare");
  assert.equal(told.length, 3, "a part that does not come is done without");
});

/** A walk with stops. @param {Record<string, string>} words  @param {{ steps?: number, paced?: boolean }} [walked] */
function course(words, { steps = 20, paced = false } = {}) {
  const host = /** @type {any} */ (document.createElement("kernel-walk"));
  for (const [name, word] of Object.entries(words)) host.setAttribute(name, word);
  const bounds = /** @type {any[]} */ ([]);
  const opening = { layer: 0, start: { kind: "gather", steps }, output: { shape: [1, 1, steps] } };
  const walk = {
    opening,
    arrays: {},
    step: null,
    paced,
    player: { steps, bound: (/** @type {any} */ given) => bounds.push(given) },
  };
  const node = /** @type {any} */ (document.createElement("div"));
  const scrubber = Object.assign(document.createElement("input"), { className: "scrubber" });
  node.append(scrubber);
  const remarks = /** @type {((step: any) => string)[]} */ ([]);
  const shell = { root: { adoptedStyleSheets: [] }, timeline: { node, bound() {} }, remarks, fit() {}, arrange() {} };
  const found = { answer: (/** @type {number} */ _index) => {} };
  const strongest = () => new Promise((answer) => Object.assign(found, { answer }));
  const part = new Part(host, /** @type {any} */ ({ inside: () => ({ walk, shell }), strongest }));
  part.adopt();
  const notes = () => [...node.querySelectorAll(".notes span")].map((/** @type {any} */ one) => one.textContent);
  return { host, part, bounds, walk, node, remarks, found, notes };
}

test("a player is bound by what the tag says; stops make a walk short unless a speed was chosen", () => {
  const { bounds, notes, remarks } = course({ stops: "3:here,9", start: "2", stop: "12" });
  const [{ first, last, stops, within }] = bounds;
  assert.deepEqual([first, last, stops], [2, 11, [3, 9]]);
  assert.ok(within > 0 && within <= 45);
  assert.deepEqual([notes(), remarks[0]({ index: 3 }), remarks[0]({ index: 4 })], [["here"], "here", ""]);
  assert.equal(course({ stops: "3", speed: "4" }).bounds[0].within, Number.POSITIVE_INFINITY);
  assert.equal(course({ stops: "3" }, { paced: true }).bounds[0].within, Number.POSITIVE_INFINITY);
  assert.equal(course({ start: "2" }).bounds[0].within, Number.POSITIVE_INFINITY);
});

test("the strongest answer becomes a stop when it is known, and its note has held its room before", async () => {
  const { bounds, notes, found, node } = course({ stops: "3,strongest:most" });
  assert.deepEqual([bounds.at(-1).stops, notes()], [[3], ["most"]]);
  found.answer(7);
  await settled();
  assert.deepEqual([bounds.at(-1).stops, notes()], [[3, 7], ["most"]]);
  assert.deepEqual(
    [...node.querySelectorAll(".ticks i")].map((one) => one.getAttribute("data-index")),
    ["3", "7"],
  );
});

test("the strongest answer of a scene that is no longer walked is no stop", async () => {
  const { bounds, found, walk } = course({ stops: "strongest" });
  walk.arrays = {};
  found.answer(7);
  await settled();
  assert.deepEqual(bounds.at(-1).stops, []);
});

test("stops are those of one layer, until the tag says others", () => {
  const { host, part, bounds, walk } = course({ stops: "3" });
  walk.opening = { ...walk.opening, layer: 1 };
  part.adopt();
  assert.deepEqual(bounds.at(-1).stops, []);
  host.setAttribute("stops", "4");
  part.adopt();
  assert.deepEqual(bounds.at(-1).stops, [4]);
});

test("the note of the step that stands is the one that is seen", () => {
  const { host, node } = course({ stops: "3:one,9:two" });
  const seen = () => [...node.querySelectorAll(".notes .now")].map((/** @type {any} */ one) => one.textContent);
  for (const [kind, index, shown] of /** @type {[string, number, string[]][]} */ ([
    ["step", 3, ["one"]],
    ["inspect", 9, ["two"]],
    ["step", 4, []],
  ])) {
    fire(host, kind, { detail: { index } });
    assert.deepEqual(seen(), shown);
  }
});

test("an element asks when its tag says so, and walks again when it no longer does", async () => {
  const told = /** @type {any[]} */ ([]);
  Object.assign(globalThis, { asked: told });
  const element = /** @type {any} */ (document.createElement("kernel-walk"));
  const shell = /** @type {any} */ ({
    model: {},
    say: () => told.push("say"),
    keys: { bring() {} },
    root: {},
    events: {},
  });
  const walk = /** @type {any} */ ({ close: () => told.push("close") });
  const failed = (/** @type {Error} */ error) => told.push(error.message);
  const asking = new Asking(element, shell, walk, "", { lang: () => "en", reload: () => told.push("reload"), failed });
  assert.equal(asking.asks, false);
  for (const [name, word, asks] of /** @type {any[]} */ ([
    ["mode", "predict", true],
    ["mode", "walk", false],
    ["fade", "1", false],
    ["fade", "2", true],
  ])) {
    element.setAttribute(name, word);
    assert.equal(asking.asks, asks, `${name}=${word}`);
  }
  const cards = script("export const ask = () => asked.push('ask'); export const dismiss = (_, reload) => reload();");
  asking.begin(cards);
  await settled();
  assert.deepEqual([told, shell.model], [["close", "say", "ask"], null]);
  told.length = 0;
  element.setAttribute("fade", "1");
  asking.begin(cards);
  await settled();
  assert.deepEqual(told, ["reload"]);
  asking.begin(script("throw new Error('lost');"));
  await settled();
  assert.deepEqual(told, ["reload", "lost"]);
});
