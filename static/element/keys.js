/** Keys of the player, when it or something inside it has the focus. */

/**
 * @typedef {"play" | "back" | "forward" | "rowBack" | "rowForward" | "first" | "last" | "next" | "slower" | "faster"
 *   | "fullscreen" | "keys"} KeyAction
 */

/** @type {Record<string, KeyAction>} */
const ACTIONS = {
  " ": "play",
  ArrowLeft: "back",
  ArrowRight: "forward",
  ",": "back",
  ".": "forward",
  PageUp: "back",
  PageDown: "forward",
  "shift ArrowLeft": "rowBack",
  "shift ArrowRight": "rowForward",
  Home: "first",
  End: "last",
  "[": "slower",
  "]": "faster",
  n: "next",
  f: "fullscreen",
  "?": "keys",
};

/** Keys that a focused control needs for itself. */
const OWN = /** @type {Record<string, string[]>} */ ({
  button: [" ", "Enter"],
  range: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"],
});

/**
 * What a key asks for, or null when it belongs to the control that has the focus.
 * @param {{ key: string, shiftKey: boolean, ctrlKey: boolean, altKey: boolean, metaKey: boolean, defaultPrevented:
 *   boolean }} event
 * @param {string} control  "text", "range", "button" or ""
 * @returns {KeyAction | null}
 */
export function actionOf(event, control) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || control === "text") return null;
  if (OWN[control]?.includes(event.key)) return null;
  const shifted = event.shiftKey ? ACTIONS[`shift ${event.key}`] : undefined;
  return shifted ?? ACTIONS[event.key] ?? ACTIONS[event.key.toLowerCase()] ?? null;
}

/** What kind of control an element is. @param {EventTarget | undefined} target */
export function controlOf(target) {
  if (!(target instanceof HTMLElement)) return "";
  if (target.isContentEditable || target.matches("textarea, select")) return "text";
  if (target instanceof HTMLInputElement) return target.type === "range" ? "range" : "text";
  return target.matches("button, a, summary, [role=button]") ? "button" : "";
}
