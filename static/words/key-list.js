/** What each key of the player does, for those who look it up. */

import { sayIn, spokenIn } from "./language.js";

/** Keys and their meanings, in the order of use. @param {string} tag  a language  @returns {[string, string][]} */
export function keyListIn(tag) {
  const _ = sayIn(spokenIn(tag));
  return [
    ["Space", _("play or pause")],
    ["← →", _("step back, step forward")],
    ["Shift + ← →", _("row back, row forward")],
    ["Page Up, Page Down", _("a step back and on, or to the stop before and the next")],
    ["Home, End", _("first step, last step")],
    ["[ ]", _("slower, faster")],
    ["n", _("next layer")],
    ["f", _("full screen")],
    ["b", _("black screen while the screen is full, and back")],
    ["?", _("this list")],
  ];
}
