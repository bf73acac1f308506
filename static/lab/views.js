/** The views of the step as tabs: those that have something to show of the walked layer. */

import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { ViewBox } from "../views/box.js";
import { offersView, VIEW_CLASSES, viewTitles } from "../views/registry.js";
import { VIEWS } from "../words/vocabulary.js";
import { NumbersView } from "./numbers-view.js";

const TAB_VIEWS = /** @type {Record<string, ViewClass>} */ ({ numbers: NumbersView, ...VIEW_CLASSES });
const TAB_WORDS = VIEWS.filter((view) => TAB_VIEWS[view]);

export class Views {
  /** @type {Step | null} */
  #step = null;
  #manner = { inspected: false, playing: false, count: 0 };
  /** @type {ViewScene | null} */
  #scene = null;
  /** Below the window nobody reads along. */
  #seen = true;
  view = VIEWS[0];
  /** Those whose tabs are there. */
  offered = TAB_WORDS;
  /** What somebody chose; layers it shows nothing of open on the first view. */
  #wanted = VIEWS[0];

  /** @param {HTMLElement} root  @param {import("../kernel-walk.js").KernelWalk} walk
   * @param {{ chosen: (view: string) => void, layer: (layer: number, step?: number) => void }} events */
  constructor(root, walk, { chosen, layer }) {
    this.chosen = chosen;
    this.walk = walk;
    const events = {
      seek: (/** @type {number} */ index) => walk.seek(index),
      look: (/** @type {number | null} */ index) => walk.look(index),
      probe: (/** @type {Probe | null} */ probe) => walk.probe(probe),
      layer,
    };
    walk.addEventListener("looks", () => this.adopt(walk.pictured));
    this.boxes = new Map(TAB_WORDS.map((view) => [view, new ViewBox(view, new TAB_VIEWS[view](events))]));
    const titles = viewTitles(_);
    this.tabs = TAB_WORDS.map((view) => this.#tab(view, titles[view]));
    this.list = make("div", { role: "tablist", class: "tabs", "aria-label": _("Views of this step") }, ...this.tabs);
    this.list.addEventListener("keydown", (event) => this.#key(event));
    for (const view of TAB_WORDS) {
      for (const [name, value] of [
        ["role", "tabpanel"],
        ["id", `view-${view}`],
        ["aria-labelledby", `tab-${view}`],
        ["tabindex", "0"],
      ])
        this.#panel(view).setAttribute(name, value);
    }
    root.replaceChildren(this.list, ...TAB_WORDS.map((view) => this.#panel(view)));
    new IntersectionObserver((entries) => this.#sight(entries[entries.length - 1].isIntersecting)).observe(root);
    this.#open(VIEWS[0]);
  }

  /** @param {string} view */
  #box = (view) => /** @type {ViewBox} */ (this.boxes.get(view));

  /** @param {string} view */
  #panel = (view) => this.#box(view).root;

  /** @param {string} view  @param {string} title */
  #tab(view, title) {
    const tab = make(
      "button",
      { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": `view-${view}`, class: "tab" },
      title,
    );
    tab.addEventListener("click", () => this.choose(view));
    return tab;
  }

  /** @param {string} view */
  choose(view) {
    this.#wanted = view;
    this.#open(this.offered.includes(view) ? view : VIEWS[0]);
    this.chosen(this.view);
  }

  /** @param {string} view */
  #open(view) {
    this.view = view;
    for (const [place, tab] of this.tabs.entries()) {
      const chosen = TAB_WORDS[place] === view;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      this.#panel(TAB_WORDS[place]).hidden = !chosen;
    }
    if (this.#scene) this.#box(view).adopt(this.#scene);
    if (this.#step) this.#box(view).show(this.#step, this.#manner);
  }

  /** @param {ViewScene | null} scene */
  adopt(scene) {
    if (!scene) return;
    const again = this.#scene?.opening === scene.opening;
    this.#scene = scene;
    this.#step = again ? this.#step : null;
    this.offered = TAB_WORDS.filter((view) => view === VIEWS[0] || offersView(view, scene.opening));
    for (const [place, tab] of this.tabs.entries()) tab.hidden = !this.offered.includes(TAB_WORDS[place]);
    this.#open(this.offered.includes(this.#wanted) ? this.#wanted : VIEWS[0]);
  }

  /** A step of the walk. @param {Step} step  @param {boolean} inspected */
  follow(step, inspected) {
    const { playing, step: index } = this.walk;
    this.show(step, { inspected, playing, count: index + 1 });
  }

  /** The view that is open moves with the window, as long as somebody sees it.
   * @param {Step} step  @param {ViewManner} manner */
  show(step, manner) {
    this.#step = step;
    this.#manner = manner;
    if (this.#scene && this.#seen) this.#box(this.view).show(step, manner);
  }

  /** @param {boolean} seen */
  #sight(seen) {
    this.#seen = seen;
    if (this.#step) this.show(this.#step, this.#manner);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const { offered } = this;
    const view = offered[(offered.indexOf(this.view) + by + offered.length) % offered.length];
    this.choose(view);
    this.tabs[TAB_WORDS.indexOf(view)].focus();
  }
}
