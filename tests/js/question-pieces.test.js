/** Small parts of a question: what there is to choose from, the layer in small print, cells that are clicked, words. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, copied, pickCells, settingsOf, takeLetters } from "../../static/questions/pieces.js";
import { bringQuestionWords, wordsIn } from "../../static/questions/words.js";
import { answering } from "./answering.js";
import { fire } from "./dom.js";

const WORDS = wordsIn("en");

test("choices are buttons with letters, texts in the language, kernels as tables", () => {
  const chosen = /** @type {string[]} */ ([]);
  const choose = (/** @type {string} */ letter) => void chosen.push(letter);
  const texts = {
    choices: [
      { en: "larger", ko: "더 크다" },
      { en: "smaller", ko: "더 작다" },
    ],
  };
  const said = /** @type {any} */ (choicesOf(/** @type {any} */ (texts), WORDS, "ko", choose));
  const buttons = said.querySelectorAll("button");
  assert.deepEqual(
    buttons.map((/** @type {any} */ { textContent }) => textContent),
    ["A더 크다", "B더 작다"],
  );
  buttons[1].click();
  const kernels = { choices: [[[1, -1]], [[0, 2]], [[3, 3]], [[4, 4]]] };
  const drawn = /** @type {any} */ (choicesOf(/** @type {any} */ (kernels), WORDS, "en", choose));
  assert.deepEqual(
    drawn.querySelectorAll("td").map((/** @type {any} */ { textContent }) => textContent),
    ["1", "−1", "0", "2", "3", "3", "4", "4"],
  );
  drawn.querySelectorAll("button")[3].click();
  assert.deepEqual([chosen, drawn.getAttribute("aria-label")], [["B", "D"], "Your answer"]);
});

test("the letter of a choice is a key, in any script, and with no other key", () => {
  const form = /** @type {any} */ (document.createElement("div"));
  const pressed = /** @type {string[]} */ ([]);
  for (const letter of "ABC") {
    const button = document.createElement("button");
    button.addEventListener("click", () => void pressed.push(letter));
    form.append(button);
  }
  takeLetters(form);
  for (const [code, more] of /** @type {[string, object][]} */ ([
    ["KeyB", {}],
    ["KeyA", { ctrlKey: true }],
    ["KeyA", { metaKey: true }],
    ["KeyA", { altKey: true }],
    ["KeyD", {}],
    ["KeyE", {}],
    ["Space", {}],
    ["KeyC", {}],
  ]))
    fire(form, "keydown", { code, ...more });
  assert.deepEqual(pressed, ["B", "C"], "there is no D here");
});

test("the layer stands in small print: its operation, its input, its settings as they are written", () => {
  const shown = /** @type {any} */ ({
    operation: { en: "Convolution", ko: "합성곱" },
    input_shape: [1, 5, 6],
    settings: {
      stride: [2, 2],
      padding: [
        [1, 1],
        [0, 1],
      ],
      dilation: [1, 2],
      divisor: 0.5,
      padding_mode: "reflect",
    },
    rule: ["y = x w", "w = 1"],
  });
  const line = /** @type {any} */ (settingsOf(shown, "en"));
  assert.equal(
    line.childNodes[0].textContent,
    "Convolution · 1 × 5 × 6 · stride=2 · padding=(1, (0, 1)) · dilation=(1, 2) · divisor=0.5 · padding_mode=reflect",
  );
  assert.deepEqual(
    line.querySelectorAll("code").map((/** @type {any} */ { textContent }) => textContent),
    ["y = x w", "w = 1"],
  );
  assert.match(/** @type {any} */ (settingsOf(shown, "ko")).textContent, /^합성곱 · /);
});

test("a cell of the window that is clicked is the answer; beside the window nothing is", () => {
  class Row extends /** @type {any} */ (document.createElement("tr").constructor) {}
  Object.assign(globalThis, { HTMLTableRowElement: Row });
  const cell = (/** @type {number} */ cellIndex) => Object.assign(document.createElement("td"), { cellIndex });
  const row = /** @type {any} */ (Object.assign(new Row("tr"), { sectionRowIndex: 1 }));
  const cells = [cell(0), cell(2)];
  row.append(...cells);
  const window = Object.assign(document.createElement("figure"), { className: "window" });
  window.append(row);
  const tables = /** @type {any} */ (document.createElement("div"));
  tables.append(window);
  const form = /** @type {any} */ (document.createElement("form"));
  const input = /** @type {any} */ (document.createElement("input"));
  form.append(input);
  document.body.replaceChildren(tables, form);
  pickCells(tables, form);
  fire(cells[1], "click");
  assert.deepEqual([input.value, document.activeElement, tables.className], ["2, 3", input, "picks"]);
  fire(window, "click");
  assert.equal(input.value, "2, 3");
});

test("results are copied, or selected where copying is not allowed", async () => {
  const text = /** @type {any} */ (document.createElement("textarea"));
  text.value = "3 of 4 right";
  const taken = /** @type {string[]} */ ([]);
  const set = (/** @type {any} */ clipboard) =>
    Object.defineProperty(globalThis, "navigator", { value: { clipboard }, configurable: true });
  set({ writeText: async (/** @type {string} */ told) => void taken.push(told) });
  assert.deepEqual([await copied(text), taken], [true, ["3 of 4 right"]]);
  set(undefined);
  assert.equal(await copied(text), false);
  assert.deepEqual([document.activeElement, text.selected], [text, true]);
});

test("who asks for a language while it is on its way waits for it as well", async () => {
  const asked = answering({ "questions/sv.json": { Check: "Kontrollera" } });
  const first = bringQuestionWords("sv", "http://here.example/words/");
  const second = bringQuestionWords("sv", "http://here.example/words/");
  await second;
  assert.equal(wordsIn("sv").check, "Kontrollera");
  await first;
  await bringQuestionWords("sv", "http://here.example/words/");
  await bringQuestionWords("en", "http://here.example/words/");
  assert.equal(asked.length, 1);
});

test("words that did not come leave English, and are asked for again", async () => {
  answering({});
  await bringQuestionWords("da", "http://here.example/words/");
  assert.equal(wordsIn("da").check, "Check");
  answering({ "questions/da.json": { Check: "Tjek" } });
  await bringQuestionWords("da", "http://here.example/words/");
  assert.equal(wordsIn("da").check, "Tjek");
});
