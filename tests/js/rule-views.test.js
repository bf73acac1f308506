/** The rule and the code of a layer as views: what they say of it, and what moves with the step. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { CodeView } from "../../static/views/code-view.js";
import { FormulaView } from "../../static/views/formula-view.js";
import { RuleLine } from "../../static/views/rule-line.js";
import { answering } from "./answering.js";
import { convolution, viewed } from "./scenes.js";
import { settled } from "./stand_ins.js";

/** @param {...(string | number)} path */
const slot = (...path) => ({ kind: "slot", path: ["step", ...path] });
const equal = (/** @type {any[]} */ ...sides) => ({ kind: "relation", sides, signs: sides.slice(1).map(() => "=") });
const letter = (/** @type {string} */ name, /** @type {any} */ more = {}) => ({ kind: "symbol", name, ...more });
const total = (/** @type {any} */ body, /** @type {any[]} */ ...over) => ({ kind: "total", name: "sum", over, body });
const range = (/** @type {string} */ name, /** @type {any} */ last) => ({ kind: "range", name, first: 0, last });

const OUTPUT = { ...slot("output"), role: "output" };
const GENERAL = {
  lines: [equal(letter("y", { index: ["r"] }), total(letter("x", { index: ["i"] }), range("i", "K")))],
  where: [equal("K", 2)],
  over: [range("r", "N")],
};
const INDEXED = { lines: [equal("y", total("x", range("i", 1)))] };

/** A rule of a layer, told as the server tells it. @param {any} [more] */
const ruled = (more = {}) => ({
  general: GENERAL,
  indexed: INDEXED,
  letters: { K: 2 },
  here: [equal(letter("y", { index: ["r"], role: "output" }), OUTPUT), equal("r", slot("at", 1))],
  numbers: [equal(letter("y"), OUTPUT)],
  aside: [],
  said: [],
  ...more,
});

/** A view of a small convolution whose opening says more. @param {any} view  @param {any} [more] */
function adopted(view, more = {}) {
  const scene = convolution();
  const told = viewed({ ...scene, opening: { ...scene.opening, ...more } });
  document.body.replaceChildren(view.root);
  view.adopt(told);
  return { steps: scene.steps, told };
}
const parts = (/** @type {any} */ view) =>
  view.root.querySelectorAll(".part-name").map((/** @type {any} */ one) => one.textContent);

test("the rule stands in general, for this layer and for this step, and with every letter's number", () => {
  const view = new FormulaView();
  const { steps } = adopted(view, { rule: ruled() });
  assert.deepEqual(parts(view).slice(0, 3), ["In general", "This layer", "This step"]);
  assert.match(view.general.textContent ?? "", /^yr=∑i.*xi/);
  view.show(steps[5]);
  const pairs = view.letters.root.children.map?.((/** @type {any} */ one) => one.textContent) ?? [];
  assert.deepEqual(pairs, ["yr−6", "r1", "K2"]);
  assert.equal(view.numbers.textContent, "y=−6");
});

test("what the letters run over is told once, after what else holds", () => {
  const view = new FormulaView();
  adopted(view, { rule: ruled() });
  const [line, where, ranges] = /** @type {any} */ (view.general.children);
  assert.deepEqual([line.className, where.className, where.textContent], ["", "where", "K=2"]);
  assert.equal(ranges.className, "where ranges");
  assert.deepEqual(
    ranges.children.map((/** @type {any} */ one) => one.textContent),
    ["i=0…K", "r=0…N"],
  );
});

test("a layer whose settings change nothing of the rule says it once", () => {
  const view = new FormulaView();
  adopted(view, { rule: ruled({ indexed: { lines: GENERAL.lines } }) });
  assert.deepEqual(parts(view).slice(0, 2), ["In general", "This step"]);
});

test("a layer without a rule says so, and steps change nothing", () => {
  const view = new FormulaView();
  const { steps } = adopted(view, { rule: null });
  view.show(steps[0]);
  assert.match(view.root.textContent ?? "", /^This layer has no formula\./);
  assert.equal(view.numbers.childElementCount, 0);
});

test("a step has a line for each side that it tells, and a letter that it does not tell a dash", () => {
  const view = new FormulaView();
  const winner = equal("k", slot("argmax", 0));
  const { steps } = adopted(view, { rule: ruled({ aside: [winner], here: [winner] }) });
  view.show(steps[0]);
  assert.equal(view.numbers.childElementCount, 1);
  assert.equal(view.letters.root.children[0].textContent, "k–");
  view.show({ ...steps[0], argmax: [3, 1] });
  assert.deepEqual([view.numbers.childElementCount, view.numbers.children[1].textContent], [2, "k=3"]);
  assert.equal(view.letters.root.children[0].textContent, "k3");
  view.show(steps[1]);
  assert.equal(view.numbers.childElementCount, 1);
});

test("another scene begins anew: no line of the one before stays", () => {
  const view = new FormulaView();
  const { steps, told } = adopted(view, { rule: ruled() });
  view.show(steps[0]);
  view.adopt({ ...told, opening: { ...told.opening, rule: /** @type {any} */ (ruled({ numbers: [] })) } });
  view.show(steps[0]);
  assert.equal(view.numbers.textContent, "");
});

const terms = (/** @type {number[]} */ values) => ({
  kind: "terms",
  terms: values.map((value) => ({ kind: "number", value, role: "input" })),
});

test("figures of a role take the room of the longest, so that the line stands still", () => {
  const line = new RuleLine();
  const show = (/** @type {number} */ value) => {
    line.show(/** @type {any} */ (equal("y", terms([value, 1]))), { input: 4 });
    return line.root.textContent;
  };
  assert.equal(show(7), "y=\u2007\u2007\u20077+\u2007\u2007\u20071");
  const drawn = line.root.children[1];
  assert.equal(show(255), "y=\u2007255+\u2007\u2007\u20071");
  assert.equal(line.root.children[1], drawn, "written into its place");
  line.show(/** @type {any} */ (equal("y", terms([7, -1]))), { input: 4 });
  assert.notEqual(line.root.children[1], drawn, "a bracket more is another line");
});

test("up to twelve numbers a side is a formula, of more a text that wraps; a matrix always a formula", () => {
  const line = new RuleLine();
  const isText = (/** @type {any} */ side) => {
    line.show(/** @type {any} */ (equal("y", side)));
    return line.root.querySelector("math") === null || line.root.children[1].querySelector("math") === null;
  };
  assert.equal(isText(terms(Array(12).fill(1))), false);
  assert.equal(isText(terms(Array(13).fill(1))), true);
  assert.equal(line.root.textContent, `y=${Array(13).fill("1").join(" + ")}`);
  assert.equal(isText({ kind: "matrix", rows: Array(5).fill({ kind: "row", cells: [1, 2, 3] }) }), false);
});

test("what follows a text stands below it; short sides, and a text that begins, go on in their line", () => {
  const line = new RuleLine();
  const isStacked = (/** @type {any[]} */ ...sides) => {
    line.show(/** @type {any} */ ({ kind: "relation", sides, signs: sides.slice(1).map(() => "=") }));
    return line.root.classList.contains("stacked");
  };
  const long = terms(Array(13).fill(1));
  assert.equal(isStacked("y", long, terms([13])), true);
  assert.equal(isStacked("y", terms([1, 1]), terms([2])), false);
  assert.equal(isStacked(long, terms([13])), false);
});

test("a long line is renewed word by word while its form stays", () => {
  const line = new RuleLine();
  const values = Array(13).fill(1);
  line.show(/** @type {any} */ (equal("y", terms(values))));
  const [, side] = line.root.children;
  line.show(/** @type {any} */ (equal("y", terms(values.with(3, 2)))));
  assert.equal(line.root.children[1], side);
  assert.equal(side.children[1].textContent, values.with(3, 2).join(" + "));
  line.show(/** @type {any} */ (equal("y", terms(values.with(3, 22)))));
  assert.notEqual(line.root.children[1], side);
});

const CODE = {
  numpy_loop: "for r in range(3): ...",
  numpy: "y = conv(x)",
  pytorch: "F.conv2d(x)",
  step: [{ text: "y[" }, { place: { kind: "slot", path: ["step", "at", 1] }, role: "output" }, { text: "] = x[0]" }],
};

/** @param {any} [code]  undefined: it has to be asked for */
function coded(code) {
  const view = new CodeView();
  const { steps, told } = adopted(view, { code });
  const offered = () => view.choices.filter(({ hidden }) => !hidden).map(({ textContent }) => textContent);
  const chosen = () => view.choices.find(({ ariaPressed }) => ariaPressed === "true")?.textContent;
  const choose = (/** @type {string} */ library) =>
    view.choices.find(({ dataset }) => dataset.library === library)?.click();
  const note = () => (view.note.hidden ? "" : view.note.textContent);
  return { view, steps, told, offered, chosen, choose, note };
}

test("code is offered in the libraries that have the layer, NumPy first", () => {
  const { view, offered, chosen, choose } = coded(CODE);
  assert.deepEqual([offered(), chosen(), view.text.textContent], [["NumPy", "Loop", "PyTorch"], "NumPy", CODE.numpy]);
  choose("pytorch");
  assert.deepEqual([chosen(), view.text.textContent], ["PyTorch", CODE.pytorch]);
  choose("numpy_loop");
  assert.equal(view.text.textContent, CODE.numpy_loop);
});

test("a chosen library stays for the next layer, and comes back after one that has it not", () => {
  const { view, told, chosen, choose } = coded(CODE);
  choose("pytorch");
  const adopt = (/** @type {any} */ code) => view.adopt({ ...told, opening: { ...told.opening, code } });
  const { pytorch: _without, ...numpy } = CODE;
  adopt(numpy);
  assert.equal(chosen(), "NumPy");
  adopt({ ...CODE, pytorch: "F.other(x)" });
  assert.deepEqual([chosen(), view.text.textContent], ["PyTorch", "F.other(x)"]);
});

test("the line that a step is moves with it, its places in their colours", () => {
  const { view, steps } = coded(CODE);
  view.show(steps[0]);
  assert.equal(view.line.textContent, "y[0] = x[0]");
  view.show(steps[9]);
  assert.equal(view.line.textContent, "y[2] = x[0]");
  assert.equal(view.line.querySelector(".role-output")?.textContent, "2");
});

test("code that the page does not carry is asked for once, and the step before it is written then", async () => {
  const asked = answering({ "api/opening": { code: CODE } });
  const { view, steps, told, offered } = coded(undefined);
  view.show(steps[0]);
  assert.deepEqual([view.line.textContent, view.sheet.hidden], ["", true]);
  view.adopt(told);
  await settled();
  assert.deepEqual([view.line.textContent, view.text.textContent], ["y[0] = x[0]", CODE.numpy]);
  assert.deepEqual([offered(), asked.length], [["NumPy", "Loop", "PyTorch"], 1]);
});

test("a layer without code says so, whether the page carried that or the server answered it", async () => {
  const carried = coded(null);
  assert.deepEqual([carried.note(), carried.view.sheet.hidden], ["This layer has no code.", true]);
  answering({ "api/opening": { code: null } });
  const asked = coded(undefined);
  assert.equal(asked.note(), "", "nobody knows yet");
  await settled();
  assert.equal(asked.note(), "This layer has no code.");
});

test("a server that does not answer is told of, and an answer about the layer before comes to nothing", async () => {
  answering({});
  const silent = coded(undefined);
  await settled();
  assert.equal(silent.note(), "The server does not answer.");
  answering({ "api/opening": { code: { ...CODE, numpy: "late" } } });
  const { view, told } = coded(undefined);
  view.adopt({ ...told, opening: { ...told.opening, code: /** @type {any} */ (CODE) } });
  await settled();
  assert.equal(view.text.textContent, CODE.numpy);
});
