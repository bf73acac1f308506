/** The address of the page, which says everything that is on it. Knows no DOM. */
import { VIEWS, wordsIn } from "../words/vocabulary.js";

/**
 * @typedef {{ scene: string, layer: number, step: number, playing: boolean, view: string, lang: string, theme:
 *   string, course?: Record<string, string> }} State  course: stops, and the scene beside it
 */

export const THEMES = ["auto", "light", "dark"];
/** Of an embed, unless somebody chooses another; higher where a view stands under the stage. */
export const SIZE = { width: 700, height: 440, linked: 700 };

/** The query of a state; what the page does by itself is left out. @param {State} state */
export function queryOf({ scene, layer, step, playing, view, lang, theme, course = {} }) {
  const query = [
    ["scene", scene],
    ["layer", String(layer)],
    ["step", String(step)],
  ];
  if (playing) query.push(["play", "1"]);
  if (view !== VIEWS[0]) query.push(["view", view]);
  if (lang) query.push(["lang", lang]);
  if (theme !== THEMES[0]) query.push(["theme", theme]);
  query.push(...Object.entries(course));
  return spelledQuery(query);
}

/** @param {string[][]} words  names and values */
const spelledQuery = (words) => `?${words.map(([name, value]) => `${name}=${spelled(value)}`).join("&")}`;

/** Readable in an address bar, and safe in Markdown and HTML. @param {string} text */
function spelled(text) {
  return encodeURIComponent(text)
    .replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
    .replaceAll("%20", "+")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%3B", ";")
    .replaceAll("%40", "@");
}

/** @param {string} query  @returns {Partial<State>} */
export function stateOf(query) {
  const words = new URLSearchParams(query);
  const scene = words.get("scene");
  return {
    ...(scene ? { scene } : {}),
    ...wholes(words, "layer"),
    ...wholes(words, "step"),
    playing: words.get("play") === "1",
    view: wordsIn(words.get("view"), VIEWS)[0] ?? VIEWS[0],
    theme: oneOf(THEMES, words.get("theme")),
  };
}

/** @param {URLSearchParams} words  @param {string} name */
function wholes(words, name) {
  const text = words.get(name) ?? "";
  return /^-?\d{1,15}$/.test(text) ? { [name]: Number(text) } : {};
}

/** @param {readonly string[]} choices  @param {string | null} word */
function oneOf(choices, word) {
  return word && choices.includes(word) ? word : choices[0];
}

/** The address of the player alone. @param {string} base  @param {State} state */
export const embedAddress = (base, state) => `${base}embed${shownQuery(state)}`;

/** What the player alone shows of a state. @param {State} state */
const shownQuery = (state) => queryOf({ ...state, playing: false, view: linkedTo(state.view) });

/** The address of the same as one file. @param {string} base  @param {State} state */
export const fileAddress = (base, state) => `${base}render.html${shownQuery(state)}`;

/** The same of a figure with a name, which says the rest. @param {string} base  @param {State} state
 * @param {string} [path] */
export function figureAddress(base, { scene, lang, theme }, path = "embed") {
  return `${base}${path}${spelledQuery(Object.entries({ scene, ...looks(lang, theme) }))}`;
}

/** A drawn file of a state: of its scene, its layer and the part that is walked.
 * @param {string} base  @param {string} form  behind the dot  @param {State} state
 * @param {Record<string, string>} words  others, which say which steps and how large */
export function drawnAddress(base, form, { scene, layer, lang, theme, course = {} }, words) {
  const { start, stop } = course;
  const part = { ...(start && !words.steps ? { start } : {}), ...(stop && !words.steps ? { stop } : {}) };
  const all = { scene, layer: String(layer), ...part, ...words, ...looks(lang, theme) };
  return `${base}render.${form}${spelledQuery(Object.entries(all))}`;
}

/** Language and theme where they are said. @param {string} lang  @param {string} theme
 * @returns {Record<string, string>} */
const looks = (lang, theme) => ({ ...(lang ? { lang } : {}), ...(theme === THEMES[0] ? {} : { theme }) });

/** What an embed shows: the stage, and under it the view that is open. @param {string} view */
const linkedTo = (view) => (view === VIEWS[0] ? view : `${VIEWS[0]} ${view}`);

/** @param {string} text */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The line that frames an address. @param {string} address  @param {number} width  @param {number} height
 * @param {string} title */
export function frameOf(address, width, height, title) {
  return (
    `<iframe src="${escaped(address)}" width="${width}" height="${height}" style="border:0" frameborder="0"` +
    ` loading="lazy" allow="fullscreen" data-external="1" title="${escaped(title)}"></iframe>`
  );
}

/** A picture for where no script runs. @param {string} address  @param {number} width  @param {string} title */
export const pictureCode = (address, width, title) =>
  `<img src="${escaped(address)}" width="${width}" alt="${escaped(title)}">`;

/** A picture that leads to a page. @param {string} title  @param {string} picture  @param {string} link */
export const markdownOf = (title, picture, link) =>
  `[![${title.replace(/[[\]\\`*_<>|]/g, (sign) => `\\${sign}`)}](${picture})](${link})`;

/** @param {string} base  @param {State} state  @param {string} inside  what is there until the player is, and where
 * no script runs */
export function scriptCode(base, { scene, layer, step, view, theme, lang, course = {} }, inside) {
  const attributes = [`scene="${escaped(scene)}"`];
  if (layer) attributes.push(`layer="${layer}"`);
  if (step) attributes.push(`step="${step}"`);
  if (view !== VIEWS[0]) attributes.push(`view="${linkedTo(view)}"`);
  if (lang) attributes.push(`lang="${lang}"`);
  if (theme !== THEMES[0]) attributes.push(`theme="${theme}"`);
  for (const [name, word] of Object.entries(course)) attributes.push(`${name}="${escaped(word)}"`);
  const script = `<script type="module" src="${base}static/kernel-walk.js"></script>`;
  return `${script}\n<kernel-walk ${attributes.join(" ")} controls>${inside}</kernel-walk>`;
}
