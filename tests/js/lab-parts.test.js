/** Parts of the lab's form: one setting and what is wrong with it, controls of each kind. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, settingControl } from "../../static/lab/controls.js";
import { complain, context, insteadOf, limitOf, outside } from "../../static/lab/field.js";
import { fire } from "./dom.js";

/** A control, and what it tells. @param {any} parameter */
function control(parameter) {
  const told = /** @type {any[]} */ ([]);
  const whole = {
    name: "setting",
    title: { en: "Setting" },
    minimum: null,
    maximum: null,
    words: [],
    choices: [],
    ...parameter,
  };
  const made = settingControl(whole, "setting", (value) => told.push(value));
  for (const node of made.nodes) document.body.append(node);
  const show = (/** @type {any} */ value, { limit = {}, start = {}, range = [0, 255] } = {}) =>
    made.show(value, /** @type {any} */ ({ limit, start, range }));
  const [first, second, third] = /** @type {any[]} */ (made.nodes);
  const type = (/** @type {any} */ input, /** @type {string} */ text) => {
    input.value = text;
    fire(input, "input");
  };
  return { told, show, first, second, third, type };
}

test("a number is told as one, an empty field as the default; its ends are the layer's before the setting's", () => {
  const { told, show, first, type } = control({ kind: "int", minimum: 1, maximum: 99 });
  show(3, { limit: { minimum: 2, maximum: 7 } });
  assert.deepEqual([first.value, first.min, first.max], ["3", "2", "7"]);
  type(first, "5");
  type(first, "");
  assert.deepEqual(told, [5, undefined]);
  show(null);
  assert.deepEqual([first.value, first.min, first.max], ["", "1", "99"]);
});

test("a field that is being written in keeps its text, what is wrong in it too", () => {
  const { show, first, type } = control({ kind: "int", minimum: 1 });
  first.focus();
  type(first, "500");
  show(500, { limit: { maximum: 7 } });
  show(7, { limit: { maximum: 7 } });
  assert.equal(first.value, "500", "beyond its end it stays, with its complaint");
  type(first, "4");
  show(null, { limit: { maximum: 7 } });
  assert.equal(first.value, "4");
  first.blur();
  show(null, { limit: { maximum: 7 } });
  assert.equal(first.value, "");
});

test("a pair is one number while it is linked, and two that are both needed when it is not", () => {
  const { told, show, first, second, third, type } = control({ kind: "pair", minimum: 1 });
  show(null, { start: { setting: [2, 2] }, limit: { maximum: 4, sides: [{ maximum: 4 }, { maximum: 9 }] } });
  assert.deepEqual([first.placeholder, second.hidden, first.max], ["2", true, "4"]);
  type(first, "3");
  third.click();
  assert.deepEqual(
    [second.hidden, second.value, second.max, third.getAttribute("aria-pressed")],
    [false, "3", "9", "false"],
  );
  type(second, "5");
  type(second, "");
  third.click();
  assert.deepEqual(told, [3, [3, 5], undefined, 3]);
});

test("a pair that is given two different sides shows both", () => {
  const { show, first, second } = control({ kind: "pair" });
  show([1, 2]);
  assert.deepEqual([first.value, second.value, second.hidden], ["1", "2", false]);
});

test("padding is a word, or one, two or four numbers, and nothing else", () => {
  const { told, show, first, second, type } = control({ kind: "padding", words: ["valid", "same"] });
  show(0);
  assert.deepEqual([first.value, second.hidden], ["valid", true]);
  first.value = "number";
  fire(first, "change");
  for (const text of ["2", "1 2", "(0, 1), (2, 3)", "1 2 3", "x", "1.5", ""]) type(second, text);
  assert.deepEqual(told, [
    1,
    2,
    [1, 2],
    [
      [0, 1],
      [2, 3],
    ],
    NaN,
    NaN,
    NaN,
    NaN,
  ]);
  second.blur();
  show([
    [0, 1],
    [2, 3],
  ]);
  assert.deepEqual([first.value, second.value, second.hidden], ["number", "0 1 2 3", false]);
  show("circular-of-another-day");
  assert.equal(first.value, "circular-of-another-day", "a word that the form does not offer is shown all the same");
});

test("text is told when it is finished, and once", () => {
  const { told, show, first } = control({ kind: "numbers" });
  show([1, 2]);
  assert.equal(first.value, "1 2");
  for (const text of ["1 2", "3 4", "3 4", "false", ""]) {
    first.value = text;
    fire(first, "change");
  }
  assert.deepEqual(told, ["3 4", false, undefined]);
});

test("a switch and a choice tell what they say", () => {
  const whether = control({ kind: "boolean" });
  whether.show(true);
  assert.equal(whether.first.checked, true);
  whether.first.checked = false;
  fire(whether.first, "change");
  const which = control({ kind: "choice", choices: ["zeros", "reflect"] });
  which.show("reflect");
  assert.equal(which.first.value, "reflect");
  which.first.value = "zeros";
  fire(which.first, "change");
  assert.deepEqual([whether.told, which.told], [[false], ["zeros"]]);
});

test("an end is that of the side where sides have their own", () => {
  assert.deepEqual(endOf({ maximum: 9, sides: [{ maximum: 4 }] }, 0), { maximum: 4 });
  assert.deepEqual(endOf({ maximum: 9, sides: [{ maximum: 4 }] }, 1), {});
  assert.deepEqual(endOf({ maximum: 9 }, 1), { maximum: 9 });
});

/** A field of some inputs. @param {...object} inputs */
function fieldOf(...inputs) {
  const nodes = inputs.map((given) => Object.assign(document.createElement("input"), { type: "number" }, given));
  const complaint = document.createElement("p");
  return { root: document.createElement("div"), control: { nodes, show() {} }, complaint };
}

test("what is wrong is said at the field, and taken back", () => {
  const field = fieldOf({ value: "9", max: "7" }, { type: "range" });
  assert.equal(complain(field, "Too much."), "Too much.");
  assert.deepEqual([field.complaint.textContent, field.complaint.hidden], ["Too much.", false]);
  assert.deepEqual(
    field.control.nodes.map((node) => node.getAttribute("aria-invalid")),
    ["true", null],
  );
  complain(field, "");
  assert.deepEqual([field.complaint.hidden, field.control.nodes[0].hasAttribute("aria-invalid")], [true, false]);
  assert.equal(complain(null, "Said elsewhere."), "Said elsewhere.");
});

test("beyond its end a number is told the reason where the layer has one, else the end", () => {
  const limit = { why: { en: "then no window fits" } };
  assert.equal(outside(fieldOf({ value: "9", max: "7" }), limit), "then no window fits.");
  assert.equal(outside(fieldOf({ value: "9", max: "7" }), {}), "At most 7.");
  assert.equal(outside(fieldOf({ value: "0", min: "1" }), limit), "At least 1.");
  assert.equal(outside(fieldOf({ value: "5", min: "1", max: "7" }), limit), "");
  assert.equal(
    outside(fieldOf({ value: "1" }, { value: "9", max: "3" }), { sides: [{}, limit] }),
    "then no window fits.",
  );
  assert.equal(outside(fieldOf({ value: "9", max: "7", hidden: true }), {}), "", "nobody sees it");
  assert.equal(outside(null, limit), "");
});

test("a layer is told by its weight or by its sizes, and one takes the place of the other", () => {
  const opening = (/** @type {object} */ written) =>
    /** @type {any} */ ({ layer: 0, layers: [{ arguments: written }], start: { kernel_size: [3, 3], weight: [[1]] } });
  assert.deepEqual(insteadOf(opening({ weight: "sobel-x" }), { out: 4 }), { weight: undefined, kernel_size: [3, 3] });
  assert.deepEqual(insteadOf(opening({ weight: undefined }), { out: 4 }), {});
  assert.deepEqual(insteadOf(opening({ weight: "x", out: 4 }), { out: undefined }), {
    kernel_size: undefined,
    seed: undefined,
    weight: [[1]],
  });
  assert.deepEqual(insteadOf(opening({ weight: "sobel-x" }), { stride: 2 }), {});
  const layer = /** @type {any} */ ({ limits: { stride: { maximum: 3 } } });
  assert.deepEqual([limitOf(layer, "stride"), limitOf(layer, "padding")], [{ maximum: 3 }, {}]);
  const told = context(/** @type {any} */ ({ start: {}, input: { range: [0, 9] } }), layer, "stride");
  assert.deepEqual([told.limit, told.range], [{ maximum: 3 }, [0, 9]]);
});
