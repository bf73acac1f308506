/** A walk with stops: playback goes from one to the next, a note stands at each; comes when a tag asks for it. */
import { make } from "../page/elements.js";
import sheet from "../styles/course.css" with { type: "css" };
import { countOf } from "../words/cells.js";
import { rangeOf, readStops, secondsBetween, standing } from "../words/stops.js";

/**
 * @typedef {object} Tools
 * @property {(walk: Element) => { walk: import("./walk.js").Walk, shell: import("./shell.js").Shell }} inside
 * @property {(arrays: Arrays | null) => Promise<number>} strongest
 */

export class Part {
  #notes = make("p", { class: "notes", hidden: true });
  #ticks = make("div", { class: "ticks", "aria-hidden": "true" });
  /** @type {{ index: number, note: string }[]} */
  #standing = [];
  /** The layer that the words of the tag speak of. */
  #layer = { number: -1, steps: -1 };
  #said = "";
  /** @type {number | null} */
  #strongest = null;

  /** @param {HTMLElement} host  @param {Tools} tools */
  constructor(host, { inside, strongest }) {
    this.host = host;
    this.parts = { ...inside(host), strongest };
    const { root, timeline, remarks } = this.parts.shell;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    timeline.node.prepend(this.#notes);
    timeline.node.querySelector(".scrubber")?.after(this.#ticks);
    remarks.push((step) => this.#noteAt(step.index));
    host.addEventListener("scene", () => this.adopt());
    for (const kind of ["step", "inspect"])
      host.addEventListener(kind, (event) => this.#show(/** @type {CustomEvent} */ (event).detail));
  }

  /** A scene is walked, or the tag says something else. */
  adopt() {
    const { opening, arrays } = this.parts.walk;
    if (!opening) return;
    const stops = readStops(this.#word("stops"));
    this.#strongest = null;
    this.#bound(stops);
    this.parts.shell.fit();
    this.parts.shell.arrange();
    if (stops.some(({ place }) => place === "strongest") && cellEach(opening))
      this.parts.strongest(arrays).then(
        (index) => arrays === this.parts.walk.arrays && this.#found(stops, index),
        () => {},
      );
  }

  /** @param {import("../words/stops.js").Stop[]} stops  @param {number} index  of the strongest answer */
  #found(stops, index) {
    this.#strongest = index;
    this.#bound(stops);
  }

  /** Stops are those of one layer: another one is walked without. @param {string} name */
  #word(name) {
    const { layer = 0, start } = this.parts.walk.opening ?? {};
    const said = ["stops", "start", "stop"].map((word) => this.host.getAttribute(word)).join("\n");
    if (said !== this.#said) this.#layer = { number: layer, steps: start?.steps ?? 0 };
    this.#said = said;
    const same = this.#layer.number === layer && this.#layer.steps === start?.steps;
    return (same && this.host.getAttribute(name)) || "";
  }

  /** @param {import("../words/stops.js").Stop[]} stops */
  #bound(stops) {
    const { walk, shell } = this.parts;
    const { player, paced } = walk;
    if (!player) return;
    const range = rangeOf(this.#word("start"), this.#word("stop"), player.steps);
    this.#standing = standing(stops, range, this.#strongest);
    const chosen = paced || Number(this.host.getAttribute("speed")) > 0;
    const within = chosen || !stops.length ? Number.POSITIVE_INFINITY : secondsBetween(this.#standing);
    shell.timeline.bound(range);
    this.#mark(range, stops);
    player.bound({ ...range, stops: this.#standing.map(({ index }) => index), within });
    if (walk.step) this.#show(walk.step);
  }

  /**
   * An end without a note needs no mark. A note whose step is not known yet holds its room.
   * @param {{ first: number, last: number }} range  @param {import("../words/stops.js").Stop[]} stops
   */
  #mark({ first, last }, stops) {
    const share = (/** @type {number} */ index) => (100 * (index - first)) / Math.max(1, last - first);
    const told = this.#standing.filter(({ index, note }) => note || (index > first && index < last));
    this.#ticks.replaceChildren(...told.map(({ index }) => tick(index, share(index))));
    const pending = this.#strongest === null ? stops.filter(({ place }) => place === "strongest") : [];
    const waiting = pending.map(({ note }) => ({ index: -1, note }));
    const noted = [...this.#standing, ...waiting].filter(({ note }) => note);
    this.#notes.replaceChildren(...noted.map(({ index, note }) => make("span", { "data-index": `${index}` }, note)));
    this.#notes.hidden = !noted.length;
  }

  /** All notes lie over each other, so that the highest holds the room. @param {Step} step */
  #show({ index }) {
    for (const mark of [...this.#notes.children, ...this.#ticks.children])
      mark.classList.toggle("now", /** @type {HTMLElement} */ (mark).dataset.index === `${index}`);
  }

  /** @param {number} at */
  #noteAt(at) {
    return this.#standing.find(({ index }) => index === at)?.note ?? "";
  }
}

/** @param {number} index  @param {number} share  of the range, in percent */
function tick(index, share) {
  const mark = make("i", { "data-index": `${index}` });
  mark.style.left = `${share}%`;
  return mark;
}

/** Whether each step writes one cell, so that the strongest cell is a step. @param {Opening} opening */
function cellEach({ start, output }) {
  return start.kind !== "scatter" && start.steps === countOf(output.shape);
}
