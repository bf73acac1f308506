/** Keys of the player, when it or something inside it has the focus. */

/**
 * @typedef {"play" | "back" | "forward" | "rowBack" | "rowForward" | "first" | "last" | "next" | "slower" | "faster"
 *   | "fullscreen" | "keys" | "onward" | "backward" | "black"} KeyAction
 */

/**
 * @typedef {object} Key  what a keyboard event says
 * @property {string} key  @property {string} [code]
 * @property {boolean} shiftKey  @property {boolean} ctrlKey  @property {boolean} altKey  @property {boolean} metaKey
 * @property {boolean} [isComposing]  @property {boolean} [repeat]  @property {boolean} defaultPrevented
 * @property {(key: string) => boolean} [getModifierState]
 */

/** @type {Record<string, KeyAction>} */
const ACTIONS = {
  " ": "play",
  ArrowLeft: "back",
  ArrowRight: "forward",
  ",": "back",
  ".": "forward",
  PageUp: "backward",
  PageDown: "onward",
  "shift ArrowLeft": "rowBack",
  "shift ArrowRight": "rowForward",
  Home: "first",
  End: "last",
  "[": "slower",
  "]": "faster",
  n: "next",
  f: "fullscreen",
  b: "black",
  "?": "keys",
};

/** What stands on an English keyboard at the places of signs. */
const PLACED = /** @type {Record<string, string>} */ ({
  Space: " ",
  Comma: ",",
  Period: ".",
  BracketLeft: "[",
  BracketRight: "]",
});

/** Keys that a focused control needs for itself. */
const OWN = /** @type {Record<string, string[]>} */ ({
  button: [" ", "Enter"],
  range: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"],
});

/** Keys with which a presenter goes on, and back: at an end of the walk they belong to the page around it. */
const LEAVING = /** @type {Record<string, "next" | "prev">} */ ({ PageDown: "next", " ": "next", PageUp: "prev" });

/**
 * The name of a key, as the list of keys has it: what it types, or, where another script is typed, what stands at its
 *   place on an English keyboard. "" for keys that are pressed with another one, or write into something.
 * @param {Key} event
 */
export function keyName(event) {
  const { key, code = "", shiftKey, isComposing } = event;
  if (isComposing || modified(event)) return "";
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (key in ACTIONS || /^\d$/.test(key) || named(key)) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1].toLowerCase();
  if (letter) return letter;
  if (shiftKey) return code === "Slash" ? "?" : "";
  return /^Digit(\d)$/.exec(code)?.[1] ?? PLACED[code] ?? "";
}

/** Keys that are named for what they do, not for what they type. @param {string} key */
function named(key) {
  return /^[A-Z][A-Za-z]+\d*$/.test(key) && !["Process", "Unidentified", "Dead"].includes(key);
}

/** With the key that types brackets on many keyboards, a key is not a command to the browser. @param {Key} event */
function modified(event) {
  return event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState?.("AltGraph"));
}

/**
 * What a key asks for, or null when it belongs to the control that has the focus.
 * @param {Key} event  @param {string} control  "text", "range", "button" or ""
 * @returns {KeyAction | null}
 */
export function actionOf(event, control) {
  if (event.defaultPrevented || control === "text") return null;
  const key = keyName(event);
  if (OWN[control]?.includes(key)) return null;
  return (event.shiftKey && ACTIONS[`shift ${key}`]) || ACTIONS[key] || null;
}

/**
 * Where a key leads that has nothing more to do here: at the end, or back before the beginning.
 * @param {Key} event
 * @param {{ index: number, route: { first: number, last: number }, loop: boolean, playing: boolean }} walk
 * @returns {"next" | "prev" | null}
 */
export function leavingBy(event, { index, route: { first, last }, loop, playing }) {
  const way = LEAVING[keyName(event)];
  if (!way || event.repeat || loop || playing) return null;
  return (way === "next" ? index >= last : index <= first) ? way : null;
}

/** What kind of control an element is. @param {EventTarget | undefined} target */
export function controlOf(target) {
  if (!(target instanceof HTMLElement)) return "";
  if (target.isContentEditable || target.matches("textarea, select")) return "text";
  if (target instanceof HTMLInputElement) return target.type === "range" ? "range" : "text";
  return target.matches("button, a, summary, [role=button]") ? "button" : "";
}
