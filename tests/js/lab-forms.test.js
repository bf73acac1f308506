/** Sliders, files that become the input, and the line that says what was understood. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Files, padded } from "../../static/lab/files.js";
import { placeOf, trackOf, withSlider } from "../../static/lab/slider.js";
import { Understood } from "../../static/lab/understood.js";
import { fire } from "./dom.js";

/** Where a slider goes for a setting, beside what the server told of the layer. */
function track(/** @type {any} */ parameter, /** @type {any} */ { limit = {}, range = null, start = {} } = {}) {
  const found = trackOf({ name: "setting", minimum: null, maximum: null, ...parameter }, { limit, range, start });
  return found && [found.minimum, found.maximum, found.step];
}

test("whole numbers go from their least to what fits, sixteen further at most", () => {
  const whole = { kind: "int", minimum: 1 };
  assert.deepEqual(track(whole, { limit: { minimum: 1, maximum: 5 } }), [1, 5, 1]);
  assert.deepEqual(track(whole, { limit: { maximum: 400 } }), [1, 17, 1]);
  assert.deepEqual(track({ kind: "int" }, { limit: { maximum: 400 } }), [0, 16, 1]);
  assert.deepEqual(track({ kind: "int" }, { limit: { minimum: -400, maximum: 400 } }), [-16, 16, 1]);
  assert.deepEqual(track({ kind: "int" }, { limit: { minimum: -3, maximum: 5 } }), [-3, 5, 1]);
  assert.deepEqual(track({ kind: "int" }, { limit: { minimum: 0, maximum: 400 } }), [0, 16, 1]);
  assert.deepEqual(track({ kind: "int" }, { limit: { minimum: -30, maximum: -2 } }), [-16, -2, 1]);
});

test("where there is nothing to choose, or no end is told, there is no slider", () => {
  const whole = { kind: "int", minimum: 1 };
  assert.equal(track(whole, { limit: { minimum: 3, maximum: 3 } }), null);
  assert.equal(track(whole), null);
  assert.equal(track({ kind: "number", minimum: 0 }, { range: [0, 9] }), null);
  assert.equal(track({ kind: "number" }, { range: [] }), null);
  assert.equal(track({ kind: "number" }, { range: [4, 4] }), null);
  assert.equal(track({ kind: "number" }, { range: [0, 9], start: { setting: 3 } }), null);
});

test("a number between two ends has a hundred places where they are close, and whole ones where they are not", () => {
  assert.deepEqual(track({ kind: "number", minimum: 0, maximum: 1 }), [0, 1, 0.01]);
  assert.deepEqual(track({ kind: "number", minimum: 0, maximum: 2 }), [0, 2, 1]);
  assert.deepEqual(track({ kind: "number", minimum: -50, maximum: 50 }), [-50, 50, 1]);
  assert.equal(track({ kind: "number", minimum: 0, maximum: 101 }), null);
});

test("a number without ends goes as far as the numbers of the picture do", () => {
  assert.deepEqual(track({ kind: "number" }, { range: [-0.5, 1.25] }), [-1, 2, 0.03]);
  assert.deepEqual(track({ kind: "number" }, { range: [100, 199.5] }), [100, 200, 1]);
  assert.deepEqual(track({ kind: "number" }, { range: [-60, 60] }), [-60, 60, 1]);
  assert.deepEqual(track({ kind: "number" }, { range: [10, 60] }), [10, 60, 0.5]);
  assert.deepEqual(track({ kind: "number" }, { range: [0, 255] }), [0, 255, 1]);
  assert.deepEqual(track({ kind: "number" }, { range: [0, 100] }), [0, 100, 1]);
});

test("a slider stands at the value, at the cells that a word comes to, and never outside", () => {
  const along = { minimum: 1, maximum: 8, step: 1 };
  const place = (/** @type {any} */ value, start = {}) =>
    placeOf(value, /** @type {any} */ ({ name: "padding" }), /** @type {any} */ ({ start }), along);
  assert.deepEqual(
    [
      place(3),
      place([4, 6]),
      place([
        [5, 2],
        [7, 7],
      ]),
    ],
    [3, 4, 5],
  );
  assert.equal(
    place("same", {
      padding: [
        [2, 3],
        [1, 1],
      ],
    }),
    2,
  );
  assert.equal(place(null, { padding: 6 }), 6);
  assert.deepEqual([place("same"), place(0), place(99)], [1, 1, 8]);
});

test("a slider moves with its number, hides where there is nothing to choose, and tells where it is drawn", () => {
  const [shown, told] = [/** @type {any[]} */ ([]), /** @type {number[]} */ ([])];
  const control = { nodes: [document.createElement("input")], show: (/** @type {any} */ value) => shown.push(value) };
  const setting = { name: "stride", title: { en: "Stride" }, kind: "int", minimum: 1, maximum: null };
  const both = withSlider(/** @type {any} */ (setting), control, (value) => told.push(value));
  const slider = /** @type {any} */ (both.nodes[1]);
  const context = (/** @type {any} */ limit) => /** @type {any} */ ({ limit, range: null, start: {} });
  both.show(3, context({ maximum: 5 }));
  assert.deepEqual([slider.hidden, slider.min, slider.max, slider.value], [false, "1", "5", "3"]);
  assert.equal(slider.getAttribute("step"), "1");
  both.show(1, context({ maximum: 1 }));
  assert.deepEqual([slider.hidden, shown], [true, [3, 1]]);
  slider.value = 4;
  fire(slider, "input");
  assert.deepEqual(told, [4]);
});

const OPERATIONS = /** @type {any[]} */ ([
  { name: "conv", parameters: [{ kind: "padding", words: ["valid", "same"] }] },
  {
    name: "pool",
    parameters: [
      { kind: "padding", words: ["valid"] },
      { kind: "choice", words: ["same"] },
    ],
  },
  { name: "plain", parameters: [], neutral: true },
]);

test("the operations that know the word same keep the size, the others stay as they are", () => {
  const layers = [{ operation: "conv", stride: 2 }, { operation: "pool" }, { operation: "unknown" }];
  const scene = { input: { source: "x" }, layers };
  assert.deepEqual(padded(scene, OPERATIONS), {
    input: { source: "x" },
    layers: [{ operation: "conv", stride: 2, padding: "same" }, { operation: "pool" }, { operation: "unknown" }],
  });
  assert.deepEqual(layers[0], { operation: "conv", stride: 2 }, "the scene itself is not touched");
});

/** A lab whose server refuses what the test says. */
function room({ mode = "", refusals = /** @type {any[]} */ ([]) } = {}) {
  const form = new Understood();
  const scenes = /** @type {any[]} */ ([]);
  const told = { chosen: 0, complaints: /** @type {string[]} */ ([]) };
  let scene = /** @type {any} */ ({
    input: { source: "cat", ...(mode ? { mode } : {}) },
    layers: [{ operation: "conv" }],
  });
  const files = new Files({
    scene: () => scene,
    change: async (wanted) => {
      scenes.push(wanted);
      const refusal = refusals.shift() ?? null;
      if (!refusal) scene = wanted;
      return refusal;
    },
    operations: () => OPERATIONS,
    choose: () => {
      told.chosen += 1;
    },
    form: () => form,
    complain: ({ message }) => void told.complaints.push(message),
  });
  return { files, form, scenes, told, now: () => scene };
}
const MATRIX = { input: { source: [[1, 2]] }, image: null, understood: { sentence: "1 x 2" } };
const PICTURE = { input: { source: "image:a" }, image: { height: 3, width: 5 }, understood: { sentence: "" } };
const no = (/** @type {number} */ status, message = "too small", more = {}) => ({ status, message, told: more });

test("numbers of a file become the input and are told; the way back keeps the colours", async () => {
  const { files, form, told, now } = room({ mode: "rgb" });
  await files.done(/** @type {any} */ (MATRIX));
  assert.deepEqual(now().input, { source: [[1, 2]] });
  assert.deepEqual([form.text.textContent, form.line.hidden, told.chosen], ["1 x 2", false, 1]);
  form.button.click();
  await null;
  assert.deepEqual(now().input, { source: "cat", mode: "rgb" });
  assert.equal(form.root.hidden, true);
});

test("a picture keeps the colours of the one before, and needs no words", async () => {
  const { files, form, told, now } = room({ mode: "rgb" });
  await files.done(/** @type {any} */ (PICTURE));
  assert.deepEqual(now().input, { source: "image:a", mode: "rgb" });
  assert.deepEqual([form.root.hidden, told.chosen], [true, 0]);
});

test("a picture on which the operations do not stand is padded, else shown alone, and that is said", async () => {
  const once = room({ refusals: [no(422)] });
  await once.files.done(/** @type {any} */ (PICTURE));
  assert.deepEqual(once.now().layers, [{ operation: "conv", padding: "same" }]);
  assert.match(once.form.text.textContent, /3 × 5.*padded.*too small/);
  assert.equal(once.form.button.hidden, true);
  const twice = room({ refusals: [no(422), no(422)] });
  await twice.files.done(/** @type {any} */ (PICTURE));
  assert.deepEqual(twice.now().layers, [{ operation: "plain" }]);
  assert.match(twice.form.text.textContent, /3 × 5.*do not fit.*too small/);
  const never = room({ refusals: [no(422), no(422), no(422)] });
  await never.files.done(/** @type {any} */ (PICTURE));
  assert.deepEqual([never.form.complaint.textContent, never.form.complaint.hidden], ["too small", false]);
});

test("a server that is busy is no reason to pad, and numbers are refused as they are", async () => {
  const busy = room({ refusals: [no(503, "busy")] });
  await busy.files.done(/** @type {any} */ (PICTURE));
  assert.deepEqual([busy.scenes.length, busy.form.complaint.textContent], [1, "busy"]);
  const matrix = room({ refusals: [no(422, "too flat")] });
  await matrix.files.done(/** @type {any} */ (MATRIX));
  assert.deepEqual([matrix.scenes.length, matrix.form.complaint.textContent], [1, "too flat"]);
});

test("numbers that may mean several things are asked about, and the chosen one walks", async () => {
  const { files, form, now } = room();
  const line = `[${"1 ".repeat(30)}]`;
  const readings = [
    { line: "[0.5 1.5]", values: [[0.5, 1.5]], understood: { sentence: "1 x 2" } },
    { line, values: [[1]], understood: { sentence: "1 x 30" } },
  ];
  files.fail(/** @type {any} */ (no(422, "may mean", { readings })));
  const buttons = /** @type {any[]} */ (form.choices.querySelectorAll("button"));
  assert.deepEqual(
    buttons.map((button) => button.textContent),
    ["[0.5 1.5]1 x 2", `${line.slice(0, 27)}…1 x 30`],
  );
  buttons[0].click();
  await null;
  assert.deepEqual([now().input, form.choices.hidden], [{ source: [[0.5, 1.5]] }, true]);
});

test("the line says one thing at a time: what was understood, what was refused, or what is asked", () => {
  const form = new Understood();
  const reading = { line: "x".repeat(28), values: [[1]], understood: { sentence: "1 x 1" } };
  const chosen = /** @type {any[]} */ ([]);
  const stands = () => [form.root, form.line, form.complaint, form.choices].map(({ hidden }) => !hidden);
  assert.deepEqual(stands(), [false, false, false, false]);
  for (let round = 0; round < 2; round += 1) {
    form.say("2 x 2", null);
    assert.deepEqual([stands(), form.button.hidden], [[true, true, false, false], true]);
    form.refuse("no number");
    assert.deepEqual(stands(), [true, false, true, false]);
    form.ask(/** @type {any} */ ([reading]), (found) => chosen.push(found));
    assert.deepEqual(stands(), [true, false, false, true]);
  }
  assert.equal(form.choices.querySelectorAll("button").length, 1, "the questions of before are gone");
  assert.equal(form.choices.querySelector("code")?.textContent, reading.line, "a line that fits is not cut");
  form.choices.querySelector("button")?.click();
  assert.deepEqual([chosen, stands()], [[reading], [false, false, false, false]]);
});
