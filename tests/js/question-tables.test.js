/** What a question lays on the table: numbers in their places, what is asked for, and holes that are compared. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, filledIn, seat } from "../../static/questions/holes.js";
import { choicesOf, settingsOf, takeLetters } from "../../static/questions/pieces.js";
import { signBefore, tablesOf } from "../../static/questions/tables.js";
import { wordsIn } from "../../static/questions/words.js";
import { fire } from "./dom.js";

const WORDS = wordsIn("en");
const numbers = (/** @type {number} */ rows, /** @type {number} */ columns, first = 1) =>
  Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => first + row * columns + column),
  );

/** The step at row 0, column 1 of a 2 x 2 kernel that steps over every second cell of a 3 x 4 input. */
const STEP = /** @type {any} */ ({
  operation: { en: "Convolution" },
  input_shape: [1, 3, 4],
  settings: { dilation: [2, 2] },
  rule: ["y = Σ x w"],
  input: [numbers(3, 4)],
  corner: [0, 1],
  window: [
    [
      [2, 4],
      [10, 12],
    ],
  ],
  kernel: [
    [
      [1, 0],
      [0, -1],
    ],
  ],
  products: [
    [
      [2, 0],
      [0, -12],
    ],
  ],
  map: [[[-10, null]]],
  at: [0, 1],
});
const texts = (/** @type {any} */ node, /** @type {string} */ selector) =>
  node.querySelectorAll(selector).map((/** @type {any} */ found) => found.textContent);

test("the cells under a window with holes are marked in the input, and no others", () => {
  const tables = tablesOf(STEP, WORDS, false, "");
  assert.deepEqual(texts(tables, "figure.input td.under"), ["2", "4", "10", "12"]);
  const close = tablesOf({ ...STEP, settings: {} }, WORDS, false, "");
  assert.deepEqual(texts(close, "figure.input td.under"), ["2", "3", "6", "7"]);
  assert.deepEqual(texts(tablesOf({ ...STEP, corner: null }, WORDS, false, ""), "td.under"), []);
});

test("one number for the dilation is that of rows and columns, and rows come first", () => {
  const under = (/** @type {unknown} */ dilation) =>
    texts(tablesOf({ ...STEP, settings: { dilation }, corner: [0, 0] }, WORDS, false, ""), "td.under");
  assert.deepEqual(under(2), ["1", "3", "9", "11"]);
  assert.deepEqual(under([2, 1]), ["1", "2", "9", "10"]);
  assert.deepEqual(under([1, 3]), ["1", "4", "5", "8"]);
});

test("the asked cell stands as a question until it is answered; others that are not known are empty", () => {
  const asked = tablesOf(STEP, WORDS, false, "");
  assert.deepEqual(texts(asked, "figure.map td"), ["−10", `?${WORDS.hidden}`]);
  assert.equal(asked.querySelectorAll("td.asked").length, 1);
  const told = tablesOf({ ...STEP, map: [[[-10, -8]]] }, WORDS, true, "");
  assert.deepEqual(texts(told, "td.told"), ["−8"]);
  const pending = tablesOf({ ...STEP, at: [0, 0], map: [[[null, null]]] }, WORDS, false, "");
  assert.deepEqual(texts(pending, "figure.map td"), [`?${WORDS.hidden}`, WORDS.pending]);
});

test("padding is said where the window lies outside, and the winner of a maximum is marked at its place", () => {
  const { kernel: _, products: __, ...pooled } = STEP;
  const window = [
    [
      [null, 4],
      [null, 12],
    ],
  ];
  const tables = tablesOf({ ...pooled, window, winner: [1, 1] }, WORDS, true, "");
  assert.deepEqual(texts(tables, "figure.window td"), [WORDS.padding, "4", WORDS.padding, "12"]);
  assert.deepEqual(texts(tables, "td.won"), ["12"]);
});

test("the arithmetic reads window ⊙ kernel = products, with divisor and bias, and then what came out", () => {
  const tables = tablesOf({ ...STEP, divisor: 9, bias: -2.5 }, WORDS, true, "", "−3.6");
  assert.deepEqual(texts(tables, ".sum .sign"), ["⊙", "=", "÷ 9 + −2.5", "Σ ="]);
  assert.deepEqual(texts(tables, ".came"), ["−3.6"]);
  assert.deepEqual(
    tables.querySelector(".sum").children.map((/** @type {any} */ part) => part.className.split(" ")[0]),
    ["window", "sign", "kernel", "sign", "products", "sign", "sign", "came"],
  );
  assert.equal(texts(tablesOf({ ...STEP, divisor: null, bias: 0 }, WORDS, true, ""), ".sum .sign").length, 2);
  assert.deepEqual(texts(tablesOf({ ...STEP, bias: 4, kernel: undefined }, WORDS, true, ""), ".sum .sign"), ["="]);
  assert.deepEqual([signBefore(STEP), signBefore({ ...STEP, kernel: undefined })], ["Σ =", "="]);
});

test("room is kept for the wider of both pictures and the arithmetic, and for the higher picture over it", () => {
  const room = (/** @type {any} */ shown) => {
    const { style } = tablesOf(shown, WORDS, false, "");
    return [Number(style["--across"]), Number(style["--down"])];
  };
  assert.deepEqual(room(STEP), [3 + 2 + 2 + 2, 3 + 2]);
  assert.deepEqual(room({ ...STEP, input: [numbers(5, 9)] }), [9 + 2, 5 + 2]);
  const deep = { ...STEP, window: [numbers(2, 2), numbers(2, 2)], input: [numbers(3, 8), numbers(3, 8)] };
  assert.deepEqual(room(deep), [2 * 8 + 2, 3 + 2 * 2]);
  assert.deepEqual(room({ ...STEP, input: null }), [9, 4 + 2]);
  assert.deepEqual(room({ map: STEP.map, settings: {}, input_shape: [1, 1, 1] }), [3, 4 + 1]);
  const holes = { ...STEP, products: undefined, holes: { products: [2, 3, 6] } };
  assert.deepEqual(room(holes), [3 + 2 + 2 + 6, 3 + 2 * 3]);
});

test("a large input is a picture with the window framed where it lies, holes included", () => {
  const shown = { ...STEP, input: null, input_shape: [1, 20, 40], corner: [5, 10] };
  const tables = tablesOf(shown, WORDS, false, "/picture.png");
  const { style } = tables.querySelector(".picture i");
  assert.equal(tables.querySelector(".picture img").src, "/picture.png");
  assert.deepEqual([style.top, style.left, style.height, style.width], ["25%", "25%", "15%", "7.5%"]);
});

test("several planes are tables with their channel in the name", () => {
  const tables = tablesOf({ ...STEP, input: [numbers(3, 4), numbers(3, 4)] }, WORDS, false, "");
  const labels = tables
    .querySelectorAll("figure.input table")
    .map((/** @type {any} */ one) => one.getAttribute("aria-label"));
  assert.deepEqual(labels, ["Input, Channel 1", "Input, Channel 2"]);
});

/** The same step with holes for its products. */
function worked() {
  const { products: _, ...shown } = STEP;
  const tables = /** @type {any} */ (tablesOf({ ...shown, holes: { products: [1, 2, 2] } }, WORDS, false, ""));
  const inputs = tables.querySelectorAll(".hole input");
  return { tables, inputs };
}

test("each missing number is a field that says its place, counted from 1", () => {
  const { inputs } = worked();
  assert.deepEqual(
    inputs.map((/** @type {any} */ one) => one.getAttribute("aria-label")),
    ["row 1, column 1", "row 1, column 2", "row 2, column 1", "row 2, column 2"].map((place) => `Products, ${place}`),
  );
});

test("of more cells than anybody fills none is a field, but each keeps its place", () => {
  const { products: _, ...shown } = STEP;
  const holes = (/** @type {number[]} */ products) => tablesOf({ ...shown, holes: { products } }, WORDS, false, "");
  assert.equal(holes([3, 3, 3]).querySelectorAll(".hole input").length, 27);
  assert.equal(holes([1, 4, 7]).querySelectorAll(".hole input").length, 0);
  assert.equal(holes([1, 4, 7]).querySelectorAll("td.hole").length, 28);
});

test("what was filled in is compared with what stands there, with a typographic minus or a decimal comma too", () => {
  const { tables, inputs } = worked();
  for (const [place, text] of ["2,0", "", "1", " −12 "].entries()) inputs[place].value = text;
  const filled = filledIn(tables);
  assert.deepEqual([...filled.values()], ["2,0", "", "1", "−12"]);
  const answer = /** @type {any} */ (tablesOf(STEP, WORDS, true, ""));
  compare(answer, STEP, filled);
  const cells = answer.querySelectorAll("figure.products td");
  assert.deepEqual(
    cells.map((/** @type {any} */ cell) => cell.className),
    ["right", "", "wrong", "right"],
  );
  assert.deepEqual(texts(answer, ".was"), ["1"]);
  assert.equal(cells[0].textContent, "2✓");
});

test("Enter goes from hole to hole and then to the answer, which is seen in the map while it is typed", () => {
  const { tables, inputs } = worked();
  const form = document.createElement("form");
  const answer = /** @type {any} */ (document.createElement("input"));
  form.append(answer);
  document.body.replaceChildren(tables);
  seat(tables, form, "Σ =");
  assert.equal(tables.querySelector(".sum").lastElementChild, form);
  fire(inputs[0], "keydown", { key: "Enter" });
  assert.equal(document.activeElement, inputs[1]);
  fire(inputs[1], "keydown", { key: "Enter", isComposing: true });
  fire(inputs[1], "keydown", { key: "1" });
  assert.equal(document.activeElement, inputs[1]);
  fire(inputs[3], "keydown", { key: "Enter" });
  assert.equal(document.activeElement, answer);
  const shown = () => texts(tables, "td.asked > span")[0];
  for (const [typed, seen] of [
    [" -10.25 ", "-10.25"],
    ["123456789", "123456"],
    ["", "?"],
  ]) {
    answer.value = typed;
    fire(answer, "input");
    assert.equal(shown(), seen);
  }
});

test("a letter chooses its answer, but not together with a key of the browser", () => {
  const question = /** @type {any} */ ({ choices: [{ en: "9" }, [[1, 2]], { en: "11" }] });
  const chosen = /** @type {string[]} */ ([]);
  const choices = /** @type {any} */ (choicesOf(question, WORDS, "en", (letter) => chosen.push(letter)));
  takeLetters(choices);
  for (const more of [{}, { ctrlKey: true }, { metaKey: true }, { altKey: true }])
    fire(choices, "keydown", { code: "KeyB", ...more });
  for (const code of ["KeyC", "KeyD", "KeyE", "Enter"]) fire(choices, "keydown", { code });
  assert.deepEqual(chosen, ["B", "C"]);
  assert.deepEqual(texts(choices, "button")[0], "A9");
  assert.deepEqual(texts(choices, "button.kernel td"), ["1", "2"]);
});

test("settings are told as the scene line has them, one number for two that are alike", () => {
  const shown = { ...STEP, settings: { stride: [2, 2], padding: [[0, 1], 2], slope: 0.123456, flip: true } };
  assert.equal(
    settingsOf(shown, "en").textContent,
    "Convolution · 1 × 3 × 4 · stride=2 · padding=((0, 1), 2) · slope=0.123 · flip=truey = Σ x w",
  );
});
