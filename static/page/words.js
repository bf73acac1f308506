/** The page's sentences in the visitor's language; the server writes the catalogue into the page. */

import { inLanguage, learn, sayIn } from "../words/language.js";

export const LANG = document.documentElement.lang || "en";

const carried = document.getElementById("words")?.textContent;
if (carried) learn(LANG, JSON.parse(carried));

/** A sentence, its {facts} put in. */
export const _ = sayIn(LANG);

/** @param {Words | undefined} words  @param {string} [otherwise] */
export function said(words, otherwise = "") {
  return inLanguage(words, LANG) || otherwise;
}

/** What the words of a setting mean; the line keeps the word itself. */
const CHOICE_NAMES = /** @type {Record<string, string>} */ ({
  valid: _("valid"),
  same: _("same"),
  same_lower: _("same, lower"),
  full: _("full"),
  zeros: _("zeros"),
  reflect: _("reflect"),
  replicate: _("replicate"),
  circular: _("circular"),
  symmetric: _("symmetric"),
  l1: _("sum of both, L1"),
  l2: _("length, L2"),
  max: _("larger of both, max"),
  magnitude: _("magnitude"),
  direction: _("direction"),
  x: _("first sum"),
  y: _("second sum"),
  gaussian: _("Gaussian"),
  salt_and_pepper: _("salt and pepper"),
});

/** @param {string} word */
export const choiceName = (word) => CHOICE_NAMES[word] ?? word;

/** Headings of menus. */
const GROUP_NAMES = /** @type {Record<string, string>} */ ({
  activations: _("Activations"),
  values: _("Values"),
  backward: _("Backpropagation"),
  basics: _("Basics"),
  blur: _("Blur"),
  convolution: _("Convolution"),
  edges: _("Edges"),
  gradients: _("Gradients, x and y at once"),
  lines: _("Lines"),
  pooling: _("Pooling"),
  shape: _("Shape"),
  sharpen: _("Sharpen and emboss"),
});

/** @param {string} group */
export const groupName = (group) => GROUP_NAMES[group] ?? group;
