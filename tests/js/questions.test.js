/** Sets of questions: what is asked in which order, what is kept, what is handed in. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Memory, planOf, resultText } from "../../static/questions/plan.js";
import { wordsIn } from "../../static/questions/words.js";
import { shelf } from "./answering.js";

const TWO = [
  { scene: "@first-steps", title: "First" },
  { scene: "@max-pool", layer: 1 },
];

const storageOf = (/** @type {ReturnType<typeof shelf>} */ place) => () =>
  /** @type {Storage} */ (/** @type {unknown} */ (place));

test("a set goes through its scenes in turn, and every question has an index of its own", () => {
  const items = planOf({ scenes: TWO, count: 5, step: null });
  assert.deepEqual(
    items.map(({ scene, index }) => `${scene} ${index}`),
    ["@first-steps 0", "@max-pool 1", "@first-steps 2", "@max-pool 3", "@first-steps 4"],
  );
  assert.deepEqual([items[0].layer, items[1].layer], [null, 1]);
});

test("a set whose page does not say how many has ten, and never more than fifty or fewer than one", () => {
  const counts = [0, Number.NaN, 3, 99, -4].map((count) => planOf({ scenes: TWO, count, step: null }).length);
  assert.deepEqual(counts, [10, 10, 3, 50, 1]);
});

test("a worked example goes on from its step", () => {
  const items = planOf({ scenes: TWO.slice(0, 1), count: 3, step: 4 });
  assert.deepEqual(
    items.map(({ step }) => step),
    [4, 5, 6],
  );
});

test("answers are kept for their own set, and read again", () => {
  const place = shelf();
  const memory = new Memory("a", storageOf(place));
  const answer = { given: "6", right: true, prompt: "What?", answer: "6" };
  memory.write([answer, null]);
  assert.deepEqual(memory.read(2), [answer, null]);
  assert.deepEqual(memory.read(3), [null, null, null]);
  assert.deepEqual(new Memory("b", storageOf(place)).read(2), [null, null]);
});

test("where nothing may be kept, or something else was kept, questions begin anew", () => {
  const denied = new Memory("a", () => {
    throw new Error("denied");
  });
  denied.write([null]);
  assert.deepEqual(denied.read(1), [null]);
  const place = shelf();
  place.kept.set("kernelwalk questions a", "{");
  assert.deepEqual(new Memory("a", storageOf(place)).read(1), [null]);
});

test("results are handed in as text: the score, and each question with both answers", () => {
  const items = planOf({ scenes: TWO, count: 2, step: null });
  const answers = [
    { given: "6", right: true, prompt: "What?", answer: "6" },
    { given: "3 x 3", right: false, prompt: "Which size?", answer: "2 × 2" },
  ];
  assert.equal(
    resultText(answers, items, wordsIn("en")),
    [
      "Kernelwalk: 1 of 2 right",
      "1. ✓ First: What? your answer 6",
      "2. ✗ @max-pool: Which size? your answer 3 x 3 (Right answer: 2 × 2)",
    ].join("\n"),
  );
});
