/** A rule filled with the numbers of a step. Knows no operation; core/rules/filling.py is the twin. */
import { isExact } from "./figures.js";

/** A window of 3 x 3 cells in three channels is written out; of more, the first ones and the last. */
const MOST_PARTS = 27;
const FIRST_PARTS = 9;

/** The step does not tell what a slot asks for. */
const MISSING = Symbol("missing");

/** Where pieces keep a list that an Each may stand in. @type {Record<string, string>} */
const LISTS = { terms: "terms", product: "factors", call: "args", matrix: "rows", row: "cells", group: "items" };

/** @typedef {Record<string, number>} Places */
/** @typedef {{ step: Step, start: StartLine }} RuleFields */

/**
 * @param {RuleTree} template  @param {RuleFields} fields  @param {number} [most]
 * @returns {RuleTree | null} null where the step does not tell it
 */
export function fillIn(template, fields, most = MOST_PARTS) {
  const filler = new Filler(fields, most);
  try {
    return filler.filled(template, {});
  } catch (error) {
    if (error === MISSING) return null;
    throw error;
  }
}

/** The number, or whatever else, at a path. @param {RuleFields} fields  @param {RulePath} path */
export function factAt(fields, path) {
  return new Filler(fields, 0).at(path, {});
}

class Filler {
  /** @param {RuleFields} fields  @param {number} most */
  constructor(fields, most) {
    this.fields = fields;
    this.most = most;
  }

  /** @param {RuleTree} piece  @param {Places} places  @returns {RuleTree} */
  filled(piece, places) {
    if (typeof piece !== "object") return piece;
    if (piece.kind === "slot") return this.#number(piece, places);
    if (piece.kind === "whole") return ratioOf(this.filled(piece.body, places));
    if (piece.kind === "relation") return this.#relation(piece, places);
    if (piece.kind === "cases") return this.#case(piece, places);
    const name = LISTS[piece.kind];
    if (!name) return mapped(piece, (part) => this.filled(part, places));
    const parts = this.#spliced(piece[name], places);
    if (!parts.length) throw MISSING;
    if (parts.length === 1 && (piece.kind === "terms" || piece.kind === "product")) return parts[0];
    return { ...piece, [name]: parts };
  }

  /** The parts filled, those of an Each in its place. @param {RuleTree[]} parts  @param {Places} places */
  #spliced(parts, places) {
    return parts.flatMap((part) =>
      typeof part === "object" && part.kind === "each" ? this.#each(part, places) : [this.filled(part, places)],
    );
  }

  /** @param {RulePiece} slot  @param {Places} places  @returns {RuleTree} */
  #number({ path, role, label, unit }, places) {
    const value = this.at(path, places);
    const told = { ...(role && { role }), ...(label && { label }) };
    if (unit === "degrees")
      return { kind: "number", value: Math.floor(value * (180 / Math.PI) + 0.5), ...told, unit: "°" };
    return value === null || role || label ? { kind: "number", value, ...told } : value;
  }

  /** @param {RulePath} path  @param {Places} places  @returns {any} */
  at(path, places) {
    let found = /** @type {any} */ (this.fields);
    for (const part of path) {
      const key = Array.isArray(part) ? this.at(part, places) : part;
      found = found?.[Array.isArray(found) && typeof key === "string" ? places[key] : key];
      if (found === undefined) throw MISSING;
    }
    return found;
  }

  /** @param {RulePiece} each  @param {Places} places  @returns {RuleTree[]} */
  #each({ of, names, body, skips }, places) {
    const array = this.at(of, places);
    const sizes = sizesOf(array, names.length);
    const cells = array.flat(names.length - 1);
    const kept = [...cells.keys()].filter((cell) => !skips || cells[cell] !== null);
    const shown = kept.length > this.most ? [...kept.slice(0, FIRST_PARTS), kept[kept.length - 1]] : kept;
    const parts = shown.map((cell) => this.filled(body, { ...places, ...placesOf(cell, sizes, names) }));
    const count = kept.length - shown.length;
    return count ? parts.toSpliced(FIRST_PARTS, 0, { kind: "omitted", count }) : parts;
  }

  /** The first case that holds, with its condition. @param {RulePiece} cases  @param {Places} places */
  #case({ cases }, places) {
    for (const { kind, body, when } of cases) {
      const filled = this.filled(when, places);
      if (holds(/** @type {RulePiece} */ (filled))) return { kind, body: this.filled(body, places), when: filled };
    }
    throw MISSING;
  }

  /** @param {RulePiece} relation  @param {Places} places  @returns {RuleTree} */
  #relation(relation, places) {
    /** @type {RuleTree[]} */
    const sides = [];
    /** @type {string[]} */
    const signs = [];
    for (const [place, template] of relation.sides.entries()) {
      const side = this.#side(template, places);
      if (side === null) continue;
      const sign = relation.signs[place - 1];
      if (sides.length) signs.push(sign !== "=" || equals(sides[sides.length - 1], side) ? sign : "≈");
      sides.push(side);
    }
    if (sides.length < 2) throw MISSING;
    return { ...relation, sides, signs };
  }

  /** @param {RuleTree} template  @param {Places} places */
  #side(template, places) {
    try {
      return this.filled(template, places);
    } catch (error) {
      if (error === MISSING) return null;
      throw error;
    }
  }
}

/**
 * The same piece with each of its parts changed. @param {RulePiece} piece
 * @param {(part: RuleTree) => RuleTree} change
 */
function mapped(piece, change) {
  const told = Object.entries(piece).map(([name, value]) => [name, name === "kind" ? value : changed(value, change)]);
  return Object.fromEntries(told);
}

/** @param {any} value  @param {(part: RuleTree) => RuleTree} change */
function changed(value, change) {
  if (Array.isArray(value)) return value.map(change);
  return typeof value === "object" && value?.kind ? change(value) : value;
}

/** How long a nested list is along each of its axes. @param {any} array  @param {number} depth  @returns {number[]} */
function sizesOf(array, depth) {
  if (!depth) return [];
  if (!Array.isArray(array)) throw MISSING;
  return [array.length, ...sizesOf(array[0], depth - 1)];
}

/**
 * Where the n-th number of a nested list stands. @param {number} cell  @param {number[]} sizes  @param {string[]} names
 */
function placesOf(cell, sizes, names) {
  let rest = cell;
  const at = sizes.toReversed().map((size) => {
    const place = rest % size;
    rest = (rest - place) / size;
    return place;
  });
  return Object.fromEntries(at.toReversed().map((place, axis) => [names[axis], place]));
}

/** Where pieces keep what they are made of. */
const PARTS = [...Object.values(LISTS), "sides", "base", "exponent", "above", "below", "body", "index"];

/** The parts of a piece. @param {RulePiece} piece  @returns {RuleTree[]} */
const partsOf = (piece) => PARTS.flatMap((name) => piece[name] ?? []);

/** Whether a relation of numbers is true. @param {RulePiece} relation */
function holds({ sides, signs }) {
  const values = sides.map(ratioOf);
  if (values.some(Number.isNaN)) throw MISSING;
  return signs.every((/** @type {string} */ sign, /** @type {number} */ place) =>
    sign === "<" ? values[place] < values[place + 1] : values[place] <= values[place + 1],
  );
}

/** Whether equal sides are equal as written. @param {RuleTree} one  @param {RuleTree} other */
function equals(one, other) {
  if (!exact(one) || !exact(other)) return false;
  return isLetter(one) || isLetter(other) || roundsIn(one) === roundsIn(other);
}

/** @param {RuleTree} piece */
const isLetter = (piece) => typeof piece === "string" || /** @type {any} */ (piece).kind === "symbol";

/** Whether no figure in it is rounded. @param {RuleTree} piece  @returns {boolean} */
function exact(piece) {
  if (typeof piece !== "object") return typeof piece === "string" || isExact(piece);
  return piece.kind === "number" ? isExact(piece.value) : partsOf(piece).every(exact);
}

/** Whether something in it has a value that no figure says. @param {RuleTree} piece  @returns {boolean} */
function roundsIn(piece) {
  if (typeof piece !== "object") return false;
  if (piece.kind === "call" && piece.rounds) return !piece.args.every(isZero);
  if (piece.kind === "power" && piece.base === "e") return !isZero(piece.exponent);
  return partsOf(piece).some(roundsIn);
}

/** @param {RuleTree} piece */
const isZero = (piece) => ratioOf(piece) === 0;

/** What a piece of whole numbers comes to; NaN for any other. @param {RuleTree} piece  @returns {number} */
function ratioOf(piece) {
  if (typeof piece === "number") return piece;
  if (typeof piece !== "object") return NaN;
  if (piece.kind === "number") return piece.value ?? NaN;
  if (piece.kind === "minus") return -ratioOf(piece.body);
  if (piece.kind === "fraction") return ratioOf(piece.above) / ratioOf(piece.below);
  if (piece.kind === "terms") return sumOf(piece.terms.map(ratioOf));
  if (piece.kind === "product") return productOf(piece.factors.map(ratioOf));
  if (piece.kind === "call") return EXTREMES[piece.name]?.(...piece.args.map(ratioOf)) ?? NaN;
  if (piece.kind === "brackets") return ROUNDINGS[piece.shape]?.(ratioOf(piece.body)) ?? NaN;
  return NaN;
}

/** @param {number[]} values */
const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);

/** @param {number[]} values */
const productOf = (values) => values.reduce((product, value) => product * value, 1);

/** @type {Record<string, (...values: number[]) => number>} */
const EXTREMES = { min: Math.min, max: Math.max };

/** @type {Record<string, (value: number) => number>} */
const ROUNDINGS = { curved: (value) => value, floor: Math.floor, ceil: Math.ceil };
