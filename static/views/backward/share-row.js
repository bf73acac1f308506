/** One gradient: what this step adds to it, and what it holds after the step. */
import { make } from "../../page/elements.js";
import { bracketed, isExact } from "../../words/figures.js";
import { Grid } from "./grid.js";

export class ShareRow {
  times = make("b", { class: "times" });
  equals = make("span", { class: "sign" }, "=");

  /**
   * @param {{ name: string, about: string, factor: string, role: string, shape: number[], window: number[] }} told
   * @param {import("../../words/language.js").Say} _
   */
  constructor({ name, about, factor, role, shape, window }, _) {
    this.name = name;
    this.factors = new Grid(role, "", factor, window);
    this.added = new Grid("added", "", _("adds"), window);
    this.held = new Grid("held", name, about, shape);
    const sign = (/** @type {string} */ text) => make("span", { class: "sign" }, text);
    this.root = make(
      "div",
      {
        class: "gradient-share",
        "data-gradient": name,
        tabindex: "0",
        role: "group",
        "aria-label": `${name} ${about}`,
      },
      this.factors.root,
      sign("×"),
      this.times,
      this.equals,
      this.added.root,
      sign("→"),
      this.held.root,
    );
  }

  /** @param {Share} share  @param {number | null} dy */
  show({ cells, factors, added, after }, dy) {
    const exact = [dy, ...factors, ...added].every(isExact);
    this.times.textContent = bracketed(dy);
    this.equals.textContent = exact ? "=" : "≈";
    this.factors.write(factors);
    this.added.write(added);
    for (const grid of [this.factors, this.added]) grid.mark("padding", (place) => cells[place] < 0);
    const inside = cells.filter((cell) => cell >= 0);
    if (inside.length) this.held.follow(Math.min(...inside));
    this.held.write(after);
    const lit = new Set(cells);
    this.held.mark("lit", (place) => lit.has(place));
  }
}
