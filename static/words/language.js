/** The languages that are known here: English is in the code, others are data, each sentence by its English. */

import { plural, withFacts } from "./grammar.js";

/** @typedef {import("./grammar.js").Choose} Choose */
/** @typedef {(template: string, facts?: import("./grammar.js").Facts) => string} Say */

/** @type {Map<string, { texts: Record<string, string>, choose: Choose }>} */
const KNOWN = new Map([["en", { texts: {}, choose: plural("en") }]]);

/** Languages with particles, and the module that chooses them. */
const WITH_PARTICLES = ["ko"];

/** ko-KR is Korean. @param {string} tag */
export const languageOf = (tag) => tag.split("-")[0].toLowerCase();

/** What is learnt of a language comes to what is known. @param {string} language
 * @param {Record<string, string>} texts  @param {Choose} [choose] */
export function learn(language, texts, choose = KNOWN.get(language)?.choose ?? plural(language)) {
  KNOWN.set(language, { texts: { ...KNOWN.get(language)?.texts, ...texts }, choose });
}

/** @param {string} language */
const known = (language) => /** @type {{ texts: Record<string, string>, choose: Choose }} */ (KNOWN.get(language));

/** From now on a language that is known chooses so. @param {string} language  @param {Choose} choose */
export function chooseWith(language, choose) {
  if (KNOWN.has(language)) known(language).choose = choose;
}

/** The language that a tag gets: its own where it is known. @param {string} tag */
export function spokenIn(tag) {
  return KNOWN.has(languageOf(tag)) ? languageOf(tag) : "en";
}

/** What says templates in a language. @param {string} language  @returns {Say} */
export function sayIn(language) {
  return (template, facts = {}) => {
    const { texts, choose } = known(spokenIn(language));
    return withFacts(texts[template] ?? template, facts, choose);
  };
}

/** What the server tells in every language. @param {string | Words | undefined} text  @param {string} language */
export function inLanguage(text, language) {
  return typeof text === "object" ? (text[language] ?? text.en) : (text ?? "");
}

/** The same data, each text in it in one language. @param {any} value  @param {string} language  @returns {any} */
export function toldIn(value, language) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => toldIn(part, language));
  if (typeof value.en === "string") return inLanguage(value, language);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toldIn(part, language)]));
}

/** @type {Map<string, Promise<void>>} */
const COMING = new Map();

/**
 * Brings the words of a language once: from the page where it carries them, else from beside the script. What does not
 *   come leaves English.
 * @param {string} tag  @param {string} folder  address of the scripts about words
 * @param {"element" | "views"} part  whose words
 */
export function bringWords(tag, folder, part = "element") {
  const language = languageOf(tag);
  if (language === "en" || !/^[a-z]{2,8}$/.test(language)) return Promise.resolve();
  const coming = COMING.get(part + language) ?? wordsComing(language, folder, part);
  COMING.set(part + language, coming);
  return coming;
}

/** @param {string} language  @param {string} folder  @param {string} part */
async function wordsComing(language, folder, part) {
  try {
    const [texts, choose] = await Promise.all([textsOf(language, folder, part), particlesOf(language, folder)]);
    if (Object.keys(texts).length) learn(language, texts, choose);
  } catch {
    COMING.delete(part + language); // asked again with the next scene
  }
}

/** @param {string} language  @param {string} folder  @param {string} part */
async function textsOf(language, folder, part) {
  const carried = document.querySelector(`script.words.${part}[lang="${language}"]`)?.textContent;
  if (carried) return JSON.parse(carried);
  const answer = await fetch(`${folder}${part}/${language}.json`);
  if (!answer.ok) throw answer; // what it says is no catalogue
  return answer.json();
}

/** @param {string} language  @param {string} folder  @returns {Promise<Choose | undefined>} */
async function particlesOf(language, folder) {
  const address = `${folder}particles.js`;
  return WITH_PARTICLES.includes(language) ? (await import(address)).particle : undefined;
}
