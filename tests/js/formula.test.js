import assert from "node:assert/strict";
import { test } from "node:test";
import { directionOf, sentence, written } from "../../static/words/formula.js";
import { wordsOf } from "../../static/words/strings.js";
import { learnKorean } from "./korean.js";

learnKorean();

/** @param {...(string | number | RulePath)} path  @returns {RulePiece} */
const slot = (...path) => ({ kind: "slot", path: ["step", ...path] });
const OUTPUT = { ...slot("output"), role: "output" };
const BIAS = { ...slot("bias"), role: "kernel", label: "bias" };

/** @param {RuleTree[]} sides  @returns {RulePiece} */
const equal = (...sides) => ({ kind: "relation", sides, signs: sides.slice(1).map(() => "=") });

/** @param {RuleTree[]} parts  @returns {RulePiece} */
const terms = (...parts) => ({ kind: "terms", terms: parts });

/** @param {string} field  @param {string[]} names  @param {RuleTree} body  @param {boolean} [skips] */
const each = (field, names, body, skips) => ({
  kind: "each",
  of: ["step", field],
  names,
  body,
  ...(skips && { skips }),
});

const PRODUCT = {
  kind: "product",
  factors: [
    { ...slot("window", "q", "i", "j"), role: "input" },
    { kind: "slot", path: ["start", "weight", ["step", "at", 0], "q", "i", "j"], role: "kernel" },
  ],
};
const PRODUCTS = each("window", ["q", "i", "j"], PRODUCT);
const SUMS = each("sums", ["q"], slot("sums", "q"));
const CELL = { kind: "symbol", name: "y", role: "output", index: [slot("at", 0), slot("at", 1), slot("at", 2)] };
const CONVOLUTION = equal(CELL, terms(PRODUCTS), OUTPUT);
const BIASED = equal(CELL, terms(PRODUCTS, BIAS), terms(SUMS, BIAS), OUTPUT);
const LARGEST = equal(
  CELL,
  { kind: "call", name: "max", args: [each("window", ["i", "j"], slot("window", "i", "j"), true)] },
  OUTPUT,
);
const SAID = [
  { text: "sum of products {sum}", facts: { sum: ["step", "sums", 0] } },
  { text: "output {output}", facts: { output: ["step", "output"] } },
];

/**
 * @param {RuleTree[]} numbers  @param {{ start?: Partial<StartLine>, rule?: Partial<ToldRule> }} [rest]
 * @returns {Writing}
 */
function writing(numbers, { start = {}, rule = {} } = {}) {
  return {
    words: wordsOf("en"),
    lang: "en",
    rule: { general: { lines: [] }, indexed: { lines: [] }, numbers, aside: [], said: [], ...rule },
    start: /** @type {any} */ ({
      kind: "gather",
      steps: 1024,
      input_shape: [1, 34, 34],
      output_shape: [1, 32, 32],
      bias: null,
      divisor: 1,
      ...start,
    }),
  };
}

/** @param {Partial<Step>} step  @returns {Step} */
const step = (step) => ({ type: "step", index: 17, at: [0, 0, 17], output: -42, ...step });
/** @param {Token[]} tokens */
const text = (tokens) => tokens.map((token) => token.text).join("");

const CROSS = [
  [
    [
      [1, 0, 1],
      [1, 0, 1],
      [0, 1, 0],
    ],
  ],
];
const FIRST = step({
  window: [
    [
      [1, 2, 3],
      [2, 1, 0],
      [3, 0, 1],
    ],
  ],
  sums: [6],
  bias: 0,
  output: 6,
});

test("nine products are written out", () => {
  const { result, lines } = written(writing([CONVOLUTION], { start: { weight: CROSS } }), FIRST);
  assert.deepEqual(lines.map(text), ["1·1 + 2·0 + 3·1 + 2·1 + 1·0 + 0·1 + 3·0 + 0·1 + 1·0 = 6"]);
  assert.equal(text(result), "Σ = 6");
});

test("factors wear the colours of their roles", () => {
  const [line] = written(writing([CONVOLUTION], { start: { weight: CROSS } }), FIRST).lines;
  assert.deepEqual(
    line.slice(0, 3).map(({ role }) => role),
    ["input", undefined, "kernel"],
  );
});

test("a bias is named, and the sum of products stands beside it", () => {
  const { lines } = written(writing([BIASED], { start: { weight: CROSS, bias: [1] } }), {
    ...FIRST,
    bias: -1,
    output: 5,
  });
  assert.match(text(lines[0]), /1·0 \+ bias \(−1\) = 6 \+ bias \(−1\) = 5$/);
});

test("of many products only their sums are written", () => {
  const many = { window: [CROSS[0][0], CROSS[0][0]], sums: [2, -3], bias: 1, output: 0 };
  const weight = [[CROSS[0][0], CROSS[0][0]]];
  const { lines } = written(writing([BIASED], { start: { weight, bias: [1] } }), step(many));
  assert.deepEqual(lines.map(text), ["2 + (−3) + bias 1 = 0"]);
});

test("what is rounded is not equal", () => {
  const half = equal({ kind: "fraction", above: slot("sum"), below: slot("count") }, OUTPUT);
  const told = (/** @type {number} */ sum, /** @type {number} */ count) =>
    written(writing([half]), step({ sum, count, output: sum / count }));
  assert.equal(text(told(1418, 7).lines[0]), "1418 / 7 ≈ 203");
  assert.equal(text(told(1418, 7).result), "≈ 203");
  assert.equal(text(told(3, 2).lines[0]), "3 / 2 = 1.5");
});

test("an activation that follows is applied", () => {
  const applied = equal({ kind: "call", name: "ReLU", args: [OUTPUT] }, { ...slot("activated"), role: "output" });
  const model = writing([equal(terms(SUMS), OUTPUT), applied], { rule: { activation: "ReLU" } });
  const { result, lines } = written(model, step({ sums: [-42], activated: 0 }));
  assert.equal(text(result), "Σ = −42 → ReLU → 0");
  assert.equal(text(/** @type {Token[]} */ (lines.at(-1))), "ReLU(−42) = 0");
});

test("a gradient shows its length and its direction", () => {
  const [x, y] = [0, 1].map((place) => ({ kind: "power", base: slot("sums", place), exponent: 2 }));
  const { result, lines } = written(
    writing([equal({ kind: "root", body: terms(x, y) }, OUTPUT)]),
    step({ sums: [3, -4], output: 5, angle: -Math.PI / 2 }),
  );
  assert.deepEqual(lines.map(text), ["√(3² + (−4)²) = 5"]);
  assert.equal(result.at(-2)?.turn, -Math.PI / 2);
  assert.equal(result.at(-1)?.text, " −90°");
  const told = directionOf({ direction: "direction" }, step({ angle: -Math.PI / 2 }));
  assert.deepEqual(told.map(text), ["direction −90°"]);
});

test("padding takes no part in the largest value", () => {
  const { lines } = written(
    writing([LARGEST]),
    step({
      window: [
        [null, 2],
        [5, 3],
      ],
      output: 5,
    }),
  );
  assert.equal(text(lines[0]), "max(2, 5, 3) = 5");
});

test("a step that does not tell its window still tells its sum", () => {
  const { lines } = written(writing([BIASED], { start: { weight: CROSS } }), step({ sums: [5], bias: 1, output: 6 }));
  assert.deepEqual(lines.map(text), ["5 + bias 1 = 6"]);
});

test("a layer without a rule has no lines", () => {
  assert.deepEqual(written({ ...writing([]), rule: null }, FIRST).lines, []);
});

test("a screen reader hears one sentence a step", () => {
  const model = writing([], { rule: { said: SAID } });
  const said = sentence(model, step({ sums: [-42], output: 0 }));
  assert.equal(said, "Step 18 of 1024, row 1, column 18: sum of products −42, output 0.");
});

test("the sentence is in the page's language, with its particles", () => {
  const said = [{ text: "{value}{value|을/를} 출력에 더함", facts: { value: ["step", "input"] } }];
  const model = { ...writing([], { rule: { said } }), lang: "ko", words: wordsOf("ko") };
  assert.equal(sentence(model, step({ input: 3 })), "1024스텝 중 18번째, 1행 18열: 3을 출력에 더함.");
});

test("the channel is said where there are several", () => {
  const model = writing([], { rule: { said: SAID }, start: { output_shape: [2, 3, 3] } });
  assert.match(sentence(model, step({ at: [1, 0, 2], sums: [1] })), /channel 2, row 1, column 3/);
});

test("places and lists are said as such", () => {
  const said = [{ text: "copies {value} from {place}", facts: { value: ["step", "output"], place: ["step", "from"] } }];
  const model = writing([], { rule: { said } });
  assert.match(
    sentence(model, step({ from: [0, 2, 1], output: [4, 5] })),
    /copies 4, 5 from channel 1, row 3, column 2/,
  );
});

test("a cell that comes from outside the picture comes from the padding, at no row of its own", () => {
  const said = [{ text: "copies {value} from {place}", facts: { value: ["step", "output"], place: ["step", "from"] } }];
  const model = writing([], { rule: { said }, start: { input_shape: [1, 3, 3] } });
  for (const from of [
    [0, -2, 1],
    [0, 1, 3],
  ])
    assert.match(sentence(model, step({ from, output: 0 })), /copies 0 from padding\./);
  assert.match(sentence(model, step({ from: [0, 2, 2], output: 7 })), /copies 7 from channel 1, row 3, column 3/);
});

test("a language and its regions share their words", () => {
  assert.equal(wordsOf("ko-KR"), wordsOf("ko"));
  assert.equal(wordsOf("fr"), wordsOf("en"));
  assert.notEqual(wordsOf("ko"), wordsOf("en"));
});
