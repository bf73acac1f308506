/** Whether an answer is right, as a server says it: core/questions/reading.py and question.py are the twins. */
import { plural, withFacts } from "../words/grammar.js";
import { particle } from "../words/particles.js";

/**
 * @typedef {object} Key  what an answer is judged by, and what is told of it then
 * @property {number[]} right  @property {{ answer: number[], why: Words }[]} slips
 * @property {string} answer  @property {Words[]} explanation  @property {Shown} shown
 */
/** @typedef {Record<Asked["gives"] | "right" | "another", Words>} Says  templates, in every language */

const CHOICES = "ABCD";
const NOISE = 1e-9;
const NUMBER = String.raw`([+-]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:e[+-]?\d{1,3})?)`;
const WHOLE = new RegExp(`^${NUMBER}(?:/(\\d{1,15}))?$`, "i");
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d{0,30})?$/;
const SIDES = /^[([]?(\d{1,9})(?:(?:x|\*|,|;)(\d{1,9}))?[)\]]?$/;
const CELL = /^[([]?(-?\d{1,9})(?:,|;|:)(-?\d{1,9})[)\]]?$/;
/** @type {Record<string, string>} */
const SIGN_OF = { "−": "-", "–": "-", "﹣": "-", "×": "x", "✕": "x", х: "x", "·": "*", "、": ",", "٫": ".", "٬": "," };

/** @param {string} text */
const signed = (text) => text.replace(/[−–﹣×✕х·、٫٬]/g, (sign) => SIGN_OF[sign]);

/** A digit of any script: the digits of each stand in a row, from nought to nine. @param {string} sign */
function digitOf(sign) {
  const code = /** @type {number} */ (sign.codePointAt(0));
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return `${before % 10}`;
}

/** Full-width letters as ordinary ones, one kind of minus, digits of every script as those of this one.
 * @param {string} text */
const plain = (text) =>
  signed(signed(text).normalize("NFKC"))
    .trim()
    .replace(/\p{Nd}/gu, digitOf);

/** Numbers parted by spaces alone, parted by a sign. @param {string} text  @param {string} sign */
const joined = (text, sign) =>
  plain(text)
    .toLowerCase()
    .replace(/(\d)\s+(?=-?\d)/g, `$1${sign}`)
    .replaceAll(" ", "");

/** @typedef {(text: string, count: number) => number[][]} Reader  each way in which an answer can be read */

/** @type {Record<Asked["gives"], Reader>} */
const READERS = {
  number(text) {
    const written = plain(text).replace(/[ _]/g, "");
    const [, above, below] = WHOLE.exec(written) ?? [];
    const part = below === undefined ? 1 : Number(below);
    const found = above && part ? [[Number(above.replaceAll(",", ".")) / part]] : [];
    return GROUPED.test(written) ? [...found, [Number(written.replaceAll(",", ""))]] : found;
  },
  size(text) {
    const [, height, width = height] = SIDES.exec(joined(text, "x")) ?? [];
    return height ? [[Number(height), Number(width)]] : [];
  },
  cell(text) {
    const [, row, column] = CELL.exec(joined(text, ",")) ?? [];
    return row ? [[Number(row), Number(column)]] : [];
  },
  choice(text, count) {
    const word = plain(text).toUpperCase();
    const place = /^[1-4]$/.test(word) ? Number(word) - 1 : word.length === 1 ? CHOICES.indexOf(word) : -1;
    return place >= 0 && place < count ? [[place]] : [];
  },
};

/** @param {number[]} one  @param {number[]} other  @param {number} tolerance */
const near = (one, other, tolerance) =>
  one.every((part, place) => Math.abs(part - other[place]) <= tolerance + NOISE * Math.max(1, Math.abs(other[place])));

/**
 * What becomes of an answer; nothing where it cannot be read.
 * @param {Asked} question  @param {Key} key  @param {string} given  @param {Says} says  @returns {Answered | null}
 */
export function verdict({ gives, choices, tolerance }, { right, slips, ...key }, given, says) {
  const readings = READERS[gives](given, choices.length);
  if (!readings.length) return null;
  const meets = (/** @type {number[]} */ answer) => readings.some((reading) => near(reading, answer, tolerance));
  if (meets(right)) return { right: true, sentence: says.right, ...key };
  const slip = readings.flatMap((reading) => slips.find(({ answer }) => near(reading, answer, tolerance)) ?? [])[0];
  return { right: false, sentence: slip?.why ?? everywhere(says.another, { given: given.trim() }), ...key };
}

/** Why an answer cannot be read. @param {Asked} question  @param {string} given  @param {Says} says
 * @param {string} language */
export function refused({ gives, choices }, given, says, language) {
  const letters = [...CHOICES.slice(0, choices.length)].join(", ");
  const told = everywhere(says[gives], { value: quoted(given), letters });
  return told[language] ?? told.en;
}

/** A template with its facts, in each language. @param {Words} templates  @param {Record<string, unknown>} facts */
function everywhere(templates, facts) {
  const said = Object.entries(templates).map(([code, text]) => [code, withFacts(text, facts, chooseIn(code))]);
  return /** @type {Words} */ (Object.fromEntries(said));
}

/** @param {string} language  @returns {import("../words/grammar.js").Choose} */
function chooseIn(language) {
  if (language !== "ko") return plural(language);
  return (fact, forms) => particle(fact.replace(/\p{Nd}/gu, digitOf), forms);
}

/** As a refusal of the server quotes what was written. @param {string} text */
function quoted(text) {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text.replaceAll("\\", "\\\\").replaceAll(mark, `\\${mark}`).replaceAll("\t", "\\t");
  const whole = `${mark}${inside}${mark}`;
  return whole.length <= 80 ? whole : `${whole.slice(0, 77)}...`;
}
