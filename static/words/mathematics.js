/** A filled rule as one line of text, its numbers in the colours of their roles. */
import { figure } from "./figures.js";

// How tightly a piece holds together: sums least, then products; what holds less than its place asks for is bracketed.
const PRODUCT = 1;
const ATOM = 2;

/** @type {Record<string, [string, string]>} */
const AROUND = { curved: ["(", ")"], floor: ["⌊", "⌋"], ceil: ["⌈", "⌉"], absolute: ["|", "|"] };
const RAISED = /** @type {Record<string, string>} */ ({ 2: "²", 3: "³" });

/** @param {string} text  @param {Token["role"]} [role]  @returns {Token} */
const word = (text, role) => (role ? { text, role } : { text });

/** @param {Token[]} tokens  @param {[string, string]} around */
const around = (tokens, [open, close] = AROUND.curved) => [word(open), ...tokens, word(close)];

/** @param {RuleTree[]} pieces  @param {string} sign  @param {number} [asked] */
const joined = (pieces, sign, asked = 0) =>
  pieces.flatMap((piece, place) => [...(place ? [word(sign)] : []), ...inLine(piece, asked)]);

/** How tightly a piece holds. @param {RuleTree} piece */
function holdOf(piece) {
  if (typeof piece === "number") return piece < 0 ? 0 : ATOM;
  if (typeof piece === "string") return ATOM;
  if (piece.kind === "number") return piece.value < 0 || piece.label ? 0 : ATOM;
  return HOLDS[piece.kind] ?? ATOM;
}

/** @type {Record<string, number>} */
const HOLDS = { relation: 0, terms: 0, minus: 0, product: PRODUCT, fraction: PRODUCT, power: PRODUCT };

/** @param {RuleTree} piece  @param {number} [asked]  how tightly its place asks it to hold  @returns {Token[]} */
export function inLine(piece, asked = 0) {
  if (holdOf(piece) < asked) return around(inLine(piece));
  if (typeof piece === "number") return [word(figure(piece))];
  return typeof piece === "string" ? [word(piece)] : WRITERS[piece.kind](piece);
}

/** @type {Record<string, (piece: RulePiece) => Token[]>} */
const WRITERS = {
  number: ({ value, role, label, unit = "" }) => [
    ...(label ? [word(`${label} `, "quiet")] : []),
    ...(label && value < 0 ? around([word(figure(value), role)]) : [word(`${figure(value)}${unit}`, role)]),
  ],
  symbol: ({ name, index }) => [word(name), ...(index ? around(joined(index, ", "), ["[", "]"]) : [])],
  words: ({ text }) => [word(text, "quiet")],
  terms: ({ terms }) => terms.flatMap(addend),
  minus: ({ body }) => [word("−"), ...inLine(body, PRODUCT)],
  product: ({ factors }) => joined(factors, "·", ATOM),
  fraction: ({ above, below }) => [...inLine(above, PRODUCT), word(" / "), ...inLine(below, ATOM)],
  power: ({ base, exponent }) => [...inLine(base, ATOM), ...raised(exponent)],
  root: ({ body }) => [word("√"), ...around(inLine(body))],
  brackets: ({ shape, body }) => around(inLine(body), AROUND[shape]),
  call: ({ name, args }) => [word(name), ...around(joined(args, ", "))],
  case: ({ body, when }) => [...inLine(body), word(" ("), ...inLine(when), word(")")],
  group: ({ items }) => around(joined(items, ", ")),
  matrix: ({ rows }) => around(joined(rows, "; "), ["[", "]"]),
  row: ({ cells }) => joined(cells, " "),
  omitted: () => [word("…")],
  relation: ({ sides, signs }) =>
    sides.flatMap((/** @type {RuleTree} */ side, /** @type {number} */ place) => [
      ...(place ? [word(` ${signs[place - 1]} `)] : []),
      ...inLine(side),
    ]),
};

/** @param {RuleTree} term  @param {number} place */
function addend(term, place) {
  if (typeof term !== "object") return [...(place ? [word(" + ")] : []), ...inLine(term, place ? PRODUCT : 0)];
  if (term.kind === "minus") return [word(place ? " − " : "−"), ...inLine(term.body, PRODUCT)];
  if (term.label) return [...(place ? [word(" + ")] : []), ...WRITERS.number(term)];
  return [...(place ? [word(" + ")] : []), ...inLine(term, place ? PRODUCT : 0)];
}

/** @param {RuleTree} exponent */
function raised(exponent) {
  const text = typeof exponent === "number" ? RAISED[exponent] : undefined;
  return text ? [word(text)] : [word("^"), ...inLine(exponent, ATOM)];
}
