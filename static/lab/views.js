/** Other views of the same step: numbers, formula, code, shapes. */

import { VIEWS } from "../page/address.js";
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { CodeView } from "./code-view.js";
import { FormulaView } from "./formula-view.js";
import { NumbersView } from "./numbers-view.js";
import { ShapesView } from "./shapes-view.js";

const TITLES = /** @type {Record<string, string>} */ ({
  numbers: _("Numbers"),
  formula: _("Formula"),
  code: _("Code"),
  shapes: _("Shapes"),
});

/** @typedef {{ root: HTMLElement, adopt: (opening: Opening) => void, show: (step: Step) => void }} View */

export class Views {
  /** @type {Step | null} */
  #step = null;
  /** @type {Opening | null} */
  #opening = null;
  /** Below the window nobody reads along. */
  #seen = true;

  /** @param {HTMLElement} root  @param {(view: string) => void} chosen */
  constructor(root, chosen) {
    this.chosen = chosen;
    this.view = VIEWS[0];
    /** @type {Record<string, View>} */
    this.views = {
      numbers: new NumbersView(),
      formula: new FormulaView(),
      code: new CodeView(),
      shapes: new ShapesView(),
    };
    this.tabs = VIEWS.map((view) => this.#tab(view));
    this.list = make("div", { role: "tablist", class: "tabs", "aria-label": _("Views of this step") }, ...this.tabs);
    this.list.addEventListener("keydown", (event) => this.#key(event));
    for (const view of VIEWS) {
      const panel = this.views[view].root;
      for (const [name, value] of [
        ["role", "tabpanel"],
        ["id", `view-${view}`],
        ["aria-labelledby", `tab-${view}`],
        ["tabindex", "0"],
      ])
        panel.setAttribute(name, value);
      panel.classList.add("view", view);
    }
    root.replaceChildren(this.list, ...VIEWS.map((view) => this.views[view].root));
    new IntersectionObserver((entries) => this.#sight(entries[entries.length - 1].isIntersecting)).observe(root);
    this.choose(VIEWS[0]);
  }

  /** @param {string} view */
  #tab(view) {
    const tab = make(
      "button",
      { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": `view-${view}`, class: "tab" },
      TITLES[view],
    );
    tab.addEventListener("click", () => this.choose(view));
    return tab;
  }

  /** @param {string} view */
  choose(view) {
    this.view = view;
    for (const [place, tab] of this.tabs.entries()) {
      const chosen = VIEWS[place] === view;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      this.views[VIEWS[place]].root.hidden = !chosen;
    }
    if (this.#opening) this.views[view].adopt(this.#opening);
    if (this.#step) this.views[view].show(this.#step);
    this.chosen(view);
  }

  /** @param {Opening} opening */
  adopt(opening) {
    this.#opening = opening;
    this.#step = null;
    this.views[this.view].adopt(opening);
  }

  /** The view that is open moves with the window, as long as somebody sees it. @param {Step} step */
  show(step) {
    this.#step = step;
    if (this.#opening && this.#seen) this.views[this.view].show(step);
  }

  /** @param {boolean} seen */
  #sight(seen) {
    this.#seen = seen;
    if (this.#step) this.show(this.#step);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const place = (VIEWS.indexOf(this.view) + by + VIEWS.length) % VIEWS.length;
    this.choose(VIEWS[place]);
    this.tabs[place].focus();
  }
}
