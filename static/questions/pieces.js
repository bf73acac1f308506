/** Small parts of a card: what the layer is, in small print; the results as text to be copied. */

import { make } from "../page/elements.js";
import { figure } from "../words/figures.js";
import { inLanguage } from "../words/language.js";

/** @param {HTMLTextAreaElement} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text.value);
    return true;
  } catch {
    text.focus();
    text.select();
    return document.execCommand?.("copy") ?? false;
  }
}

/** What the layer is, in small print. @param {Shown} shown  @param {string} language */
export function settingsOf({ operation, input_shape, settings, rule }, language) {
  const told = Object.entries(settings).map(([name, value]) => `${name}=${valueText(value)}`);
  const text = [`${inLanguage(operation, language)}`, input_shape.join(" × "), ...told].join(" · ");
  const formula = rule.map((line) => make("code", { translate: "no" }, line));
  return make("p", { class: "settings" }, text, ...formula);
}

/** @param {unknown} value @returns {string} */
function valueText(value) {
  if (Array.isArray(value)) return `(${value.map(valueText).join(", ")})`;
  return typeof value === "number" ? figure(value) : String(value);
}
