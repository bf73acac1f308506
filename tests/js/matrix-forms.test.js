/** A matrix as the input: cells, sides, text and pasting say the same; and random numbers. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { MatrixForm } from "../../static/lab/matrix-form.js";
import { PasteSheet } from "../../static/lab/paste-sheet.js";
import { FIRST_RANDOM, RandomForm } from "../../static/lab/random-form.js";
import { fire } from "./dom.js";
import { reading, reads, typingEnds } from "./matrices.js";
import { settled } from "./stand_ins.js";

function matrixForm(
  source = /** @type {any} */ ([
    [1, 2],
    [3, 4],
  ]),
) {
  const changes = /** @type {any[]} */ ([]);
  const state = { refusal: "" };
  const form = new MatrixForm(async (values) => {
    changes.push(values);
    return state.refusal;
  });
  document.body.replaceChildren(form.root);
  form.show(source);
  const side = async (/** @type {number} */ place, /** @type {number} */ value) => {
    form.sizes.inputs[place].value = String(value);
    fire(form.sizes.inputs[place], "change");
    await settled();
  };
  const told = () => ({
    line: form.understood.line.hidden ? "" : form.understood.text.textContent,
    complaint: form.understood.complaint.hidden ? "" : form.understood.complaint.textContent,
  });
  return { form, changes, state, side, told };
}

test("a small matrix has cells, sides and text; a large one text and brush, a deep one text alone", () => {
  const { form } = matrixForm();
  const parts = () => [form.grid.root.hidden, form.tools.hidden, form.brush.root.hidden];
  assert.deepEqual([parts(), form.text.value], [[false, false, false], "1 2\n3 4"]);
  const square = (/** @type {number} */ side) => Array.from({ length: side }, () => new Array(side).fill(0));
  for (const [source, hidden] of [
    [square(16), [false, false, false]],
    [square(17), [true, true, false]],
    [square(64), [true, true, false]],
    [square(65), [true, true, true]],
    [
      [square(2), square(2)],
      [true, true, true],
    ],
  ]) {
    form.show(/** @type {any} */ (source));
    assert.deepEqual(parts(), hidden);
  }
});

test("another side adds zeros at the right and below, or cuts and says so; what was cut comes back", async () => {
  const { form, changes, side, told } = matrixForm();
  await side(1, 3);
  assert.deepEqual(changes.at(-1), [
    [1, 2, 0],
    [3, 4, 0],
  ]);
  form.show(changes.at(-1));
  await side(1, 1);
  assert.deepEqual(changes.at(-1), [[1], [3]]);
  assert.match(told().line ?? "", /^2 × 1: what was cut off comes back/);
  form.show(changes.at(-1));
  await side(0, 3);
  form.show(changes.at(-1));
  await side(1, 2);
  assert.deepEqual(changes.at(-1), [
    [1, 2],
    [3, 4],
    [0, 0],
  ]);
});

test("what was cut off of one matrix does not come back in another", async () => {
  const { form, changes, side } = matrixForm();
  await side(1, 1);
  form.show([
    [7, 8],
    [9, 9],
  ]);
  await side(1, 1);
  form.show([[5], [6]]);
  await side(1, 2);
  assert.deepEqual(changes.at(-1), [
    [5, 0],
    [6, 0],
  ]);
});

test("what is refused is said, and the same is asked again when it is written again", async () => {
  const { changes, state, side, told } = matrixForm();
  state.refusal = "Too small.";
  await side(0, 1);
  assert.deepEqual([told().complaint, changes.length], ["Too small.", 1]);
  await side(0, 1);
  assert.equal(changes.length, 2);
});

test("typed text is read when the typing ends, and what was understood can be undone", async () => {
  const { form, changes, told } = matrixForm();
  const asked = reads(() => reading([[9, 9]], [1, 2], "1 × 2"));
  form.text.focus();
  for (const text of ["9", "9 ", "9 9"]) {
    form.text.value = text;
    fire(form.text, "input");
  }
  await typingEnds();
  assert.deepEqual(asked, [{ path: "/api/matrix", text: "9 9", field: "input", cell: false }]);
  assert.deepEqual([changes.at(-1), told().line], [[[9, 9]], "1 × 2"]);
  form.understood.button.click();
  await settled();
  assert.deepEqual(
    [changes.at(-1), form.text.value, document.activeElement === form.text],
    [
      [
        [1, 2],
        [3, 4],
      ],
      "1 2\n3 4",
      true,
    ],
  );
});

test("nothing is read of nothing, and text that was emptied is not read any more", async () => {
  const { form, changes } = matrixForm();
  const asked = reads(() => reading([[9]], [1, 1]));
  for (const text of ["9 9", "  "]) {
    form.text.value = text;
    fire(form.text, "input");
  }
  await typingEnds();
  assert.deepEqual([asked, changes], [[], []]);
});

test("of two meanings one is asked for; what is deeper than an input, or no matrix, is refused", async () => {
  const { form, changes, told } = matrixForm();
  const paste = async (/** @type {string} */ text) => {
    form.text.value = text;
    fire(form.text, "change");
    await typingEnds();
  };
  reads((text) => {
    if (text === "both") return { detail: "Which?", readings: [reading([[1.5]], [1, 1]), reading([[1, 5]], [1, 2])] };
    if (text === "deep") return reading([[[[1]]]], [1, 1, 1, 1]);
    return { detail: "No matrix." };
  });
  await paste("both");
  const [, second] = /** @type {any[]} */ ([...form.understood.choices.querySelectorAll("button")]);
  second.click();
  await settled();
  assert.deepEqual(changes, [[[1, 5]]]);
  await paste("deep");
  assert.match(told().complaint ?? "", /rows and columns, or channels/);
  await paste("x");
  assert.deepEqual([told().complaint, changes.length], ["No matrix.", 1]);
});

test("text that somebody writes in is left alone while the matrix changes", () => {
  const { form } = matrixForm();
  form.text.focus();
  form.text.value = "1 2\n3";
  form.show([[5]]);
  assert.equal(form.text.value, "1 2\n3");
  form.text.blur();
  form.show([[5]]);
  assert.equal(form.text.value, "5");
});

test("a sheet to paste into says what it understood, and closes when it is used", async () => {
  const used = /** @type {any[]} */ ([]);
  const sheet = new PasteSheet("weight", (found) => used.push(found.values));
  document.body.replaceChildren(sheet.root);
  const asked = reads((text) => (text === "x" ? { detail: "No matrix." } : reading([[1, 0]], [1, 2], "1 × 2")));
  const use = async () => {
    /** @type {any} */ (sheet.root.children[2]).click();
    await settled();
  };
  assert.equal(sheet.root.hidden, true);
  sheet.toggle();
  assert.deepEqual([sheet.root.hidden, document.activeElement], [false, sheet.text]);
  sheet.text.value = "1 0";
  fire(sheet.text, "input");
  await typingEnds();
  assert.deepEqual([asked[0].field, sheet.understood.text.textContent, used.length], ["weight", "1 × 2", 0]);
  sheet.text.value = "x";
  await use();
  assert.deepEqual([sheet.understood.complaint.textContent, sheet.root.hidden], ["No matrix.", false]);
  sheet.text.value = "1 0";
  await use();
  assert.deepEqual([used, sheet.root.hidden, sheet.understood.root.hidden], [[[[1, 0]]], true, true]);
  sheet.toggle();
  sheet.toggle();
  assert.equal(sheet.root.hidden, true);
});

function randomForm(refusal = "") {
  const told = /** @type {any[]} */ ([]);
  const form = new RandomForm(
    async (input) => {
      told.push(input);
      return refusal;
    },
    () => told.push("written"),
  );
  document.body.replaceChildren(form.root);
  form.show(FIRST_RANDOM);
  const write = async (/** @type {any} */ input, /** @type {string} */ text, kind = "change") => {
    input.value = text;
    fire(input, kind);
    await settled();
  };
  return { form, told, write, links: form.root.querySelectorAll(".planes button") };
}

test("random numbers keep what is not changed: seed, least, largest and sides each by itself", async () => {
  const { form, told, write } = randomForm();
  assert.deepEqual([form.seed.value, form.least.value, form.most.value, form.slider.value], ["1", "0", "9", "1"]);
  await write(form.seed, "7");
  await write(form.least, "-3");
  await write(form.most, "20");
  await write(form.slider, "42", "input");
  await write(form.sizes.inputs[0], "4");
  assert.deepEqual(told, [
    { ...FIRST_RANDOM, seed: 7 },
    { ...FIRST_RANDOM, min: -3 },
    { ...FIRST_RANDOM, max: 20 },
    { ...FIRST_RANDOM, seed: 42 },
    { ...FIRST_RANDOM, shape: [4, 6] },
  ]);
});

test("channels stay when sides change, and seeds go round after the last", async () => {
  const { form, told, write, links } = randomForm();
  form.show({ source: "random", shape: [3, 6, 6], seed: 999 });
  await write(form.sizes.inputs[1], "8");
  links[0].click();
  links[1].click();
  assert.deepEqual([told[0].shape, told[1].seed, told[2]], [[3, 6, 8], 0, "written"]);
});

test("what is no whole number is refused here, what the server refuses is said as it says it", async () => {
  const { form, told, write } = randomForm("No.");
  for (const text of ["1.5", ""]) {
    await write(form.seed, text);
    assert.deepEqual([told.length, form.understood.complaint.textContent], [0, "Write a whole number."]);
  }
  await write(form.seed, "3");
  assert.equal(form.understood.complaint.textContent, "No.");
});
