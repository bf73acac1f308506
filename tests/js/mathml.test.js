/** Rules as MathML, without a page: what is set, and what may be renewed in place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { alike, partsOf, setting } from "../../static/views/mathml.js";

/** @param {import("../../static/views/mathml.js").MathMark} mark  @returns {string} */
function spelt({ tag, parts }) {
  if (typeof parts === "string")
    return tag === "mo" || tag === "mn" || tag === "mi" || tag === "mtext" ? parts : `<${tag}>`;
  const inside = parts.map(spelt);
  return tag === "mrow" || tag === "math" ? inside.join("") : `${tag}{${inside.join("|")}}`;
}

/** @param {RuleTree[]} parts */
const terms = (...parts) => ({ kind: "terms", terms: parts });
/** @param {RuleTree[]} factors */
const product = (...factors) => ({ kind: "product", factors });
/** @param {RuleTree} body */
const minus = (body) => ({ kind: "minus", body });
const X = { kind: "symbol", name: "x", role: "input", index: ["q", terms(product(2, "r"), "i", minus(1))] };

for (const [text, piece] of /** @type {[string, RuleTree][]} */ ([
  ["msub{x|q,2r+i−1}", X],
  ["msub{S|h}", "S_h"],
  ["msubsup{w|i,j|x}", { kind: "symbol", name: "w^x", index: ["i", "j"] }],
  [
    "munder{∑|i,j}msub{x|q,2r+i−1}",
    {
      kind: "total",
      name: "sum",
      over: [
        { kind: "range", name: "i" },
        { kind: "range", name: "j" },
      ],
      body: X,
    },
  ],
  ["2·3+(−4)·k", terms(product(2, 3), product(-4, "k"))],
  ["2+(−3)−k", terms(2, -3, minus("k"))],
  ["(r+1)·n", product(terms("r", 1), "n")],
  ["mfrac{3+1|4}", { kind: "fraction", above: terms(3, 1), below: 4 }],
  ["msup{(−3)|2}", { kind: "power", base: -3, exponent: 2 }],
  ["msup{e|2−6}", { kind: "power", base: "e", exponent: terms(2, minus(6)) }],
  ["⌊mfrac{k|2}⌋", { kind: "brackets", shape: "floor", body: { kind: "fraction", above: "k", below: 2 } }],
  ["max(1,2)≈0.333", { kind: "relation", sides: [{ kind: "call", name: "max", args: [1, 2] }, 1 / 3], signs: ["≈"] }],
  ["r\u00a0mod\u00a04", { kind: "call", name: "mod", args: ["r", 4] }],
  ["−108°", { kind: "number", value: -108, unit: "°" }],
  ["4+bias\u00a0(−1)", terms(4, { kind: "number", value: -1, label: "bias" })],
  ["i=0…2", { kind: "range", name: "i", first: 0, last: 2 }],
]))
  test(`${text.replace(/\u00a0/g, " ")} is set so`, () => assert.equal(spelt(setting(piece)), text));

test("numbers are renewed in place where nothing else changes", () => {
  assert.ok(alike(setting(terms(1, -2)), setting(terms(3, -4))));
  assert.ok(!alike(setting(terms(1, -2)), setting(terms(3, 4))), "brackets come and go");
  assert.ok(!alike(setting(terms(1, 2)), setting(terms(1, 2, 3))));
});

/** @param {RuleTree} body */
const sum = (body) => ({ kind: "total", name: "sum", over: [{ kind: "range", name: "i" }], body });
const Y = { kind: "symbol", name: "y", index: ["r"] };
/** @param {RuleTree[]} sides */
const relation = (...sides) => ({ kind: "relation", sides, signs: ["=", "≈"] });

for (const [parts, piece] of /** @type {[string[], RuleTree][]} */ ([
  [["msub{y|r}=", "munder{∑|i}msub{x|q,2r+i−1}", "·w", "+b"], relation(Y, terms(sum(product(X, "w")), "b"))],
  [["msub{y|r}=", "2r", "+b", "≈", "3"], relation(Y, terms(product(2, "r"), "b"), 3)],
  [["msub{y|r}=", "munder{∑|i}(r−1)"], relation(Y, sum(terms("r", minus(1))))],
  [["−k"], minus("k")],
]))
  test(`${parts.join("")} breaks before signs of a sum and dots only`, () => {
    const told = partsOf(piece).map((part) => part.map(spelt).join(""));
    assert.deepEqual(told.join(""), spelt(setting(piece)), "nothing is lost");
    if (!parts.includes("≈")) assert.deepEqual(told, parts);
  });
