/** The room an element has, and how its parts share it. */

import { magnification } from "../page/pointer.js";
import { WIDE_FROM } from "../words/vocabulary.js";

/** A box lower than this cannot hold the panes: they take the height they need. */
const LOWEST_BOX = 200;

/** In a box lower than this the timeline is one row, and titles are small. */
const LOW_BELOW = 300;
const LOW_PHONE = 380;

/** A frame of this width that is full of the element is read from the back of a hall. */
const HALL_FROM = 960;

/** Below this width the timeline leaves out its words. */
const COMPACT_BELOW = 840;

/** A phone's address bar comes and goes while the page scrolls: nothing is laid out anew for it. */
const ADDRESS_BAR = 160;

/** On a lower screen a timeline that sticks would leave nothing of the panes. */
const STICKY_FROM = 500;

/** From this width the whole timeline stands in one row. */
const LONG_FROM = 1180;

/** Shown at another size than this, in parts of its own, an element is scaled. */
const UNSCALED = 0.01;

/**
 * @typedef {object} Room
 * @property {number} width  @property {number} height  of the element's box, 0 where its page leaves that to it
 * @property {number} screen  height of the window  @property {number} scale  how much larger it is shown
 */

/**
 * How the parts stand in a room: one rule for the element's style and for its panes.
 * @param {Room} room
 */
export function arrangementOf({ width, height, screen, scale }) {
  const fixed = height >= LOWEST_BOX;
  const narrow = width < WIDE_FROM;
  const sticky = narrow && !fixed && screen >= STICKY_FROM && Math.abs(scale - 1) < UNSCALED;
  return {
    fixed,
    narrow,
    compact: width < COMPACT_BELOW,
    long: width >= LONG_FROM,
    sticky,
    low: fixed && height < (narrow ? LOW_PHONE : LOW_BELOW),
  };
}

/**
 * Whether a room is the one that was fitted to.
 * @param {Room} room  @param {Room} before
 */
export function sameRoom(room, before) {
  const slack = room.width < WIDE_FROM ? ADDRESS_BAR : 0;
  const [now, then] = [arrangementOf(room), arrangementOf(before)];
  return (
    room.width === before.width &&
    now.sticky === then.sticky &&
    now.fixed === then.fixed &&
    (!now.fixed || room.height === before.height) &&
    Math.abs(room.screen - before.screen) <= slack
  );
}

/**
 * Height of a frame that an element fills, where it is large enough to be read from afar; 0 for a part of a page.
 * @param {Room} room  @param {boolean} full  nothing else is on the screen
 */
export function hallOf({ width, height, screen }, full) {
  return width >= HALL_FROM && (full || height >= 0.98 * screen) ? screen : 0;
}

/** Padding of an element, both sides together. @param {CSSStyleDeclaration} style */
export function paddingOf({ paddingLeft, paddingRight, paddingTop, paddingBottom }) {
  return {
    across: parseFloat(paddingLeft) + parseFloat(paddingRight),
    down: parseFloat(paddingTop) + parseFloat(paddingBottom),
  };
}

/**
 * The room inside an element's padding. Whether its page fixed its height shows when the content leaves the flow,
 *   where it keeps the focus.
 * @param {HTMLElement} host  @param {HTMLElement} content  @returns {Room}
 */
export function roomIn(host, content) {
  const { across, down } = paddingOf(getComputedStyle(host));
  const width = host.clientWidth - across;
  if (!content.hidden) content.style.position = "absolute";
  const height = host.clientHeight - down;
  const scale = magnification(host);
  content.style.position = "";
  return { width, height, screen: globalThis.innerHeight, scale };
}

/** How much stands around the panes: all of it, the bar alone, or nothing. @param {HTMLElement} host */
function controlsOf(host) {
  const word = host.getAttribute("controls") ?? "";
  return ["none", "false", "off"].includes(word) ? "none" : word === "bar" ? "bar" : "full";
}

/**
 * Whether other parts than before are wanted around the panes; a stop's note stands there in any case.
 * @param {HTMLElement} host  @param {HTMLElement} frame  @param {HTMLElement} timeline  @param {HTMLElement} warnings
 */
export function showControls(host, frame, timeline, warnings) {
  const [controls, hidden, before] = [controlsOf(host), timeline.hidden, frame.dataset.controls];
  frame.dataset.controls = controls;
  timeline.hidden = controls === "none" && !timeline.querySelector(".notes:not([hidden])");
  warnings.hidden = controls !== "full" || !warnings.childElementCount;
  return hidden !== timeline.hidden || before !== controls;
}
