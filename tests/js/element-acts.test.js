/** What is done to the element by its own controls and keys, in which language, and what the page around it hears. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OBSERVED } from "../../static/element/attributes.js";
import { fire, happen, SightObserver, SizeObserver } from "./dom.js";
import { DEFINED, element, sceneServer } from "./elements.js";
import { PageEvent } from "./events.js";
import { settled, until } from "./stand_ins.js";

/** An element that walks a scene, and its controls. @param {Record<string, string>} [attributes] */
async function walking(attributes = {}) {
  const server = sceneServer();
  const found = await element({ scene: "cat | relu", controls: "", ...attributes });
  const button = (/** @type {string} */ name) => found.find(`.timeline .${name}`);
  const type = async (/** @type {string} */ text) => {
    const field = found.find("input.field");
    field.value = text;
    fire(field, "change");
    await settled();
    return found.find(".refusal").hidden ? "" : found.find(".refusal").textContent;
  };
  const key = async (/** @type {string} */ name, more = {}) => {
    const plain = { code: "", shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
    const event = fire(found.find(".frame"), "keydown", { key: name, ...plain, ...more });
    await settled();
    return event;
  };
  return { ...found, server, button, type, key };
}

test("the buttons walk: a step, a row, to the ends; and they say what they do", async () => {
  const { made, button } = await walking();
  for (const [name, step] of /** @type {[string, number][]} */ ([
    ["forward", 1],
    ["rowForward", 5],
    ["back", 4],
    ["rowBack", 0],
    ["rowBack", 0],
    ["last", 11],
    ["forward", 11],
    ["first", 0],
  ])) {
    button(name).click();
    assert.equal(made.step, step, name);
    assert.ok(button(name).getAttribute("aria-label"), name);
  }
  button("play").click();
  assert.equal(made.playing, true);
  button("play").click();
  assert.equal(made.playing, false);
  made.disconnectedCallback();
});

test("a loop is turned on and off, and the strongest answer is looked for", async () => {
  const { made, button } = await walking();
  button("loop").click();
  assert.equal(button("loop").ariaPressed, "true");
  button("loop").click();
  assert.equal(button("loop").ariaPressed, "false");
  made.seek(7);
  button("strongest").click();
  await until(() => made.step === 0);
  assert.equal(made.step, 0, "all are as strong: the first");
  made.disconnectedCallback();
});

test("a step is found by its number or its row and column; what there is not is said and moves nothing", async () => {
  const { made, type } = await walking();
  for (const [text, step] of /** @type {[string, number][]} */ ([
    ["12", 11],
    ["1", 0],
    ["2, 3", 6],
    ["row 3 column 4", 11],
    ["(1; 2)", 1],
  ])) {
    assert.equal(await type(text), "", text);
    assert.equal(made.step, step, text);
  }
  for (const text of ["13", "0", "4, 1", "1, 5", "-2", "abc", "1.5"]) {
    assert.notEqual(await type(text), "", text);
    assert.equal(made.step, 1, text);
  }
  made.disconnectedCallback();
});

test("the next layer is offered while there is one, and walked from its first step", async () => {
  const { made, server, button } = await walking({ step: "5" });
  assert.equal(button("next").hidden, true, "before the last step nothing leads on");
  made.seek(11);
  assert.equal(button("next").hidden, false);
  button("next").click();
  await until(() => made.layer === 1);
  assert.deepEqual([made.layer, made.step, server.asked.at(-1).layer], [1, 0, 1]);
  made.seek(11);
  assert.equal(button("next").hidden, true, "it is the last layer");
  const asked = server.asked.length;
  button("next").click();
  await settled();
  assert.equal(server.asked.length, asked);
  made.disconnectedCallback();
});

test("keys do as the buttons do, those that are pressed before their script is here too", async () => {
  const { made, key } = await walking();
  await key("ArrowRight");
  await until(() => made.step === 1);
  assert.equal(made.step, 1);
  await key("End");
  assert.equal(made.step, 11);
  assert.equal((await key("Home", { ctrlKey: true })).defaultPrevented, false, "the browser's own");
  assert.equal(made.step, 11);
  await key("[");
  const slow = made.speed;
  await key("]");
  assert.equal(made.speed, slow * 2);
  made.disconnectedCallback();
});

test("a presenter's key at the end of the walk belongs to the page, which may keep the walk there", async () => {
  const { made, key, heard } = await walking({ step: "11" });
  await key("ArrowLeft");
  await until(() => made.step === 10);
  const inside = await key("PageDown");
  assert.deepEqual([made.step, inside.defaultPrevented], [11, true]);
  const beyond = await key("PageDown");
  assert.deepEqual(heard.at(-1), ["leave", { key: "PageDown", way: "next" }]);
  assert.deepEqual([made.step, beyond.defaultPrevented], [11, false]);
  made.seek(0);
  await key("PageUp");
  assert.deepEqual(heard.at(-1), ["leave", { key: "PageUp", way: "prev" }]);
  made.disconnectedCallback();
});

test("its language is that of the tag, else of what it stands in, else of the browser", async () => {
  const { made, set, find } = await walking({ lang: "nl" });
  const { learn } = await import("../../static/words/language.js");
  for (const tag of ["nl", "sv", "de"]) learn(tag, { Timeline: `Timeline ${tag}` });
  const label = () => find(".timeline").getAttribute("aria-label");
  await set("lang", "nl-BE");
  assert.deepEqual([find(".frame").lang, label()], ["nl", "Timeline nl"]);
  document.body.setAttribute("lang", "sv");
  await set("lang", null);
  assert.equal(label(), "Timeline sv");
  document.body.removeAttribute("lang");
  document.documentElement.removeAttribute("lang");
  Object.defineProperty(globalThis, "navigator", { value: { language: "de-AT" }, configurable: true });
  await set("theme", "dark");
  assert.equal(label(), "Timeline de");
  Object.defineProperty(globalThis, "navigator", { value: { language: "en" }, configurable: true });
  document.documentElement.setAttribute("lang", "en");
  made.disconnectedCallback();
});

test("the tag says how much stands around the panes: all, the bar alone, or nothing", async () => {
  const { made, set, find } = await walking();
  const stands = () => [find(".timeline").hidden, find(".frame").dataset.controls];
  assert.deepEqual(stands(), [false, "full"]);
  for (const [word, hidden, what] of /** @type {[string | null, boolean, string][]} */ ([
    ["none", true, "none"],
    ["bar", false, "bar"],
    ["false", true, "none"],
    [null, false, "full"],
  ])) {
    await set("controls", word);
    assert.deepEqual(stands(), [hidden, what]);
  }
  made.disconnectedCallback();
});

test("a loop is an attribute as well, and the browser tells of every attribute that counts", async () => {
  const { made, set, button } = await walking();
  await set("loop", "");
  assert.equal(button("loop").ariaPressed, "true");
  await set("loop", null);
  assert.equal(button("loop").ariaPressed, "false");
  assert.deepEqual(DEFINED.get("kernel-walk").observedAttributes, OBSERVED);
  assert.equal(new Set(OBSERVED).size, OBSERVED.length);
  made.disconnectedCallback();
});

test("the element watches its room and its sight while it is in the page, and not after", async () => {
  const { made } = await walking();
  const watched = (/** @type {any} */ kind) =>
    [.../** @type {any} */ (kind.all)].some((one) => one instanceof kind && one.seen.has(made));
  assert.deepEqual([watched(SizeObserver), watched(SightObserver)], [true, true]);
  made.disconnectedCallback();
  assert.deepEqual([watched(SizeObserver), watched(SightObserver)], [false, false]);
  happen(new PageEvent("resize"));
  await settled();
  assert.equal(made.opening.line, "cat | relu");
});
