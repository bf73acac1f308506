/** The views of the step as tabs: those that have something to show of the walked layer. */

import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { ViewBox } from "../views/box.js";
import { offersView, showsView, viewTitles } from "../views/offered.js";
import { VIEWS } from "../words/vocabulary.js";
import { NumbersView } from "./numbers-view.js";

const TITLES = viewTitles(_);
const TAB_WORDS = VIEWS.filter((view) => TITLES[view]);

/** CSS pixels of the longest sentence of a place, which stands beside the tabs where they leave so much. */
const LONGEST_PLACE = 450;

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
   * @param {string} address  of the views that come when one of them is opened
   * @param {{ chosen: (view: string) => void, layer: (layer: number, step?: number) => void }} events */
  constructor(root, walk, address, { chosen, layer }) {
    this.chosen = chosen;
    this.walk = walk;
    this.address = address;
    this.events = {
      seek: (/** @type {number} */ index) => walk.seek(index),
      look: (/** @type {number | null} */ index) => walk.look(index),
      probe: (/** @type {Probe | null} */ probe) => walk.probe(probe),
      layer,
    };
    walk.addEventListener("looks", () => this.adopt(walk.pictured));
    this.panels = new Map(TAB_WORDS.map((view) => [view, panelOf(view, make("div", { class: `view ${view}` }))]));
    this.tabs = TAB_WORDS.map((view) => this.#tab(view, TITLES[view]));
    this.list = make("div", { role: "tablist", class: "tabs", "aria-label": _("Views of this step") }, ...this.tabs);
    this.list.addEventListener("keydown", (event) => this.#key(event));
    for (const kind of ["pointerover", "focusin"])
      this.list.addEventListener(kind, () => void this.#bring(), { once: true });
    root.replaceChildren(this.list, ...this.panels.values());
    const room = new ResizeObserver(() => root.classList.toggle("roomy", roomBeside(this.list) >= LONGEST_PLACE));
    for (const each of [this.list, ...this.tabs]) room.observe(each);
    this.#put(VIEWS[0], new ViewBox(VIEWS[0], new NumbersView(this.events)));
    new IntersectionObserver((entries) => this.#sight(entries[entries.length - 1].isIntersecting)).observe(root);
    this.#open(VIEWS[0]);
  }

  /** Views that were opened. @type {Map<string, ViewBox>} */
  boxes = new Map();
  /** @type {typeof import("../views/registry.js").boxOfView | null} */
  #make = null;

  /** The script of the views that are not there from the start. */
  async #bring(address = this.address) {
    this.#make ??= (await import(address).catch(() => ({ boxOfView: null }))).boxOfView;
    return this.#make;
  }

  /** @param {string} view */
  #panel = (view) => /** @type {HTMLElement} */ (this.panels.get(view));

  /** A view takes the place that was kept for it. @param {string} view  @param {ViewBox} box */
  #put(view, box) {
    const place = this.#panel(view);
    const focused = place === document.activeElement;
    box.root.hidden = place.hidden;
    this.boxes.set(view, box);
    this.panels.set(view, panelOf(view, box.root));
    place.before(box.root);
    place.remove();
    if (focused) box.root.focus();
    return box;
  }

  /** The view of a tab, as soon as its script is there. @param {string} view */
  #box(view) {
    const known = this.boxes.get(view);
    if (known || !this.#make) return known;
    return this.#put(view, this.#make(view, this.events));
  }

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
    const box = this.#box(view);
    if (!box) return void this.#bring().then((came) => came && this.view === view && this.#open(view));
    if (this.#scene) box.adopt(this.#scene);
    if (this.#step) box.show(this.#step, this.#manner);
  }

  /** @param {ViewScene | null} scene */
  adopt(scene) {
    if (!scene) return;
    const again = this.#scene?.opening === scene.opening;
    this.#scene = scene;
    this.#step = again ? this.#step : null;
    this.offered = TAB_WORDS.filter((view) => view === VIEWS[0] || this.#has(view, scene.opening));
    for (const [place, tab] of this.tabs.entries()) tab.hidden = !this.offered.includes(TAB_WORDS[place]);
    this.#open(this.offered.includes(this.#wanted) ? this.#wanted : VIEWS[0]);
  }

  /** What an address asked for stays as long as it shows something. @param {string} view  @param {Opening} opening */
  #has(view, opening) {
    return view === this.#wanted ? showsView(view, opening) : offersView(view, opening);
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
    if (this.#scene && this.#seen) this.boxes.get(this.view)?.show(step, manner);
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

/** @param {string} view  @param {HTMLElement} node */
function panelOf(view, node) {
  node.setAttribute("role", "tabpanel");
  node.id = `view-${view}`;
  node.setAttribute("aria-labelledby", `tab-${view}`);
  node.tabIndex = 0;
  return node;
}

/** CSS pixels between the last tab and the end of their line. @param {HTMLElement} list */
function roomBeside(list) {
  const last = [...list.children].findLast((tab) => !(/** @type {HTMLElement} */ (tab).hidden));
  return list.getBoundingClientRect().right - (last?.getBoundingClientRect().right ?? 0);
}
