/** Rules filled with the numbers of a step: places, sums with parts left out, cases, and what is equal as written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { factAt, fillIn } from "../../static/words/rules.js";

/** @param {any} template  @param {object} [step]  @param {number} [most]  @param {object} [start] */
const filled = (template, step = {}, most = undefined, start = {}) =>
  fillIn(template, /** @type {any} */ ({ step, start }), most);
const slot = (/** @type {any[]} */ path, more = {}) => ({ kind: "slot", path, ...more });
const each = (/** @type {any[]} */ of, /** @type {string[]} */ names, /** @type {any} */ body, more = {}) => ({
  ...{ kind: "each", of, names, body },
  ...more,
});
const terms = (/** @type {any[]} */ ...parts) => ({ kind: "terms", terms: parts });
const number = (/** @type {any} */ value) => ({ kind: "number", value });

test("a slot is its number, with what it is for; one that the step does not tell leaves nothing", () => {
  assert.equal(filled(slot(["step", "output"]), { output: 7 }), 7);
  assert.deepEqual(filled(slot(["step", "output"], { role: "output" }), { output: 7 }), {
    ...{ kind: "number", value: 7, role: "output" },
  });
  assert.deepEqual(filled(slot(["step", "output"]), { output: null }), number(null), "told to be none");
  assert.equal(filled(slot(["step", "output"]), {}), null);
  assert.equal(filled(slot(["step", "sums", 2]), { sums: [1, 2] }), null, "beyond the end");
  assert.equal(filled(slot(["step", "a", "b"]), {}), null, "nothing within nothing");
});

test("a place may itself be told by the step", () => {
  const weight = [
    [1, 2],
    [3, 4],
  ];
  const path = ["start", "weight", ["step", "at", 0], 1];
  assert.equal(filled(slot(path), { at: [1, 0, 0] }, undefined, { weight }), 4);
  assert.equal(factAt(/** @type {any} */ ({ step: { at: [1] }, start: { weight } }), /** @type {any} */ (path)), 4);
});

test("an angle is said in whole degrees, halves rounded up", () => {
  const angle = (/** @type {number} */ value) =>
    /** @type {any} */ (filled(slot(["step", "angle"], { unit: "degrees" }), { angle: value }));
  assert.deepEqual(angle(Math.PI / 2), { kind: "number", value: 90, unit: "°" });
  assert.deepEqual(
    [-Math.PI / 4, Math.PI / 360, 0].map((value) => angle(value).value),
    [-45, 1, 0],
  );
});

const SUM = terms(each(["step", "window"], ["i", "j"], slot(["step", "window", "i", "j"])));

test("a sum has one part for each cell, row by row", () => {
  assert.deepEqual(
    filled(SUM, {
      window: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    }),
    terms(1, 2, 3, 4, 5, 6),
  );
  assert.equal(filled(SUM, { window: [[8]] }), 8, "of one cell it is that cell");
  assert.equal(filled(SUM, { window: [[]] }), null, "of none it is nothing");
  assert.equal(filled(SUM, { window: 3 }), null, "a number has no cells");
});

test("cells of another list are found at the places of the first", () => {
  const product = { kind: "product", factors: [slot(["step", "a", "k"]), slot(["step", "b", "k"])] };
  const dot = terms(each(["step", "a"], ["k"], product), slot(["step", "bias"]));
  assert.deepEqual(filled(dot, { a: [1, 2], b: [3, 4], bias: 9 }), {
    ...terms({ kind: "product", factors: [1, 3] }, { kind: "product", factors: [2, 4] }, 9),
  });
});

test("of too many parts the first nine and the last are written, and how many are left out is told", () => {
  const row = terms(each(["step", "row"], ["k"], slot(["step", "row", "k"])));
  const numbers = (/** @type {number} */ count) => ({ row: Array.from({ length: count }, (_, place) => place) });
  const whole = /** @type {any} */ (filled(row, numbers(27)));
  assert.equal(whole.terms.length, 27);
  const { terms: parts } = /** @type {any} */ (filled(row, numbers(28)));
  assert.deepEqual(parts, [0, 1, 2, 3, 4, 5, 6, 7, 8, { kind: "omitted", count: 18 }, 27]);
  assert.equal(/** @type {any} */ (filled(row, numbers(12), 11)).terms[9].count, 2);
});

test("padding is skipped where a rule says so, and no part is counted for it", () => {
  const skipping = terms(each(["step", "row"], ["k"], slot(["step", "row", "k"]), { skips: true }));
  assert.deepEqual(filled(skipping, { row: [null, 2, null, 4] }), terms(2, 4));
  assert.equal(filled(skipping, { row: [null, null] }), null);
  const kept = terms(each(["step", "row"], ["k"], slot(["step", "row", "k"])));
  assert.deepEqual(filled(kept, { row: [null, 2] }), terms(number(null), 2));
});

const relation = (/** @type {any[]} */ sides, /** @type {string[]} */ signs) => ({ kind: "relation", sides, signs });
const X = slot(["step", "input"]);
const CASES = {
  kind: "cases",
  cases: [
    { kind: "case", when: relation([X, 0], ["<"]), body: { kind: "minus", body: X } },
    { kind: "case", when: relation([0, X, 6], ["<=", "<"]), body: X },
    { kind: "case", when: relation([6, X], ["<="]), body: 6 },
  ],
};

test("of several cases the first that holds is told, with its condition", () => {
  const body = (/** @type {any} */ input) => /** @type {any} */ (filled(CASES, { input }))?.body ?? null;
  assert.deepEqual(body(-2), { kind: "minus", body: -2 });
  assert.deepEqual([body(0), body(5.9), body(6), body(7)], [0, 5.9, 6, 6]);
  assert.equal(body(null), null, "of what is no number none is known to hold");
  const always = { kind: "case", when: relation([0, 1], ["<"]), body: 1 };
  assert.equal(filled({ ...CASES, cases: [CASES.cases[0], always] }, { input: null }), null, "nor that it does not");
  const { when } = /** @type {any} */ (filled(CASES, { input: 3 }));
  assert.deepEqual(when.sides, [0, 3, 6]);
});

/** Signs between sides. @param {any[]} sides  @param {object} [step] */
const signs = (sides, step = {}) =>
  /** @type {any} */ (
    filled(
      relation(
        sides,
        sides.slice(1).map(() => "="),
      ),
      step,
    )
  )?.signs ?? null;

test("a side that the step does not tell is left out with its sign; one side alone says nothing", () => {
  const gone = slot(["step", "never"]);
  const told = /** @type {any} */ (filled(relation([1, gone, 3], ["=", "≤"]), {}));
  assert.deepEqual([told.sides, told.signs], [[1, 3], ["≤"]]);
  assert.deepEqual(/** @type {any} */ (filled(relation([gone, 2, 3], ["=", "≤"]), {})).signs, ["≤"]);
  assert.equal(filled(relation([gone, 3], ["="]), {}), null);
});

test("what a figure rounds is nearly equal; a letter, or what is written in full, is equal", () => {
  assert.deepEqual(signs([1 / 3, 0.25]), ["≈"]);
  assert.deepEqual(signs([0.25, 0.25]), ["="]);
  assert.deepEqual(signs(["y", 0.25, 1 / 3]), ["=", "≈"]);
  assert.deepEqual(signs([terms(0.1, 1 / 7), 0.243]), ["≈"], "wherever it stands");
  assert.deepEqual(signs([number(null), 3]), ["="]);
  assert.deepEqual(signs([number(1 / 3), 0.25]), ["≈"]);
  const bound = /** @type {any} */ (filled(relation([1 / 3, 0.5], ["≤"])));
  assert.deepEqual(bound.signs, ["≤"], "another relation is true as it stands");
});

test("a root or a power of e has no figure, except of zero", () => {
  const power = (/** @type {any} */ exponent) => ({ kind: "power", base: "e", exponent });
  const root = (/** @type {any} */ argument) => ({ kind: "call", name: "sqrt", rounds: true, args: [argument] });
  assert.deepEqual([signs([power(2), 7]), signs([power(0), 1])], [["≈"], ["="]]);
  assert.deepEqual([signs([root(2), 1]), signs([root(0), 0])], [["≈"], ["="]]);
  assert.deepEqual(signs([root(2), root(3)]), ["="], "written with the same on both sides");
  assert.deepEqual(signs([{ kind: "power", base: 2, exponent: 3 }, 8]), ["="]);
  assert.deepEqual(signs([{ kind: "symbol", name: "y" }, power(2)]), ["="]);
});

test("whole pieces come to one number: fractions, roundings, extremes, signs", () => {
  const whole = (/** @type {any} */ body) => filled({ kind: "whole", body });
  const fraction = { kind: "fraction", above: 7, below: 2 };
  const brackets = (/** @type {string} */ shape) => ({ kind: "brackets", shape, body: fraction });
  assert.equal(whole(fraction), 3.5);
  assert.deepEqual(
    ["floor", "ceil", "curved"].map((shape) => whole(brackets(shape))),
    [3, 4, 3.5],
  );
  assert.equal(whole(terms(1, { kind: "minus", body: 3 }, number(5))), 3);
  assert.equal(whole({ kind: "product", factors: [2, 3, 4] }), 24);
  const call = (/** @type {string} */ name) => whole({ kind: "call", name, args: [4, 9, 2] });
  assert.deepEqual([call("min"), call("max"), call("tanh")], [2, 9, Number.NaN]);
  assert.deepEqual([whole("y"), whole(number(null)), whole(brackets("square"))], [Number.NaN, Number.NaN, Number.NaN]);
});

test("parts of pieces that are no lists are filled too, and what is no piece stays", () => {
  const power = { kind: "power", base: slot(["step", "input"]), exponent: 2, style: { wide: true } };
  assert.deepEqual(filled(power, { input: 5 }), { ...power, base: 5 });
  assert.equal(filled(power, {}), null);
  const fraction = { kind: "fraction", above: terms(X, X), below: "n" };
  assert.deepEqual(filled(fraction, { input: 1 }), { ...fraction, above: terms(1, 1) });
});
