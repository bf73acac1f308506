/** The element's own words, in English; language.js knows the others. */

import { sayIn, spokenIn } from "./language.js";

/** @typedef {ReturnType<typeof vocabulary>} Vocabulary */

/** @param {import("./language.js").Say} _ */
const vocabulary = (_) => ({
  arithmetic: _("Arithmetic"),
  window: _("window"),
  kernel: _("kernel"),
  products: _("products"),
  squares: _("squares"),
  cell: _("cell"),
  stamp: _("stamp"),
  column: _("column"),
  padding: _("padding"),
  direction: _("direction"),
  /** People count from 1. */
  place: (/** @type {number[]} */ [channel, row, column], /** @type {boolean} */ several) =>
    several
      ? _("channel {channel}, row {row}, column {column}", { channel: channel + 1, row: row + 1, column: column + 1 })
      : _("row {row}, column {column}", { row: row + 1, column: column + 1 }),
  moreChannels: (/** @type {number} */ count) => _("+ {count} more {count|channel/channels}", { count }),
  morePlanes: (/** @type {number} */ count) => `+${count}`,
  channel: (/** @type {number} */ index) => _("Channel {number}", { number: index + 1 }),
  inputLabel: (/** @type {string} */ name, /** @type {string} */ shape) =>
    _("{name}, {shape}. The frame shows the cells this step reads.", { name, shape }),
  outputLabel: (/** @type {string} */ name, /** @type {string} */ shape) =>
    _("{name}, {shape}. Cells not yet computed are hatched.", { name, shape }),
  arithmeticLabel: _("Arithmetic of this step"),
  timeline: _("Timeline"),
  first: _("First step"),
  last: _("Last step"),
  next: _("Next layer"),
  back: _("Step back"),
  forward: _("Step forward"),
  rowBack: _("Row back"),
  rowForward: _("Row forward"),
  play: _("Play"),
  pause: _("Pause"),
  loop: _("Loop"),
  strongest: _("Strongest answer"),
  scrubber: _("Step"),
  stepField: _("Step number, or row and column such as 3:17"),
  noStep: (/** @type {string} */ text, /** @type {number} */ steps) =>
    _("There is no step {text}: write 1 to {steps}, or row and column such as 3:17.", { text, steps }),
  step: _("step"),
  counter: (/** @type {number} */ step, /** @type {number} */ steps) => _("step {step} of {steps}", { step, steps }),
  speed: _("Speed"),
  speedText: (/** @type {string} */ speed) => _("{speed} steps/s", { speed }),
  differ: (/** @type {number} */ count, /** @type {number} */ cells) =>
    count
      ? _("{count} of {cells} cells {count|differs/differ}", { count, cells })
      : _("All {cells} cells are the same", { cells }),
  loading: _("Loading …"),
  waiting: _("Fetching steps …"),
  failed: _("This scene cannot be shown."),
  unreachable: _("The server does not answer."),
  retry: _("Try again"),
  clipped: _("clipped"),
  keys: _("Keys"),
  close: _("Close"),
  sentence: (
    /** @type {number} */ step,
    /** @type {number} */ steps,
    /** @type {string} */ place,
    /** @type {string} */ result,
  ) => _("Step {step} of {steps}, {place}: {result}.", { step, steps, place, result }),
});

/** @type {Map<string, Vocabulary>} */
const SPOKEN = new Map();

/** The words of a language that is known by now; else English. @param {string} tag */
export function wordsOf(tag) {
  const language = spokenIn(tag);
  const words = SPOKEN.get(language) ?? vocabulary(sayIn(language));
  SPOKEN.set(language, words);
  return words;
}
