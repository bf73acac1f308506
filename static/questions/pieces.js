/** Small parts of a card: a field, choices, the layer in small print, copying. */

import { make } from "../page/elements.js";
import { figure } from "../words/figures.js";
import { inLanguage } from "../words/language.js";
import { gridOf } from "./tables.js";

const LETTERS = "ABCD";

/**
 * Buttons for what there is to choose from: texts, or kernels.
 * @param {Asked} question  @param {import("./words.js").Vocabulary} words  @param {string} language
 * @param {(letter: string) => void} choose
 */
export function choicesOf({ choices }, words, language, choose) {
  const buttons = choices.map((choice, place) => {
    const grid = Array.isArray(choice);
    const look = () => ({ className: "", empty: words.padding });
    const body = grid ? gridOf(choice, look, words.kernel) : inLanguage(choice, language);
    const attributes = { type: "button", class: grid ? "kernel" : "" };
    const button = make("button", attributes, make("b", {}, LETTERS[place]), body);
    button.addEventListener("click", () => choose(LETTERS[place]));
    return button;
  });
  return make("div", { class: "choices", role: "group", "aria-label": words.answer }, ...buttons);
}

/**
 * A field for what is typed. Nothing is ever submitted: a sandboxed frame may let no form do that.
 * @param {Asked} question  @param {import("./words.js").Vocabulary} words  @param {(text: string) => void} give
 */
export function fieldOf({ gives }, words, give) {
  const input = make("input", {
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: "100",
    "aria-label": words.answer,
    "aria-describedby": "prompt",
    placeholder: words.examples[gives],
  });
  const check = make("button", { type: "button", class: "main" }, words.check);
  const form = make("form", {}, input, check);
  const given = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (input.value.trim()) give(input.value);
    else input.focus();
  };
  check.addEventListener("click", given);
  form.addEventListener("submit", given);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) given(event);
  });
  return form;
}

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
  if (Array.isArray(value) && value.length === 2 && value[0] === value[1]) return valueText(value[0]);
  if (Array.isArray(value)) return `(${value.map(valueText).join(", ")})`;
  return typeof value === "number" ? figure(value) : String(value);
}

/**
 * A cell of the window that is clicked is written into the field.
 * @param {HTMLElement} tables  @param {HTMLElement} form
 */
export function pickCells(tables, form) {
  const input = form.querySelector("input");
  tables.classList.add("picks");
  tables.querySelector("figure.window")?.addEventListener("click", ({ target }) => {
    const cell = target instanceof Element ? target.closest("td") : null;
    const row = cell?.parentElement;
    if (!input || !cell || !(row instanceof HTMLTableRowElement)) return;
    input.value = `${row.sectionRowIndex + 1}, ${cell.cellIndex + 1}`;
    input.focus();
  });
}

/** The letter of a choice is a key. @param {HTMLElement} form */
export function takeLetters(form) {
  form.addEventListener("keydown", ({ code, ctrlKey, metaKey, altKey }) => {
    const place = LETTERS.indexOf(code.replace(/^Key/, ""));
    if (place >= 0 && !ctrlKey && !metaKey && !altKey) form.querySelectorAll("button")[place]?.click();
  });
}
