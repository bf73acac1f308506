/** A card of questions: asked, answered, told and kept, with a server that answers as ours does. */
import "./dom.js";
import "./sheets.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { wordsIn } from "../../static/questions/words.js";
import { fire, SizeObserver } from "./dom.js";
import { settled } from "./stand_ins.js";

const { ask, dismiss } = await import("../../static/questions/card.js");
const WORDS = wordsIn("en");
const KEPT = new Map();
Object.assign(globalThis, {
  sessionStorage: {
    getItem: (/** @type {string} */ key) => KEPT.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => void KEPT.set(key, text),
  },
});
beforeEach(() => KEPT.clear());

const SHOWN = {
  operation: { en: "Convolution" },
  input_shape: [1, 2, 2],
  settings: { stride: [1, 1] },
  rule: ["y = x w"],
  input: [
    [
      [1, 2],
      [3, 4],
    ],
  ],
  corner: [0, 0],
  window: [[[1, 2]]],
  kernel: [[[3, 4]]],
  products: [[[3, 8]]],
  map: [[[null, 2]]],
  at: [0, 0],
};
const question = (more = {}) => ({
  ask: "value",
  seed: 0,
  index: 0,
  gives: "number",
  prompt: { en: "What comes out?" },
  choices: [],
  step: 5,
  shown: SHOWN,
  ...more,
});
const RIGHT = {
  right: true,
  answer: "11",
  sentence: { en: "Right." },
  explanation: [{ en: "3 + 8 = 11" }],
  shown: { ...SHOWN, map: [[[11, 2]]] },
};

/** An element that asks, and the server that is asked.
 * @param {Record<string, string>} attributes  @param {{ asked?: object, told?: object, lang?: string }} more */
function asking(attributes = {}, { asked = question(), told = RIGHT, lang = "en" } = {}) {
  const element = /** @type {any} */ (document.createElement("kernel-walk"));
  for (const [name, word] of Object.entries({ scene: "@first", mode: "predict", ...attributes }))
    element.setAttribute(name, word);
  document.body.replaceChildren(element);
  const root = element.attachShadow();
  root.adoptedStyleSheets = [];
  const seen = { calls: /** @type {any[]} */ ([]), watched: /** @type {any[]} */ ([]), rests: 0, heights: [0] };
  const server = { asked, told: /** @type {any} */ (told), broken: false, gate: Promise.resolve() };
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address, /** @type {RequestInit} */ init) => {
      const { pathname, searchParams } = new URL(address);
      const body = init?.body ? JSON.parse(String(init.body)) : null;
      seen.calls.push({ path: pathname, words: Object.fromEntries(searchParams), body });
      await server.gate;
      if (server.broken) return new Response(JSON.stringify({ detail: "No such scene." }), { status: 422 });
      if (pathname.endsWith("answers")) return new Response(JSON.stringify(server.told));
      return new Response(JSON.stringify({ questions: [server.asked], layer: 1, line: "whole line" }));
    }
  );
  const host = {
    element,
    root,
    server: "http://server.example",
    lang,
    folder: "http://server.example/words/",
    watch: (/** @type {string} */ line, /** @type {object} */ place) => void seen.watched.push([line, place]),
    rest: () => {
      seen.rests += 1;
    },
    sized: (/** @type {number} */ height) => void seen.heights.push(height),
  };
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const texts = (/** @type {string} */ selector) =>
    root.querySelectorAll(selector).map((/** @type {any} */ node) => node.textContent);
  const answer = async (/** @type {string} */ text) => {
    find("form input").value = text;
    fire(find("form"), "submit");
    await settled();
  };
  return { element, root, host: /** @type {any} */ (host), seen, server, find, texts, answer };
}

test("a question of the tag's own scene is asked for with seed, index, kind and language", async () => {
  const { host, seen, find } = asking({ seed: "4.9", ask: "shape", layer: "2" });
  await ask(host);
  assert.deepEqual(seen.calls[0].words, {
    scene: "@first",
    ask: "shape",
    seed: "4",
    start: "0",
    lang: "en",
    layer: "2",
  });
  assert.equal(find(".prompt").textContent, "What comes out?");
  assert.equal(find(".where").textContent, WORDS.progress(1, 10, 0));
});

test("the field of a value stands in the sum; an empty answer is not handed in, it keeps the field", async () => {
  const { host, seen, find, answer } = asking();
  await ask(host);
  assert.ok(find(".sum form input"));
  await answer("   ");
  assert.equal(seen.calls.length, 1);
  assert.equal(document.activeElement, find("form input"));
});

test("an answer is posted with all that names its question, and what came out is told and shown", async () => {
  const { host, seen, find, texts, answer } = asking({}, { asked: question({ index: 3, seed: 7 }) });
  await ask(host);
  await answer(" 11 ");
  const { path, words, body } = seen.calls[1];
  assert.deepEqual([path, words], ["/api/answers", { lang: "en" }]);
  assert.deepEqual(body, { scene: "whole line", layer: 1, ask: "value", seed: 7, index: 3, answer: " 11 " });
  assert.match(find(".verdict .right").textContent, /✓ Right\./);
  assert.deepEqual(texts(".verdict .line"), ["3 + 8 = 11"]);
  assert.deepEqual(texts("td.told"), ["11"]);
  assert.equal(find(".came").textContent, "11");
  assert.equal(find(".where").textContent, WORDS.progress(1, 10, 1));
  assert.equal(document.activeElement, find(".ways .main"));
});

test("a wrong answer stands beside the right one; a right one does not stand twice", async () => {
  const { host, find, answer } = asking({}, { told: { ...RIGHT, right: false, sentence: { en: "Not so." } } });
  await ask(host);
  await answer("12");
  assert.ok(find(".verdict .wrong"));
  assert.equal(find(".answer").textContent, `${WORDS.rightAnswer}: 11 · ${WORDS.given("12")}`);
  const right = asking();
  await ask(right.host);
  await right.answer("11");
  assert.equal(right.find(".answer").textContent, `${WORDS.rightAnswer}: 11`);
});

test("a cell that is asked for is picked in the window, but for other questions it is not", async () => {
  for (const [gives, written] of [
    ["cell", true],
    ["size", false],
  ]) {
    const { host, find } = asking({}, { asked: question({ ask: "winner", gives }) });
    await ask(host);
    assert.equal(find(".tables").classList.contains("picks"), written);
  }
});

test("what the server does not take is told under the question, which stays open", async () => {
  const { host, server, find, answer } = asking();
  await ask(host);
  server.broken = true;
  await answer("11");
  assert.equal(find(".verdict .wrong").textContent, "No such scene.");
  assert.equal(find("form input").disabled, false);
  server.broken = false;
  await answer("11");
  assert.ok(find(".verdict .right"));
});

test("choices are buttons and letters are their keys; what was chosen wrongly needs no repeating", async () => {
  const choices = [{ en: "small" }, { en: "large" }];
  const told = { ...RIGHT, right: false };
  const { host, seen, find } = asking({}, { asked: question({ ask: "size", gives: "choice", choices }), told });
  await ask(host);
  fire(find(".choices"), "keydown", { code: "KeyB" });
  await settled();
  assert.equal(seen.calls[1].body.answer, "B");
  assert.equal(find(".answer").textContent, `${WORDS.rightAnswer}: 11`);
  assert.ok(
    find(".choices")
      .querySelectorAll("button")
      .every((/** @type {any} */ button) => button.disabled),
  );
});

test("the next question counts on, gets the focus, and the last one leads to the results", async () => {
  const { host, seen, find, texts, answer } = asking({ count: "2" });
  await ask(host);
  assert.notEqual(document.activeElement, find("form input"), "a page that opens keeps its focus");
  await answer("11");
  assert.equal(texts(".ways button")[0], WORDS.next);
  find(".ways .main").click();
  await settled();
  assert.deepEqual([seen.calls[2].words.start, find(".where").textContent], ["1", WORDS.progress(2, 2, 1)]);
  assert.equal(document.activeElement, find("form input"));
  await answer("11");
  assert.equal(texts(".ways button")[0], WORDS.results);
  find(".ways .main").click();
  assert.equal(find(".prompt").textContent, WORDS.score(2, 2));
  assert.equal(document.activeElement, find(".ways .main"));
  assert.match(find("textarea").value, /^Kernelwalk: .*\n1\. ✓ @first: What comes out\? your answer 11\n2\. ✓/);
});

test("answers are kept: a page that is opened again goes on where it was, and other questions begin anew", async () => {
  const first = asking({ count: "2" });
  await ask(first.host);
  await first.answer("11");
  const second = asking({ count: "2" });
  await ask(second.host);
  assert.equal(second.seen.calls[0].words.start, "1");
  await second.answer("11");
  second.find(".ways .main").click();
  const [, again, others] = second.root.querySelectorAll(".ways button");
  others.click();
  await settled();
  assert.deepEqual([second.seen.calls.at(-1).words.seed, second.seen.calls.at(-1).words.start], ["1", "0"]);
  assert.equal([...KEPT.values()].includes("[]"), false, "other questions leave these as they are");
  again.click();
  await settled();
  assert.equal(second.seen.calls.at(-1).words.start, "0");
  const other = asking({ count: "2", seed: "2" });
  await ask(other.host);
  assert.equal(other.seen.calls[0].words.start, "0");
});

test("a worked example asks for its step with what fades, once, and keeps nothing", async () => {
  const { host, seen, texts, answer } = asking({ fade: "3", step: "4", ask: "shape" });
  await ask(host);
  const { ask: kind, step, fade } = seen.calls[0].words;
  assert.deepEqual([kind, step, fade], ["value", "4", "3"]);
  assert.equal(texts(".where")[0], "");
  await answer("11");
  assert.equal(seen.calls[1].body.step, 4);
  assert.deepEqual(texts(".ways button"), [WORDS.watch]);
  assert.equal(KEPT.size, 0);
});

test("watching walks the step that was asked about, and the way back rests the walk", async () => {
  const { host, seen, find, answer } = asking({}, { asked: question({ step: 6 }) });
  await ask(host);
  await answer("11");
  find(".ways").querySelectorAll("button")[1].click();
  assert.deepEqual(seen.watched, [["whole line", { layer: 1, step: 6 }]]);
  assert.deepEqual([find(".questions").hidden, find(".to-questions").hidden], [true, false]);
  assert.equal(document.activeElement, find(".to-questions"));
  find(".to-questions").click();
  assert.deepEqual([find(".questions").hidden, find(".to-questions").hidden, seen.rests], [false, true, 1]);
});

test("a question that does not come says why, and comes at another try", async () => {
  const { host, server, find } = asking();
  server.broken = true;
  await ask(host);
  assert.equal(find("[role=alert]").textContent, "No such scene.");
  server.broken = false;
  find(".ways button").click();
  await settled();
  assert.equal(find(".prompt").textContent, "What comes out?");
});

test("one card an element: the next takes its place, and a question that comes too late is not shown", async () => {
  const { host, server, root, element } = asking();
  let open = () => {};
  server.gate = new Promise((go) => {
    open = () => go(undefined);
  });
  const first = ask(host);
  const second = ask(host);
  open();
  await Promise.all([first, second]);
  assert.equal(root.querySelectorAll(".questions").length, 1);
  assert.equal(root.querySelectorAll(".prompt").length, 1);
  assert.equal(root.adoptedStyleSheets.length, 1);
  let walks = 0;
  dismiss(element, () => {
    walks += 1;
  });
  dismiss(element, () => {
    walks += 1;
  });
  assert.deepEqual([walks, root.querySelectorAll(".questions, .to-questions").length], [1, 0]);
});

test("the page is told how high the card is, until it is closed", async () => {
  const { host, seen, find, element } = asking();
  await ask(host);
  const observer = /** @type {any} */ ([...SizeObserver.all].at(-1));
  find(".questions").box = { left: 0, top: 0, width: 10, height: 333 };
  observer.act();
  assert.equal(seen.heights.at(-1), 333);
  dismiss(element, () => {});
  assert.equal(observer.seen.size, 0);
});
