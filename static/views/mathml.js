/** A rule as MathML. Numbers of the next step are written into the elements of the one before. */
import { figure } from "../words/figures.js";
import { write } from "./tokens.js";

/** @typedef {{ tag: string, role?: string, parts: MathMark[] | string }} MathMark  an element and what is in it */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const TOTALS = /** @type {Record<string, string>} */ ({ sum: "∑", max: "max", argmax: "argmax" });

/** @type {Record<string, [string, string]>} */
const FENCES = { curved: ["(", ")"], floor: ["⌊", "⌋"], ceil: ["⌈", "⌉"], absolute: ["|", "|"] };

/** Pieces that are bracketed inside a product or below an exponent. */
const LOOSE = ["terms", "minus", "relation"];

/** @param {string} tag  @param {MathMark[] | string} parts  @param {string} [role]  @returns {MathMark} */
const element = (tag, parts, role) => (role ? { tag, parts, role } : { tag, parts });

/** @param {string} text */
const mo = (text) => element("mo", text);

/** @param {MathMark[]} parts */
const inRow = (...parts) => (parts.length === 1 ? parts[0] : element("mrow", parts));

/** @param {RuleTree[]} pieces  @param {string} between  @returns {MathMark[]} */
const listed = (pieces, between) => pieces.flatMap((piece, place) => [...(place ? [mo(between)] : []), setting(piece)]);

/** @param {MathMark} inner  @param {string} [shape] */
const fenced = (inner, shape = "curved") => inRow(mo(FENCES[shape][0]), inner, mo(FENCES[shape][1]));

/** @param {RuleTree} piece  @returns {boolean} */
const isNegative = (piece) =>
  typeof piece === "object" ? piece.kind === "number" && piece.value < 0 && !piece.label : Number(piece) < 0;

/** A factor or a base: what holds less than a product is bracketed. @param {RuleTree} piece */
function factor(piece) {
  const loose = typeof piece === "object" && LOOSE.includes(piece.kind);
  return loose || isNegative(piece) ? fenced(setting(piece)) : setting(piece);
}

/** @param {RuleTree} piece  @returns {MathMark} */
export function setting(piece) {
  if (typeof piece === "number") return element("mn", figure(piece));
  return typeof piece === "string" ? letter(piece) : SETTINGS[piece.kind](piece);
}

/**
 * A letter, with what its name has below (S_h) and above (w^x). @param {string} name  @param {string} [role]
 * @returns {MathMark}
 */
function letter(name, role) {
  const [, base, below, above] = /** @type {string[]} */ (
    /^([^_^]+)(?:_([^^]+))?(?:\^(.+))?$/.exec(name) ?? [name, name]
  );
  const lone = element("mi", base, role);
  if (below && above) return element("msubsup", [lone, letter(below), letter(above)]);
  if (below) return element("msub", [lone, element("mi", below, role)]);
  return above ? element("msup", [lone, element("mi", above, role)]) : lone;
}

/** @type {Record<string, (piece: RulePiece) => MathMark>} */
const SETTINGS = {
  number: ({ value, role, label, unit = "" }) => {
    const number = element("mn", `${figure(value)}${unit}`, role);
    return label ? inRow(element("mtext", `${label}\u00a0`, "quiet"), value < 0 ? fenced(number) : number) : number;
  },
  symbol: ({ name, role, index }) => {
    if (!index) return letter(name, role);
    const [base, above] = name.split("^");
    const below = inRow(...listed(index, ","));
    if (above) return element("msubsup", [element("mi", base, role), below, element("mi", above, role)]);
    return name.includes("_")
      ? element("msub", [letter(name, role), below])
      : element("msub", [element("mi", name, role), below]);
  },
  words: ({ text }) => element("mtext", text),
  terms: ({ terms }) => inRow(...terms.flatMap(termOf)),
  minus: ({ body }) => inRow(mo("−"), factor(body)),
  product: ({ factors }) =>
    inRow(
      ...factors.flatMap((/** @type {RuleTree} */ piece, /** @type {number} */ place) => [
        ...(place && dotted(factors[place - 1], piece) ? [mo("·")] : []),
        factor(piece),
      ]),
    ),
  fraction: ({ above, below }) => element("mfrac", [setting(above), setting(below)]),
  power: ({ base, exponent }) =>
    base.kind === "symbol" && base.index && !base.name.includes("^")
      ? element("msubsup", [letter(base.name, base.role), inRow(...listed(base.index, ",")), setting(exponent)])
      : element("msup", [powered(base), setting(exponent)]),
  root: ({ body }) => element("msqrt", [setting(body)]),
  brackets: ({ shape, body }) => fenced(setting(body), shape),
  call: ({ name, args }) =>
    name === "mod"
      ? inRow(factor(args[0]), element("mtext", "\u00a0mod\u00a0"), factor(args[1]))
      : inRow(element("mi", name), fenced(inRow(...listed(args, ",")))),
  total: (piece) => inRow(totalOf(piece), factor(piece.body)),
  case: ({ body, when }) => inRow(setting(body), element("mspace", "", "gap"), fenced(setting(when))),
  cases: ({ cases }) => element("mtable", cases.map(caseRow), "cases"),
  group: ({ items }) => fenced(inRow(...listed(items, ","))),
  matrix: ({ rows }) => fenced(element("mtable", rows.map(setting))),
  row: ({ cells }) =>
    element(
      "mtr",
      cells.map((/** @type {RuleTree} */ cell) => element("mtd", [setting(cell)])),
    ),
  range: ({ name, first, last }) => inRow(letter(name), mo("="), setting(first), mo("…"), setting(last)),
  given: ({ relation, when }) => inRow(setting(relation), element("mspace", "", "gap"), setting(when)),
  omitted: () => mo("…"),
  relation: ({ sides, signs }) =>
    inRow(
      ...sides.flatMap((/** @type {RuleTree} */ side, /** @type {number} */ place) => [
        ...(place ? [mo(signs[place - 1])] : []),
        setting(side),
      ]),
    ),
};

/**
 * The parts of a rule between which a line may break: behind an equals sign, before a sign of a sum or a dot.
 * @param {any} piece  @returns {MathMark[][]}
 */
export function partsOf(piece) {
  if (piece.kind === "relation")
    return piece.sides.flatMap((/** @type {RuleTree} */ side, /** @type {number} */ place) => {
      const parts = partsOf(side);
      const sign = piece.signs[place];
      return place < piece.sides.length - 1 ? [...parts.slice(0, -1), [...parts[parts.length - 1], mo(sign)]] : parts;
    });
  if (piece.kind === "terms")
    return piece.terms.flatMap((/** @type {any} */ term, /** @type {number} */ place) => {
      if (term.kind === "minus" || isNegative(term)) return [termOf(term, place)];
      const [first, ...others] = partsOf(term);
      return [[...(place ? [mo("+")] : []), ...first], ...others];
    });
  if (piece.kind === "product" && !piece.factors.some((/** @type {RuleTree} */ one) => typeof one === "number"))
    return piece.factors.map((/** @type {RuleTree} */ one, /** @type {number} */ place) => [
      ...(place ? [mo("·")] : []),
      factor(one),
    ]);
  if (piece.kind !== "total" || LOOSE.includes(piece.body.kind)) return [[setting(piece)]];
  const [first, ...others] = partsOf(piece.body);
  return [[totalOf(piece), ...first], ...others];
}

/** The sign of a sum or a maximum, with what it runs over below it. @param {any} piece */
const totalOf = ({ name, over }) => element("munder", [mo(TOTALS[name]), inRow(...listed(over.map(nameOf), ","))]);

/** @param {RulePiece} aCase */
const caseRow = ({ body, when }) =>
  element("mtr", [element("mtd", [setting(body)]), element("mtd", [element("mspace", "", "gap"), setting(when)])]);

/** @param {RulePiece} range */
const nameOf = ({ name }) => name;

/** @param {RuleTree} term  @param {number} place  @returns {MathMark[]} */
function termOf(term, place) {
  if (typeof term === "object" && term.kind === "minus") return [mo("−"), factor(term.body)];
  return [...(place ? [mo("+")] : []), place && isNegative(term) ? fenced(setting(term)) : setting(term)];
}

/** 2r needs no dot, 2·3 does. @param {RuleTree} before  @param {RuleTree} piece */
function dotted(before, piece) {
  return !(
    typeof before === "number" &&
    before >= 0 &&
    (typeof piece === "string" || /** @type {any} */ (piece).kind === "symbol")
  );
}

/** @param {RuleTree} base */
function powered(base) {
  const whole = typeof base !== "object" || (base.kind === "symbol" && !base.index) || base.kind === "number";
  return whole && !isNegative(base) ? setting(base) : fenced(setting(base));
}

/** @param {MathMark} marked  @returns {Element} */
export function drawnMath({ tag, role, parts }) {
  const made = document.createElementNS(MATHML, tag);
  if (role) made.setAttribute("class", `role-${role}`);
  if (typeof parts === "string") made.textContent = parts;
  else made.append(...parts.map(drawnMath));
  if (tag === "math" && made.childElementCount > 1)
    for (const end of [made.firstChild, made.lastChild]) betweenTwo(end);
  return made;
}

/** Whether the elements of one fit the other. @param {MathMark} one  @param {MathMark} other  @returns {boolean} */
export function alike(one, other) {
  if (one.tag !== other.tag || one.role !== other.role) return false;
  if (typeof one.parts === "string" || typeof other.parts === "string") return typeof one.parts === typeof other.parts;
  const { parts } = other;
  return one.parts.length === parts.length && one.parts.every((part, place) => alike(part, parts[place]));
}

/** Writes the texts anew that differ. @param {Element} shown  @param {MathMark} marked */
export function renew(shown, { parts }) {
  if (typeof parts === "string") return write(shown, parts);
  for (const [place, part] of parts.entries()) renew(shown.children[place], part);
}

/** A sign at the edge of a line stands between two, as it does within one. @param {Node | null} mark */
function betweenTwo(mark) {
  const element = /** @type {Element | null} */ (mark);
  if (element?.localName === "mo") element.setAttribute("form", "infix");
}
