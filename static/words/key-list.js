/** What each key of the player does, for those who look it up. */

import { sayIn, spokenIn } from "./language.js";

/** Signs that are pressed by their place: what an English keyboard has there. */
const BRACKETS = "[ ]";
const PLACES = ["BracketLeft", "BracketRight"];

/** Keys and their meanings, in the order of use. @param {string} tag  a language  @returns {[string, string][]} */
export function keyListIn(tag) {
  const _ = sayIn(spokenIn(tag));
  return [
    ["Space", _("play or pause")],
    ["← →", _("step back, step forward")],
    ["Shift + ← →", _("row back, row forward")],
    ["Page Up, Page Down", _("a step back and on, or to the stop before and the next")],
    ["Home, End", _("first step, last step")],
    [BRACKETS, _("slower, faster")],
    ["n", _("next layer")],
    ["f", _("full screen")],
    ["b", _("black screen while the screen is full, and back")],
    ["?", _("this list")],
  ];
}

/**
 * Name the keys of a list as they are printed on this keyboard, where the browser tells that; a French one has ^ $ at
 *   the places of the brackets.
 * @param {Element} list  whose keys stand each in a node of its own
 */
export async function nameAsPrinted(list) {
  const { keyboard } = /** @type {any} */ (navigator);
  const layout = await keyboard?.getLayoutMap?.().catch(() => null); // a frame may not ask
  const printed = PLACES.map((place) => layout?.get(place));
  if (!printed.every(Boolean)) return;
  for (const key of list.querySelectorAll("dt, kbd"))
    if (key.textContent === BRACKETS) key.textContent = printed.join(" ");
}
