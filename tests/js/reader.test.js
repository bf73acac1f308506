/** What is typed is read by the server when it is finished; of two readings only the later one counts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isOneNumber, isUnfinished, PAUSE, Reader } from "../../static/lab/reader.js";

/** Answers when the test says so. */
function asking() {
  /** @type {{ words: any, signal: AbortSignal, answer: (reading: any) => void, refuse: (error: any) => void }[]} */
  const asked = [];
  const ask = (/** @type {any} */ words, /** @type {AbortSignal} */ signal) =>
    new Promise((answer, refuse) => {
      asked.push({ words, signal, answer, refuse });
    });
  return { asked, ask };
}

test("a number that may go on is not read yet", () => {
  for (const text of ["", " ", "-", "−", "–", "+", "-0", "−0", "0,", "-0.", "1e", "1e-", "1/", "5,"])
    assert.ok(isUnfinished(text), text);
  for (const text of ["0", "-1", "−0,5", "1e3", "1/9", ".5", "10", "x"]) assert.ok(!isUnfinished(text), text);
});

test("one number goes into a cell, and more than one is a table", () => {
  for (const text of ["5", "−0,5", "1,250", "1/9", " 7\n"]) assert.ok(isOneNumber(text), text);
  for (const text of ["1 2", "1\t2", "1\n2", "1;2", "[5]", "1,0,-1", "1|2", "{1}"]) assert.ok(!isOneNumber(text), text);
});

test("a reading names its field, and says whether it is one number", async () => {
  const { asked, ask } = asking();
  const found = new Reader(ask, "weight", true).read("-0,5");
  assert.deepEqual(asked[0].words, { text: "-0,5", field: "weight", cell: true });
  asked[0].answer("reading");
  assert.deepEqual(await found, { readings: ["reading"], sentence: "" });
});

test("only the last of several readings counts, and the others are called off", async () => {
  const { asked, ask } = asking();
  const reader = new Reader(ask, "weight");
  const readings = ["1", "1 2"].map((text) => reader.read(text));
  assert.deepEqual(
    asked.map(({ signal }) => signal.aborted),
    [true, false],
  );
  asked[1].answer("later");
  asked[0].answer("sooner");
  assert.deepEqual(await Promise.all(readings), [null, { readings: ["later"], sentence: "" }]);
});

test("a refusal is a sentence, and a question has all that is meant", async () => {
  const { asked, ask } = asking();
  const reader = new Reader(ask, "weight");
  const refused = reader.read("x");
  asked[0].refuse(Object.assign(new Error("weight is 'x': ..."), { told: { detail: "..." } }));
  assert.deepEqual(await refused, { readings: [], sentence: "weight is 'x': ..." });
  const question = reader.read("1,250\t980");
  asked[1].refuse(Object.assign(new Error("may mean"), { told: { readings: ["one", "other"] } }));
  assert.deepEqual(await question, { readings: ["one", "other"], sentence: "may mean" });
});

test("what is typed is read once, after the last key", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { asked, ask } = asking();
  const reader = new Reader(ask, "input");
  let text = "";
  for (const key of "123") {
    text += key;
    reader.readSoon(
      () => text,
      () => {},
    );
    context.mock.timers.tick(PAUSE - 1);
  }
  assert.equal(asked.length, 0);
  context.mock.timers.tick(1);
  assert.deepEqual(
    asked.map(({ words }) => words.text),
    ["123"],
  );
  reader.forget();
  assert.ok(asked[0].signal.aborted);
});
