/** Every way a figure leaves the page: what is copied, and what is saved, for each kind of place it goes to. */
import {
  drawnAddress,
  embedAddress,
  figureAddress,
  fileAddress,
  frameOf,
  markdownOf,
  pictureCode,
  scriptCode,
} from "../page/address.js";
import { _, LANG } from "../page/words.js";
import { readStops } from "../words/stops.js";
import { VIEWS } from "../words/vocabulary.js";

/** @typedef {import("../page/address.js").State} State */
/**
 * @typedef {object} Shown  what is shared
 * @property {string} base  the root of its server
 * @property {string} link  the page that shows it
 * @property {string} title
 * @property {State} state
 * @property {boolean} own  a figure with a name, which brings its layer, step, view and stops by itself
 */
/**
 * @typedef {object} Choices
 * @property {string} still  which step a still shows: `step` (the one that is seen), `last` or `strongest`
 * @property {number} width  pixels  @property {number} height  of a frame
 * @property {string} lang  empty: the visitor's own  @property {string} theme
 */
/**
 * @typedef {object} Way
 * @property {string} name  @property {string} title  @property {string} hint  where it serves
 * @property {string} [text]  what is copied
 * @property {string} [file]  the address of what is saved  @property {string} [kind]  behind the dot of its name
 * @property {string} [seen]  the address of a picture of it
 */
/** @typedef {{ title: string, ways: Way[] }} Group */

const MOST_PANELS = 12;
const OF_AN_UPLOAD = /\bimage:/;

/** What a still shows. */
export const STILLS = /** @type {Record<string, string>} */ ({
  step: _("this step"),
  last: _("last step"),
  strongest: _("strongest answer"),
});

/** @param {Shown} shown  @param {Choices} choices  @param {boolean} films  the server can make them
 * @returns {Group[]} */
export function waysOf(shown, choices, films) {
  const { own, base, title } = shown;
  const state = { ...shown.state, lang: choices.lang, theme: choices.theme, playing: false };
  const spoken = { ...state, lang: choices.lang || LANG }; // a file cannot ask who looks at it
  const still = stillWords(choices.still, state.step);
  const scale = String(choices.width);
  const frame = own ? figureAddress(base, state) : embedAddress(base, state);
  const framed = frameOf(frame, choices.width, choices.height, title);
  const drawn = (/** @type {string} */ form, /** @type {Record<string, string>} */ words = {}) =>
    drawnAddress(base, form, spoken, words);
  const picture = drawn("png", { ...still, width: scale });
  const moving = (/** @type {string} */ form) => ({ file: drawn(form, { width: scale }), kind: form, seen: picture });
  const strip = drawn("png", { strip: "1", ...stripWords(state) });
  const gif = { name: "gif", title: "GIF", hint: _("moves in every slide"), ...moving("gif") };
  const film = { name: "mp4", title: "MP4", hint: _("film for PowerPoint, Keynote"), ...moving("mp4") };
  return [
    {
      title: _("Slides"),
      ways: [
        gif,
        ...(films ? [film] : []),
        { name: "reveal", title: "reveal.js", hint: _("a slide with the player"), text: slideOf(framed) },
      ],
    },
    {
      title: _("Web page, LMS"),
      ways: [
        { name: "frame", title: "iframe", hint: _("the player in any page"), text: framed },
        {
          name: "element",
          title: "<kernel-walk>",
          hint: _("element, a still inside"),
          text: scriptCode(base, own ? named(state) : state, pictureCode(picture, choices.width, title)),
        },
        {
          name: "html",
          title: _("HTML file"),
          hint: _("the whole player, no server"),
          file: own ? figureAddress(base, spoken, "render.html") : fileAddress(base, spoken),
          kind: "html",
        },
        { name: "svg", title: "SVG", hint: _("moves, sharp at any size"), ...moving("svg") },
        { name: "webp", title: "WebP", hint: _("moves, smaller than GIF"), ...moving("webp") },
        {
          name: "markdown",
          title: "Markdown",
          hint: _("moves in READMEs, forums"),
          text: markdownOf(title, drawn("svg"), shown.link),
          seen: picture,
        },
      ],
    },
    {
      title: _("Notebook"),
      ways: [{ name: "python", title: "Python", hint: _("one line, offline"), text: notebookLine(state, own, frame) }],
    },
    {
      title: _("Print, hand-out"),
      ways: [
        { name: "pdf", title: "PDF", hint: _("drawing, letters stay letters"), file: drawn("pdf", still), kind: "pdf" },
        { name: "png", title: "PNG", hint: _("one step as a picture"), file: picture, kind: "png" },
        { name: "strip", title: _("PNG strip"), hint: _("several steps side by side"), file: strip, kind: "png" },
      ].map((way) => ({ ...way, seen: way.name === "strip" ? strip : picture })),
    },
    {
      title: _("Chat"),
      ways: [{ name: "link", title: _("Link"), hint: _("opens here, brings a picture"), text: shown.link }],
    },
  ];
}

/** What the name of a figure says already is left out. @param {State} state  @returns {State} */
const named = (state) => ({ ...state, step: 0, view: VIEWS[0], course: {} });

/** @param {string} still  @param {number} step  @returns {Record<string, string>} */
function stillWords(still, step) {
  if (still === "step") return { step: String(step), still: "1" };
  return { ...(still === "strongest" ? { steps: still } : {}), still: "1" };
}

/** The stops of a walk, where it has some that can be counted from its beginning. @param {State} state
 * @returns {Record<string, string>} */
function stripWords({ course = {} }) {
  const places = readStops(course.stops ?? "").map(({ place }) => place);
  const counted = places.filter((place) => typeof place === "string" || place >= 0).slice(0, MOST_PANELS);
  return counted.length > 1 ? { steps: counted.join(",") } : {};
}

/** @param {string} framed */
const slideOf = (framed) => `<section>\n  ${framed}\n</section>`;

/** A picture that was uploaded is known to its server alone.
 * @param {State} state  @param {boolean} own  @param {string} frame */
function notebookLine({ scene, layer, step, view, lang, theme }, own, frame) {
  if (OF_AN_UPLOAD.test(scene)) return `from IPython.display import IFrame; IFrame(${quoted(frame)}, 700, 440)`;
  const words = [quoted(scene)];
  if (layer && !own) words.push(`layer=${layer}`);
  if (step && !own) words.push(`step=${step}`);
  if (view !== VIEWS[0] && !own) words.push(`view=${quoted(`${VIEWS[0]} ${view}`)}`);
  if (lang) words.push(`lang=${quoted(lang)}`);
  if (theme === "light" || theme === "dark") words.push(`theme=${quoted(theme)}`);
  return `import kernelwalk; kernelwalk.walk(${words.join(", ")})`;
}

/** As Python reads it. @param {string} text */
const quoted = (text) => JSON.stringify(text);

/** What a saved file is called. @param {Shown} shown  @param {Way} way */
export function fileName({ state }, { name, kind }) {
  const words = state.scene.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${words.slice(0, 60) || "kernelwalk"}${name === "strip" ? "-strip" : ""}.${kind}`;
}
