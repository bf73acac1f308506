/** The arithmetic of a step in figures and in one sentence: the layer's rule with the numbers of the step. */
import { figure, isExact } from "./figures.js";
import { sayIn } from "./language.js";
import { inLine } from "./mathematics.js";
import { factAt, fillIn } from "./rules.js";

/** A sum of at most so many products is written out. */
const WRITTEN_OUT = 9;

/** What was written last: a step that is fitted and shown is asked for several times. @type {unknown[]} */
let newest = [];

/** @param {Writing} model  @param {Step} step  @returns {Written} */
export function written(model, step) {
  if (newest[0] !== model || newest[1] !== step) newest = [model, step, writtenAnew(model, step)];
  return /** @type {Written} */ (newest[2]);
}

/** @param {Writing} model  @param {Step} step  @returns {Written} */
function writtenAnew(model, step) {
  const result = resultOf(model, step);
  if (model.rule?.activation && step.activated !== undefined)
    result.push(
      { text: ` → ${model.rule.activation} → `, role: "quiet" },
      { text: figure(step.activated), role: "output" },
    );
  return { result, lines: linesOf(model, step) };
}

/** What the step comes to. @param {Writing} model  @param {Step} step  @returns {Token[]} */
function resultOf({ start, words }, step) {
  if (start.kind === "rearrange") return [];
  if (start.kind === "scatter")
    return [
      { text: Array.isArray(step.input) ? "" : figure(step.input), role: "input" },
      ...(start.weight
        ? /** @type {Token[]} */ ([
            { text: " × ", role: "quiet" },
            { text: words.kernel, role: "kernel" },
          ])
        : []),
    ];
  const plain = step.sums && step.angle === undefined && start.divisor === 1 && start.bias === null;
  const output = /** @type {Value | undefined} */ (step.output);
  const sign = isExact(output) ? "=" : "≈";
  return [
    { text: plain ? `Σ ${sign} ` : `${sign} `, role: "quiet" },
    { text: figure(output), role: "output" },
    ...(typeof step.angle === "number" ? arrowOf(step.angle) : []),
  ];
}

/** @param {number} angle  @returns {Token[]} */
const arrowOf = (angle) => [
  { text: "➝", role: "arrow", turn: angle },
  { text: ` ${degrees(angle)}`, role: "quiet" },
];

/** @param {Writing} model  @param {Step} step  @returns {Token[][]} */
function linesOf({ rule, start }, step) {
  const filled = (rule?.numbers ?? []).map((line) => fillIn(line, { step, start }, WRITTEN_OUT));
  return filled.flatMap((line) => (line ? shortLine(/** @type {RulePiece} */ (line)) : []));
}

/** A line without the cell that it is about, and without sides too long to be written out. @param {RulePiece} line */
function shortLine({ kind, sides, signs }) {
  const places = [...sides.keys()].filter(
    (place) => !leavesOut(sides[place]) && (place || !isCell(sides[0], signs[0])),
  );
  const kept = {
    kind,
    sides: places.map((place) => sides[place]),
    signs: places.map((place) => signs[place - 1]).slice(1),
  };
  return places.length > 1 ? [inLine(kept)] : [];
}

/** @param {RuleTree} side  @param {string} sign */
const isCell = (side, sign) => typeof side === "object" && side.kind === "symbol" && sign !== "+=";

/** @param {any} piece  @returns {boolean} */
function leavesOut(piece) {
  if (typeof piece !== "object" || piece === null) return false;
  return piece.kind === "omitted" || Object.values(piece).some(leavesOut);
}

/**
 * Where a gradient points, in words: nothing for other steps.
 * @param {{ direction: string }} words  @param {Step} step  @returns {Token[][]}
 */
export function directionOf({ direction }, { angle }) {
  return angle === undefined ? [] : [[{ text: `${direction} `, role: "quiet" }, { text: degrees(angle) }]];
}

/** @param {Value} angle  in radians */
const degrees = (angle) => `${figure(angle === null ? angle : Math.round((angle * 180) / Math.PI))}°`;

/** What a screen reader says of a step. @param {Writing} model  @param {Step} step */
export function sentence(model, step) {
  const { words, start, rule } = model;
  const several = (start.kind === "scatter" ? start.input_shape : start.output_shape)[0] > 1;
  const said = (rule?.said ?? []).map((part) => saidOf(model, part, step)).filter(Boolean);
  return words.sentence(step.index + 1, start.steps, words.place(step.at, several), said.join(", "));
}

/** @param {Writing} model  @param {ToldRule["said"][0]} part  @param {Step} step */
function saidOf({ words, start, lang }, { text, facts }, step) {
  const cameFrom = (/** @type {number[]} */ at) =>
    at.every((place, axis) => place >= 0 && place < start.input_shape[axis]) ? words.place(at, true) : words.padding;
  const told = Object.entries(facts).map(([name, path]) => {
    const value = factAt({ step, start }, path);
    return [name, name === "place" ? cameFrom(value) : [value].flat(3).map(figure).join(", ")];
  });
  return sayIn(lang)(text, Object.fromEntries(told));
}
