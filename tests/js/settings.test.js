/** The form of a layer: it follows the scene, says what is wrong where it is wrong, and never breaks the scene. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fire } from "./dom.js";
import { opened, settings } from "./layer-forms.js";
import { settled } from "./stand_ins.js";

const CONV = { operation: "conv2d", weight: "box" };

test("the form names its operation and has a field for each setting, the rare ones behind the others", () => {
  const { form, root, field } = settings();
  form.show(opened([CONV]), 0);
  assert.deepEqual([form.title.textContent, form.word.textContent], ["Convolution", "conv2d"]);
  const names = (/** @type {any} */ room) =>
    [...room.querySelectorAll("[data-name]")].map(({ dataset }) => dataset.name);
  assert.deepEqual(names(form.body), ["weight", "stride", "out", "kernel_size", "seed"]);
  assert.deepEqual([names(form.more), form.more.hidden, form.more.open], [["divisor"], false, false]);
  assert.equal(field("stride").querySelector("label").getAttribute("for"), "setting-stride");
  assert.equal(
    root.querySelector("#setting-stride")?.getAttribute("aria-describedby"),
    "setting-stride-help setting-stride-complaint",
  );
  form.show(opened([{ operation: "relu" }]), 0);
  assert.deepEqual([names(form.body), form.more.hidden], [[], true]);
  assert.equal(form.help.textContent, "This operation has no settings.");
});

test("a rare setting that is not as usual comes into sight", () => {
  const { form } = settings();
  form.show(opened([{ ...CONV, divisor: 2 }]), 0);
  assert.equal(form.more.open, true);
});

test("sizes and seed are asked for only of a layer that is told by its sizes", () => {
  const { form, field } = settings();
  const hidden = () => ["kernel_size", "seed"].map((name) => field(name).hidden);
  form.show(opened([CONV]), 0);
  assert.deepEqual(hidden(), [true, true]);
  form.show(opened([{ operation: "conv2d", out: 4, kernel_size: 3 }]), 0);
  assert.deepEqual(hidden(), [false, false]);
});

test("a change is told as a scene in which nothing else is changed", async () => {
  const { form, told, write } = settings();
  const layers = [{ operation: "relu" }, { ...CONV, divisor: 3 }];
  form.show(opened(layers, 1), 1);
  await write("stride", "2");
  assert.deepEqual(told, [
    { input: { source: "cat" }, layers: [{ operation: "relu" }, { ...CONV, divisor: 3, stride: 2 }] },
  ]);
  assert.equal("stride" in layers[1], false, "the scene that walks is not written into");
  await write("stride", "");
  assert.equal(told.length, 1, "its default is what it is");
});

test("what cannot be is said at its field with the layer's reason, and never asked of the server", async () => {
  const { form, told, complaint, write, input } = settings();
  form.show(opened([CONV]), 0);
  for (const [text, sentence] of [
    ["9", "then nothing is left."],
    ["0", "At least 1."],
  ]) {
    await write("stride", text);
    assert.deepEqual([complaint("stride"), input("stride").getAttribute("aria-invalid")], [sentence, "true"]);
  }
  assert.deepEqual(told, []);
  await write("stride", "4");
  assert.deepEqual([complaint("stride"), input("stride").hasAttribute("aria-invalid"), told.length], ["", false, 1]);
});

test("what an operation cannot do without cannot be left out", async () => {
  const { form, told, complaint, write } = settings();
  form.show(opened([{ operation: "max_pool2d", kernel_size: 2 }]), 0);
  await write("kernel_size", "");
  assert.deepEqual([told, complaint("kernel_size")], [[], "Write a number."]);
});

test("a refusal stands at the setting that it names, else at the one that was changed", async () => {
  const { form, state, complaint, write } = settings();
  form.show(opened([CONV]), 0);
  state.refusal = { message: "divisor is 0", field: "divisor" };
  await write("stride", "2");
  assert.deepEqual([complaint("divisor"), complaint("stride"), form.more.open], ["divisor is 0", "", true]);
  state.refusal = { message: "too many steps", field: "steps" };
  await write("stride", "3");
  assert.deepEqual([complaint("divisor"), complaint("stride")], ["", "too many steps"]);
  state.refusal = null;
  await write("stride", "2");
  assert.equal(complaint("stride"), "");
});

test("a change that belongs to no setting is refused above all of them", async () => {
  const { form, state } = settings();
  form.show(opened([CONV]), -1);
  assert.deepEqual([form.title.textContent, form.tools.hidden], ["Input", true]);
  assert.equal(form.more.hidden, true);
  state.refusal = { message: "no window fits", field: "input" };
  form.input.matrixButton?.click();
  await settled();
  assert.deepEqual([form.complaint.hidden, form.complaint.textContent], [false, "no window fits"]);
  form.show(opened([CONV]), 0);
  assert.deepEqual([form.complaint.hidden, form.tools.hidden], [true, false], "another scene walks now");
});

test("another filter takes the place and keeps what it can be told; numbers stay a convolution", async () => {
  const { form, told, root } = settings();
  form.show(opened([{ ...CONV, stride: 2, divisor: 3 }]), 0);
  const pick = async (/** @type {string} */ name) => {
    /** @type {any} */ (root.querySelector(".filter-menu, [popover], .popover"))?.showPopover();
    /** @type {any} */ (root.querySelector(`[data-filter=${name}]`)).click();
    await settled();
    return told.at(-1).layers[0];
  };
  assert.deepEqual(await pick("sobel"), { operation: "sobel", stride: 2 });
  assert.deepEqual(await pick("edge"), { operation: "conv2d", weight: "edge", stride: 2 });
});

test("filters are offered where one may take the place of the other, and the button names the one that walks", () => {
  const { form, root } = settings();
  const label = () => root.querySelector("[data-filters], .filter-button, [aria-haspopup]")?.getAttribute("aria-label");
  form.show(opened([CONV]), 0);
  assert.equal(label(), "Filter: Box");
  form.show(opened([{ operation: "sobel" }]), 0);
  assert.equal(label(), "Filter: Sobel");
  form.show(opened([{ operation: "max_pool2d", kernel_size: 2 }]), 0);
  assert.equal(label(), undefined);
});

test("the input's pictures mark the one that walks, whatever form is in sight", () => {
  const { form } = settings();
  const seen = /** @type {any[]} */ ([]);
  form.input.pictures.show = (source) => seen.push(source);
  form.show(opened([CONV]), 0);
  form.show(opened([CONV]), -1);
  assert.deepEqual(seen, ["cat", "cat"]);
});

test("written weights take the place of sizes, and sizes of weights", async () => {
  const { form, told, write, root } = settings();
  form.show(opened([{ operation: "conv2d", out: 4, kernel_size: 3, seed: 7, stride: 2 }], 0, { weight: [[[[5]]]] }), 0);
  const negate = [...root.querySelectorAll("button")].find(({ title }) => title === "Change every sign");
  negate?.click();
  await settled();
  assert.deepEqual(told.at(-1).layers, [{ operation: "conv2d", stride: 2, weight: [[[[-5]]]] }]);
  form.show(opened([CONV], 0, { kernel_size: [1, 2] }), 0);
  await write("out", "4");
  assert.deepEqual(told.at(-1).layers, [{ operation: "conv2d", out: 4, kernel_size: [1, 2] }]);
});

test("the cells show a named kernel's own numbers, and the divisor what it comes to", () => {
  const { form, root, input } = settings();
  form.show(opened([{ operation: "conv2d", weight: "edge" }], 0, { weight: [[9, 9]], divisor: 16 }), 0);
  const cells = () => [.../** @type {any} */ (root.querySelector(".grid")).children].map(({ value }) => value);
  assert.deepEqual([cells(), input("divisor").placeholder], [["1", "−1"], "16"]);
  form.show(opened([{ operation: "conv2d", weight: [[3, 4]] }], 0, { weight: [[9, 9]] }), 0);
  assert.deepEqual(cells(), ["3", "4"]);
  form.show(opened([{ operation: "conv2d", weight: "lenet-5.c1" }], 0, { weight: [[[[6, 7]]]] }), 0);
  assert.deepEqual(cells(), ["6", "7"]);
});

test("a layer moves and goes by its tools, which end at the ends of the chain", () => {
  const { form, acts } = settings();
  const chain = [CONV, { operation: "relu" }, { operation: "relu" }];
  const off = () => [.../** @type {any} */ (form.tools.children)].map(({ disabled }) => disabled);
  for (const [layer, disabled] of /** @type {[number, boolean[]][]} */ ([
    [0, [true, false, false]],
    [1, [false, false, false]],
    [2, [false, true, false]],
  ])) {
    form.show(opened(chain, layer), layer);
    assert.deepEqual(off(), disabled);
  }
  form.show(opened([CONV]), 0);
  assert.deepEqual(off(), [true, true, true], "a scene needs one operation");
  for (const tool of /** @type {any} */ (form.tools.children)) tool.click();
  assert.deepEqual(acts, [-1, 1, "remove"]);
});

test("what a setting does is told of the one that is pointed at or has the focus, with its limit's reason", () => {
  const { form, field, input, root } = settings();
  form.show(opened([CONV]), 0);
  fire(field("stride"), "pointerover");
  assert.equal(form.help.textContent, "stride what stride does. then nothing is left.");
  input("out").focus();
  assert.equal(form.help.textContent, "out what out does.");
  fire(root, "pointerover");
  assert.equal(form.help.textContent, "out what out does.", "between the fields it stays");
});

test("the focus stays at its control when the form is made anew for the same setting in another layer", () => {
  const { form, input } = settings();
  form.show(opened([CONV, { operation: "sobel" }], 0), 0);
  input("stride").focus();
  const before = input("stride");
  form.show(opened([CONV, { operation: "sobel" }], 1), 1);
  assert.ok(before !== input("stride"));
  assert.equal(document.activeElement, input("stride"));
  form.show(opened([CONV, { operation: "relu" }], 1), 1);
  form.show(opened([CONV, { operation: "sobel" }], 0), 0);
  assert.notEqual(document.activeElement, input("stride"), "and is not taken from elsewhere");
});
