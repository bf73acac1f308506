/** Views under the stage of an element, all showing its step. Comes late: only where an element shows one. */

import { make } from "../page/elements.js";
import learned from "../styles/learned.css" with { type: "css" };
import low from "../styles/low.css" with { type: "css" };
import sheet from "../styles/views.css" with { type: "css" };
import { bringWords, sayIn, spokenIn } from "../words/language.js";
import { showsView, viewTitles } from "./offered.js";
import { boxOfView } from "./registry.js";

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

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
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

  /** @param {Step} step  @param {ViewManner} manner */
  show(step, manner) {
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
