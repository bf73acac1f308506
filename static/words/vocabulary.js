/** The words that the browser shares with Python and JSON: events, panes, views, limits of the player. */

/** Events the element fires and a frame passes on to its parent. */
export const EVENTS = ["ready", "step", "play", "pause", "end", "error", "scene"];

/** Commands a page may send to an embedded frame. */
export const COMMANDS = ["play", "pause", "stepForward", "stepBack", "seek", "show", "speed", "layer", "theme", "lang"];

/** The panes, in reading order. */
export const PANES = ["input", "arithmetic", "output"];

/** Views of one step, in the order of their tabs; the first is the stage itself. */
export const VIEWS =
  "numbers connections im2col formula code network backward signal learning descent exciting moved".split(" ");

/** What addresses called a view before. */
const FORMER_VIEWS = /** @type {Record<string, string>} */ ({ shapes: "network" });

/** The words of a text that are among those that are known, each once. @param {string | null} text
 * @param {readonly string[]} known */
export function wordsIn(text, known) {
  const words = (text ?? "").split(/[\s,+]+/).map((word) => FORMER_VIEWS[word] ?? word);
  return [...new Set(words)].filter((word) => known.includes(word));
}

/** Steps a request; a block starts at a multiple of it, so that every player asks for the same, cacheable ranges. */
export const BLOCK = 64;

/** The slowest walk: one step in two seconds. */
export const SLOWEST = 0.5;

/** From this many steps a second the window no longer eases. */
export const EXACT_FROM = 8;

/** Milliseconds of easing between neighbouring steps. */
export const EASE = 120;

/** A cell shows its number from this many CSS pixels. */
export const NUMBER_FROM = 22;

/** From this width the three panes stand side by side. */
export const WIDE_FROM = 600;

/** The fastest walk of a trace: all of it in two seconds. @param {number} steps */
export function fastest(steps) {
  return Math.max(EXACT_FROM, steps / 2);
}
