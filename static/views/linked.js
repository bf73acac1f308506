/** Views under the stage of an element, all showing its step. Comes late: only where an element shows one. */

import { make } from "../page/elements.js";
import learned from "../styles/learned.css" with { type: "css" };
import low from "../styles/low.css" with { type: "css" };
import sheet from "../styles/views.css" with { type: "css" };
import { bringWords, sayIn, spokenIn } from "../words/language.js";
import { showsView, viewTitles } from "./offered.js";
import { boxOfView } from "./registry.js";

/** What a hall reads is so many times as large as on a desk: beside panes, whose letters are smaller there, and alone,
 * as far as the frame lets it. */
const BESIDE_PANES = 12 / 14;
const ALONE = 1.5;

/** Of a box that its page made, the share that is theirs beside panes; in a hall more, if they are whole by that. */
const SHARE = 0.45;
const WHOLE = 0.58;

/** From one size to the next smaller one, where it does not fit. */
const LESS = 0.94;

/** Milliseconds between two looks at where the row of a step lies, while it plays. */
const FOLLOWS = 200;

export class Linked {
  static sheets = [sheet, learned, low];
  /** Brings the words of the views. @param {string} language  @param {string} folder */
  static bringWords = (language, folder) => bringWords(language, folder, "views");

  root = make("div", { class: "linked" });
  /** @type {Map<string, import("./box.js").ViewBox>} */
  #boxes = new Map();
  /** @type {import("./box.js").ViewBox[]} */
  #shown = [];
  #followed = 0;
  /** What was fitted to, and the step that stands since. @type {{ room: number, alone: boolean } | null} */
  #fitted = null;
  /** @type {[Step, ViewManner] | null} */
  #stands = null;

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
    new ResizeObserver(() => this.#grown()).observe(this.root);
  }

  /** Those of the wanted views that have something to show of the scene. @param {string[]} wanted
   * @param {ViewScene} scene */
  adopt(wanted, scene) {
    const words = wanted.filter((word) => showsView(word, scene.opening));
    const titles = viewTitles(sayIn(spokenIn(scene.language)));
    const before = this.#shown;
    this.#shown = words.map((word) => this.#boxOf(word));
    const same = before.length === this.#shown.length && this.#shown.every((box, place) => box === before[place]);
    if (!same) this.root.replaceChildren(...this.#shown.map(({ root }) => root)); // else the focus stays where it is
    for (const [place, box] of this.#shown.entries()) {
      box.root.setAttribute("role", "group");
      box.root.setAttribute("aria-label", titles[words[place]]);
      box.adopt(scene);
    }
    return words.length > 0;
  }

  /** @param {string} word */
  #boxOf(word) {
    const box = this.#boxes.get(word) ?? boxOfView(word, this.events);
    this.#boxes.set(word, box);
    return box;
  }

  /**
   * As large as a hall can read them, where they have their room.
   * @param {Step} step  @param {ViewManner} manner  @param {number} room  height for them and the panes, 0 where any is
   * @param {boolean} alone  without panes
   * @returns {number}  how much of it is theirs at the most: all of it where no pane stands above
   */
  fit(step, manner, room, alone) {
    this.#fitted = { room, alone };
    this.#stands = [step, manner];
    const type = Number(getComputedStyle(this.root).getPropertyValue("--type")) || 1;
    const usual = this.#heightAt(1, step, manner);
    const whole = type > 1 && usual <= WHOLE * room ? usual : 0;
    const most = Math.floor(alone ? room : Math.max(SHARE * room, whole));
    let zoom = type > 1 && most ? Math.min(type * (alone ? ALONE : BESIDE_PANES), most / usual) : 1;
    while (zoom > 1 && !(this.#heightAt(zoom, step, manner) <= most)) zoom *= LESS;
    if (zoom < 1) this.#heightAt(1, step, manner);
    return most;
  }

  /** What comes later to a view that is larger may not have its room. */
  #grown() {
    const place = this.root.parentElement;
    const [fitted, stands] = [this.#fitted, this.#stands];
    if (!this.root.style.zoom || !place || !fitted || !stands) return;
    if (place.scrollHeight > place.clientHeight) this.fit(...stands, fitted.room, fitted.alone);
  }

  /**
   * Height of all views when they are so much larger; more than any where something stands beyond the edge.
   * @param {number} zoom  @param {Step} step  @param {ViewManner} manner
   */
  #heightAt(zoom, step, manner) {
    const { root } = this;
    const before = root.style.zoom;
    root.style.zoom = zoom > 1 ? `${zoom}` : "";
    for (const box of this.#shown) {
      if (before !== root.style.zoom) box.free();
      box.show(step, manner);
    }
    const within = this.#shown.every((box) => box.root.scrollWidth <= box.root.clientWidth);
    return zoom === 1 || within ? root.getBoundingClientRect().height : Number.POSITIVE_INFINITY;
  }

  /** @param {Step} step  @param {ViewManner} manner */
  show(step, manner) {
    this.#stands = [step, manner];
    for (const box of this.#shown) box.show(step, manner);
    const now = performance.now();
    if (manner.playing && now - this.#followed < FOLLOWS) return;
    this.#followed = now;
    this.#follow();
  }

  /** Of a table that is higher than its place the row of the step is in sight. */
  #follow() {
    const place = this.root.parentElement;
    const walked = this.root.querySelector(".matrices .made.lit");
    if (!walked || !place || place.scrollHeight <= place.clientHeight) return;
    const [own, whole] = [walked.getBoundingClientRect(), place.getBoundingClientRect()];
    const beyond = Math.max(0, own.bottom - whole.bottom) + Math.min(0, own.top - whole.top);
    if (beyond) place.scrollTop += (beyond * place.offsetHeight) / (whole.height || 1);
  }

  /** What the pointer is on, on the stage. @param {Probe | null} probe */
  light(probe) {
    for (const box of this.#shown) box.light(probe);
  }

  close() {
    for (const box of this.#boxes.values()) box.close();
  }
}
