/** The words of questions, in English; they come with their script, in the language of the element. */

import { learn, sayIn, spokenIn } from "../words/language.js";

/** @typedef {ReturnType<typeof vocabulary>} Vocabulary */

/** @param {import("../words/language.js").Say} _ */
const vocabulary = (_) => ({
  title: _("Questions"),
  progress: (/** @type {number} */ place, /** @type {number} */ count, /** @type {number} */ right) =>
    _("Question {place} of {count}, {right} right", { place, count, right }),
  answer: _("Your answer"),
  check: _("Check"),
  next: _("Next question"),
  results: _("See the results"),
  watch: _("Watch this step"),
  back: _("Back to the questions"),
  rightAnswer: _("Right answer"),
  again: _("The same questions again"),
  others: _("Other questions"),
  copy: _("Copy the results"),
  copied: _("Copied"),
  select: _("Selected: press Ctrl+C"),
  score: (/** @type {number} */ right, /** @type {number} */ count) => _("{right} of {count} right", { right, count }),
  given: (/** @type {string} */ answer) => _("your answer {answer}", { answer }),
  stays: _("Your answers stay in this browser."),
  failed: _("The question did not come."),
  retry: _("Try again"),
  input: _("Input"),
  window: _("Window"),
  kernel: _("Kernel"),
  products: _("Products"),
  map: _("Output"),
  channel: (/** @type {number} */ number) => _("Channel {number}", { number }),
  hidden: _("asked for"),
  pending: _("not yet known"),
  padding: _("padding"),
  hole: (/** @type {string} */ name, /** @type {number} */ row, /** @type {number} */ column) =>
    _("{name}, row {row}, column {column}", { name, row, column }),
  examples: {
    number: _("a number, such as 10 or -3.5"),
    size: _("height × width, such as 3 × 4"),
    cell: _("row, column, such as 2, 3"),
    choice: "",
  },
});

/** Whatever language has no words here is answered in English. @param {string} language */
export const wordsIn = (language) => vocabulary(sayIn(spokenIn(language)));

/** What came, or is on its way; English is here. @type {Map<string, Promise<void>>} */
const BROUGHT = new Map([["en", Promise.resolve()]]);

/**
 * Brings the words of a language, once: who asks while they are on their way waits for them too.
 * @param {string} language  @param {string} folder  address of the scripts about words
 */
export function bringQuestionWords(language, folder) {
  const coming = BROUGHT.get(language) ?? questionWords(language, folder);
  BROUGHT.set(language, coming);
  return coming;
}

/** @param {string} language  @param {string} folder */
async function questionWords(language, folder) {
  const texts = await fetch(`${folder}questions/${language}.json`).then(
    (answer) => (answer.ok ? answer.json() : {}),
    () => ({}),
  );
  if (Object.keys(texts).length) learn(language, texts);
  else BROUGHT.delete(language); // asked for again with the next question
}
