import assert from "node:assert/strict";
import { test } from "node:test";
import { directionOf, sentence, written } from "../../static/words/formula.js";
import { wordsOf } from "../../static/words/strings.js";
import { learnKorean } from "./korean.js";

learnKorean();

/** @param {Partial<StartLine>} start  @param {string} lang  @returns {Model} */
function model(start, lang = "en") {
  return /** @type {any} */ ({
    words: wordsOf(lang),
    lang,
    start: {
      kind: "gather",
      steps: 1024,
      input_shape: [1, 34, 34],
      output_shape: [1, 32, 32],
      bias: null,
      divisor: 1,
      activation: null,
      ...start,
    },
  });
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
  products: [
    [
      [1, 0, 3],
      [2, 0, 0],
      [0, 0, 0],
    ],
  ],
  sums: [6],
  bias: 0,
  output: 6,
});

test("nine products are written out", () => {
  const { result, lines } = written(model({ weight: CROSS }), FIRST);
  assert.equal(text(lines[0]), "1·1 + 2·0 + 3·1 + 2·1 + 1·0 + 0·1 + 3·0 + 0·1 + 1·0 = 6");
  assert.equal(text(result), "Σ = 6");
});

test("factors wear the colours of their roles", () => {
  const [line] = written(model({ weight: CROSS }), FIRST).lines;
  assert.deepEqual(
    line.slice(1, 4).map(({ role }) => role),
    ["input", undefined, "kernel"],
  );
});

test("divisor and bias are named", () => {
  const { lines } = written(model({ weight: CROSS, divisor: 2, bias: [1] }), { ...FIRST, bias: 1, output: 4 });
  assert.equal(text(lines[1]), "sum of products 6 / 2 + bias 1 = 4");
});

test("channels add up, then the bias", () => {
  const { lines } = written(model({ bias: [1] }), step({ sums: [2, -3, 0], bias: 1, output: 0 }));
  assert.equal(text(lines[0]), "2 + (−3) + 0 + bias 1 = 0");
});

test("an activation that follows is applied", () => {
  const { result, lines } = written(model({ activation: "relu" }), step({ sums: [-42], activated: 0 }));
  assert.equal(text(result), "Σ = −42 → ReLU → 0");
  assert.equal(text(/** @type {Token[]} */ (lines.at(-1))), "ReLU(−42) = 0");
});

test("a gradient shows both sums, the magnitude and its direction", () => {
  const { result, lines } = written(model({}), step({ sums: [3, -4], output: 5, angle: -Math.PI / 2 }));
  assert.deepEqual(lines.map(text), ["√(3² + (−4)²) = 5"]);
  assert.equal(result.at(-2)?.turn, -Math.PI / 2);
  assert.equal(result.at(-1)?.text, " −90°");
  const told = directionOf({ direction: "direction" }, step({ angle: -Math.PI / 2 }));
  assert.deepEqual(told.map(text), ["direction −90°"]);
});

test("pooling says what it takes the largest or the mean of; padding is a dash", () => {
  const largest = written(
    model({}),
    step({
      window: [
        [null, 2],
        [5, 3],
      ],
      argmax: [1, 0],
      output: 5,
    }),
  );
  assert.equal(text(largest.lines[0]), "max(–, 2, 5, 3) = 5");
  const mean = written(
    model({}),
    step({
      window: [
        [1, 2],
        [5, 4],
      ],
      sum: 12,
      count: 4,
      output: 3,
    }),
  );
  assert.equal(text(mean.lines[0]), "(1 + 2 + 5 + 4) / 4 = 3");
});

test("a screen reader hears one sentence a step, in either language", () => {
  const said = step({ sums: [-42], activated: 0 });
  assert.equal(
    sentence(model({ activation: "relu" }), said),
    "Step 18 of 1024, row 1, column 18: sum of products −42, ReLU gives 0.",
  );
  assert.equal(
    sentence(model({ activation: "relu" }, "ko"), said),
    "1024스텝 중 18번째, 1행 18열: 곱의 합 −42, ReLU 적용 결과 0.",
  );
});

test("the channel is said where there are several", () => {
  assert.match(
    sentence(model({ output_shape: [2, 3, 3] }), step({ at: [1, 0, 2], sums: [1] })),
    /channel 2, row 1, column 3/,
  );
});

test("a language and its regions share their words", () => {
  assert.equal(wordsOf("ko-KR"), wordsOf("ko"));
  assert.equal(wordsOf("fr"), wordsOf("en"));
  assert.notEqual(wordsOf("ko"), wordsOf("en"));
});
